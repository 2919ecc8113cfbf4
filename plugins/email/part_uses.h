// What each part of a mail is for.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "mime_scanner.h"

namespace garner::email {

enum class Use {
  kContainer,    // holds other parts
  kText,         // text of the mail
  kHtml,         // its body as HTML: a payload of its own
  kAttachment,   // likewise
  kAlternative,  // says what another part says in another form
  kReport,       // what mail programs tell each other
  kSeal,         // a cryptographic signature
};

// One use a part. Of the forms of a body (multipart/alternative) one is taken: plain text, or HTML where `prefer_html`. Pure function.
std::vector<Use> FindUses(std::string_view payload, const std::vector<Part>& parts, bool prefer_html);

// The name of an attachment, as the mail gives it; made up where it has none.
std::string PartName(const Part& part, Use use, size_t number);

}  // namespace garner::email
