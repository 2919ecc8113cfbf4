#include "tests/bench/monster_bench.h"

#include <cstdio>
#include <sstream>
#include <string>

#include "tests/bench/page_set.h"
#include "tests/pages/monsters.h"

namespace garner::bench {
namespace {

using pages::CleanedPage;

void CleanOne(const pages::PagePipeline& pipeline, const pages::Monster& monster, size_t smaller, ChildOutput& out) {
  const std::string page = monster.make(smaller);
  ForgetPeak();
  const CleanedPage cleaned = pipeline.Clean(page, "monster.html");
  const size_t text = cleaned.done.document->text().size();
  out.Say("took " + std::to_string(cleaned.seconds) + " " + std::to_string(page.size()) + " " + WordOf(cleaned.done.outcome) + " " +
          std::to_string(text) + " " + std::to_string(PeakBytes()));
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
    if (what == "took")
      words >> seconds >> bytes >> outcome >> text >> peak;
    else
      flaw = line;
  }
  const double speed = PerMegabyte(seconds, bytes);
  if (flaw.empty() && speed > kSecondsPerMegabyte) flaw = "took longer than " + std::to_string(kSecondsPerMegabyte) + " s a megabyte";
  std::printf("%-58s %8.2f %8.2f %8.3f %9.0f %10.2f  %s %s\n", name.c_str(), static_cast<double>(bytes) / 1e6, seconds, speed, peak / 1e6,
              static_cast<double>(text) / 1e6, outcome.c_str(), flaw.c_str());
  return flaw;
}

}  // namespace

int CleanMonsters(size_t smaller) {
  const std::unique_ptr<pages::PagePipeline> pipeline = OpenPipeline();
  std::printf("%-58s %8s %8s %8s %9s %10s  %s\n", "page", "MB", "s", "s/MB", "peak MB", "text MB", "outcome");
  int flaws = 0;
  for (const pages::Monster& monster : pages::Monsters())
    flaws +=
        !PrintMonster(monster.name, RunInChild([&](ChildOutput& out) { CleanOne(*pipeline, monster, smaller, out); }, kMaxSeconds)).empty();
  std::printf("flaws: %d\n", flaws);
  return flaws == 0 ? 0 : 1;
}

}  // namespace garner::bench
