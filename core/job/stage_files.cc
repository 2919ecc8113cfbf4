#include "core/job/stage_files.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <system_error>

#include "core/manifest/option_files.h"
#include "core/sdk/chained_hash.h"

namespace garner {
namespace {

namespace fs = std::filesystem;

Status Unreadable(const std::string& path, const std::string& why) {
  return Status(StatusKind::kUnreadable, path + ": cannot be read" + why);
}

}  // namespace

Result<std::vector<StageFile>> DataFiles(const PluginFile& plugin) {
  const fs::path folder = DataFolder(plugin.path);
  std::vector<StageFile> files;
  std::error_code error;
  fs::recursive_directory_iterator at(folder, error), end;
  if (error == std::errc::no_such_file_or_directory) return files;
  for (; !error && at != end; at.increment(error))
    if (at->is_regular_file(error) && !error)
      files.push_back({at->path().lexically_relative(folder).string(), at->path().string()});
  if (error) return Unreadable(folder.string(), ": " + error.message());
  std::sort(files.begin(), files.end(), [](const StageFile& a, const StageFile& b) { return a.name < b.name; });
  return files;
}

std::vector<StageFile> NamedFiles(const StagePlan& stage, const std::string& manifest_dir) {
  std::vector<StageFile> files;
  for (const std::string& file : OptionFiles(stage)) files.push_back({file, (fs::path(manifest_dir) / file).string()});
  return files;
}

Result<std::string> ReadStageFile(const std::string& path) {
  std::error_code error;
  const uintmax_t size = fs::file_size(path, error);
  if (error) return Unreadable(path, ": " + error.message());
  std::string bytes(size, '\0');
  std::ifstream file(path, std::ios::binary);
  if (!file.read(bytes.data(), static_cast<std::streamsize>(bytes.size()))) return Unreadable(path, "");
  return bytes;
}

Result<uint64_t> FileFingerprint(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  ChainedHash hash;
  std::vector<char> piece(ChainedHash::kBlockBytes);
  while (file) {
    file.read(piece.data(), static_cast<std::streamsize>(piece.size()));
    hash.Update({piece.data(), static_cast<size_t>(file.gcount())});
  }
  if (!file.eof()) return Unreadable(path, "");
  return hash.Value();
}

}  // namespace garner
