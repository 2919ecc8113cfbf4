// Inputs that are made to break a plugin: empty, cut short, mutated, huge, deep. The same for the same seed and seeds.
//
//   HostileInputs hostile(kind, seeds, seed);
//   for (uint64_t i = 0; time is left; ++i) Use(hostile.At(i));
//
// The first built_in() are hand-made and the same for all plugins of a kind; the others are drawn from the seeds, without end. One thread.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/conformance/input.h"

namespace garner {

class HostileInputs {
 public:
  // `seeds` gives the sound inputs that are damaged; at least one. They outlive this object.
  HostileInputs(v1::PluginManifest::Kind kind, const std::vector<Input>& seeds, uint64_t seed);

  size_t built_in() const { return extremes_.size(); }
  // Name, content and options; the rest is made by FillInput.
  Input At(uint64_t index) const;

 private:
  struct Extreme {
    std::string name;
    std::string (*make)();
  };

  Input Damaged(uint64_t index) const;

  const bool payloads_;
  const std::vector<Input>& seeds_;
  const uint64_t seed_;
  std::vector<Extreme> extremes_;
};

}  // namespace garner
