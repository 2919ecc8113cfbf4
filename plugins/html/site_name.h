// Takes a site's name off a page's title.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace garner::html {

struct TitleContext {
  std::vector<std::string> sites;     // what the page or its address calls the site
  std::vector<std::string> titles;    // what else the page states or shows as its title
  std::vector<std::string> headings;  // its headings below the first level
};

// `title` without the parts that name the site, which titles carry at their end or beginning after | - – — · » : "Tides rise |
// The Quay Courier". The part that stays is one that the page also gives as its title or heading, else what a known name of the site leaves.
// A title that is nothing but the site's name stays as it is.
std::string WithoutSiteName(std::string_view title, const TitleContext& context);

}  // namespace garner::html
