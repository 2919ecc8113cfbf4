// Every manifest in bad/ and good/ against the file beside it that says what comes of it: NAME.mistakes, one a line, or NAME.plan.
// Lines at the top of a manifest set the scene:
//
//   # why: what would go wrong without this case
//   # env: NAME=value        # set: STAGE.OPTION=VALUE        # input: PATH
//
// GARNER_UPDATE_CASES=1 rewrites what is expected: read the diff.
#include <fmt/format.h>
#include <google/protobuf/text_format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <sstream>

#include "core/manifest/options_schema.h"
#include "core/manifest/plan_builder.h"
#include "tests/core/manifest/test_plugins.h"

namespace garner {
namespace {

namespace fs = std::filesystem;

const std::string kCases = GARNER_MANIFEST_CASES_DIR;

std::string ReadAll(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  std::ostringstream out;
  out << in.rdbuf();
  return out.str();
}

struct Scene {
  std::string why;
  std::map<std::string, std::string> variables;
  Overrides overrides;
};

Scene ReadScene(const std::string& yaml) {
  Scene scene;
  std::istringstream lines(yaml.rfind("\xEF\xBB\xBF", 0) == 0 ? yaml.substr(3) : yaml);
  for (std::string line; std::getline(lines, line) && line.rfind("# ", 0) == 0;) {
    const size_t colon = line.find(": ");
    if (colon == std::string::npos) continue;
    const std::string key = line.substr(2, colon - 2);
    const std::string value = line.substr(colon + 2);
    const size_t equals = value.find('=');
    if (key == "why") scene.why = value;
    if (key == "env") scene.variables[value.substr(0, equals)] = value.substr(equals + 1);
    if (key == "set") scene.overrides.sets.push_back(value);
    if (key == "input") scene.overrides.inputs.push_back(value);
  }
  return scene;
}

PlanResult Build(const fs::path& path, const Scene& scene) {
  const Environment environment = [&scene](const std::string& name) -> std::optional<std::string> {
    const auto found = scene.variables.find(name);
    if (found == scene.variables.end()) return std::nullopt;
    return found->second;
  };
  return BuildPlan(ReadAll(path), path.filename().string(), TestPlugins(), environment, scene.overrides);
}

std::string ReplaceAll(std::string text, const std::string& what, const std::string& with) {
  for (size_t at = 0; (at = text.find(what, at)) != std::string::npos; at += with.size()) text.replace(at, what.size(), with);
  return text;
}

// Paths differ from machine to machine.
std::string WithoutMachine(const std::string& text) { return ReplaceAll(text, fs::current_path().string(), "CURRENT"); }

// The file of the program is another one on other machines.
std::string ProgramText(const StageProgram& program) {
  const v1::PluginManifest& manifest = program.file.manifest;
  std::string out = fmt::format("  program {}\n", fmt::join(program.words, " | "));
  out += "  version " + manifest.version() + "\n";
  if (!program.files.empty()) out += fmt::format("  files {}\n", fmt::join(program.files, " | "));
  for (const std::string& type : manifest.media_types()) out += "  takes " + type + "\n";
  for (const v1::Extension& extension : manifest.extensions()) out += fmt::format("  extension {} is {}\n", extension.extension(), extension.media_type());
  return out;
}

std::string OptionsText(const StagePlan& stage) {
  if (stage.program != nullptr) return ProgramText(*stage.program) + "  " + stage.options + "\n";
  OptionsSchema schema(*stage.plugin);
  const auto message = schema.New();
  if (message == nullptr) return "";
  EXPECT_TRUE(message->ParseFromString(stage.options));
  std::string text;
  google::protobuf::TextFormat::Printer printer;
  printer.SetUseUtf8StringEscaping(true);
  printer.PrintToString(*message, &text);
  std::istringstream lines(text);
  std::string out;
  for (std::string line; std::getline(lines, line);) out += "  " + line + "\n";
  return out;
}

std::string StageText(const std::string& role, const StagePlan& stage) {
  std::string out = role + " " + stage.label + " = " + stage.plugin->manifest.name() + "\n" + OptionsText(stage);
  if (stage.isolated) out += "  isolated\n";
  if (!stage.when) return out;
  for (const std::string& value : stage.when->language) out += "  when language " + value + "\n";
  for (const std::string& value : stage.when->media_type) out += "  when media_type " + value + "\n";
  for (const std::string& value : stage.when->uri) out += "  when uri " + value + "\n";
  for (const auto& [key, values] : stage.when->metadata)
    out += fmt::format("  when metadata {} {}\n", key, fmt::join(values, " | "));
  return out;
}

// Where anything is isolated.
std::string IsolationText(const JobPlan& plan) {
  const auto isolated = [](const StagePlan& stage) { return stage.isolated; };
  if (std::none_of(plan.decoders.begin(), plan.decoders.end(), isolated) && std::none_of(plan.transforms.begin(), plan.transforms.end(), isolated))
    return "";
  const IsolationLimits& limits = plan.limits.isolation;
  return fmt::format("isolation: document_seconds {}, child_memory_mb {}, child_documents {}; files {}, network {}, processes {}\n", limits.document_seconds,
                     limits.child_memory_mb, limits.child_documents, plan.sandbox.files, plan.sandbox.network, plan.sandbox.processes);
}

// Where the manifest says anything about them.
std::string NestedText(const NestedLimits& limits) {
  const NestedLimits usual;
  if (limits.depth == usual.depth && limits.payloads == usual.payloads && limits.megabytes == usual.megabytes) return "";
  return fmt::format("nested: depth {}, payloads {}, mb {}\n", limits.depth, limits.payloads, limits.megabytes);
}

std::string PlanText(const JobPlan& plan) {
  std::string out = fmt::format("{}: workers {}, documents {}\n", plan.name, plan.limits.workers, plan.limits.documents);
  if (plan.limits.payload_mb != Limits().payload_mb) out += fmt::format("payload_mb {}\n", plan.limits.payload_mb);
  if (plan.cache) out += "results are kept\n";
  if (!plan.dead_letters.empty()) out += "dead letters in " + plan.dead_letters + "\n";
  out += NestedText(plan.limits.nested);
  out += IsolationText(plan);
  out += StageText("source", plan.source);
  for (const StagePlan& stage : plan.decoders) out += StageText("decoder", stage);
  for (const StagePlan& stage : plan.transforms) out += StageText("transform", stage);
  for (const StagePlan& stage : plan.sinks) out += StageText("sink", stage);
  return out;
}

std::string NotesText(const PlanResult& result) {
  std::string out;
  for (const Mistake& note : result.notes) out += "note: " + note.ToString() + "\n";
  return out;
}

std::string MistakesText(const PlanResult& result) {
  std::string out;
  for (const Mistake& mistake : result.mistakes) out += mistake.ToString() + "\n";
  return out;
}

void ExpectFile(const fs::path& expected, const std::string& text) {
  if (std::getenv("GARNER_UPDATE_CASES") != nullptr) std::ofstream(expected, std::ios::binary) << text;
  EXPECT_EQ(ReadAll(expected), text);
}

std::vector<std::string> CasesIn(const std::string& folder) {
  std::vector<std::string> names;
  for (const fs::directory_entry& entry : fs::directory_iterator(kCases + "/" + folder))
    if (entry.path().extension() == ".yaml") names.push_back(entry.path().stem().string());
  std::sort(names.begin(), names.end());
  return names;
}

std::string CaseName(const testing::TestParamInfo<std::string>& info) { return info.param; }

class BadManifest : public testing::TestWithParam<std::string> {};

TEST_P(BadManifest, IsToldInWords) {
  fs::current_path(kCases + "/bad");
  const fs::path path = kCases + "/bad/" + GetParam() + ".yaml";
  const Scene scene = ReadScene(ReadAll(path));
  EXPECT_FALSE(scene.why.empty()) << "a case says why";
  const PlanResult result = Build(path, scene);
  EXPECT_FALSE(result.plan.has_value());
  EXPECT_FALSE(result.mistakes.empty());
  ExpectFile(kCases + "/bad/" + GetParam() + ".mistakes", WithoutMachine(MistakesText(result)));
}

INSTANTIATE_TEST_SUITE_P(Manifest, BadManifest, testing::ValuesIn(CasesIn("bad")), CaseName);

class GoodManifest : public testing::TestWithParam<std::string> {};

TEST_P(GoodManifest, BecomesAPlan) {
  fs::current_path(kCases + "/good");
  const fs::path path = kCases + "/good/" + GetParam() + ".yaml";
  const Scene scene = ReadScene(ReadAll(path));
  EXPECT_FALSE(scene.why.empty()) << "a case says why";
  const PlanResult result = Build(path, scene);
  ASSERT_TRUE(result.plan.has_value()) << MistakesText(result);
  ExpectFile(kCases + "/good/" + GetParam() + ".plan", WithoutMachine(PlanText(*result.plan) + NotesText(result)));
}

INSTANTIATE_TEST_SUITE_P(Manifest, GoodManifest, testing::ValuesIn(CasesIn("good")), CaseName);

}  // namespace
}  // namespace garner
