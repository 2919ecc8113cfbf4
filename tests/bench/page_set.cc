#include "tests/bench/page_set.h"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <utility>

#include "garner/input_file.h"
#include "tests/bench/bench_documents.h"

namespace garner::bench {

void Die(const std::string& why) {
  std::fprintf(stderr, "page_bench: %s\n", why.c_str());
  std::exit(2);
}

std::vector<std::string> PagesOf(const std::string& folder, size_t every) {
  if (!std::filesystem::is_directory(folder)) Die(folder + ": no such folder");
  std::vector<std::string> paths = FilesOf(folder, every);
  if (paths.empty()) Die(folder + ": no files there");
  return paths;
}

std::string ReadPage(const std::string& path) {
  Result<InputContent> content = ReadInputFile(path, {});
  if (!content.ok()) Die(content.status().message());
  return std::move(content->bytes);
}

std::string NameOf(const std::string& path) { return std::filesystem::path(path).filename().string(); }

std::unique_ptr<pages::PagePipeline> OpenPipeline() {
  Result<std::unique_ptr<pages::PagePipeline>> pipeline = pages::PagePipeline::Open();
  if (!pipeline.ok()) Die(pipeline.status().message());
  return *std::move(pipeline);
}

double PerMegabyte(double seconds, size_t bytes) { return seconds / std::max(1.0, static_cast<double>(bytes) / 1e6); }

std::string WordOf(const Outcome& outcome) { return outcome.kind == Outcome::Kind::kWritten ? "written" : outcome.reason; }

void SayFlaw(std::string flaw, ChildOutput& out) {
  std::replace(flaw.begin(), flaw.end(), '\n', ' ');
  if (!flaw.empty()) out.Say("flaw " + flaw);
}

}  // namespace garner::bench
