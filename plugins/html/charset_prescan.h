// Finds the charset that a page declares inside itself, before its charset is known.
#pragma once

#include <string>
#include <string_view>

namespace garner::html {

// Looks at the first 4,096 bytes as the WHATWG encoding sniffing does: meta charset, meta http-equiv content-type, and the encoding
// of an XML declaration. Empty where there is none. A UTF-16 name cannot be true of bytes that could be read so far, and reads
// as UTF-8, as the standard says.
std::string PrescanCharset(std::string_view payload);

}  // namespace garner::html
