// output, resumes: what a sink leaves on disk.
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <functional>
#include <fstream>
#include <iterator>
#include <random>

#include "core/conformance/checks.h"
#include "core/conformance/odd_options.h"
#include "core/conformance/sink_writing.h"
#include "core/sdk/guarded.h"

namespace garner {
namespace {

using Documents = std::vector<v1::Document>;

std::vector<std::string> NewPaths(const Tree& before, const Tree& after) {
  std::vector<std::string> paths;
  for (const auto& [path, bytes] : after)
    if (before.count(path) == 0 || before.at(path) != bytes) paths.push_back(path);
  return paths;
}

Result<std::string> Commit(CheckRun& run, OpenStage& stage) {
  run.Step("Commit");
  std::string position;
  const Status status = Guarded([&]() -> Status {
    Result<std::string> committed = stage.As<SinkStage>().Commit();
    if (!committed.ok()) return committed.status();
    position = *std::move(committed);
    return OkStatus();
  });
  if (!status.ok()) return status;
  return position;
}

Result<OpenStage> Reopen(CheckRun& run, const std::string& output, std::string_view position) {
  Result<OpenStage> stage = run.subject.Configure(run.options, {run.Folders().manifest_dir, output});
  if (!stage.ok()) return stage;
  run.Step("Reopen");
  if (Status status = Guarded([&] { return stage->As<SinkStage>().Reopen(position); }); !status.ok()) return status;
  return stage;
}

// Runs in a process that then dies without any destructor, as by kill -9. False where `work` failed.
bool Killed(const std::function<Status()>& work) {
  const pid_t child = fork();
  if (child == 0) _exit(work().ok() ? 0 : 1);
  int status = 0;
  return child > 0 && waitpid(child, &status, 0) == child && WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

// Where an interrupted writer is.
struct Interruption {
  const char* name;
  size_t committed;  // documents before the last commit
  size_t written;    // documents in all
  bool finished;     // Finish was called, and nobody noted it
};

Status WriteUntil(CheckRun& run, const Documents& documents, const Interruption& at, const std::string& output) {
  Result<OpenStage> stage = OpenSink(run, output);
  if (!stage.ok()) return stage.status();
  for (size_t i = 0; i <= at.written; ++i) {
    if (i == at.committed) {
      const Result<std::string> position = Commit(run, *stage);
      if (!position.ok()) return position.status();
      std::ofstream(run.folder + "/position", std::ios::binary) << *position;
    }
    if (i == at.written) break;
    if (Status status = WriteOne(run, *stage, documents[i]); !status.ok()) return status;
  }
  return at.finished ? FinishSink(run, *stage) : OkStatus();
}

Status GoOn(CheckRun& run, const Documents& documents, size_t from, const std::string& output) {
  std::ifstream in(run.folder + "/position", std::ios::binary);
  const std::string position{std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
  Result<OpenStage> stage = Reopen(run, output, position);
  if (!stage.ok()) return Status(stage.status().kind(), "Reopen: " + stage.status().message());
  for (size_t i = from; i < documents.size(); ++i)
    if (Status status = WriteOne(run, *stage, documents[i]); !status.ok()) return Status(status.kind(), "Write: " + status.message());
  return FinishSink(run, *stage);
}

Status WriteWithCommits(CheckRun& run, const Documents& documents, const std::string& output) {
  Result<OpenStage> stage = OpenSink(run, output);
  if (!stage.ok()) return stage.status();
  for (const v1::Document& document : documents) {
    if (const Result<std::string> position = Commit(run, *stage); !position.ok()) return position.status();
    if (Status status = WriteOne(run, *stage, document); !status.ok()) return status;
  }
  return FinishSink(run, *stage);
}

Verdict Shows(const std::string& seen) {
  return Failure(seen, "the output is that of a run without commits and interruptions, byte for byte",
                 "let nothing begin, end or be counted at a commit; cut off in Reopen what came after the position; OutputFile does all of this for one file");
}

// Positions come from a file that may be damaged.
void ReopenAtNonsense(CheckRun& run) {
  std::mt19937_64 random(run.settings.seed);
  const std::string output = run.Folder("nonsense");
  for (int i = 0; i < 50; ++i) {
    std::string position(random() % 40, '\0');
    for (char& c : position) c = static_cast<char>(random());
    (void)Reopen(run, output, position);
  }
}

// With the options as they are, and with those that name files in odd ways.
std::string WrittenElsewhere(CheckRun& run, const Documents& documents, const std::string& output) {
  const Tree before = ReadTree(run.folder, false);
  if (Status status = WriteAll(run, documents, output); !status.ok()) return {};  // for other checks
  for (const OddOptions& odd : MakeOddOptions(run.subject.schema(), run.settings.options, run.Folders().manifest_dir, false)) {
    run.Step("a sink with options " + odd.yaml);
    Result<OpenStage> stage = run.subject.Open(odd.serialised, {run.Folders().manifest_dir, run.Folder("output/odd")});
    if (!stage.ok()) continue;
    for (size_t i = 0; i < documents.size() && i < 2; ++i) (void)WriteOne(run, *stage, documents[i]);
    (void)FinishSink(run, *stage);
  }
  for (const std::string& path : NewPaths(before, ReadTree(run.folder, false)))
    if (path.rfind("output/", 0) != 0 && path != "noted") return path;
  return {};
}

}  // namespace

Verdict CheckOutput(CheckRun& run) {
  Documents documents = SinkDocuments(run);
  const std::string output = run.Folders().output_dir;
  if (const std::string path = WrittenElsewhere(run, documents, output); !path.empty())
    return Failure("it wrote " + path + ", beside the output folder", "a sink writes below context().output_dir() only",
                   "start every path at context().output_dir(); OutputFile refuses paths that lead out of it");
  const Tree published = ReadTree(output, true);
  std::reverse(documents.begin(), documents.end());
  documents.resize(documents.size() / 2);
  {
    Result<OpenStage> stage = OpenSink(run, output);
    if (!stage.ok()) return Failure("a second run into the same folder: " + stage.status().message(), "earlier output is replaced", "Open may find what an earlier run has left");
    for (const v1::Document& document : documents) (void)WriteOne(run, *stage, document);
    run.Step("destroyed without Finish");
  }
  const Tree kept = ReadTree(output, true);
  for (const auto& [path, bytes] : published)
    if (kept.count(path) == 0 || kept.at(path) != bytes)
      return Failure("a run that was given up before Finish changed " + path, "earlier output stays as it was until Finish",
                     "write to another name and rename it in Finish; OutputFile does");
  return Passed(std::to_string(published.size()) + " files");
}

Verdict CheckResumes(CheckRun& run) {
  const Documents documents = SinkDocuments(run);
  const Result<OpenStage> asked = run.subject.Configure(run.options, run.Folders());
  if (!asked.ok()) return NotApplicable(asked.status().message());
  if (!asked->As<SinkStage>().Resumable()) return NotApplicable("it is not Resumable: a job that was interrupted starts over");
  if (documents.size() < 4) return NotApplicable("there are too few documents");
  if (Status status = WriteAll(run, documents, run.Folder("undisturbed")); !status.ok()) return NotApplicable(status.message());
  const Tree expected = ReadTree(run.Folder("undisturbed"), true);

  if (Status status = WriteWithCommits(run, documents, run.Folder("commits")); !status.ok()) return Shows("with a commit before each document: " + status.message());
  const std::string difference = DescribeDifference(expected, ReadTree(run.Folder("commits"), true));
  if (!difference.empty()) return Shows("with a commit before each document, " + difference);

  const size_t half = documents.size() / 2;
  const Interruption interruptions[] = {{"killed before the first document", 0, 0, false},
                                        {"killed right after a commit", half, half, false},
                                        {"killed some documents after a commit", half, half + 2, false},
                                        {"killed after Finish, before anybody noted it", half, documents.size(), true}};
  for (const Interruption& at : interruptions) {
    const std::string output = run.Folder(std::string("interrupted ") + std::to_string(&at - interruptions));
    if (!Killed([&] { return WriteUntil(run, documents, at, output); })) return Shows(std::string(at.name) + ": Write, Commit or Finish failed or crashed");
    if (Status status = GoOn(run, documents, at.committed, output); !status.ok()) return Shows(std::string(at.name) + ": " + status.message());
    const std::string changed = DescribeDifference(expected, ReadTree(output, true));
    if (!changed.empty()) return Shows(std::string(at.name) + " and gone on with, " + changed);
  }
  ReopenAtNonsense(run);
  return Passed(std::to_string(documents.size()) + " documents, 4 interruptions");
}

}  // namespace garner
