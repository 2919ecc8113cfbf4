#include "core/conformance/checks.h"

#include <unistd.h>

#include <filesystem>

namespace garner {

const std::vector<Check>& AllChecks() {
  static const std::vector<Check> checks = {
      {"description", "the library says who it is: version, licence, summary, media types", kAllKinds, {}, nullptr, &CheckDescription},
      {"options", "every option has a comment, and a default that its own rules accept", kAllKinds, {}, nullptr, &CheckOptions},
      {"loading", "the library loads, makes a stage, and changes nothing else in the process", kAllKinds, {}, &CheckLoading, nullptr, true},
      {"lifecycle", "a stage can be given up at every step of its life, and changes threads between calls", kAllKinds, {"loading"}, &CheckLifecycle, nullptr},
      {"results", "ordinary inputs give what the host accepts", kAllKinds, {"lifecycle"}, &CheckResults, nullptr},
      {"bad_options", "options that are no message, and extreme ones that the rules allow, end in a Status or in work", kAllKinds, {"results"}, &CheckBadOptions, nullptr},
      {"stdout", "nothing is written to standard output", kAllKinds, {"results"}, &CheckStdout, nullptr, true},
      {"leftovers", "no thread, descriptor or process is left when a stage is gone", kAllKinds, {"results"}, &CheckLeftovers, nullptr, true},
      {"deterministic", "the same inputs in the same order give the same bytes", kAllKinds, {"results"}, &CheckDeterministic, nullptr},
      {"stateless", "what a stage has seen before shows in no result", kUnpackers | kDecoders | kTransforms, {"deterministic"}, &CheckStateless, nullptr},
      {"concurrent", "instances in several threads give what one gives", kUnpackers | kDecoders | kTransforms, {"stateless"}, &CheckConcurrent, nullptr},
      {"decisions", "the second half of a stage that decides has no memory but what Remember gave it", kTransforms, {"deterministic"}, &CheckDecisions, nullptr},
      {"sandbox", "the stage works in a process that may not open files, sockets and processes", kDecoders | kTransforms, {"results"}, &CheckSandbox, nullptr},
      {"isolated", "an isolated stage gives the bytes of one in the host", kDecoders | kTransforms, {"sandbox", "deterministic"}, &CheckIsolated, nullptr},
      {"pieces", "items do not depend on how the container's bytes arrive", kUnpackers, {"deterministic"}, &CheckPieces, nullptr},
      {"output", "a sink writes below the output folder only, and replaces nothing before Finish", kSinks, {"results"}, &CheckOutput, nullptr},
      {"resumes", "commits, kills and Reopen do not show in a sink's output", kSinks, {"deterministic"}, &CheckResumes, nullptr},
      {"growth", "memory does not grow over 10,000 documents", kUnpackers | kDecoders | kTransforms | kSinks, {"results"}, &CheckGrowth, nullptr},
      {"hostile", "damaged, huge, deep and empty inputs end in a result or a Status, in time and memory", kUnpackers | kDecoders | kTransforms | kSinks, {"results", "stateless", "output"},
       &CheckHostile, nullptr},
  };
  return checks;
}

const Check* FindCheck(std::string_view name) {
  for (const Check& check : AllChecks())
    if (name == check.name) return &check;
  return nullptr;
}

std::string CheckRun::Folder(std::string_view name) const {
  const std::string path = folder + "/" + std::string(name);
  std::error_code ignored;
  std::filesystem::create_directories(path, ignored);
  return path;
}

SubjectFolders CheckRun::Folders() const {
  return {settings.manifest_dir.empty() ? Folder("manifest") : settings.manifest_dir, Folder("output")};
}

void CheckRun::Step(std::string_view name) const {
  recorder.NoteStep(name);
  alarm(settings.input_seconds);
}

Answer CheckRun::Try(OpenStage& stage, const Input& input, const StreamManner& manner) const {
  recorder.Note(input);
  alarm(settings.input_seconds);
  Answer answer = Work(stage, subject.kind(), input, manner);
  alarm(0);
  return answer;
}

}  // namespace garner
