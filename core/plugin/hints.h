// What names and declarations say of a payload, in the one spelling that media types and endings are compared in.
#pragma once

#include <string>
#include <string_view>

#include "garner/v1/document.pb.h"

namespace garner {

// "Text/HTML; charset=x" is "text/html".
std::string BareMediaType(std::string_view declared);

// Of the innermost name: the address of a record, else the container path where there is one, else the uri. Without the dot, lower case; that of `a.txt.gz` is "txt".
std::string ExtensionOf(const v1::PayloadInfo& info);

}  // namespace garner
