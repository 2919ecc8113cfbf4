#include "core/plugin/load_library.h"

#include <dlfcn.h>

#include <boost/dll/shared_library.hpp>
#include <exception>
#include <filesystem>

#include "garner/plugin.h"

namespace garner {
namespace {

constexpr char kDescriptorSymbol[] = "garner_plugin";

// Boost wraps the loader's sentence: "...load() failed (dlerror system message: PATH: SENTENCE): Bad file descriptor". The tail is
// a leftover errno and misleads.
std::string LoaderSentence(const std::string& path, std::string words) {
  constexpr std::string_view kHead = "dlerror system message: ";
  if (const size_t head = words.find(kHead); head != std::string::npos) {
    words.erase(0, head + kHead.size());
    if (const size_t tail = words.rfind("): "); tail != std::string::npos) words.resize(tail);
  }
  if (words.compare(0, path.size() + 2, path + ": ") == 0) words.erase(0, path.size() + 2);
  return words;
}

}  // namespace

Result<const PluginDescriptor*> LoadPluginLibrary(const std::string& path) {
  namespace dll = boost::dll;
  const std::string name = std::filesystem::path(path).filename().string();
  // Eager, so that an undefined symbol shows here and not in the middle of a job; never unmapped, because descriptors, loggers and
  // exceptions of the plugin may outlive any owner (docs/decisions).
  const auto mode = static_cast<dll::load_mode::type>(static_cast<int>(dll::load_mode::rtld_now) | RTLD_NODELETE);
  try {
    // Loading by exception on purpose: the error_code form reports errno and loses the loader's own sentence.
    dll::shared_library library;
    library.load(path, mode);
    if (!library.has(kDescriptorSymbol))
      return Status(StatusKind::kConfig, name + ": does not export '" + kDescriptorSymbol + "': its code has no GARNER_PLUGIN line");
    return &library.get<const PluginDescriptor>(kDescriptorSymbol);
  } catch (const std::exception& error) {
    return Status(StatusKind::kConfig, name + ": cannot be loaded: " + LoaderSentence(path, error.what()));
  } catch (...) {
    return Status(StatusKind::kConfig, name + ": cannot be loaded: it threw an exception of unknown type");
  }
}

}  // namespace garner
