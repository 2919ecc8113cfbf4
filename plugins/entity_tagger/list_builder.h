// Makes the file of compiled lists from the text files of the plugin's data folder.
//
//   ListBuilder builder;
//   Status status = builder.ReadFolder("plugins/entity_tagger/data");
//   std::string bytes = builder.Build();   // what Lists::Parse accepts
//
// Runs when the plugin is built (compile_lists.cc), never in it. The same files give the same bytes. One thread.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "garner/status.h"
#include "lists.h"

namespace garner::entity_tagger {

class ListBuilder {
 public:
  Status ReadFolder(const std::string& folder);
  // One name at a time, as the files give them. Whatever comes first decides what a key's canonical name and code are.
  void Add(std::string_view name, uint32_t kind, std::string_view canonical, std::string_view code = {});
  // A name of one language: found in its texts only, and there before what others mean by it.
  void AddForeign(std::string_view language, std::string_view name, uint32_t kind, std::string_view canonical,
                  std::string_view code);
  // Makes the word known by one slip as well (Lists::FindMisspelt): a country or city of one word.
  void AddForRepair(std::string_view name);
  std::string Build() const;

 private:
  // A line of a text file.
  struct Line {
    std::string place;  // "countries.tsv:12"
    std::string_view text;
  };
  struct Entry {
    uint32_t kinds = 0;
    uint32_t canonical = 0;
    uint32_t code = 0;
    bool operator<(const Entry& other) const {
      if (kinds != other.kinds) return kinds < other.kinds;
      return canonical != other.canonical ? canonical < other.canonical : code < other.code;
    }
  };

  Status ReadNames(const std::string& file, uint32_t kind);
  Status ReadCountries(const std::string& file);
  Status ReadForeignCities(const std::string& file);
  Status ReadCoded(const std::string& file, uint32_t kind);
  Status ReadWords(const std::string& file, uint32_t kind);
  Status ReadKeywords(const std::string& file);
  Status ReadLanguages(const std::string& file);
  Status AddToLanguages(const Line& line, std::string_view name, uint32_t kind, std::string_view canonical, std::string_view code,
                        std::string_view languages);
  template <typename Take>
  Status ForEachLine(const std::string& file, const Take& take);
  Status AddKeywords(const Line& line, std::string_view name_of_class, std::string_view words, uint64_t seed);
  void AddWords(std::string_view name, uint64_t seed, uint32_t kind, std::string_view canonical, std::string_view code);
  void Put(uint64_t hash, uint32_t kinds, std::string_view canonical, std::string_view code);
  uint32_t StringNumber(std::string_view text);

  std::string folder_;
  std::unordered_map<uint64_t, Entry> keys_;
  std::unordered_map<std::string, uint32_t> numbers_;  // of strings
  std::vector<std::string> strings_{std::string()};
  std::vector<uint64_t> repaired_;  // keys
  std::vector<uint32_t> repaired_names_;
};

}  // namespace garner::entity_tagger
