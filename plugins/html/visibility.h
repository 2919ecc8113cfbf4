// What a page does not show.
#pragma once

#include <string_view>

#include "page.h"

namespace garner::html {

// What to show that pages usually hide, decided for a page as a whole.
struct Showing {
  bool noscript = false;
  bool hidden = false;
};

// The rule under which the element is left out: "hidden", "noscript", "fallback"; empty where it shows.
std::string_view HiddenBy(const Page& page, const Node& node, const Showing& showing);

// A page whose text is nearly all in noscript elements, or nearly all hidden until a script shows it, is read with these.
Showing DecideShowing(const Page& page);

}  // namespace garner::html
