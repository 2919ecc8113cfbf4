#include "core/isolation/probe_gate.h"

#include <filesystem>
#include <optional>
#include <system_error>
#include <utility>

namespace garner {
namespace {

namespace fs = std::filesystem;

bool Stands(const std::string& path, const std::string& folder) {
  std::error_code error;
  return !folder.empty() && fs::equivalent(fs::path(path).parent_path(), folder, error) && !error;
}

}  // namespace

std::function<Status(const PluginFile&)> MakeProbeGate(std::string trusted, ProbeMemory memory, ProbeSettings settings) {
  return [trusted = std::move(trusted), memory = std::move(memory), settings = std::move(settings)](const PluginFile& file) -> Status {
    if (Stands(file.path, trusted)) return OkStatus();
    const Result<std::string> sha256 = PluginSha256(file);
    if (!sha256.ok()) return sha256.status();
    const std::string key = ProbeKey(*sha256);
    if (const std::optional<Status> known = memory.Find(key)) return *known;
    const ProbeVerdict verdict = ProbePlugin(file, settings);
    if (verdict.lasting) memory.Keep(key, verdict.status);
    return verdict.status;
  };
}

}  // namespace garner
