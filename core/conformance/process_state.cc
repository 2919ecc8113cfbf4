#include "core/conformance/process_state.h"

#include <fenv.h>
#include <locale.h>
#include <malloc.h>
#include <signal.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <locale>
#include <sstream>

extern "C" char** environ;

namespace garner {
namespace {

namespace fs = std::filesystem;

std::string HandlerOf(int signal) {
  struct sigaction action {};
  if (sigaction(signal, nullptr, &action) != 0) return "none";
  std::ostringstream words;
  words << reinterpret_cast<const void*>(action.sa_handler);
  return words.str();
}

std::string FirstLine(const fs::path& path) {
  std::ifstream in(path);
  std::string line;
  std::getline(in, line);
  return line;
}

mode_t FileMask() {
  const mode_t mask = umask(0);
  umask(mask);
  return mask;
}

}  // namespace

std::map<std::string, std::string> SharedSettings() {
  std::error_code error;
  std::map<std::string, std::string> settings;
  settings["the working directory"] = fs::current_path(error).string();
  settings["the locale"] = setlocale(LC_ALL, nullptr);
  settings["the C++ locale"] = std::locale().name();
  settings["the file mask"] = std::to_string(FileMask());
  settings["the rounding of numbers"] = std::to_string(fegetround());
  for (char** variable = environ; *variable != nullptr; ++variable) {
    const std::string entry = *variable;
    settings["the environment variable " + entry.substr(0, entry.find('='))] = entry.substr(std::min(entry.find('='), entry.size()));
  }
  for (int signal = 1; signal < 32; ++signal) {
    const char* name = sigabbrev_np(signal);
    settings["the handler of SIG" + std::string(name == nullptr ? std::to_string(signal) : name)] = HandlerOf(signal);
  }
  return settings;
}

std::map<int, std::string> OpenDescriptors() {
  std::map<int, std::string> found;
  std::error_code error;
  for (fs::directory_iterator entry("/proc/self/fd", error), end; !error && entry != end; entry.increment(error)) {
    std::error_code gone;
    const fs::path target = fs::read_symlink(entry->path(), gone);
    if (gone || target.string().find("/proc/") == 0) continue;  // the one that lists them
    found[std::stoi(entry->path().filename().string())] = target.string();
  }
  return found;
}

std::vector<std::string> OtherThreads() {
  std::vector<std::string> names;
  std::error_code error;
  for (fs::directory_iterator entry("/proc/self/task", error), end; !error && entry != end; entry.increment(error))
    if (entry->path().filename() != std::to_string(gettid())) names.push_back(FirstLine(entry->path() / "comm"));
  return names;
}

std::vector<std::string> ChildProcesses() {
  std::vector<std::string> found;
  std::error_code error;
  for (fs::directory_iterator task("/proc/self/task", error), end; !error && task != end; task.increment(error)) {
    std::istringstream numbers(FirstLine(task->path() / "children"));
    for (std::string number; numbers >> number;) found.push_back(FirstLine("/proc/" + number + "/comm"));
  }
  return found;
}

size_t AllocatedBytes() {
  const struct mallinfo2 info = mallinfo2();
  return info.uordblks + info.hblkhd;
}

size_t ResidentBytes() {
  std::ifstream in("/proc/self/statm");
  size_t pages = 0;
  size_t resident = 0;
  in >> pages >> resident;
  return resident * static_cast<size_t>(sysconf(_SC_PAGESIZE));
}

}  // namespace garner
