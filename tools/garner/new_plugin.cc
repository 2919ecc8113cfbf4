// garner new-plugin KIND NAME [DIR]: a folder with a plugin that builds and passes its tests.
#include <CLI/CLI.hpp>
#include <algorithm>
#include <filesystem>
#include <iostream>
#include <map>
#include <string>
#include <string_view>
#include <system_error>

#include "core/plugin/catalog.h"
#include "garner/build_tag.h"
#include "garner/escape.h"
#include "tools/garner/command.h"
#include "tools/garner/new_plugin/plugin_name.h"
#include "tools/garner/new_plugin/template_files.h"
#include "tools/garner/new_plugin/write_folder.h"

namespace garner {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kKinds[] = {"source", "unpacker", "decoder", "transform", "sink"};

Status CheckKind(std::string_view kind) {
  if (std::find(std::begin(kKinds), std::end(kKinds), kind) != std::end(kKinds)) return OkStatus();
  return Status(StatusKind::kConfig, "there is no kind '" + std::string(kind) + "'; source, unpacker, decoder, transform and sink are accepted");
}

// One name is one library: of two, the first one found would hide the other.
Status CheckFree(const std::string& name, const PluginCatalog& catalog) {
  std::string file;
  if (const PluginFile* plugin = catalog.Find(name)) file = plugin->path;
  for (const auto& refused : catalog.refused())
    if (fs::path(refused.path).filename() == name + ".so") file = refused.path;
  if (file.empty()) return OkStatus();
  return Status(StatusKind::kConfig, "there is a plugin '" + name + "' already, in " + file + "; choose another name");
}

void ReplaceAll(std::string& text, std::string_view from, std::string_view to) {
  for (size_t at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size())) text.replace(at, from.size(), to);
}

// The template "decoder/NAME.cc.in" of kind "decoder" becomes the file "my_decoder.cc".
std::map<std::string, std::string> FilesFor(const std::string& kind, const std::string& name) {
  std::map<std::string, std::string> files;
  for (const TemplateFile& file : TemplateFiles()) {
    const size_t folder = file.path.find('/');
    if (const std::string_view of = file.path.substr(0, folder); of != kind && of != "common") continue;
    std::string path(file.path.substr(folder + 1));
    path.resize(path.size() - std::string_view(".in").size());
    ReplaceAll(path, "NAME", name);
    std::string content(file.content);
    ReplaceAll(content, "@NAME@", name);
    ReplaceAll(content, "@CLASS@", ClassName(name));
    ReplaceAll(content, "@SDK@", GARNER_SDK_VERSION);
    files.emplace(std::move(path), std::move(content));
  }
  return files;
}

// As a word of a shell.
std::string ShellWord(const std::string& word) {
  const auto plain = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || std::string_view("/._-+=:@,").find(c) != std::string_view::npos; };
  if (!word.empty() && std::all_of(word.begin(), word.end(), plain)) return word;
  std::string quoted = word;
  ReplaceAll(quoted, "'", "'\\''");
  return "'" + quoted + "'";
}

bool IsRepository(const fs::path& folder) {
  std::error_code error;
  return fs::exists(folder / "CMakeLists.txt", error) && fs::exists(folder / ".." / "core" / "include" / "garner" / "plugin.h", error);
}

void PrintStepsInRepository(const std::string& folder, const std::string& name) {
  std::cout << "  (add " << name << " to the list in " << EscapeForTerminal(folder) << "/CMakeLists.txt)\n"
            << "  cmake --preset release\n"
            << "  cmake --build --preset release --target " << name << "_test\n"
            << "  build/release/bin/" << name << "_test\n";
}

void PrintSteps(const std::string& folder, bool has_kit) {
  const std::string name = fs::path(folder).filename().string();
  const fs::path prefix = fs::path(BundledPluginFolder()).parent_path().parent_path().parent_path();
  std::error_code error;
  const bool installed = fs::exists(prefix / "lib/cmake/garner/garnerConfig.cmake", error);
  const auto word = [](const std::string& path) { return EscapeForTerminal(ShellWord(path)); };
  if (!installed) std::cout << "  (this garner is not installed; `cmake --install BUILD_FOLDER --prefix PREFIX` makes the SDK)\n";
  std::cout << "  cmake -S " << word(folder) << " -B " << word(folder + "/build") << " -DCMAKE_BUILD_TYPE=Release -DCMAKE_PREFIX_PATH=" << (installed ? word(prefix.string()) : "PREFIX") << "\n"
            << "  cmake --build " << word(folder + "/build") << "\n"
            << "  ctest --test-dir " << word(folder + "/build") << "\n"
            << "  garner --plugin-dir " << word(folder + "/build/plugins") << " plugins " << name << "\n";
  if (has_kit) std::cout << "  garner test-plugin " << word(folder + "/build/plugins/" + name + ".so") << " --cases " << word(folder + "/cases") << "\n";
}

int MakePlugin(const std::string& kind, const std::string& name, const std::string& parent, const GlobalOptions& global, bool has_kit) {
  Status status = CheckKind(kind);
  if (status.ok()) status = CheckNewPluginName(name);
  if (status.ok()) status = CheckFree(name, PluginCatalog(SearchOf(global).Folders()));
  const std::map<std::string, std::string> files = FilesFor(kind, name);
  if (status.ok()) status = WriteNewFolder(parent, name, files);
  if (!status.ok()) {
    PrintLine(global, LogLevel::kError, "garner new-plugin: " + EscapeForTerminal(status.message()));
    return kExitRefused;
  }
  const std::string folder = (fs::path(parent) / name).lexically_normal().string();
  std::cout << "made " << EscapeForTerminal(folder) << (kind == "unpacker" ? ", an " : ", a ") << kind << ":\n";
  for (const auto& [path, content] : files) std::cout << "  " << path << "\n";
  std::cout << "\nnext:\n";
  if (IsRepository(parent)) {
    PrintStepsInRepository(fs::path(parent).lexically_normal().string(), name);
  } else {
    PrintSteps(folder, has_kit);
  }
  return kExitOk;
}

}  // namespace

void AddNewPlugin(CLI::App& app, const GlobalOptions& global, int& exit_status) {
  CLI::App* command = app.add_subcommand("new-plugin", "Make a folder with a plugin that builds and passes its tests");
  command->footer(
      "Examples:\n"
      "  garner new-plugin decoder subtitles            makes ./subtitles\n"
      "  garner new-plugin transform shouting plugins   makes plugins/shouting\n"
      "\n"
      "Nothing is overwritten. docs/plugin-guide.md goes on from there.");
  auto kind = std::make_shared<std::string>();
  auto name = std::make_shared<std::string>();
  auto parent = std::make_shared<std::string>(".");
  command->add_option("kind", *kind, "source, unpacker, decoder, transform or sink")->required()->type_name("KIND");
  command->add_option("name", *name, "Lower-case letters, digits and underscores; also the folder's name")->required()->type_name("NAME");
  command->add_option("dir", *parent, "The folder that it is made in (default: the current one)")->type_name("DIR");
  command->callback([=, &app, &global, &exit_status] {
    const bool has_kit = !app.get_subcommands([](const CLI::App* other) { return other->get_name() == "test-plugin"; }).empty();
    exit_status = MakePlugin(*kind, *name, *parent, global, has_kit);
  });
}

}  // namespace garner
