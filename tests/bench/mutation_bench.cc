#include "tests/bench/mutation_bench.h"

#include <cstdio>
#include <map>
#include <sstream>
#include <vector>

#include "garner/hash.h"
#include "tests/bench/page_set.h"
#include "tests/pages/mutations.h"

namespace garner::bench {
namespace {

using pages::CleanedPage;

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
void MutateOne(const pages::PagePipeline& pipeline, const std::string& path, size_t times, ChildOutput& out) {
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
      std::printf("%-26s %8llu %9.1f %10.3f  %s;", std::string(pages::Mutations()[kind].name).c_str(),
                  static_cast<unsigned long long>(figures.pages), figures.megabytes / figures.seconds, figures.worst,
                  figures.worst_page.c_str());
      for (const auto& [outcome, count] : figures.outcomes)
        std::printf(" %s %llu", outcome.c_str(), static_cast<unsigned long long>(count));
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

}  // namespace

int MutatePages(const std::string& folder, size_t every, size_t times) {
  const std::unique_ptr<pages::PagePipeline> pipeline = OpenPipeline();
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

}  // namespace garner::bench
