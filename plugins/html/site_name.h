// Takes a site's name off a page's title.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace garner::html {

struct TitleContext {
  std::vector<std::string> sites;     // what the page or its address calls the site
  std::vector<std::string> titles;    // what else the page states as its title
  std::vector<std::string> shown;     // its headings of the first level
  std::vector<std::string> headings;  // its headings below the first level
  bool home_page = false;             // the address names the site, nothing in it
};

// `title` without the parts that name the site, which titles carry at their end or beginning after | - – — · » : "Tides rise |
// The Quay Courier". The part that stays is one that the page also gives as its title or heading, else what a known name of the
// site leaves. A title that is nothing but the site's name stays as it is, and so do the name at the beginning of the title of
// a home page, which is its title, and the name behind "Home".
std::string WithoutSiteName(std::string_view title, const TitleContext& context);

// The first part of a title with bars that is not much shorter than the others: those are sections and slogans.
std::string_view FirstPart(std::string_view title);

// True where a title begins with one of the labels of hosts and a separator: "Harbourpost - News from the quay".
bool BeginsWithSite(std::string_view title, const std::vector<std::string>& labels);

// True for "Home" and its like in other languages: the title of every site's first page, which tells none from another.
bool IsHomeWord(std::string_view title);

// True where the title is nothing but the site's name.
bool IsSiteName(std::string_view title, const std::vector<std::string>& sites);

}  // namespace garner::html
