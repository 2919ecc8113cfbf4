// From the address that a page has written on a link to one that may be shown to others. Addresses are untrusted.
//
//   LinkAddress(" ../a b.html", "https://a.example/c/d", 2048)     // "https://a.example/a%20b.html"
//   LinkAddress("javascript:go()", ...)                            // ""
//
// Pure functions, linear time, safe from any thread.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "garner/v1/document.pb.h"

namespace garner {

// The address resolved against `base`; without a base a relative one stays as it is written. Empty for what leads nowhere that a reader
// could go: no address, "#" alone, other schemes than http, https and mailto, no host, and what is longer than `max_bytes`, as it is written or
// resolved. What no address may hold (white space, controls, <>"`{}|\^, characters that reorder text) is percent-encoded; tabs and line breaks are
// left out, and a backslash in a path is a slash, as browsers have it. Always valid UTF-8.
std::string LinkAddress(std::string_view written, std::string_view base, size_t max_bytes);

// Whether it is an http or https address with a host, not relative to anything. The scheme in lower case.
bool IsWebAddress(std::string_view address);

// What addresses of a document rest on where it says nothing else: the address that it was fetched from, else the chosen canonical one, else
// another one that it has of itself. Empty where none of them is an http or https address of at most `max_bytes`.
std::string DocumentAddress(const v1::Document& document, size_t max_bytes);

}  // namespace garner
