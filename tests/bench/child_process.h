// Runs work in a child of its own, so that a crash, an endless loop and the peak of memory are those of that work alone.
//
//   const ChildEnd end = RunInChild([](ChildOutput& out) { out.Say("done"); }, 60);
//   if (!end.flaw.empty()) ...           // it crashed, or took longer than 60 s of processor time
//   for (const std::string& line : end.said) ...
//
// For programs of one thread.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace garner::bench {

class ChildOutput {
 public:
  explicit ChildOutput(int descriptor) : descriptor_(descriptor) {}
  // One line, which holds no line break.
  void Say(std::string line);

 private:
  int descriptor_;
};

struct ChildEnd {
  std::vector<std::string> said;
  std::string flaw;  // empty where the child came to its end
};

// The most memory that this process has had in use since ForgetPeak was called, or since it began.
uint64_t PeakBytes();
void ForgetPeak();

ChildEnd RunInChild(const std::function<void(ChildOutput&)>& work, unsigned max_seconds);

}  // namespace garner::bench
