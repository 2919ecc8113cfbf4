// garner plugins [NAME]: what is installed, read from the plugins' notes. Runs no plugin code.
#include <CLI/CLI.hpp>
#include <iostream>

#include "core/manifest/manifest_schema.h"
#include "core/manifest/plugin_lookup.h"
#include "core/manifest/quote.h"
#include "garner/escape.h"
#include "tools/garner/command.h"
#include "tools/garner/plugin_page.h"
#include "tools/garner/terminal.h"

namespace garner {
namespace {

struct PluginsArguments {
  std::string name;
  std::string manifest;  // empty: none
  bool json = false;
  bool schema = false;
};

void PrintJson(const OrderedJson& json) { std::cout << json.dump(2, ' ', false, OrderedJson::error_handler_t::replace) << "\n"; }

int List(const PluginCatalog& catalog, bool as_json) {
  if (as_json) {
    PrintJson(PluginListJson(catalog));
    return kExitOk;
  }
  std::cout << PluginListText(catalog, Style{ShowsColour(1)}) << std::flush;
  for (const std::string& line : PluginTroubles(catalog)) std::cerr << line << "\n";
  if (catalog.plugins().empty()) std::cerr << "no plugins in " << EscapeForTerminal(JoinNames(catalog.folders())) << "\n";
  return kExitOk;
}

int ShowOne(const PluginCatalog& catalog, const std::string& name, bool as_json) {
  if (const PluginFile* file = catalog.Find(name); file != nullptr) {
    if (as_json) {
      PrintJson(PluginJson(catalog, *file));
    } else {
      std::cout << PluginText(catalog, *file, Style{ShowsColour(1)});
    }
    return kExitOk;
  }
  const PluginCatalog::Refused* refused = catalog.FindRefused(name);
  if (refused != nullptr && as_json) PrintJson({{"name", name}, {"file", refused->path}, {"refused", refused->reason}});
  const PluginLookup lookup{catalog.plugins(), catalog.refused(), catalog.folders()};
  std::cerr << "garner: " << EscapeForTerminal(lookup.WhyUnknown(name, v1::PluginManifest::KIND_UNSPECIFIED));
  if (refused != nullptr) std::cerr << " (" << EscapeForTerminal(refused->path) << ")";
  std::cerr << "\n";
  return kExitRefused;
}

int Plugins(const PluginsArguments& arguments, const GlobalOptions& global) {
  std::vector<std::string> dirs;
  if (!arguments.manifest.empty()) {
    const Result<std::vector<std::string>> named = ManifestPluginDirs(arguments.manifest);
    if (!named.ok()) {
      std::cerr << EscapeForTerminal(arguments.manifest) << ": " << EscapeForTerminal(named.status().message()) << "\n";
      return kExitRefused;
    }
    dirs = *named;
  }
  const PluginCatalog catalog(SearchOf(global).Folders(dirs));
  if (!arguments.schema)
    return arguments.name.empty() ? List(catalog, arguments.json) : ShowOne(catalog, arguments.name, arguments.json);
  std::cout << ManifestSchema(catalog.plugins());
  for (const std::string& line : PluginTroubles(catalog)) std::cerr << line << "\n";
  return kExitOk;
}

}  // namespace

void AddPlugins(CLI::App& app, const GlobalOptions& global, int& exit_status) {
  CLI::App* command =
      app.add_subcommand("plugins", "What is installed; with NAME one plugin's options, media types, licence and hash");
  command->footer(
      "Examples:\n"
      "  garner plugins\n"
      "  garner plugins html\n"
      "  garner plugins --json\n"
      "  garner plugins --schema > garner.schema.json      for editors: # yaml-language-server: $schema=garner.schema.json\n"
      "\n"
      "Plugins are looked for in the folders of --plugin-dir, of GARNER_PLUGIN_PATH (separated by ':'), of the manifest's "
      "plugin_dirs,\n"
      "and where garner is installed. Of two files with one name the first counts.");
  auto arguments = std::make_shared<PluginsArguments>();
  CLI::Option* name = command->add_option("name", arguments->name, "The plugin")->type_name("NAME");
  command->add_option("--manifest", arguments->manifest, "Look in the plugin_dirs of this manifest too")->type_name("MANIFEST");
  CLI::Option* json = command->add_flag("--json", arguments->json, "For programs");
  command->add_flag("--schema", arguments->schema, "The JSON Schema of a manifest with these plugins")
      ->excludes(name)
      ->excludes(json);
  command->callback([=, &global, &exit_status] { exit_status = Plugins(*arguments, global); });
}

}  // namespace garner
