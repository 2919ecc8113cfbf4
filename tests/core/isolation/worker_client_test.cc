// Whatever a stage does to its process costs the document in hand, with the cause in words; the next document finds a process again.
#include "core/isolation/worker_client.h"

#include <gtest/gtest.h>
#include <sched.h>
#include <unistd.h>

#include <filesystem>
#include <map>

#include "core/isolation/isolated_stage.h"
#include "core/isolation/sanitizers.h"
#include "core/plugin/catalog.h"
#include "tests/support/temp_folder.h"

namespace garner::testing {
namespace {

// What the stage said, as the host heard it.
class Listener final : public StageContext {
 public:
  void Log(LogLevel level, std::string_view message) override { lines.push_back(std::to_string(static_cast<int>(level)) + " " + std::string(message)); }
  void Warn(std::string_view message) override { warnings.emplace_back(message); }
  void Count(std::string_view metric, double by) override { counts[std::string(metric)] += by; }
  const std::string& stage() const override { return label; }
  const std::string& data_dir() const override { return nothing; }
  const std::string& manifest_dir() const override { return nothing; }
  const std::string& output_dir() const override { return nothing; }

  std::string label = "transform";
  std::string nothing;
  std::vector<std::string> lines;
  std::vector<std::string> warnings;
  std::map<std::string, double> counts;
};

class IsolatedTransformTest : public ::testing::Test {
 protected:
  IsolatedTransformTest() : catalog_({GARNER_FIXTURE_FOLDER}) {}

  Status Start(WorkerSettings settings, const std::string& on_open = "") {
    client_ = std::make_unique<WorkerClient>(std::move(settings));
    stage_ = MakeIsolatedStage(*catalog_.Find("misbehaving_transform"), *client_);
    // The options message, by hand: field 1.
    const std::string options = on_open.empty() ? "" : "\x0a" + std::string(1, static_cast<char>(on_open.size())) + on_open;
    if (Status status = stage_->Configure(listener_, options); !status.ok()) return status;
    return client_->Start();
  }

  Status Process(const std::string& text) {
    v1::Document document;
    document.set_text(text);
    edits_ = Edits();
    return static_cast<TransformStage&>(*stage_).Process(document, edits_);
  }

  // The next document is worked on as if nothing had been.
  void ExpectWorks() {
    const Status status = Process("a sound document transform:mark");
    EXPECT_TRUE(status.ok()) << status.message();
    EXPECT_EQ(edits_.proto().signal_size(), 1);
  }

