// Mail by its headers: mailboxes and single messages have no magic of their own.
#pragma once

#include <string>
#include <string_view>

namespace garner {

// "application/mbox", "message/rfc822" or nothing. A text that merely begins with "From" or quotes a header line is neither.
std::string MailKind(std::string_view head);

}  // namespace garner
