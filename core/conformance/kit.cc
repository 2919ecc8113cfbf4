#include "core/conformance/kit.h"

#include <stdlib.h>

#include <algorithm>
#include <chrono>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <set>

#include "core/conformance/guarded_process.h"
#include "core/conformance/run_check.h"
#include "core/isolation/signal_words.h"

namespace garner {
namespace {

namespace fs = std::filesystem;

// For a check that gets nowhere; its inputs have a time of their own.
constexpr std::chrono::seconds kCheckTime{300};

class TemporaryFolder {
 public:
  explicit TemporaryFolder(const std::string& name) {
    std::string pattern = (fs::temp_directory_path() / (name + "-XXXXXX")).string();
    path_ = mkdtemp(pattern.data()) == nullptr ? std::string() : pattern;
  }
  ~TemporaryFolder() {
    std::error_code ignored;
    if (!path_.empty() && !kept_) fs::remove_all(path_, ignored);
  }
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;
  const std::string& path() const { return path_; }
  void Keep() { kept_ = true; }

 private:
  std::string path_;
  bool kept_ = false;
};

unsigned KindBit(v1::PluginManifest::Kind kind) {
  switch (kind) {
    case v1::PluginManifest::SOURCE: return kSources;
    case v1::PluginManifest::UNPACKER: return kUnpackers;
    case v1::PluginManifest::DECODER: return kDecoders;
    case v1::PluginManifest::TRANSFORM: return kTransforms;
    case v1::PluginManifest::SINK: return kSinks;
    case v1::PluginManifest::KIND_UNSPECIFIED: break;
  }
  return 0;
}

// The end of what the process said on standard error: an assertion, a sanitizer's report.
std::string LastWords(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  std::string text{std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
  while (!text.empty() && text.back() == '\n') text.pop_back();
  if (text.empty()) return {};
  const std::string last = text.substr(text.size() > 300 ? text.size() - 300 : 0);
  return "; its last words on standard error: " + Shortened(last, 300);
}

Verdict Died(const ProcessEnding& ending, const std::optional<Noted>& noted, const KitSettings& settings, const std::string& folder) {
  const std::string at = noted ? noted->name + ": " : "";
  if (ending.signal == SIGALRM || ending.too_late) {
    const std::string time = ending.too_late ? std::to_string(kCheckTime.count()) : std::to_string(settings.input_seconds);
    return Failure(at + "took longer than " + time + " s; its process was killed", "an input, or a step of a stage's life, ends in time",
                   "look for loops that need not end and for work that grows with the square of the input; for locks that wait for each other");
  }
  if (ending.signal == SIGKILL)
    return Failure(at + "its process was killed from outside by SIGKILL", "memory in proportion to the input", "bound what the input can ask for: depths, counts, lengths that it announces");
  const std::string how = ending.signal != 0 ? "died of " + SignalWords(ending.signal) : "ended with exit status " + std::to_string(ending.exit_status) + " in the middle of the check";
  return Failure(at + "its process " + how + LastWords(folder + "/stderr"), "trouble is a Status, whatever the input is",
                 ending.signal != 0 ? "run the saved input under AddressSanitizer (the plugin's own tests with it among the cases)" : "a plugin never calls exit: it returns a Status");
}

class Kit {
 public:
  Kit(const KitSettings& settings, const KitChoice& choice, PluginFile plugin) : settings_(settings), choice_(choice), plugin_(std::move(plugin)) {}

  CheckReport Run(const Check& check, Subject& subject) {
    CheckReport report;
    report.check = &check;
    const auto begin = std::chrono::steady_clock::now();
    report.verdict = Judge(check, subject, report.saved);
    report.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
    if (report.verdict.outcome == Verdict::Outcome::kFailed || report.verdict.outcome == Verdict::Outcome::kNotRun) troubled_.insert(check.name);
    return report;
  }

 private:
  Verdict Judge(const Check& check, Subject& subject, std::string& saved) {
    if ((check.kinds & KindBit(subject.kind())) == 0) return NotApplicable("not for a " + v1::PluginManifest::Kind_Name(subject.kind()));
    for (const char* needed : check.needs)
      if (troubled_.count(needed) > 0) return {Verdict::Outcome::kNotRun, std::string("rests on ") + needed + ", which did not pass", {}, {}};
    if (check.look != nullptr) return check.look(subject);
    const TemporaryFolder folder("garner-check");
    if (folder.path().empty()) return Failure("no folder for temporary files can be made", "TMPDIR names a folder that can be written to", "free some space");
    return RunApart(check, folder.path(), saved);
  }

  Verdict RunApart(const Check& check, const std::string& folder, std::string& saved) {
    const Result<ProcessEnding> ending = RunGuarded("/proc/self/exe", Arguments(check, folder), folder + "/stderr", kCheckTime);
    if (!ending.ok()) return Failure(ending.status().message(), "a process can be started", "free memory or processes");
    const std::optional<Noted> noted = Recorder::Read(folder + "/" + kNotedFile);
    const std::optional<Verdict> left = ReadVerdict(folder);
    const bool ended = ending->signal == 0 && !ending->too_late && left;
    const Verdict verdict = ended ? *left : Died(*ending, noted, settings_, folder);
    if (verdict.outcome == Verdict::Outcome::kFailed && noted && noted->content) saved = Save(check, *noted);
    return verdict;
  }

  std::vector<std::string> Arguments(const Check& check, const std::string& folder) const {
    std::vector<std::string> words = {"garner", "check-plugin", settings_.plugin, check.name, folder};
    const auto add = [&](const char* name, const std::string& value) {
      if (!value.empty()) words.push_back(std::string(name) + "=" + value);
    };
    add("--cases", settings_.cases);
    add("--manifest-dir", settings_.manifest_dir);
    add("--options", settings_.options);
    add("--seconds", std::to_string(settings_.seconds));
    add("--input-seconds", std::to_string(settings_.input_seconds));
    add("--memory-mb", std::to_string(settings_.memory_mb));
    add("--seed", std::to_string(settings_.seed));
    return words;
  }

  // Where it cannot be saved, the report says so by leaving the place out.
  std::string Save(const Check& check, const Noted& noted) {
    std::error_code error;
    if (save_.empty()) {
      save_ = choice_.save;
      if (save_.empty()) {
        TemporaryFolder made("garner-test-" + plugin_.manifest.name());
        made.Keep();
        save_ = made.path();
      }
      fs::create_directories(save_, error);
    }
    testing::Case content = *noted.content;
    content.set_why("garner test-plugin, check " + std::string(check.name) + ": " + noted.name);
    const std::string path = (fs::path(save_) / (std::string(check.name) + ".textproto")).string();
    std::ofstream out(path, std::ios::binary);
    out << CaseText(content);
    out.close();
    return out ? path : std::string();
  }

  const KitSettings& settings_;
  const KitChoice& choice_;
  const PluginFile plugin_;
  std::set<std::string, std::less<>> troubled_;
  std::string save_;
};

// Options that must be given and are not; empty for none.
std::string MissingOptions(Subject& subject) {
  const google::protobuf::Descriptor* message = subject.schema().message();
  if (message == nullptr) return {};
  std::string names;
  for (int i = 0; i < message->field_count(); ++i) {
    const bool given = subject.kind() == v1::PluginManifest::SOURCE && message->field(i)->name() == "paths";
    if (RulesOf(*message->field(i)).required() && !given) names += (names.empty() ? "" : ", ") + message->field(i)->name();
  }
  return names;
}

Status CheckSettings(const KitSettings& settings, const KitChoice& choice, Subject& subject) {
  for (const std::string& name : choice.only) {
    if (FindCheck(name) != nullptr) continue;
    std::string names;
    for (const Check& check : AllChecks()) names += (names.empty() ? "" : ", ") + std::string(check.name);
    return Status(StatusKind::kConfig, "there is no check '" + name + "'; there are " + names);
  }
  if (!settings.options.empty())
    if (const Result<std::string> options = OptionsFromYaml(settings.options, settings.manifest_dir, subject.schema()); !options.ok()) return options.status();
  if (settings.options.empty())
    if (const std::string missing = MissingOptions(subject); !missing.empty())
      return Status(StatusKind::kConfig, "the plugin wants options that only you can give (" + missing + "): --options '{" + missing.substr(0, missing.find(',')) + ": ...}'");
  if (!settings.cases.empty())
    if (const Result<std::vector<Input>> cases = ReadCases(settings.cases, subject.schema()); !cases.ok()) return cases.status();
  return OkStatus();
}

}  // namespace

const char* OutcomeWord(Verdict::Outcome outcome) {
  switch (outcome) {
    case Verdict::Outcome::kPassed: return "passed";
    case Verdict::Outcome::kFailed: return "failed";
    case Verdict::Outcome::kNotApplicable: return "not_applicable";
    case Verdict::Outcome::kNotRun: break;
  }
  return "not_run";
}

bool KitReport::passed() const {
  return std::none_of(checks.begin(), checks.end(), [](const CheckReport& report) { return report.verdict.outcome == Verdict::Outcome::kFailed; });
}

Result<KitReport> RunKit(const KitSettings& settings, const KitChoice& choice, const std::function<void(const CheckReport&)>& heard) {
  Result<std::unique_ptr<Subject>> subject = Subject::Examine(settings.plugin);
  if (!subject.ok()) return subject.status();
  if (Status status = CheckSettings(settings, choice, **subject); !status.ok()) return status;
  Kit kit(settings, choice, (*subject)->file());
  KitReport report{(*subject)->file(), {}};
  for (const Check& check : AllChecks()) {
    if (!choice.only.empty() && std::find(choice.only.begin(), choice.only.end(), check.name) == choice.only.end()) continue;
    report.checks.push_back(kit.Run(check, **subject));
    heard(report.checks.back());
  }
  return report;
}

}  // namespace garner
