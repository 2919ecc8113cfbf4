// What is known of HTML's element and attribute names. Names are lower case. Pure look-ups, safe from any thread.
#pragma once

#include <string_view>

namespace garner::html_cleaner {

struct Element {
  // An element of HTML, or of a vocabulary that word processors and pages mix into it (o:p, st1:place, amp-img).
  bool known = false;
  // Text before and after it stands in different blocks.
  bool block = false;
  // Seldom used as a placeholder in prose: counts as residue even alone, without attributes and without its other half.
  bool structural = false;
  // Its content is not text: script, style.
  bool raw = false;
};

Element LookUpElement(std::string_view name);

// 1 to 6 for h1 to h6, else 0.
int HeadingLevel(std::string_view name);

// Attributes that stand in real pages: href, data-*, aria-*, on* ...
bool IsKnownAttribute(std::string_view name);

// Attributes that stand without a value: async, controls ...
bool IsBooleanAttribute(std::string_view name);

}  // namespace garner::html_cleaner
