// The charsets that can be decoded, under one name each.
//
//   CanonicalCharset(" Latin1 ")   // "windows-1252": what pages that say so really mean
//   CanonicalCharset("gb2312")     // "GB18030", its superset
//   CanonicalCharset("klingon")    // ""
//
// Pure functions, safe from any thread.
#pragma once

#include <string>
#include <string_view>

namespace garner {

// The charset that a label means, in IANA or WHATWG spelling and such that ICU takes it; empty where nothing decodes it. Labels mean
// what the WHATWG Encoding Standard says they mean; others are taken as ICU knows them.
std::string CanonicalCharset(std::string_view label);

// True for charsets of one byte a character in the Latin script, which detectors mistake for each other. `charset` is canonical.
bool IsSingleByteLatin(std::string_view charset);

// True for charsets whose escape sequences change the meaning of later bytes. `charset` is canonical.
bool IsStateful(std::string_view charset);

// True for UTF-16 and UTF-32 in any byte order. `charset` is canonical.
bool IsWide(std::string_view charset);

}  // namespace garner
