// Header values as text: folding undone, encoded words (RFC 2047) and parameters (RFC 2231) decoded, whatever the charset.
//
//   DecodeHeader("=?koi8-r?B?79TexdQ=?=\r\n =?utf-8?Q?_2024?=")      // "Отчет 2024"
//   ParseParameters("text/plain; charset=\"utf-8\"").value            // "text/plain"
//
// Decoded here and not by GMime, which would load charset modules from files on first use: a sandboxed worker may not open any. Linear
// time. Pure functions, safe from any thread.
#pragma once

#include <map>
#include <string>
#include <string_view>

namespace garner::email {

// Bytes of a charset as UTF-8; `charset` may be empty or wrong.
std::string DecodeBytes(std::string_view bytes, std::string_view charset);

// The text of an unstructured header such as Subject, white space collapsed.
std::string DecodeHeader(std::string_view value);

// A structured header with addresses, still to be parsed: unfolded, UTF-8, decoded words in quotation marks where they have to be.
std::string DecodeAddressHeader(std::string_view value);

struct Parameters {
  // What stands before the first semicolon, lower case.
  std::string value;
  // By lower-case name, decoded. The first of two counts.
  std::map<std::string, std::string> parameters;

  std::string Get(const std::string& name) const;
};
Parameters ParseParameters(std::string_view header);

}  // namespace garner::email
