// Programs of somebody else's at the other end of the worker protocol: those that do not start as they should, and what holds them.
#include <gtest/gtest.h>
#include <unistd.h>

#include <chrono>
#include <filesystem>
#include <fstream>

#include "core/isolation/isolated_stage.h"
#include "core/isolation/worker_client.h"
#include "tests/support/temp_folder.h"

namespace garner::testing {
namespace {

class Silent final : public StageContext {
 public:
  void Log(LogLevel, std::string_view message) override { lines.emplace_back(message); }
  void Warn(std::string_view message) override { lines.emplace_back(message); }
  void Count(std::string_view, double) override {}
  const std::string& stage() const override { return label; }
  const std::string& data_dir() const override { return nothing; }
  const std::string& manifest_dir() const override { return nothing; }
  const std::string& output_dir() const override { return nothing; }

  std::string label = "mask";
  std::string nothing;
  std::vector<std::string> lines;
};

// Replies by hand, for printf: `started` with protocol 1 to request 1; an empty `done` to request 2.
constexpr char kStarted[] = "printf '\\006\\0\\0\\0\\0\\0\\0\\0\\010\\001\\022\\002\\050\\001' >&3; ";
constexpr char kDone[] = "printf '\\004\\0\\0\\0\\0\\0\\0\\0\\010\\002\\032\\000' >&3; ";
// Reads a request, whatever it holds; leaves where there is none any more.
constexpr char kRead[] =
    "number() { dd bs=1 count=4 2>/dev/null <&3 | od -An -tu4; }; "
    "read_request() { head=$(number); [ -n \"$head\" ] || exit 0; body=$(number); dd bs=1 count=$((head + body)) >/dev/null 2>&1 <&3; }; ";
const std::string kOpen = std::string(kRead) + "read_request; " + kStarted;
const std::string kTakeOne = "read_request; ";

class ProgramTest : public ::testing::Test {
 protected:
  Status Start(WorkerCommand command, WorkerSettings settings = {}, const std::string& version = "") {
    settings.command = std::move(command);
    client_ = std::make_unique<WorkerClient>(std::move(settings));
    stage_ = MakeProgramStage(v1::PluginManifest::TRANSFORM, version, *client_);
    if (Status status = stage_->Configure(listener_, "{}"); !status.ok()) return status;
    return client_->Start();
  }
  Status StartShell(const std::string& script, WorkerSettings settings = {}) { return Start({"/bin/sh", {"sh", "-c", script}, folder_.path()}, std::move(settings)); }

  Status Process() {
    v1::Document document;
    document.set_text("a text");
    Edits edits;
    return static_cast<TransformStage&>(*stage_).Process(document, edits);
  }

  std::string WriteProgram(const std::string& name, const std::string& content) {
    std::ofstream(folder_ / name) << content;
    std::filesystem::permissions(folder_ / name, std::filesystem::perms::owner_all);
    return folder_ / name;
  }

