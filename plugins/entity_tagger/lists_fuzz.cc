// Any bytes as compiled lists: refused in words, or used without harm.
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <string>
#include <vector>

#include "lists.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace garner::entity_tagger;
  std::vector<uint64_t> words(size / 8 + 1);  // lists begin at a multiple of 8
  if (size > 0) std::memcpy(words.data(), data, size);
  const garner::Result<Lists> lists = Lists::Parse({reinterpret_cast<const char*>(words.data()), size}, "fuzz");
  if (!lists.ok()) {
    if (lists.status().message().empty()) std::abort();
    return 0;
  }
  size_t letters = 0;
  for (uint64_t i = 0; i < 64; ++i)
    if (const Listed* listed = lists->Find(i * 0x9E3779B97F4A7C15ULL))
      letters += lists->Canonical(*listed).size() + lists->Code(*listed).value.size();
  const std::string word(reinterpret_cast<const char*>(data), size < 20 ? size : 20);
  if (const Listed* listed = lists->FindMisspelt(word)) letters += lists->Canonical(*listed).size();
  if (const Listed* place = lists->FindPlace("Halvoria")) letters += lists->Code(*place).country.size();
  return letters > size * 200 ? 1 : 0;
}
