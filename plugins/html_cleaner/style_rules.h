// Recognises style sheets (CSS) by their grammar: selectors, known properties, braces. Pure; linear.
//
//   ReadStyleRules(".box { color: #333 } The boat", 0)   // 20: one whole rule
#pragma once

#include <cstddef>
#include <string_view>

namespace garner::html_cleaner {

// Where the last of the rules ends that stand one behind the other from `at`; `at` itself where no rule with a known property
// does.
size_t ReadStyleRules(std::string_view text, size_t at);

// `selector {` or `@media (...) {`: the first line of a rule.
bool OpensStyleRule(std::string_view line);

// `.box,`: a selector that goes on in the next line, and begins like no word.
bool IsSelectorPart(std::string_view line);

// `color: #333; margin: 0`: nothing but declarations of known properties, the first of them closed by a semicolon.
bool AreDeclarations(std::string_view text);

}  // namespace garner::html_cleaner