  TempFolder folder_;
  Silent listener_;
  std::unique_ptr<WorkerClient> client_;
  std::unique_ptr<Stage> stage_;
};

// Beginning and part of a sentence.
void ExpectWords(const Status& status, const std::string& beginning, const std::string& part) {
  EXPECT_FALSE(status.ok());
  EXPECT_EQ(status.message().rfind(beginning, 0), 0u) << status.message();
  EXPECT_NE(status.message().find(part), std::string::npos) << status.message();
}

TEST_F(ProgramTest, OneThatSpeaksIsAWorker) {
  ASSERT_TRUE(StartShell(kOpen + kTakeOne + kDone + "sleep 1000").ok());
  const Status status = Process();
  EXPECT_TRUE(status.ok()) << status.message();
  const std::string words = client_->DescribeSandbox();
  EXPECT_EQ(words.rfind("mask runs the program 'sh -c number", 0), 0u) << words;
  EXPECT_NE(words.find("files can be read, not written, sockets are refused"), std::string::npos) << words;
}

TEST_F(ProgramTest, OneThatDoesNotStartSaysWhy) {
  const std::string hint = "docs/worker-protocol.md";
  ExpectWords(StartShell("exit 3"), "mask: its program 'sh -c exit 3' ended with exit status 3 before it had answered `start`", hint);
  ExpectWords(StartShell("kill -SEGV $$"), "mask: its program 'sh -c kill -SEGV $$' died of SIGSEGV (Segmentation fault)", "");
  ExpectWords(StartShell("exec 3>&-; sleep 1000"), "mask: its program 'sh -c exec 3>&-; sleep 1000' closed the connection to the host; it was killed", "");
  ExpectWords(StartShell("echo 'I am ready, go ahead' >&3; sleep 1000"), "mask: its program ", "sent something that is no answer (lengths that no frame has); it was killed; a stage reads");
  ExpectWords(StartShell("printf '\\002\\0\\0\\0\\0\\0\\0\\0\\377\\377' >&3; sleep 1000"), "mask: its program ", "(a head that is no garner.v1.WorkerReply)");
  ExpectWords(StartShell(std::string(kDone) + "sleep 1000"), "mask: its program ", "(a reply to request 2, where 1 is the one to answer)");
}

TEST_F(ProgramTest, AFileThatCannotRunSaysWhy) {
  const std::string no_interpreter = WriteProgram("one", "#!/no/such/interpreter\n");
  ExpectWords(Start({no_interpreter, {"one"}, folder_.path()}), "mask: its program 'one' cannot be started: " + no_interpreter, "names an interpreter that is not there");
  const std::string no_first_line = WriteProgram("two", "echo hello\n");
  ExpectWords(Start({no_first_line, {"two"}, folder_.path()}), "mask: its program 'two' cannot be started: ", "a script begins with '#!'");
  ExpectWords(Start({folder_ / "three", {"three"}, folder_.path()}), "mask: its program 'three' cannot be started: ", "No such file or directory");
}

TEST_F(ProgramTest, VersionsAreCompared) {
  ExpectWords(StartShell("printf '\\006\\0\\0\\0\\0\\0\\0\\0\\010\\001\\022\\002\\050\\002' >&3; sleep 1000"), "mask: its program ",
              "speaks version 2 of the worker protocol; this garner speaks version 1");
  ExpectWords(StartShell("printf '\\004\\0\\0\\0\\0\\0\\0\\0\\010\\001\\022\\000' >&3; sleep 1000"), "mask: its program ", "does not say which version");
  // started {protocol: 1, version: "2"}
  const std::string second = "printf '\\011\\0\\0\\0\\0\\0\\0\\0\\010\\001\\022\\005\\050\\001\\072\\0012' >&3; sleep 1000";
  EXPECT_TRUE(Start({"/bin/sh", {"sh", "-c", second}, ""}, {}, "2").ok());
  ExpectWords(Start({"/bin/sh", {"sh", "-c", second}, ""}, {}, "1.0"), "mask: its program ", "says that it is version '2', the manifest that it is '1.0'");
}

TEST_F(ProgramTest, AHangAtTheStartEnds) {
  WorkerSettings settings;
  settings.open_time = std::chrono::seconds(1);
  const Status status = StartShell("sleep 1000", settings);
  EXPECT_EQ(status.kind(), StatusKind::kLimit);
  ExpectWords(status, "mask: its program 'sh -c sleep 1000' did not answer `start` within 1 s and was killed", "answers there, not on standard output");
}

// What it leaves behind holds the socket: the host must not wait for that.
TEST_F(ProgramTest, ProcessesThatItLeavesBehindAreKilled) {
  const std::string pid_file = folder_ / "pid";
  WorkerSettings settings;
  settings.rules.files = true;
  settings.limits.document_seconds = 0;
  ASSERT_TRUE(StartShell(kOpen + kTakeOne + "sleep 1000 & echo $! > pid; exit 4", settings).ok());
  ExpectWords(Process(), "its program ", "ended with exit status 4 in the middle of its work, and left processes behind, which were killed");
  pid_t pid = 0;
  std::ifstream(pid_file) >> pid;
  ASSERT_GT(pid, 0);
  // Whoever takes in orphans may take its time.
  std::string state = "?";
  do {
    std::string line;
    std::ifstream file("/proc/" + std::to_string(pid) + "/stat");
    if (!std::getline(file, line)) break;
    state = line.substr(line.rfind(')') + 2, 1);
  } while (state != "Z" && state != "X");
}

TEST_F(ProgramTest, TheWallStandsBeforeItsFirstInstruction) {
  std::ofstream(folder_ / "there") << "x";
  const std::string tries = "(: > new) 2>/dev/null && echo new >&2 && exit 1; rm there 2>/dev/null && exit 2; mv there moved 2>/dev/null && exit 3; mkdir made 2>/dev/null && exit 4; "
                            "chmod 000 there 2>/dev/null && exit 5; touch there 2>/dev/null && exit 6; cat there > /dev/null || exit 7; setsid true 2>/dev/null && exit 8; exit 0";
  // A shell that was a group's leader cannot make a session anyway: its child tries.
  ExpectWords(StartShell(tries), "mask: its program ", "ended with exit status 0 before");
  EXPECT_TRUE(std::filesystem::exists(folder_ / "there"));
  EXPECT_FALSE(std::filesystem::exists(folder_ / "new"));
  WorkerSettings allowed;
  allowed.rules.files = true;
  ExpectWords(StartShell(": > new && rm there && mkdir made && exit 9", allowed), "mask: its program ", "ended with exit status 9 before");
  EXPECT_TRUE(std::filesystem::exists(folder_ / "made"));
}

TEST_F(ProgramTest, PrintingIsNoAnswer) {
  ::testing::internal::CaptureStderr();
  ASSERT_TRUE(StartShell("echo printed on purpose; " + kOpen + kTakeOne + kDone + "sleep 1000").ok());
  EXPECT_TRUE(Process().ok());
  EXPECT_EQ(::testing::internal::GetCapturedStderr(), "printed on purpose\n");
}

}  // namespace
}  // namespace garner::testing
