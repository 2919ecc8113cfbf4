// garner plugins [NAME]: what is installed, read from the plugins' notes. Runs no plugin code.
#include <fmt/format.h>

#include <iostream>
#include <nlohmann/json.hpp>

#include "core/manifest/options_doc.h"
#include "core/plugin/catalog.h"
#include "garner/escape.h"
#include "tools/garner/command.h"
#include "tools/garner/terminal.h"

namespace garner {
namespace {

using Json = nlohmann::ordered_json;

std::string KindWord(const PluginFile& file) {
  std::string word = v1::PluginManifest::Kind_Name(file.manifest.kind());
  for (char& c : word) c = static_cast<char>(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
  return word;
}

// Empty where the file has changed under our hands.
std::string Sha256Of(const PluginFile& file) {
  const Result<std::string> sha256 = PluginSha256(file);
  return sha256.ok() ? *sha256 : std::string();
}

Json ToJson(const PluginFile& file) {
  Json json;
  json["name"] = file.manifest.name();
  json["version"] = file.manifest.version();
  json["kind"] = KindWord(file);
  json["summary"] = file.manifest.summary();
  json["licence"] = file.manifest.licence();
  if (file.manifest.media_types_size() > 0) json["media_types"] = std::vector<std::string>(file.manifest.media_types().begin(), file.manifest.media_types().end());
  if (file.manifest.decides()) json["decides"] = true;
  Json options = Json::array();
  for (const OptionDoc& option : DescribeOptions(file)) {
    Json entry;
    entry["name"] = option.name;
    entry["type"] = option.type;
    if (!option.default_value.empty()) entry["default"] = option.default_value;
    if (!option.range.empty()) entry["accepted"] = option.range;
    if (!option.values.empty()) entry["values"] = option.values;
    if (!option.pattern.empty()) entry["pattern"] = option.pattern;
    if (!option.unit.empty()) entry["unit"] = option.unit;
    if (option.required) entry["required"] = true;
    if (option.secret) entry["secret"] = true;
    entry["doc"] = option.doc;
    options.push_back(entry);
  }
  json["options"] = options;
  json["file"] = file.path;
  json["sha256"] = Sha256Of(file);
  return json;
}

int List(const PluginCatalog& catalog, bool as_json) {
  if (as_json) {
    Json json;
    json["plugins"] = Json::array();
    for (const PluginFile* file : catalog.plugins()) json["plugins"].push_back(ToJson(*file));
    json["refused"] = Json::array();
    for (const auto& refused : catalog.refused()) json["refused"].push_back({{"file", refused.path}, {"reason", refused.reason}});
    std::cout << json.dump(2, ' ', false, Json::error_handler_t::replace) << "\n";
    return kExitOk;
  }
  size_t width = 0;
  for (const PluginFile* file : catalog.plugins()) width = std::max(width, file->manifest.name().size());
  for (const PluginFile* file : catalog.plugins())
    std::cout << fmt::format("{:<{}}  {:<9}  {}\n", EscapeForTerminal(file->manifest.name()), width, KindWord(*file), EscapeForTerminal(file->manifest.summary()));
  for (const auto& refused : catalog.refused()) std::cerr << "refused: " << EscapeForTerminal(refused.reason) << "\n";
  return kExitOk;
}

void Show(const PluginFile& file, const Style& style) {
  const v1::PluginManifest& manifest = file.manifest;
  std::cout << style.Bold(EscapeForTerminal(manifest.name())) << " " << EscapeForTerminal(manifest.version()) << ", " << KindWord(file) << "\n"
            << EscapeForTerminal(manifest.summary()) << "\n\n";
  if (manifest.media_types_size() > 0) {
    std::cout << "media types  ";
    for (int i = 0; i < manifest.media_types_size(); ++i) std::cout << (i > 0 ? ", " : "") << EscapeForTerminal(manifest.media_types(i));
    std::cout << "\n";
  }
  if (manifest.decides()) std::cout << "decides      compares documents: its second half runs in input order, in the host\n";
  std::cout << "licence      " << EscapeForTerminal(manifest.licence()) << "\n"
            << "file         " << EscapeForTerminal(file.path) << "\n"
            << "sha256       " << Sha256Of(file) << "\n\n";
  const std::vector<OptionDoc> options = DescribeOptions(file);
  std::cout << (options.empty() ? "No options.\n" : "Options\n");
  for (const OptionDoc& option : options) {
    std::cout << "  " << style.Bold(option.name) << "  " << EscapeForTerminal(Takes(option));
    if (option.required) std::cout << ", required";
    if (!option.default_value.empty()) std::cout << ", default " << EscapeForTerminal(option.default_value);
    std::cout << "\n      " << EscapeForTerminal(option.doc) << "\n";
  }
}

int ShowOne(const PluginCatalog& catalog, const std::string& name, bool as_json) {
  const PluginFile* file = catalog.Find(name);
  if (file == nullptr) {
    std::cerr << "garner: there is no plugin '" << EscapeForTerminal(name) << "'; `garner plugins` lists what there is\n";
    for (const auto& refused : catalog.refused())
      if (refused.path.find("/" + name + ".so") != std::string::npos) std::cerr << "refused: " << EscapeForTerminal(refused.reason) << "\n";
    return kExitRefused;
  }
  if (as_json) {
    std::cout << ToJson(*file).dump(2, ' ', false, Json::error_handler_t::replace) << "\n";
  } else {
    Show(*file, Style{ShowsColour(1)});
  }
  return kExitOk;
}

}  // namespace

void AddPlugins(CLI::App& app, const GlobalOptions& global, int& exit_status) {
  CLI::App* command = app.add_subcommand("plugins", "What is installed; with NAME one plugin's options, media types, licence and hash");
  command->footer("Examples:\n  garner plugins\n  garner plugins html\n  garner plugins --json");
  auto name = std::make_shared<std::string>();
  auto json = std::make_shared<bool>(false);
  command->add_option("name", *name, "The plugin")->type_name("NAME");
  command->add_flag("--json", *json, "For programs");
  command->callback([=, &global, &exit_status] {
    const PluginCatalog catalog(PluginFolders(global));
    exit_status = name->empty() ? List(catalog, *json) : ShowOne(catalog, *name, *json);
  });
}

}  // namespace garner
