// Which of the lines above the body is the headline. Pure functions.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "lines.h"

namespace garner::metadata_lines {

// "Otters return | Lock & Weir" against "Otters return".
struct TitleMatch {
  bool equal = false;
  std::string_view suffix;  // the site's name, where the longer one has it
};
std::optional<TitleMatch> MatchTitle(std::string_view line, std::string_view title);

// "Headline | Site" cut at the bar; the suffix is empty where there is none.
struct CutTitle {
  std::string_view title;
  std::string_view suffix;
};
CutTitle CutAtBar(std::string_view line);

struct TitleChoice {
  std::optional<size_t> title;
  std::optional<size_t> section;
  std::vector<size_t> copies;
  std::string_view site_name;
};

// True where the text is a page with its menus and buttons: most lines are short, and several are buttons.
bool IsWholePage(const std::vector<Line>& lines);

// The headline of such a page: the line above the first byline or date that has body below, or the line that a trail of menu
// entries
// ("Home > Gardens > Otters return") ends with. Nothing else is believed there.
std::optional<size_t> FindPageTitle(const std::vector<Line>& lines);

// A headline of such a page without that evidence: among the first lines, four words, and the body directly below.
bool StandsOnPage(const std::vector<Line>& lines, size_t title);

// Chooses among `candidates` (indices of title-like lines above the body, in order). `has_byline`: a byline or date line stands
// in the head too.
TitleChoice ChooseTitle(const std::vector<Line>& lines, const std::vector<size_t>& candidates, size_t body, bool has_byline);

}  // namespace garner::metadata_lines
