// A transform that counts letters, and does one thing wrong.
#include <fcntl.h>
#include <locale.h>
#include <sys/socket.h>
#include <unistd.h>

#include <chrono>
#include <condition_variable>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <memory>
#include <mutex>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

#include "badness.h"
#include "garner/plugin.h"
#include "garner_plugins/bad/options.pb.h"

namespace garner::bad {
namespace {

// Without a system call that the sandbox would refuse.
void WaitForEver() {
  std::mutex mutex;
  std::unique_lock<std::mutex> lock(mutex);
  std::condition_variable().wait(lock, [] { return false; });
}

void WriteNowhere() {
  volatile int* volatile nowhere = nullptr;
  *nowhere = 1;
}

// What a library does when it is loaded.
struct AtLoad {
  AtLoad() {
    if (Bad("changes_locale")) setlocale(LC_ALL, "C.UTF-8");
    if (Bad("crashes_at_load")) WriteNowhere();
    if (Bad("exits_at_load")) _exit(7);
    if (Bad("prints_at_load")) std::puts("loaded");
    if (Bad("throws_at_load")) throw std::runtime_error("no licence");
    if (Bad("writes_at_load")) std::ofstream(std::string(getenv("GARNER_TEST_FOLDER")) + "/written") << "x";
    if (Bad("connects_at_load")) (void)socket(AF_INET, SOCK_STREAM, 0);
    if (Bad("runs_a_program_at_load") && std::system("true") != 0) std::abort();
    if (Bad("hangs_at_load")) WaitForEver();
    if (Bad("reads_at_load")) std::ifstream("/etc/os-release").get();
  }
};
const AtLoad at_load;

size_t shared_length = 0;
std::mutex hoard_mutex;
std::vector<std::string> hoard;

}  // namespace

class BadTransform final : public DecidingTransform<BadOptions> {
 public:
  BadTransform() {
    if (Bad("throws_in_constructor")) throw std::runtime_error("no model today");
  }
  ~BadTransform() override {
    if (Bad("crashes_without_work") && opened_ && seen_ == 0) std::abort();
  }

  Status Open() override {
    opened_ = true;
    if (Bad("leaves_thread")) std::thread([] { WaitForEver(); }).detach();
    if (Bad("leaves_descriptor")) leaked_ = dup(STDIN_FILENO);
    return OkStatus();
  }

  Status Process(const v1::Document& document, Edits& edits) override {
    ++seen_;
    const size_t letters = document.text().size();
    if (Bad("divides")) edits.Signal("parts", static_cast<double>(letters / options().size()));
    if (Bad("unsound_edits")) edits.Erase({letters, letters + 10}, {.rule = "beyond"});
    if (Bad("prints")) std::puts("counting");
    if (Bad("draws_lots")) edits.Signal("lot", static_cast<double>(std::chrono::steady_clock::now().time_since_epoch().count()));
    if (Bad("remembers_documents")) edits.Signal("seen", seen_);
    if (Bad("shares_state")) return ShareState(document, edits);
    if (Bad("opens_files")) return LookUp(edits);
    if (Bad("tells_its_process")) edits.Signal("process", getpid());
    if (Bad("hoards")) Hoard();
    if (Bad("hangs") && letters > 50'000) WaitForEver();
    if (Bad("overruns") && letters > 50'000) WriteNowhere();
    if (Bad("takes_memory") && letters > 50'000) {
      const std::vector<char> much(size_t{3} << 30, 'x');
      edits.Signal("much", much[letters]);
    }
    if (Bad("notes_too_much")) edits.set_note(std::string(kMaxNoteBytes + 1, 'x'));
    edits.Signal("letters", static_cast<double>(letters));
    return OkStatus();
  }

  Status Decide(const v1::Document&, std::string_view, Edits& edits, std::string& record) override {
    edits.Signal("decided", decided_);
    record = "one";
    if (Bad("remembers_decisions")) ++decided_;
    return OkStatus();
  }
  Status Remember(std::string_view) override {
    ++decided_;
    return OkStatus();
  }

 private:
  // Right for one instance at a time.
  static Status ShareState(const v1::Document& document, Edits& edits) {
    volatile size_t* const length = &shared_length;
    *length = document.text().size();
    for (int i = 0; i < 20; ++i) std::this_thread::yield();
    edits.Signal("length", static_cast<double>(*length));
    return OkStatus();
  }
  // Safe in threads: growth is all that is wrong.
  static void Hoard() {
    const std::lock_guard<std::mutex> lock(hoard_mutex);
    hoard.emplace_back(4096, 'x');
  }
  static Status LookUp(Edits& edits) {
    const int file = open("/etc/passwd", O_RDONLY);
    edits.Signal("found", file >= 0 ? 1 : 0);
    if (file >= 0) close(file);
    return OkStatus();
  }

  bool opened_ = false;
  int leaked_ = -1;
  int seen_ = 0;
  int decided_ = 0;
};

}  // namespace garner::bad

GARNER_PLUGIN(garner::bad::BadTransform)
