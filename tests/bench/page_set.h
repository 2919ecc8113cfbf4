// What the commands of page_bench share: the pages of a folder, the stages, the measure of time. What cannot be set up ends the program
// with a sentence.
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <vector>

#include "tests/bench/child_process.h"
#include "tests/pages/page_pipeline.h"

namespace garner::bench {

// Processor time that a page may take: for each megabyte, and for the first one begun.
inline constexpr double kSecondsPerMegabyte = 1;
// A child that takes longer than that by far is stopped.
inline constexpr unsigned kMaxSeconds = 600;

[[noreturn]] void Die(const std::string& why);

// Paths of every nth page; at least one.
std::vector<std::string> PagesOf(const std::string& folder, size_t every);
// Its bytes, transport compression undone.
std::string ReadPage(const std::string& path);
// The file's name alone.
std::string NameOf(const std::string& path);

std::unique_ptr<pages::PagePipeline> OpenPipeline();

double PerMegabyte(double seconds, size_t bytes);
// "written", or the word for why not.
std::string WordOf(const Outcome& outcome);

// From a child: a line "flaw ...", where there is one.
void SayFlaw(std::string flaw, ChildOutput& out);

}  // namespace garner::bench
