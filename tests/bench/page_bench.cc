// Two promises about pages, held against a folder of them: every character of the clean text goes back to the bytes that it claims, and no page,
// however broken, takes the decoder and boilerplate_stripper down or long.
//
//   page_bench map FOLDER [EVERY]                  what the clean text is made of; exit 1 where a claim is not true
//   page_bench mutations FOLDER [EVERY [TIMES]]    every page (every nth), mutated in each way, TIMES times (2)
//   page_bench monsters [SMALLER]                  pages made to be hard, each in a process of its own
//   page_bench mutate FOLDER PAGE KIND TIME        writes one mutated page, by the name of its file and the numbers that `mutations` prints
//
// The last three end with 1 where a page crashes, fails without a word, comes out broken, or takes more than a second of processor time a megabyte.
#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <map>
#include <sstream>
#include <string>
#include <vector>

#include "core/job/job_log.h"
#include "garner/hash.h"
#include "garner/init.h"
#include "garner/input_file.h"
#include "tests/bench/bench_documents.h"
#include "tests/bench/child_process.h"
#include "tests/pages/monsters.h"
#include "tests/pages/mutations.h"
#include "tests/pages/page_map.h"
#include "tests/pages/page_pipeline.h"

namespace garner::bench {
namespace {

using pages::CleanedPage;
using pages::MapReport;
using pages::PagePipeline;
using pages::Share;

// Processor time that a page may take: for each megabyte, and for the first one begun.
constexpr double kSecondsPerMegabyte = 1;
// A page that takes longer than that by far is stopped.
constexpr unsigned kMaxSeconds = 600;

[[noreturn]] void Die(const std::string& why) {
  std::fprintf(stderr, "page_bench: %s\n", why.c_str());
  std::exit(2);
}

std::string ReadPage(const std::string& path) {
  Result<InputContent> content = ReadInputFile(path, {});
  if (!content.ok()) Die(content.status().message());
  return std::move(content->bytes);
}

std::string NameOf(const std::string& path) { return std::filesystem::path(path).filename().string(); }

std::vector<std::string> PagesOf(const std::string& folder, size_t every) {
  std::vector<std::string> paths = FilesOf(folder, every);
  if (paths.empty()) Die(folder + ": no files there");
  return paths;
}

std::unique_ptr<PagePipeline> OpenPipeline() {
  Result<std::unique_ptr<PagePipeline>> pipeline = PagePipeline::Open();
  if (!pipeline.ok()) Die(pipeline.status().message());
  return *std::move(pipeline);
}

double PerMegabyte(double seconds, size_t bytes) { return seconds / std::max(1.0, static_cast<double>(bytes) / 1e6); }

// "written", or the word for why not.
std::string WordOf(const Outcome& outcome) { return outcome.kind == Outcome::Kind::kWritten ? "written" : outcome.reason; }

void SayFlaw(std::string flaw, ChildOutput& out) {
  std::replace(flaw.begin(), flaw.end(), '\n', ' ');
  if (!flaw.empty()) out.Say("flaw " + flaw);
}

// ---- The map

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
    std::printf("%-36s %14llu %9.4f %18llu %9.4f\n", std::string(pages::ShareName(static_cast<Share>(i))).c_str(), static_cast<unsigned long long>(report.characters[i]),
                Percent(report.characters[i], all), static_cast<unsigned long long>(own), Percent(own, visible));
  }
  std::printf("%-36s %14llu %9.4f %18llu %9.4f\n", "all", static_cast<unsigned long long>(all), 100.0, static_cast<unsigned long long>(visible), 100.0);
}

// Of the characters that garner did not put between things itself, those that are the page's bytes, decoded or not, or references.
void PrintTraced(const MapReport& report) {
  uint64_t separators = 0;
  for (const Share share : {Share::kCollapsedSpace, Share::kSpaceBetween, Share::kBlockBorder, Share::kCellBorder, Share::kLineBreak, Share::kSpace}) separators += report.Of(share);
  const uint64_t traced = report.Of(Share::kVerbatim) + report.Of(Share::kTranscoded) + report.Of(Share::kReference);
  std::printf("bytes of the page or references, of what is no separator: %.4f %%\n", Percent(traced, Sum(report.characters) - separators));
}

