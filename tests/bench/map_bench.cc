#include "tests/bench/map_bench.h"

#include <cstdio>
#include <map>

#include "garner/hash.h"
#include "tests/bench/page_set.h"
#include "tests/pages/page_map.h"

namespace garner::bench {
namespace {

using pages::CleanedPage;
using pages::MapReport;
using pages::Share;

double Percent(uint64_t part, uint64_t whole) { return whole == 0 ? 0 : 100.0 * static_cast<double>(part) / static_cast<double>(whole); }

uint64_t Sum(const std::array<uint64_t, pages::kShares>& counts) {
  uint64_t sum = 0;
  for (const uint64_t count : counts) sum += count;
  return sum;
}

void PrintMap(const MapReport& report) {
  const uint64_t all = Sum(report.characters);
  const uint64_t visible = all - Sum(report.white_space);
  std::printf("%-36s %14s %9s %18s %9s\n", "", "characters", "%", "not white space", "%");
  for (size_t i = 0; i < pages::kShares; ++i) {
    const uint64_t own = report.characters[i] - report.white_space[i];
    std::printf("%-36s %14llu %9.4f %18llu %9.4f\n", std::string(pages::ShareName(static_cast<Share>(i))).c_str(),
                static_cast<unsigned long long>(report.characters[i]), Percent(report.characters[i], all),
                static_cast<unsigned long long>(own), Percent(own, visible));
  }
  std::printf("%-36s %14llu %9.4f %18llu %9.4f\n", "all", static_cast<unsigned long long>(all), 100.0,
              static_cast<unsigned long long>(visible), 100.0);
}

// Of the characters that garner did not put between things itself, those that are the page's bytes, decoded or not, or references. Then
// the same with collapsed white space held to be neither.
void PrintTraced(const MapReport& report) {
  uint64_t separators = 0;
  for (const Share share : {Share::kSpaceBetween, Share::kBlockBorder, Share::kCellBorder, Share::kLineBreak, Share::kSpace})
    separators += report.Of(share);
  const uint64_t traced = report.Of(Share::kVerbatim) + report.Of(Share::kTranscoded) + report.Of(Share::kReference) + report.Of(Share::kJsonEscape);
  const uint64_t others = Sum(report.characters) - separators;
  std::printf("bytes of the page or references, of what is no separator: %.4f %%; of that and collapsed white space: %.4f %%\n",
              Percent(traced, others - report.Of(Share::kCollapsedSpace)), Percent(traced, others));
}

}  // namespace

int MapPages(const std::string& folder, size_t every) {
  const std::unique_ptr<pages::PagePipeline> pipeline = OpenPipeline();
  MapReport report;
  std::map<std::string, uint64_t> outcomes;
  std::string texts;
  std::string documents;
  uint64_t flaws = 0;
  for (const std::string& path : PagesOf(folder, every)) {
    const std::string page = ReadPage(path);
    const CleanedPage cleaned = pipeline->Clean(page, NameOf(path));
    ++outcomes[WordOf(cleaned.done.outcome)];
    texts += Sha256Hex(cleaned.done.document->text());
    documents += Sha256Hex(cleaned.done.document->SerializeAsString());
    if (const std::string flaw = FindFlaw(cleaned, page); !flaw.empty()) {
      ++flaws;
      std::printf("%s: %s\n", NameOf(path).c_str(), flaw.c_str());
    }
    if (cleaned.done.outcome.kind == Outcome::Kind::kWritten) CheckPageMap(*cleaned.done.document, page, report);
  }
  PrintMap(report);
  PrintTraced(report);
  for (const auto& [outcome, count] : outcomes) std::printf("%s: %llu pages\n", outcome.c_str(), static_cast<unsigned long long>(count));
  std::printf("claims that are not true: %llu; pages with a flaw: %llu\n", static_cast<unsigned long long>(report.wrong),
              static_cast<unsigned long long>(flaws));
  std::printf("hash of all texts: %s, of all documents: %s\n", Sha256Hex(texts).substr(0, 16).c_str(),
              Sha256Hex(documents).substr(0, 16).c_str());
  return report.wrong + flaws == 0 ? 0 : 1;
}

}  // namespace garner::bench
