// References to laws: "section 501(c)(3)", "Article 5 of the Constitution", "Art. 5 GDPR", "§ 14 Abs. 2 BGB", "Resolution 2231",
// "Federal Law No. 123-FZ", "Directive 95/46/EC", "18 U.S.C. § 1343".
//
//   std::optional<Name> law = MatchLaw(scene, i);
//
// A reference may hold what looks like a year or another expression ("Act of 1987"): whoever asks settles which of the two
// stands. A law that is known by its name alone ("Fisheries Act") is found by heads.h. Looks at a bounded number of tokens. Pure.
#pragma once

#include <optional>

#include "scene.h"

namespace garner::entity_tagger {

std::optional<Name> MatchLaw(const Scene& scene, size_t i);

// Past "of 1987", ", 1987" or "1987" behind the name of a law that ends at `end`; `end` where there is none.
size_t PastYearOfLaw(const Scene& scene, size_t end);

}  // namespace garner::entity_tagger