// Outcomes of the pages, and a print of every text, so that two builds can be compared.
int Map(const std::string& folder, size_t every) {
  const std::unique_ptr<PagePipeline> pipeline = OpenPipeline();
  MapReport report;
  std::map<std::string, uint64_t> outcomes;
  std::string texts;
  uint64_t flaws = 0;
  for (const std::string& path : PagesOf(folder, every)) {
    const std::string page = ReadPage(path);
    const CleanedPage cleaned = pipeline->Clean(page, NameOf(path));
    ++outcomes[WordOf(cleaned.done.outcome)];
    texts += Sha256Hex(cleaned.done.document->text());
    if (const std::string flaw = FindFlaw(cleaned, page); !flaw.empty()) {
      ++flaws;
      std::printf("%s: %s\n", NameOf(path).c_str(), flaw.c_str());
    }
    if (cleaned.done.outcome.kind == Outcome::Kind::kWritten) CheckPageMap(*cleaned.done.document, page, report);
  }
  PrintMap(report);
  PrintTraced(report);
  for (const auto& [outcome, count] : outcomes) std::printf("%s: %llu pages\n", outcome.c_str(), static_cast<unsigned long long>(count));
  std::printf("claims that are not true: %llu; pages with a flaw: %llu; all texts: %s\n", static_cast<unsigned long long>(report.wrong),
              static_cast<unsigned long long>(flaws), Sha256Hex(texts).substr(0, 16).c_str());
  return report.wrong + flaws == 0 ? 0 : 1;
}

// ---- Mutations

struct KindFigures {
  uint64_t pages = 0;
  double seconds = 0;
  double megabytes = 0;
  double worst = 0;  // seconds a megabyte
  std::string worst_page;
  std::map<std::string, uint64_t> outcomes;
};

// The same page, kind and time give the same bytes.
std::string Mutated(const std::string& page, const std::string& name, size_t kind, size_t time) {
  pages::Random random(Hash64(name) + kind * 1000 + time);
  return pages::Mutations()[kind].make(page, random);
}

// In the child: a line before each mutation, so that a crash has a name, and one behind it.
void MutateOne(const PagePipeline& pipeline, const std::string& path, size_t times, ChildOutput& out) {
  const std::string page = ReadPage(path);
  for (size_t kind = 0; kind < pages::Mutations().size(); ++kind) {
    for (size_t time = 0; time < times; ++time) {
      const std::string mutated = Mutated(page, NameOf(path), kind, time);
      out.Say("try " + std::to_string(kind) + " " + std::to_string(time));
      const CleanedPage cleaned = pipeline.Clean(mutated, NameOf(path));
      out.Say("took " + std::to_string(cleaned.seconds) + " " + std::to_string(mutated.size()) + " " + WordOf(cleaned.done.outcome));
      SayFlaw(FindFlaw(cleaned, mutated), out);
    }
  }
}

class MutationRun {
 public:
  MutationRun() : figures_(pages::Mutations().size()) {}

  void Take(const std::string& name, const ChildEnd& end) {
    std::string at;
    size_t kind = 0;
    for (const std::string& line : end.said) {
      std::istringstream words(line);
      std::string what;
      words >> what;
      if (what == "try") {
        size_t time = 0;
        words >> kind >> time;
        at = name + " " + std::to_string(kind) + " " + std::to_string(time);
      } else if (what == "took") {
        Add(words, figures_[kind], at);
      } else {
        Flaw(at, line);
      }
    }
    if (!end.flaw.empty()) Flaw(at, end.flaw);
  }

  // The exit status.
  int Print() const {
    std::printf("%-26s %8s %9s %10s  %s\n", "mutation", "pages", "MB/s", "worst s/MB", "of (file, kind, time); outcomes");
    for (size_t kind = 0; kind < figures_.size(); ++kind) {
      const KindFigures& figures = figures_[kind];
      std::printf("%-26s %8llu %9.1f %10.3f  %s;", std::string(pages::Mutations()[kind].name).c_str(), static_cast<unsigned long long>(figures.pages),
                  figures.megabytes / figures.seconds, figures.worst, figures.worst_page.c_str());
      for (const auto& [outcome, count] : figures.outcomes) std::printf(" %s %llu", outcome.c_str(), static_cast<unsigned long long>(count));
      std::printf("\n");
    }
    std::printf("flaws: %llu\n", static_cast<unsigned long long>(flaws_));
    return flaws_ == 0 ? 0 : 1;
  }

 private:
  void Add(std::istringstream& words, KindFigures& figures, const std::string& at) {
    double seconds = 0;
    size_t bytes = 0;
    std::string outcome;
    words >> seconds >> bytes >> outcome;
    ++figures.pages;
    ++figures.outcomes[outcome];
    figures.seconds += seconds;
    figures.megabytes += static_cast<double>(bytes) / 1e6;
    const double speed = PerMegabyte(seconds, bytes);
    if (speed > kSecondsPerMegabyte) Flaw(at, "took " + std::to_string(speed) + " s a megabyte");
    if (speed <= figures.worst) return;
    figures.worst = speed;
    figures.worst_page = at;
  }

