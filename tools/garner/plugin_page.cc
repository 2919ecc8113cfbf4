#include "tools/garner/plugin_page.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <utility>
#include <vector>

#include "core/manifest/options_doc.h"
#include "core/manifest/plugin_lookup.h"
#include "garner/escape.h"
#include "garner/utf8.h"

namespace garner {
namespace {

namespace fs = std::filesystem;
using Words = std::vector<std::string>;

constexpr size_t kPageWidth = 100;

std::string FolderOf(const PluginFile& file) { return fs::path(file.path).parent_path().string(); }

// Empty where the plugin has no data.
std::string DataOf(const PluginFile& file) {
  std::error_code error;
  const std::string folder = DataFolder(file.path);
  return fs::is_directory(folder, error) ? folder : std::string();
}

// Empty where the file has changed under our hands.
std::string Sha256Of(const PluginFile& file) {
  const Result<std::string> sha256 = PluginSha256(file);
  return sha256.ok() ? *sha256 : std::string();
}

// The files that stand behind this one.
Words ShadowedBy(const PluginCatalog& catalog, const PluginFile& file) {
  Words paths;
  for (const PluginCatalog::Shadowed& shadowed : catalog.shadowed())
    if (shadowed.by == file.path) paths.push_back(shadowed.path);
  return paths;
}

std::string Hex(std::string_view bytes) {
  std::string out;
  for (const char c : bytes) out += fmt::format("{:02x}", static_cast<unsigned char>(c));
  return out;
}

// --- for programs ---------------------------------------------------------------------------------------

OrderedJson OptionJson(const OptionDoc& option) {
  OrderedJson json = {{"name", option.name}, {"type", option.type}};
  if (!option.default_value.empty()) json["default"] = option.default_value;
  if (!option.range.empty()) json["accepted"] = option.range;
  if (!option.values.empty()) json["values"] = option.values;
  if (!option.pattern.empty()) json["pattern"] = option.pattern;
  if (!option.unit.empty()) json["unit"] = option.unit;
  if (option.is_regex) json["regex"] = true;
  if (option.file) json["file"] = true;
  if (option.required) json["required"] = true;
  if (option.secret) json["secret"] = true;
  json["doc"] = option.doc;
  return json;
}

void AddWhatItTakes(const v1::PluginManifest& manifest, OrderedJson& json) {
  const auto list = [&json](const char* key, const auto& words) {
    if (words.size() > 0) json[key] = Words(words.begin(), words.end());
  };
  list("media_types", manifest.media_types());
  for (const v1::Extension& extension : manifest.extensions())
    json["extensions"].push_back({{"extension", extension.extension()}, {"media_type", extension.media_type()}});
  for (const v1::Signature& signature : manifest.signatures())
    json["signatures"].push_back(
        {{"media_type", signature.media_type()}, {"offset", signature.offset()}, {"magic", Hex(signature.magic())}});
  list("raw_compressions", manifest.raw_compressions());
  list("adds_metadata", manifest.adds_metadata());
  if (manifest.decides()) json["decides"] = true;
  if (manifest.restores_documents()) json["restores_documents"] = true;
}

OrderedJson SummaryJson(const PluginFile& file) {
  OrderedJson json = {{"name", file.manifest.name()},
                      {"version", file.manifest.version()},
                      {"kind", KindWord(file.manifest.kind())},
                      {"summary", file.manifest.summary()},
                      {"licence", file.manifest.licence()}};
  AddWhatItTakes(file.manifest, json);
  json["options"] = OrderedJson::array();
  for (const OptionDoc& option : DescribeOptions(file)) json["options"].push_back(OptionJson(option));
  json["folder"] = FolderOf(file);
  json["file"] = file.path;
  if (const std::string data = DataOf(file); !data.empty()) json["data"] = data;
  return json;
}

// --- for people -----------------------------------------------------------------------------------------

size_t WidthOf(std::string_view text) {
  return static_cast<size_t>(std::count_if(text.begin(), text.end(), [](char c) { return (c & 0xC0) != 0x80; }));
}

// Lines of at most kPageWidth columns where words allow it, each behind `indent`.
std::string Wrapped(const std::string& text, const std::string& indent) {
  std::string out = indent;
  size_t column = indent.size();
  for (size_t begin = 0; begin < text.size();) {
    const size_t end = std::min(text.find(' ', begin), text.size());
    const std::string word = text.substr(begin, end - begin);
    const bool first = column == indent.size();
    if (!first && column + 1 + WidthOf(word) > kPageWidth) {
      out += "\n" + indent + word;
      column = indent.size() + WidthOf(word);
    } else {
      out += (first ? "" : " ") + word;
      column += (first ? 0 : 1) + WidthOf(word);
    }
    begin = end + 1;
  }
  return out + "\n";
}

std::string Join(const Words& words) { return fmt::format("{}", fmt::join(words, ", ")); }

// Printable bytes as they are, others as \x00.
std::string MagicWords(const v1::Signature& signature) {
  std::string bytes;
  for (const char c : signature.magic())
    bytes += c >= 0x20 && c < 0x7F ? std::string(1, c) : fmt::format("\\x{:02x}", static_cast<unsigned char>(c));
  return fmt::format("\"{}\" at {}: {}", bytes, signature.offset(), signature.media_type());
}

// The page's head: what it is, line by line.
std::vector<std::pair<std::string, std::string>> Facts(const PluginCatalog& catalog, const PluginFile& file) {
  const v1::PluginManifest& manifest = file.manifest;
  std::vector<std::pair<std::string, std::string>> facts;
  const auto add = [&facts](const char* name, const std::string& words) {
    if (!words.empty()) facts.emplace_back(name, words);
  };
  add("media types", Join({manifest.media_types().begin(), manifest.media_types().end()}));
  Words extensions;
  for (const v1::Extension& extension : manifest.extensions())
    extensions.push_back("." + extension.extension() + " (" + extension.media_type() + ")");
  add("extensions", Join(extensions));
  Words signatures;
  for (const v1::Signature& signature : manifest.signatures()) signatures.push_back(MagicWords(signature));
  add("signatures", Join(signatures));
  add("undoes itself", Join({manifest.raw_compressions().begin(), manifest.raw_compressions().end()}));
  add("adds", Join({manifest.adds_metadata().begin(), manifest.adds_metadata().end()}));
  if (manifest.decides()) add("decides", "compares documents: its second half runs in input order, in the host");
  if (manifest.restores_documents()) add("restores", "documents of garner's own, as they were");
  add("licence", manifest.licence());
  add("file", file.path);
  add("data", DataOf(file));
  add("sha256", Sha256Of(file));
  add("stands before", Join(ShadowedBy(catalog, file)));
  return facts;
}

std::string Padded(const std::string& text, size_t width) {
  return text + std::string(width > WidthOf(text) ? width - WidthOf(text) : 0, ' ');
}

// A table of names, what each takes and what holds without it; under each row its meaning.
std::string OptionsText(const std::vector<OptionDoc>& options, const Style& style) {
  constexpr size_t kMaxName = 28, kMaxTakes = 40;
  size_t name_width = 0, takes_width = 0;
  for (const OptionDoc& option : options) {
    name_width = std::min(std::max(name_width, WidthOf(EscapeForTerminal(option.name))), kMaxName);
    takes_width = std::min(std::max(takes_width, WidthOf(EscapeForTerminal(Takes(option)))), kMaxTakes);
  }
  std::string out;
  for (const OptionDoc& option : options) {
    const std::string name = EscapeForTerminal(option.name);
    const std::string last = option.required                ? "required"
                             : option.default_value.empty() ? ""
                                                            : "default " + EscapeForTerminal(option.default_value);
    std::string takes = EscapeForTerminal(Takes(option));
    if (!last.empty()) takes = Padded(takes, takes_width) + "  " + last;
    out += "  " + style.Bold(name) + Padded("", name_width > WidthOf(name) ? name_width - WidthOf(name) : 0) + "  " + takes +
           "\n" + Wrapped(EscapeForTerminal(option.doc), "      ");
  }
  return out;
}

std::string FileName(const std::string& path) { return fs::path(path).filename().string(); }

}  // namespace

OrderedJson PluginListJson(const PluginCatalog& catalog) {
  OrderedJson json = {{"folders", catalog.folders()},
                      {"plugins", OrderedJson::array()},
                      {"refused", OrderedJson::array()},
                      {"shadowed", OrderedJson::array()}};
  for (const PluginFile* file : catalog.plugins()) json["plugins"].push_back(SummaryJson(*file));
  for (const PluginCatalog::Refused& refused : catalog.refused())
    json["refused"].push_back({{"file", refused.path}, {"reason", refused.reason}});
  for (const PluginCatalog::Shadowed& shadowed : catalog.shadowed())
    json["shadowed"].push_back({{"file", shadowed.path}, {"by", shadowed.by}});
  return json;
}

OrderedJson PluginJson(const PluginCatalog& catalog, const PluginFile& file) {
  OrderedJson json = SummaryJson(file);
  json["sha256"] = Sha256Of(file);
  if (const Words paths = ShadowedBy(catalog, file); !paths.empty()) json["shadows"] = paths;
  return json;
}

std::string PluginListText(const PluginCatalog& catalog, const Style& style) {
  const std::vector<const PluginFile*> plugins = catalog.plugins();
  size_t name_width = 0, version_width = 0;
  Words folders;
  for (const PluginFile* file : plugins) {
    name_width = std::max(name_width, file->manifest.name().size());
    version_width = std::max(version_width, file->manifest.version().size());
    if (const std::string folder = FolderOf(*file); std::find(folders.begin(), folders.end(), folder) == folders.end())
      folders.push_back(folder);
  }
  std::string out;
  for (const std::string& folder : folders) {
    out += (out.empty() ? "" : "\n") + style.Dim(EscapeForTerminal(folder)) + "\n";
    for (const PluginFile* file : plugins)
      if (FolderOf(*file) == folder)
        out += fmt::format("  {:<{}}  {:<9}  {:<{}}  {}\n", EscapeForTerminal(file->manifest.name()), name_width,
                           KindWord(file->manifest.kind()), EscapeForTerminal(file->manifest.version()), version_width,
                           EscapeForTerminal(file->manifest.summary()));
  }
  return out;
}

std::string PluginText(const PluginCatalog& catalog, const PluginFile& file, const Style& style) {
  const v1::PluginManifest& manifest = file.manifest;
  std::string out = style.Bold(EscapeForTerminal(manifest.name())) + " " + EscapeForTerminal(manifest.version()) + ", " +
                    KindWord(manifest.kind()) + "\n" + EscapeForTerminal(manifest.summary()) + "\n\n";
  const auto facts = Facts(catalog, file);
  size_t width = 0;
  for (const auto& [name, words] : facts) width = std::max(width, name.size());
  for (const auto& [name, words] : facts) out += fmt::format("{:<{}}  {}\n", name, width, EscapeForTerminal(words));
  const std::vector<OptionDoc> options = DescribeOptions(file);
  out += options.empty() ? "\nNo options.\n" : "\nOptions\n";
  return out + OptionsText(options, style);
}

std::vector<std::string> PluginTroubles(const PluginCatalog& catalog) {
  std::vector<std::string> lines;
  for (const PluginCatalog::Refused& refused : catalog.refused())
    lines.push_back("refused: " + refused.reason + " (" + refused.path + ")");
  for (const PluginCatalog::Shadowed& shadowed : catalog.shadowed())
    lines.push_back("not used: " + FileName(shadowed.path) + ": " + shadowed.by + " comes before " + shadowed.path);
  for (std::string& line : lines) line = EscapeForTerminal(line);
  return lines;
}

}  // namespace garner
