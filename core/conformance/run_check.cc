#include "core/conformance/run_check.h"

#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>
#include <sstream>

#include "core/conformance/sample_documents.h"
#include "core/conformance/sample_payloads.h"
#include "core/sdk/guarded.h"

namespace garner {
namespace {

namespace fs = std::filesystem;

// Inputs are run many times over.
constexpr size_t kMaxInputs = 100;
constexpr size_t kMaxInputBytes = 256 << 10;
// So few cases are taken whatever their size: what broke a plugin before, perhaps.
constexpr size_t kFewCases = 5;
constexpr size_t kMaxOptionSets = 4;

// Nothing of the caller's may be written to by accident, nor be read.
void FenceOff(const std::string& folder) {
  const rlimit none{0, 0};
  (void)setrlimit(RLIMIT_CORE, &none);
  std::error_code ignored;
  for (const char* name : {"home", "tmp", "here"}) fs::create_directories(folder + "/" + name, ignored);
  setenv("HOME", (folder + "/home").c_str(), 1);
  setenv("TMPDIR", (folder + "/tmp").c_str(), 1);
  for (const char* name : {"XDG_CACHE_HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME"}) unsetenv(name);
  fs::current_path(folder + "/here", ignored);
}

void WriteSampleFiles(const std::string& folder) {
  std::error_code ignored;
  for (const auto& [path, bytes] : SampleFiles()) {
    const fs::path file = fs::path(folder) / path;
    fs::create_directories(file.parent_path(), ignored);
    std::ofstream(file, std::ios::binary) << bytes;
  }
}

// Sources that read files get some; their option is called as `--input` has it.
Result<std::string> SourceOptions(Subject& subject, const std::string& folder) {
  const google::protobuf::Descriptor* message = subject.schema().message();
  const google::protobuf::FieldDescriptor* paths = message == nullptr ? nullptr : message->FindFieldByName("paths");
  if (paths == nullptr || !paths->is_repeated()) return std::string();
  WriteSampleFiles(folder + "/input");
  return OptionsFromYaml("{paths: [\"" + folder + "/input\"]}", folder, subject.schema());
}

Result<std::string> ResolveOptions(Subject& subject, const KitSettings& settings, const std::string& folder) {
  if (!settings.options.empty()) return OptionsFromYaml(settings.options, settings.manifest_dir, subject.schema());
  if (subject.kind() == v1::PluginManifest::SOURCE) return SourceOptions(subject, folder);
  return std::string();
}

// Enough of the cases, spread over all of them, with few sets of options.
std::vector<Input> Choose(std::vector<Input> cases, bool payloads) {
  std::vector<Input> chosen;
  std::set<std::string> options;
  const size_t step = cases.size() / kMaxInputs + 1;
  for (size_t i = 0; i < cases.size(); i += step) {
    Input& input = cases[i];
    if ((input.bytes() > kMaxInputBytes && cases.size() > kFewCases) || input.content.has_payload() != payloads) continue;
    if (options.count(input.options) == 0 && options.size() == kMaxOptionSets) continue;
    options.insert(input.options);
    chosen.push_back(std::move(input));
  }
  return chosen;
}

Result<std::vector<Input>> MakeInputs(Subject& subject, const KitSettings& settings, const std::string& options) {
  const bool payloads = subject.kind() == v1::PluginManifest::DECODER || subject.kind() == v1::PluginManifest::UNPACKER;
  std::vector<Input> inputs;
  if (!settings.cases.empty()) {
    Result<std::vector<Input>> cases = ReadCases(settings.cases, subject.schema());
    if (!cases.ok()) return cases.status();
    inputs = Choose(*std::move(cases), payloads);
  }
  std::vector<testing::Case> samples = payloads ? SamplePayloads(subject.file().manifest) : SampleDocuments();
  for (size_t i = 0; i < samples.size(); ++i) {
    Result<Input> input = MakeInput("sample " + std::to_string(i + 1), std::move(samples[i]), subject.schema());
    if (!input.ok()) return input.status();
    input->options = options;
    inputs.push_back(*std::move(input));
  }
  return inputs;
}

Verdict CannotBegin(const Status& status) { return Failure(status.message(), "the kit can begin", "see what the message names"); }

Verdict Run(const Check& check, const KitSettings& settings, const std::string& folder) {
  Result<std::unique_ptr<Subject>> subject = Subject::Examine(settings.plugin);
  if (!subject.ok()) return CannotBegin(subject.status());
  const Result<std::string> options = ResolveOptions(**subject, settings, folder);
  if (!options.ok()) return CannotBegin(options.status());
  const Result<std::vector<Input>> inputs = MakeInputs(**subject, settings, *options);
  if (!inputs.ok()) return CannotBegin(inputs.status());
  Recorder recorder(folder + "/" + kNotedFile);
  // Below the folder, apart from what the kit keeps there.
  CheckRun run{**subject, settings, *options, *inputs, folder, recorder};
  if (!check.loads_itself) {
    run.Step("loading the library");
    if (Status status = (*subject)->Load(); !status.ok()) return CannotBegin(status);
  }
  return check.run(run);
}

void WriteVerdict(const Verdict& verdict, const std::string& folder) {
  std::ofstream out(folder + "/" + kVerdictFile + ".part", std::ios::binary);
  out << static_cast<int>(verdict.outcome) << '\0' << verdict.seen << '\0' << verdict.right << '\0' << verdict.advice << '\0';
  out.close();
  std::error_code ignored;
  fs::rename(folder + "/" + kVerdictFile + ".part", folder + "/" + kVerdictFile, ignored);
}

}  // namespace

void RunCheck(const Check& check, const KitSettings& settings, const std::string& folder) {
  FenceOff(folder);
  Verdict verdict;
  const Status status = Guarded([&] {
    verdict = Run(check, settings, folder);
    return OkStatus();
  });
  alarm(0);
  WriteVerdict(status.ok() ? verdict : CannotBegin(status), folder);
}

std::optional<Verdict> ReadVerdict(const std::string& folder) {
  std::ifstream in(folder + "/" + kVerdictFile, std::ios::binary);
  std::string parts[4];
  for (std::string& part : parts)
    if (!std::getline(in, part, '\0')) return std::nullopt;
  Verdict verdict;
  if (parts[0].size() != 1 || parts[0][0] < '0' || parts[0][0] > '3') return std::nullopt;
  verdict.outcome = static_cast<Verdict::Outcome>(parts[0][0] - '0');
  verdict.seen = parts[1];
  verdict.right = parts[2];
  verdict.advice = parts[3];
  return verdict;
}

}  // namespace garner
