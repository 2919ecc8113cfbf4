// A sink that keeps nothing. It sits in the host's process, so it can say what that holds after so many documents, by count instead of by time.
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <string>

#include "garner/plugin.h"
#include "garner_plugins/null_sink/options.pb.h"

namespace garner::null_sink {
namespace {

// Resident memory that is not backed by files.
std::string AnonymousKilobytes() {
  std::ifstream status("/proc/self/status");
  for (std::string word; status >> word;)
    if (word == "RssAnon:" && status >> word) return word;
  return "0";
}

// Without the one that reads them.
long OpenDescriptors() {
  std::filesystem::directory_iterator open("/proc/self/fd");
  return std::distance(begin(open), end(open)) - 1;
}

}  // namespace

class NullSink final : public Sink<Options> {
 public:
  Status Open() override {
    if (options().sample_every() == 0) return OkStatus();
    samples_.open(std::filesystem::path(context().output_dir()) / options().samples());
    return samples_.good() ? OkStatus() : Status(StatusKind::kIo, "cannot create '" + options().samples() + "'");
  }

  Status Write(const v1::Document&) override {
    ++documents_;
    if (options().sample_every() > 0 && documents_ % options().sample_every() == 0)
      samples_ << documents_ << ' ' << AnonymousKilobytes() << ' ' << OpenDescriptors() << std::endl;
    return OkStatus();
  }

  Status Finish() override { return OkStatus(); }

  // It keeps nothing that could be cut off; the samples of an earlier process are gone.
  bool Resumable() const override { return true; }
  Result<std::string> Commit() override { return std::string(); }
  Status Reopen(std::string_view) override { return Open(); }

 private:
  std::ofstream samples_;
  uint64_t documents_ = 0;
};

}  // namespace garner::null_sink

GARNER_PLUGIN(garner::null_sink::NullSink)
