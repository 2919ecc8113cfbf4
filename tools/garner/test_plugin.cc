// garner test-plugin FILE.so: the conformance kit. garner check-plugin: one of its checks, in a process that may die of it.
#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <unistd.h>

#include <filesystem>
#include <iostream>
#include <memory>
#include <nlohmann/json.hpp>

#include "core/conformance/kit.h"
#include "core/conformance/run_check.h"
#include "garner/build_tag.h"
#include "garner/escape.h"
#include "tools/garner/command.h"
#include "tools/garner/terminal.h"

namespace garner {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::ordered_json;

struct Request {
  KitSettings settings;
  KitChoice choice;
  bool json = false;
};

std::string Absolute(const std::string& path) {
  std::error_code error;
  const fs::path absolute = fs::absolute(path, error).lexically_normal();
  const std::string text = (error ? fs::path(path) : absolute).string();
  return text.size() > 1 && text.back() == '/' ? text.substr(0, text.size() - 1) : text;
}

// As the plugin's own tests do it: relative paths of options start at the folder that holds the cases.
std::string ManifestDir(const KitSettings& settings) {
  if (!settings.cases.empty()) return fs::path(settings.cases).parent_path().string();
  return settings.options.empty() ? std::string() : Absolute(".");
}

std::string Word(const CheckReport& report, const Style& style) {
  switch (report.verdict.outcome) {
    case Verdict::Outcome::kPassed: return "pass";
    case Verdict::Outcome::kFailed: return style.Red("FAIL");
    case Verdict::Outcome::kNotApplicable: return style.Dim("n/a ");
    case Verdict::Outcome::kNotRun: break;
  }
  return style.Yellow("skip");
}

// For a shell, where it is more than letters.
std::string Quoted(const std::string& word) {
  if (!word.empty() && word.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-./=,:") == std::string::npos) return word;
  std::string quoted = "'";
  for (const char c : word) quoted += c == '\'' ? "'\\''" : std::string(1, c);
  return quoted + "'";
}

// The command that shows this failure again.
std::string Again(const CheckReport& report, const Request& request) {
  const KitSettings& settings = request.settings;
  const std::string cases = report.saved.empty() ? settings.cases : fs::path(report.saved).parent_path().string();
  std::string words = "garner test-plugin " + Quoted(settings.plugin) + " --only " + report.check->name;
  if (!cases.empty()) words += " --cases " + Quoted(cases);
  if (!settings.options.empty()) words += " --options " + Quoted(settings.options);
  if (report.saved.empty()) words += fmt::format(" --seed {}", settings.seed);
  return words;
}

void PrintCheck(const CheckReport& report, const Request& request, const Style& style) {
  const Verdict& verdict = report.verdict;
  std::cout << fmt::format("{}  {:<13}  {}", Word(report, style), report.check->name, EscapeForTerminal(verdict.outcome == Verdict::Outcome::kFailed ? report.check->proves : verdict.seen)) << "\n";
  if (verdict.outcome == Verdict::Outcome::kFailed) {
    std::cout << "      seen     " << EscapeForTerminal(verdict.seen) << "\n"
              << "      right    " << EscapeForTerminal(verdict.right) << "\n"
              << "      to do    " << EscapeForTerminal(verdict.advice) << "\n";
    if (!report.saved.empty()) std::cout << "      saved    " << EscapeForTerminal(report.saved) << "\n";
    if (report.check->run != nullptr) std::cout << "      again    " << EscapeForTerminal(Again(report, request)) << "\n";
  }
  std::cout << std::flush;
}

Json ToJson(const CheckReport& report, const Request& request) {
  const Verdict& verdict = report.verdict;
  Json json;
  json["name"] = report.check->name;
  json["outcome"] = OutcomeWord(verdict.outcome);
  json["proves"] = report.check->proves;
  if (!verdict.seen.empty()) json["seen"] = verdict.seen;
  if (!verdict.right.empty()) json["right"] = verdict.right;
  if (!verdict.advice.empty()) json["advice"] = verdict.advice;
  if (!report.saved.empty()) json["saved"] = report.saved;
  if (verdict.outcome == Verdict::Outcome::kFailed && report.check->run != nullptr) json["again"] = Again(report, request);
  json["seconds"] = report.seconds;
  return json;
}

void PrintJson(const KitReport& report, const Request& request) {
  Json json;
  json["plugin"] = report.plugin.manifest.name();
  json["version"] = report.plugin.manifest.version();
  json["file"] = report.plugin.path;
  if (const Result<std::string> sha256 = PluginSha256(report.plugin); sha256.ok()) json["sha256"] = *sha256;
  json["sdk"] = GARNER_SDK_VERSION;
  json["seed"] = request.settings.seed;
  json["passed"] = report.passed();
  json["checks"] = Json::array();
  for (const CheckReport& check : report.checks) json["checks"].push_back(ToJson(check, request));
  std::cout << json.dump(2, ' ', false, Json::error_handler_t::replace) << "\n";
}

void PrintSum(const KitReport& report) {
  size_t failed = 0;
  size_t passed = 0;
  double seconds = 0;
  for (const CheckReport& check : report.checks) {
    failed += check.verdict.outcome == Verdict::Outcome::kFailed;
    passed += check.verdict.outcome == Verdict::Outcome::kPassed;
    seconds += check.seconds;
  }
  std::cout << fmt::format("\n{} {}: {} checks passed, {} failed, {} do not apply or were not run; {:.1f} s\n", report.plugin.manifest.name(), report.plugin.manifest.version(),
                           passed, failed, report.checks.size() - passed - failed, seconds);
}

int TestPlugin(Request request) {
  request.settings.plugin = Absolute(request.settings.plugin);
  if (!request.settings.cases.empty()) request.settings.cases = Absolute(request.settings.cases);
  if (!request.choice.save.empty()) request.choice.save = Absolute(request.choice.save);
  request.settings.manifest_dir = ManifestDir(request.settings);
  const Style style{ShowsColour(STDOUT_FILENO)};
  const Result<KitReport> report = RunKit(request.settings, request.choice, [&](const CheckReport& check) {
    if (!request.json) PrintCheck(check, request, style);
  });
  if (!report.ok()) {
    const bool not_found = report.status().kind() == StatusKind::kNotFound;
    std::cerr << "garner: " << EscapeForTerminal(report.status().message()) << (not_found ? "; a library's path is wanted, `garner plugins NAME` shows it" : "") << "\n";
    return kExitRefused;
  }
  request.json ? PrintJson(*report, request) : PrintSum(*report);
  return report->passed() ? kExitOk : kExitSomeFailed;
}

// What both subcommands take.
void AddSettings(CLI::App& command, KitSettings& settings) {
  command.add_option("--cases", settings.cases, "The plugin's case files: the inputs to begin with")->type_name("DIR");
  command.add_option("--options", settings.options, "Options in place of the defaults, as YAML: '{paths: [a]}'")->type_name("YAML");
  command.add_option("--seconds", settings.seconds, "Time for hostile inputs (default: 10)")->type_name("N")->check(CLI::Range(0.0, 86400.0));
  command.add_option("--input-seconds", settings.input_seconds, "Time that one input may take (default: 10)")->type_name("N")->check(CLI::Range(1, 3600));
  command.add_option("--memory-mb", settings.memory_mb, "Memory that hostile inputs may take beyond what the stage holds (default: 1024; 0: no limit)")->type_name("N");
  command.add_option("--seed", settings.seed, "Draws other hostile inputs (default: 1)")->type_name("N");
}

}  // namespace

void AddTestPlugin(CLI::App& app, int& exit_status) {
  CLI::App* command = app.add_subcommand("test-plugin", "Checks that a plugin keeps the rules that the host relies on");
  command->footer(
      "docs/conformance.md says what each check proves. Each runs in a process of its own.\n"
      "Exit status: 0 no check failed; 1 some did; 2 the plugin, the cases or the options were refused.\n\n"
      "Examples:\n"
      "  garner test-plugin build/shout_counter.so --cases shout_counter/cases\n"
      "  garner test-plugin build/my_source.so --options '{url: \"file:feed.xml\"}'\n"
      "  garner test-plugin build/shout_counter.so --only hostile --seconds 600 --save found");
  auto request = std::make_shared<Request>();
  command->add_option("file", request->settings.plugin, "The plugin's library")->type_name("FILE.so")->required();
  AddSettings(*command, request->settings);
  command->add_option("--only", request->choice.only, "This check alone (may be given several times)")->type_name("CHECK")->allow_extra_args(false);
  command->add_option("--save", request->choice.save, "Where inputs that break the plugin go (default: a new folder for temporary files)")->type_name("DIR");
  command->add_flag("--json", request->json, "For programs");
  command->callback([=, &exit_status] { exit_status = TestPlugin(*request); });
}

void AddCheckPlugin(CLI::App& app) {
  CLI::App* command = app.add_subcommand("check-plugin", "One check of a plugin; started by garner itself");
  command->group("");
  struct Place {
    KitSettings settings;
    std::string check;
    std::string folder;
  };
  auto place = std::make_shared<Place>();
  command->add_option("file", place->settings.plugin)->required();
  command->add_option("check", place->check)->required();
  command->add_option("folder", place->folder)->required();
  AddSettings(*command, place->settings);
  command->add_option("--manifest-dir", place->settings.manifest_dir);
  command->callback([=] {
    const Check* check = FindCheck(place->check);
    if (check != nullptr && check->run != nullptr) RunCheck(*check, place->settings, place->folder);
    // Not by return: the verdict stands, and what a plugin's static destructors do is none of it.
    _exit(kExitOk);
  });
}

}  // namespace garner
