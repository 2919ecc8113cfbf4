// Finds plugin files and loads each one when it is first asked for.
//
//   PluginCatalog catalog({"/opt/garner/plugins"});
//   Result<std::unique_ptr<Stage>> stage = catalog.Make("deduplicator");
//
// Stages keep their plugin mapped for the life of the process (plugins are never unloaded), so they may outlive the catalog.
// Safe to use from several threads once constructed.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/plugin/plugin_file.h"
#include "garner/stage.h"
#include "garner/status.h"

namespace garner {

struct PluginDescriptor;

class PluginCatalog {
 public:
  // Looks at every *.so of the folders, in this order, sorted by name; the first of a name wins, also where it is refused: another
  // build of a plugin never takes its place unseen. Runs no plugin code. Folders that do not exist are skipped, and so is one that was
  // looked at already; the current directory is searched only where it is named.
  explicit PluginCatalog(const std::vector<std::string>& folders);

  // Nothing by that name: nullptr. The pointer lives as long as the catalog.
  const PluginFile* Find(std::string_view name) const;
  // In order of name.
  std::vector<const PluginFile*> plugins() const;

  struct Refused {
    std::string path;
    std::string reason;  // the whole sentence
  };
  const std::vector<Refused>& refused() const { return refused_; }
  // The refusal that stands in the way of a name; nullptr for none.
  const Refused* FindRefused(std::string_view name) const;

  // A file that was not looked at, because an earlier one has its name.
  struct Shadowed {
    std::string path;
    std::string by;  // the path of the earlier one
  };
  const std::vector<Shadowed>& shadowed() const { return shadowed_; }
  const std::vector<std::string>& folders() const { return folders_; }

  // Asked before a library is loaded for the first time; a failure is the refusal. Set before the first call of Make or Admit. None: all are
  // loaded. Called by one thread at a time.
  void set_gate(std::function<Status(const PluginFile&)> gate) { gate_ = std::move(gate); }
  // Asks the gate, for a library that another process will load.
  Status Admit(std::string_view name);

  // Loads the plugin if need be and makes a stage. Fails with kConfig in a sentence that names file and reason.
  Result<std::unique_ptr<Stage>> Make(std::string_view name);

 private:
  void Add(const std::string& path);
  Result<const PluginDescriptor*> Load(const PluginFile& file);
  Status AskGate(const PluginFile& file);

  std::vector<std::string> folders_;
  std::map<std::string, PluginFile, std::less<>> files_;
  std::vector<Refused> refused_;
  std::vector<Shadowed> shadowed_;
  std::mutex mutex_;
  std::map<std::string, const PluginDescriptor*, std::less<>> loaded_;
  std::function<Status(const PluginFile&)> gate_;
  std::set<std::string, std::less<>> admitted_;
};

// The folder of bundled plugins: ../lib/garner/plugins from the running program. Empty where the program cannot be found.
std::string BundledPluginFolder();

}  // namespace garner
