// Any bytes as a list of the user's own, and the same bytes as a text: refused in words, or found where they stand.
#include <cstdint>
#include <cstdlib>
#include <string>

#include "garner/utf8.h"
#include "user_lists.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace garner::entity_tagger;
  const std::string bytes(reinterpret_cast<const char*>(data), size);
  UserLists lists;
  const garner::Status status = lists.Add({"fuzz", "PRODUCT", size > 0 ? data[0] % 4U : 0U}, bytes);
  if (!status.ok() && status.message().find("fuzz:") != 0) std::abort();
  if (!garner::IsValidUtf8(bytes)) return 0;
  Tokens tokens;
  Tokenize(bytes, {0, bytes.size()}, tokens);
  size_t last = 0;
  for (const Name& name : lists.Find(bytes, tokens)) {
    if (name.begin < last || name.end <= name.begin || name.end > tokens.size() || name.canonical.empty()) std::abort();
    last = name.end;
  }
  return 0;
}
