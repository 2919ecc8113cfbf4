// Takes a site's name off a page's title.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace garner::html {

// `title` without the parts that name the site, which titles carry at their end or beginning after | - – — · » : "Tides rise |
// The Harbour Post". A part goes where it equals or resembles one of `sites`, or where what remains is one of `headings` (what the
// page shows as its title). A title that is nothing but the site's name stays as it is.
std::string WithoutSiteName(std::string_view title, const std::vector<std::string>& sites, const std::vector<std::string>& headings);

}  // namespace garner::html