  PluginCatalog catalog_;
  Listener listener_;
  std::unique_ptr<WorkerClient> client_;
  std::unique_ptr<Stage> stage_;
  Edits edits_;
};

struct Poison {
  const char* order;
  StatusKind kind;
  const char* message;  // the beginning
};

// What sanitizers report in their own way, or bear no limit of.
bool IsForSanitizers(std::string_view order) {
  return order == "segfault" || order == "overflow_stack" || order == "eat_memory" || order == "exit" || order == "divide";
}

TEST_F(IsolatedTransformTest, EveryKindOfDeathCostsOneDocument) {
  const Poison poisons[] = {
      {"throw", StatusKind::kInternal, "exception: thrown on purpose"},
      {"throw_int", StatusKind::kInternal, "an exception that is no std::exception"},
      {"refuse", StatusKind::kInvalidInput, "refused on purpose"},
      {"segfault", StatusKind::kInternal, "its process died of SIGSEGV (Segmentation fault)"},
      {"abort", StatusKind::kInternal, "its process died of SIGABRT (Aborted)"},
      {"terminate", StatusKind::kInternal, "its process died of SIGABRT (Aborted)"},
      {"divide", StatusKind::kInternal, "its process died of SIGFPE (Floating point exception)"},
      {"overflow_stack", StatusKind::kInternal, "its process used up its stack and died of SIGSEGV (Segmentation fault)"},
      {"exit", StatusKind::kInternal, "its process ended with exit status 7 in the middle of its work"},
      {"quick_exit", StatusKind::kInternal, "its process ended with exit status 0 in the middle of its work"},
      {"eat_memory", StatusKind::kLimit, "out of memory; limits.child_memory_mb is 256"},
      {"garbage", StatusKind::kInternal, "its process sent something that is no answer; it was killed"},
      {"empty_frame", StatusKind::kInternal, "its process sent something that is no answer; it was killed"},
      {"false_reply", StatusKind::kInternal, "its process sent something that is no answer; it was killed"},
      {"hang_up", StatusKind::kInternal, "its process "},  // closed the connection, or came to its end without one
      {"read_file", StatusKind::kInternal, "the sandbox refused the system call openat"},
      {"write_file=/tmp/x", StatusKind::kInternal, "the sandbox refused the system call openat"},
      {"delete_file=/tmp/x", StatusKind::kInternal, "the sandbox refused the system call unlink"},
      {"make_folder=/tmp/x", StatusKind::kInternal, "the sandbox refused the system call mkdir"},
      {"socket_pair", StatusKind::kInternal, "the sandbox refused the system call socketpair"},
      {"socket", StatusKind::kInternal, "the sandbox refused the system call socket"},
      {"fork", StatusKind::kInternal, "the sandbox refused the system call clone"},
      {"system=true", StatusKind::kInternal, "the sandbox refused the system call clone"},
      {"popen=true", StatusKind::kInternal, "the sandbox refused the system call "},  // pipe2 is allowed
      {"spawn=true", StatusKind::kInternal, "the sandbox refused the system call clone"},
      {"vfork", StatusKind::kInternal, "the sandbox refused the system call "},  // ThreadSanitizer forks instead
      {"exec", StatusKind::kInternal, "the sandbox refused the system call execve"},
      {"kill_host", StatusKind::kInternal, "the sandbox refused the system call kill"}};
  WorkerSettings settings;
  settings.limits.child_memory_mb = 256;
  ASSERT_TRUE(Start(settings).ok());
  for (const Poison& poison : poisons) {
    SCOPED_TRACE(poison.order);
    if (kSanitized && IsForSanitizers(poison.order)) continue;
    const Status status = Process("some text transform:" + std::string(poison.order));
    EXPECT_EQ(KindName(status.kind()), KindName(poison.kind)) << status.message();
    EXPECT_EQ(status.message().rfind(poison.message, 0), 0u) << status.message();
    ExpectWorks();
  }
}

TEST_F(IsolatedTransformTest, AHangEndsAtTheDeadline) {
  WorkerSettings settings;
  settings.limits.document_seconds = 3;
  ASSERT_TRUE(Start(settings).ok());
  for (const char* order : {"spin", "sleep"}) {
    const Status status = Process("some text transform:" + std::string(order));
    EXPECT_EQ(status.kind(), StatusKind::kLimit);
    EXPECT_EQ(status.message(), "took longer than 3 s (limits.document_seconds); its process was killed");
    ExpectWorks();
  }
}

TEST_F(IsolatedTransformTest, WhatItSaysIsHeardEvenIfItDies) {
  ASSERT_TRUE(Start({}, "warn").ok());
  EXPECT_EQ(listener_.warnings, (std::vector<std::string>{"warned while opening"}));
  EXPECT_TRUE(Process("x transform:warn transform:log transform:count transform:print transform:thread").ok());
  EXPECT_EQ(listener_.counts, (std::map<std::string, double>{{"seen", 1}, {"counted", 2.5}}));
  EXPECT_FALSE(Process("x transform:log transform:warn transform:abort").ok());
  ExpectWorks();
  EXPECT_EQ(listener_.lines, (std::vector<std::string>{"1 logged on purpose", "1 logged on purpose"}));
  EXPECT_EQ(listener_.warnings, (std::vector<std::string>{"warned while opening", "warned on purpose", "warned on purpose"}))
      << "what was said while opening is heard once";
}

TEST_F(IsolatedTransformTest, AStageThatDoesNotOpenRefusesTheStart) {
  Status status = Start({}, "fail");
  EXPECT_EQ(status.kind(), StatusKind::kNotFound);
  EXPECT_EQ(status.message(), "transform: failed on purpose");
  status = Start({}, "throw");
  EXPECT_EQ(status.message(), "transform: exception: thrown on purpose");
  status = Start({}, "abort");
  EXPECT_EQ(status.message(), "opening isolated stages: its process died of SIGABRT (Aborted)");
}

TEST_F(IsolatedTransformTest, AProgramThatIsNoWorkerRefusesTheStart) {
  WorkerSettings settings;
  settings.program = "/bin/false";
  EXPECT_EQ(Start(settings).message(), "opening isolated stages: its process ended with exit status 1 in the middle of its work");
  settings.program = "/nowhere";
  EXPECT_EQ(Start(settings).message(), "cannot start a child process: /nowhere: No such file or directory");
}

// What the sandbox says that it holds, it holds; on this machine at least the filter must.
// Whoever works may go anywhere, and so may threads that a plugin makes.
TEST_F(IsolatedTransformTest, NobodyIsHeldOnAProcessorWhileItWorks) {
  WorkerSettings settings;
  settings.wait_together = true;
  ASSERT_TRUE(Start(settings).ok());
  cpu_set_t before;
  ASSERT_EQ(sched_getaffinity(0, sizeof before, &before), 0);
  ExpectWorks();
  for (int i = 0; i < 3; ++i) ASSERT_TRUE(Process("transform:count_processors").ok());
  cpu_set_t after;
  ASSERT_EQ(sched_getaffinity(0, sizeof after, &after), 0);
  EXPECT_TRUE(CPU_EQUAL(&before, &after));
  EXPECT_EQ(listener_.counts.at("processors"), 3 * CPU_COUNT(&before));
}

TEST_F(IsolatedTransformTest, TheSandboxIsDescribed) {
  ASSERT_TRUE(Start({}).ok());
  EXPECT_NE(client_->DescribeSandbox().find("system calls are filtered"), std::string::npos) << client_->DescribeSandbox();
  EXPECT_NE(client_->DescribeSandbox().find("60 s a document"), std::string::npos) << client_->DescribeSandbox();
}

TEST_F(IsolatedTransformTest, NothingHappensOnDiskUnlessFilesAreAllowed) {
  const TempFolder folder;
  const std::string path = folder / "written";
  ASSERT_TRUE(Start({}).ok());
  EXPECT_FALSE(Process("x transform:write_file=" + path).ok());
  EXPECT_FALSE(std::filesystem::exists(path));
  WorkerSettings settings;
  settings.rules.files = true;
  ASSERT_TRUE(Start(settings).ok());
  EXPECT_TRUE(Process("x transform:write_file=" + path).ok());
  EXPECT_TRUE(std::filesystem::exists(path));
  EXPECT_FALSE(Process("x transform:socket").ok());
}

TEST_F(IsolatedTransformTest, EachSwitchAllowsItsOwn) {
  WorkerSettings settings;
  settings.rules.network = true;
  ASSERT_TRUE(Start(settings).ok());
  EXPECT_TRUE(Process("x transform:socket").ok());
  EXPECT_FALSE(Process("x transform:fork").ok());
  EXPECT_FALSE(Process("x transform:read_file").ok());
  settings.rules = {};
  settings.rules.processes = true;
  ASSERT_TRUE(Start(settings).ok());
  EXPECT_TRUE(Process("x transform:fork").ok());
  EXPECT_FALSE(Process("x transform:socket").ok());
}

// Memory that earlier documents left behind is not held against a later one.
TEST_F(IsolatedTransformTest, ALeakCostsNoDocument) {
  if (kSanitized) GTEST_SKIP() << "no limit of memory";
  WorkerSettings settings;
  settings.limits.child_memory_mb = 128;
  ASSERT_TRUE(Start(settings).ok());
  for (int i = 0; i < 10; ++i) {
    const Status status = Process("x transform:leak=40");
    EXPECT_TRUE(status.ok()) << status.message();
  }
  EXPECT_EQ(Process("x transform:leak=400").kind(), StatusKind::kLimit);
}

TEST_F(IsolatedTransformTest, ADocumentThatDoesNotFitIsOutOfMemory) {
  if (kSanitized) GTEST_SKIP() << "no limit of memory";
  WorkerSettings settings;
  settings.limits.child_memory_mb = 64;
  ASSERT_TRUE(Start(settings).ok());
  ExpectWorks();
  const Status status = Process(std::string(size_t{100} << 20, 'x'));
  EXPECT_EQ(status.kind(), StatusKind::kLimit);
  EXPECT_EQ(status.message(), "out of memory; limits.child_memory_mb is 64");
  ExpectWorks();
}

TEST_F(IsolatedTransformTest, AChildIsReplacedAfterSoManyDocuments) {
  WorkerSettings settings;
  settings.limits.child_documents = 2;
  ASSERT_TRUE(Start(settings).ok());
  for (int i = 0; i < 6; ++i) {
    ASSERT_TRUE(Process("x transform:number").ok());
    EXPECT_EQ(edits_.proto().signal(0).value(), i % 2 + 1);
  }
}

TEST(IsolatedDecoder, TurnsAPayloadIntoTheSameDocument) {
  PluginCatalog catalog({GARNER_FIXTURE_FOLDER});
  Listener listener;
  listener.label = "decoder";
  WorkerClient client({});
  const std::unique_ptr<Stage> isolated = MakeIsolatedStage(*catalog.Find("misbehaving_decoder"), client);
  ASSERT_TRUE(isolated->Configure(listener, "").ok());
  ASSERT_TRUE(client.Start().ok());
  Result<std::unique_ptr<Stage>> here = catalog.Make("misbehaving_decoder");
  ASSERT_TRUE(here.ok()) << here.status().message();
  ASSERT_TRUE((*here)->Configure(listener, "").ok());

  Payload payload;
  payload.info.set_uri("a/b.txt");
  payload.bytes = "Un tramway, caf\xc3\xa9 compris.\n" + std::string(100'000, 'x');
  v1::Document expected, found;
  *expected.mutable_source() = *found.mutable_source() = payload.info;
  ASSERT_TRUE(static_cast<DecoderStage&>(**here).Decode(payload, &expected).ok());
  for (int i = 0; i < 2; ++i) {
    const Status status = static_cast<DecoderStage&>(*isolated).Decode(payload, &found);
    ASSERT_TRUE(status.ok()) << status.message();
    EXPECT_EQ(found.SerializeAsString(), expected.SerializeAsString());
  }
  payload.bytes += " decoder:segfault";
  EXPECT_FALSE(static_cast<DecoderStage&>(*isolated).Decode(payload, &found).ok());
}

}  // namespace
}  // namespace garner::testing
