// Pages made to be hard: nesting, attributes, references, endless text. Each is an ordinary page with something monstrous in its body.
//
//   for (const Monster& monster : Monsters()) Use(monster.name, monster.make(50));
//
// `make(n)` gives one n times smaller. Pure functions; a page of 50 MB takes as much memory.
#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace garner::pages {

struct Monster {
  std::string name;
  std::function<std::string(size_t smaller)> make;
};

const std::vector<Monster>& Monsters();

// The text of the ordinary page around them.
std::string_view TextBeforeMonster();

}  // namespace garner::pages
