#include "tests/bench/child_process.h"

#include <signal.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <fstream>

namespace garner::bench {
namespace {

constexpr int kThrew = 3;

[[noreturn]] void Live(const std::function<void(ChildOutput&)>& work, int descriptor, unsigned max_seconds) {
  const rlimit limit{max_seconds, max_seconds};
  setrlimit(RLIMIT_CPU, &limit);
  ChildOutput out(descriptor);
  try {
    work(out);
  } catch (const std::exception& error) {
    out.Say(std::string("exception: ") + error.what());
    _exit(kThrew);
  }
  _exit(0);
}

std::string ReadAll(int descriptor) {
  std::string all;
  std::array<char, 4096> part{};
  for (ssize_t size = 0; (size = read(descriptor, part.data(), part.size())) > 0;) all.append(part.data(), static_cast<size_t>(size));
  return all;
}

std::vector<std::string> Lines(const std::string& text) {
  std::vector<std::string> lines;
  for (size_t at = 0; at < text.size();) {
    const size_t end = std::min(text.find('\n', at), text.size());
    lines.push_back(text.substr(at, end - at));
    at = end + 1;
  }
  return lines;
}

std::string FlawOf(int status, unsigned max_seconds) {
  if (WIFSIGNALED(status)) {
    const int signal = WTERMSIG(status);
    if (signal == SIGXCPU || signal == SIGKILL)
      return "stopped after " + std::to_string(max_seconds) + " s of processor time, or out of memory";
    return std::string("crashed: ") + strsignal(signal);
  }
  return WEXITSTATUS(status) == 0 ? std::string() : "ended with status " + std::to_string(WEXITSTATUS(status));
}

}  // namespace

void ChildOutput::Say(std::string line) {
  line.push_back('\n');
  for (size_t at = 0; at < line.size();) {
    const ssize_t written = write(descriptor_, line.data() + at, line.size() - at);
    if (written <= 0) return;  // the parent is gone, and so is whoever would read it
    at += static_cast<size_t>(written);
  }
}

uint64_t PeakBytes() {
  std::ifstream status("/proc/self/status");
  for (std::string line; std::getline(status, line);)
    if (line.rfind("VmHWM:", 0) == 0) return std::strtoull(line.c_str() + 6, nullptr, 10) * 1024;
  return 0;
}

void ForgetPeak() { std::ofstream("/proc/self/clear_refs") << "5"; }

ChildEnd RunInChild(const std::function<void(ChildOutput&)>& work, unsigned max_seconds) {
  std::fflush(nullptr);  // else the child would write it a second time
  int ends[2];
  if (pipe(ends) != 0) return {{}, "no pipe can be made"};
  const pid_t child = fork();
  if (child < 0) return {{}, "no process can be made"};
  if (child == 0) {
    close(ends[0]);
    Live(work, ends[1], max_seconds);
  }
  close(ends[1]);
  ChildEnd end;
  end.said = Lines(ReadAll(ends[0]));
  close(ends[0]);
  int status = 0;
  waitpid(child, &status, 0);
  end.flaw = FlawOf(status, max_seconds);
  return end;
}

}  // namespace garner::bench
