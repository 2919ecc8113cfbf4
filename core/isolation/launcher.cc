#include "core/isolation/launcher.h"

#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <string_view>

#include "core/isolation/channel.h"
#include "core/isolation/program_sandbox.h"
#include "garner/v1/worker.pb.h"

namespace garner {
namespace {

constexpr int kExitNotStarted = 127;  // what shells call it
constexpr int kFirstWord = 5;         // garner worker launch RULES PATH WORD...

std::string RulesText(const SandboxRules& rules) {
  return std::string("rules:") + (rules.files ? "f" : "") + (rules.network ? "n" : "") + (rules.processes ? "p" : "");
}

SandboxRules RulesOf(std::string_view text) {
  const auto has = [&](char letter) { return text.substr(text.find(':') + 1).find(letter) != std::string_view::npos; };
  return {.files = has('f'), .network = has('n'), .processes = has('p')};
}

bool Say(int socket, const SandboxState& state, const std::string& failure) {
  v1::WorkerReply reply;
  v1::WorkerReply::Launched& launched = *reply.mutable_launched();
  launched.set_call_filter(state.call_filter);
  if (state.landlock) launched.set_landlock(*state.landlock);
  for (const std::string& missing : state.missing) launched.add_missing(missing);
  if (!failure.empty()) launched.set_failure(failure);
  return Channel(socket).Send(reply.SerializeAsString(), {}, {}) == Channel::Event::kOk;
}

// The kernel says ENOENT of a script whose interpreter is missing, and ENOEXEC of one without a first line that names it.
std::string WhyNot(int error, const std::string& path) {
  std::string words = path + ": " + std::strerror(error);
  if (error == ENOENT && access(path.c_str(), F_OK) == 0) words += " (its own first line names an interpreter that is not there)";
  if (error == ENOEXEC) words += "; a script begins with '#!' and the path of its interpreter, or is given to one: exec: [python3, script.py]";
  if (error == EACCES) words += "; a program needs the right to be executed: chmod +x";
  return words;
}

}  // namespace

std::vector<std::string> LaunchArguments(const SandboxRules& rules, const std::string& path, const std::vector<std::string>& words) {
  std::vector<std::string> arguments = {"garner", "worker", "launch", RulesText(rules), path};
  arguments.insert(arguments.end(), words.begin(), words.end());
  return arguments;
}

bool IsLaunch(int argc, char** argv) {
  return argc > kFirstWord && std::string_view(argv[1]) == "worker" && std::string_view(argv[2]) == "launch";
}

int RunLauncher(int socket, int argc, char** argv) {
  (void)argc;  // execv takes the words to their end
  const SandboxState state = CloseProgramSandbox(RulesOf(argv[3]));
  if (!Say(socket, state, "")) return kExitNotStarted;
  execv(argv[4], argv + kFirstWord);
  (void)Say(socket, state, WhyNot(errno, argv[4]));
  return kExitNotStarted;
}

}  // namespace garner
