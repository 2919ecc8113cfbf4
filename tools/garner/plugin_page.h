// What there is to say of plugins, for people and for programs. docs/plugins.md names the fields. Runs no plugin code.
#pragma once

#include <nlohmann/json.hpp>

#include <string>

#include "core/plugin/catalog.h"
#include "tools/garner/terminal.h"

namespace garner {

using OrderedJson = nlohmann::ordered_json;

// All of them. Reads no file as a whole.
OrderedJson PluginListJson(const PluginCatalog& catalog);
std::string PluginListText(const PluginCatalog& catalog, const Style& style);

// One of them, with its SHA-256.
OrderedJson PluginJson(const PluginCatalog& catalog, const PluginFile& file);
std::string PluginText(const PluginCatalog& catalog, const PluginFile& file, const Style& style);

// One line for each file that was refused, or that stands behind another of its name.
std::vector<std::string> PluginTroubles(const PluginCatalog& catalog);

}  // namespace garner
