// Globs over file paths: `*` and `?` within a name, `[a-z]` and `[!a-z]`, `**` for any number of folders, `\` before a character
// that stands for itself. Names are compared byte by byte, `?` takes a whole UTF-8 character. No braces.
//
//   MatchesGlob("*.txt", "2024/may/a.txt")        // true: without '/' a glob is compared with the last name
//   MatchesGlob("2024/**/*.txt", "2024/a.txt")    // true
//
// Time at most pattern times path. Pure functions, safe from any thread.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace garner::files {

bool HasWildcard(std::string_view text);

// `path` has no leading or trailing '/'.
bool MatchesGlob(std::string_view pattern, std::string_view path);

std::vector<std::string_view> SplitPath(std::string_view path);

bool MatchesPath(const std::vector<std::string_view>& pattern, const std::vector<std::string_view>& path);

// Whether something below the folder `path` can match `pattern`.
bool MayMatchBelow(const std::vector<std::string_view>& pattern, const std::vector<std::string_view>& path);

}  // namespace garner::files
