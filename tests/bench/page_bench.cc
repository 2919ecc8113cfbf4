// Two promises about pages, held against a folder of them: every character of the clean text goes back to the bytes that it claims, and no
// page, however broken, takes the decoder and boilerplate_stripper down or long.
//
//   page_bench map FOLDER [EVERY]                  what the clean text is made of; exit 1 where a claim is not true
//   page_bench mutations FOLDER [EVERY [TIMES]]    every page (every nth), mutated in each way, TIMES times (2)
//   page_bench monsters [SMALLER]                  pages made to be hard, each in a process of its own
//   page_bench mutate FOLDER PAGE KIND TIME        writes one mutated page, by the name of its file and the numbers that `mutations` prints
//
// The last three end with 1 where a page crashes, fails without a word, comes out broken, or takes more than a second of processor time a
// megabyte.
#include <algorithm>
#include <cstdlib>
#include <string>
#include <vector>

#include "core/job/job_log.h"
#include "garner/init.h"
#include "tests/bench/map_bench.h"
#include "tests/bench/monster_bench.h"
#include "tests/bench/mutation_bench.h"
#include "tests/bench/page_set.h"

namespace garner::bench {
namespace {

size_t NumberAt(const std::vector<std::string>& words, size_t at, size_t otherwise) {
  return words.size() > at ? std::strtoul(words[at].c_str(), nullptr, 10) : otherwise;
}

int Main(const std::vector<std::string>& words) {
  InitializeLibraries();
  InitLog(LogLevel::kError, false);
  const std::string command = words.empty() ? "" : words[0];
  if (command == "map" && words.size() > 1) return MapPages(words[1], std::max<size_t>(1, NumberAt(words, 2, 1)));
  if (command == "mutations" && words.size() > 1)
    return MutatePages(words[1], std::max<size_t>(1, NumberAt(words, 2, 1)), NumberAt(words, 3, 2));
  if (command == "monsters") return CleanMonsters(std::max<size_t>(1, NumberAt(words, 1, 1)));
  if (command == "mutate" && words.size() == 5) return WriteMutated(words[1], words[2], NumberAt(words, 3, 0), NumberAt(words, 4, 0));
  Die("map FOLDER [EVERY], mutations FOLDER [EVERY [TIMES]], monsters [SMALLER] and mutate FOLDER PAGE KIND TIME are accepted");
}

}  // namespace
}  // namespace garner::bench

int main(int argc, char** argv) { return garner::bench::Main(std::vector<std::string>(argv + 1, argv + argc)); }
