// Reads one tag, whole or broken, at a `<`. It says what is there; whether it counts as residue is find_residue's decision.
// Pure; never looks further than `max_bytes`.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace garner::html_cleaner {

struct Tag {
  size_t begin = 0;
  // After the `>`. Of an unterminated tag: after what belongs to it, a swallowed link label included.
  size_t end = 0;
  std::string name;  // lower case
  bool close = false;
  bool terminated = false;
  // Blanks stand behind the `<` or the slash: `< p >`, `</ p>`.
  bool spaced = false;
  // Attributes with a value; with a value in quotation marks; of a known name; without value and of no known name.
  int valued = 0;
  int quoted = 0;
  int known = 0;
  int odd = 0;

  bool bare() const { return valued == 0 && known == 0; }
};

std::optional<Tag> ReadTag(std::string_view text, size_t at, size_t max_bytes);

// Reads `name="value" ...` up to `>` from `at`, as ReadTag does after the element's name. Nothing where no `>` ends it.
std::optional<Tag> ReadAttributeTail(std::string_view text, size_t at, size_t max_bytes);

}  // namespace garner::html_cleaner