  void Flaw(const std::string& at, const std::string& what) {
    ++flaws_;
    std::printf("%s: %s\n", at.c_str(), what.c_str());
  }

  std::vector<KindFigures> figures_;
  uint64_t flaws_ = 0;
};

int Mutate(const std::string& folder, size_t every, size_t times) {
  const std::unique_ptr<PagePipeline> pipeline = OpenPipeline();
  MutationRun run;
  for (const std::string& path : PagesOf(folder, every))
    run.Take(NameOf(path), RunInChild([&](ChildOutput& out) { MutateOne(*pipeline, path, times, out); }, kMaxSeconds));
  return run.Print();
}

int WriteMutated(const std::string& folder, const std::string& name, size_t kind, size_t time) {
  if (kind >= pages::Mutations().size()) Die("kinds are 0 to " + std::to_string(pages::Mutations().size() - 1));
  const std::string mutated = Mutated(ReadPage(folder + "/" + name), name, kind, time);
  std::fwrite(mutated.data(), 1, mutated.size(), stdout);
  return 0;
}

// ---- Monsters

void CleanOne(const PagePipeline& pipeline, const pages::Monster& monster, size_t smaller, ChildOutput& out) {
  const std::string page = monster.make(smaller);
  ForgetPeak();
  const CleanedPage cleaned = pipeline.Clean(page, "monster.html");
  const size_t text = cleaned.done.document->text().size();
  out.Say("took " + std::to_string(cleaned.seconds) + " " + std::to_string(page.size()) + " " + WordOf(cleaned.done.outcome) + " " + std::to_string(text) + " " +
          std::to_string(PeakBytes()));
  SayFlaw(FindFlaw(cleaned, page), out);
}

// Returns what is wrong with it, having printed its line.
std::string PrintMonster(const std::string& name, const ChildEnd& end) {
  std::string flaw = end.flaw;
  double seconds = 0;
  size_t bytes = 0;
  size_t text = 0;
  double peak = 0;
  std::string outcome = "none";
  for (const std::string& line : end.said) {
    std::istringstream words(line);
    std::string what;
    words >> what;
    if (what == "took") words >> seconds >> bytes >> outcome >> text >> peak;
    else flaw = line;
  }
  const double speed = PerMegabyte(seconds, bytes);
  if (flaw.empty() && speed > kSecondsPerMegabyte) flaw = "took longer than " + std::to_string(kSecondsPerMegabyte) + " s a megabyte";
  std::printf("%-58s %8.2f %8.2f %8.3f %9.0f %10.2f  %s %s\n", name.c_str(), static_cast<double>(bytes) / 1e6, seconds, speed, peak / 1e6, static_cast<double>(text) / 1e6,
              outcome.c_str(), flaw.c_str());
  return flaw;
}

int Monsters(size_t smaller) {
  const std::unique_ptr<PagePipeline> pipeline = OpenPipeline();
  std::printf("%-58s %8s %8s %8s %9s %10s  %s\n", "page", "MB", "s", "s/MB", "peak MB", "text MB", "outcome");
  int flaws = 0;
  for (const pages::Monster& monster : pages::Monsters())
    flaws += !PrintMonster(monster.name, RunInChild([&](ChildOutput& out) { CleanOne(*pipeline, monster, smaller, out); }, kMaxSeconds)).empty();
  std::printf("flaws: %d\n", flaws);
  return flaws == 0 ? 0 : 1;
}

size_t NumberAt(const std::vector<std::string>& words, size_t at, size_t otherwise) {
  return words.size() > at ? std::strtoul(words[at].c_str(), nullptr, 10) : otherwise;
}

int Main(const std::vector<std::string>& words) {
  InitializeLibraries();
  InitLog(LogLevel::kError, false);
  const std::string command = words.empty() ? "" : words[0];
  if (command == "map" && words.size() > 1) return Map(words[1], std::max<size_t>(1, NumberAt(words, 2, 1)));
  if (command == "mutations" && words.size() > 1) return Mutate(words[1], std::max<size_t>(1, NumberAt(words, 2, 1)), NumberAt(words, 3, 2));
  if (command == "monsters") return Monsters(std::max<size_t>(1, NumberAt(words, 1, 1)));
  if (command == "mutate" && words.size() == 5) return WriteMutated(words[1], words[2], NumberAt(words, 3, 0), NumberAt(words, 4, 0));
  Die("map FOLDER [EVERY], mutations FOLDER [EVERY [TIMES]], monsters [SMALLER] and mutate FOLDER PAGE KIND TIME are accepted");
}

}  // namespace
}  // namespace garner::bench

int main(int argc, char** argv) { return garner::bench::Main(std::vector<std::string>(argv + 1, argv + argc)); }
