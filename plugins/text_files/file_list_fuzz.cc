// Any bytes as a list of files: refused in words, or names that stay below the folder and come back as they were.
#include "file_list.h"

#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <string>
#include <vector>

namespace {

void Check(bool holds) {
  if (!holds) std::abort();
}

bool StaysBelow(const std::string& name) {
  const std::string path = (std::filesystem::path("/folder") / name).lexically_normal().string();
  return path == "/folder/" + name;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string list(reinterpret_cast<const char*>(data), size);
  const garner::Result<std::vector<garner::text_files::ListedFile>> files = garner::text_files::ParseList(list);
  if (!files.ok()) {
    Check(!files.status().message().empty() && files.status().message().find('\n') == std::string::npos);
    return 0;
  }
  std::string again(garner::text_files::kListHead);
  for (const garner::text_files::ListedFile& file : *files) {
    Check(StaysBelow(file.name));
    again += garner::text_files::ListLine(file);
  }
  const garner::Result<std::vector<garner::text_files::ListedFile>> same = garner::text_files::ParseList(again);
  Check(same.ok() && same->size() == files->size());
  for (size_t i = 0; i < same->size(); ++i) Check((*same)[i].name == (*files)[i].name && (*same)[i].content == (*files)[i].content);
  return 0;
}
