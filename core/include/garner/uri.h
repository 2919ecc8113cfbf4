// Addresses (URIs, and IRIs: characters beyond ASCII pass through) as RFC 3986 takes them apart and resolves them.
//
//   ResolveUri("https://a.example/b/c", "../d?e")     // "https://a.example/d?e"
//   UriScheme("mailto:ada@a.example")                 // "mailto"
//
// Nothing is validated and nothing is encoded here. Pure functions, linear time, safe from any thread.
#pragma once

#include <string>
#include <string_view>

namespace garner {

// As it is written; empty for a relative reference.
std::string_view UriScheme(std::string_view uri);

// Empty where there is none ("mailto:ada@a.example") and where it is empty ("http:///").
std::string_view UriAuthority(std::string_view uri);

// The reference as a reader of `base` finds it (RFC 3986, 5.2.2, strict). `base` has a scheme. Segments "." and ".." are gone.
std::string ResolveUri(std::string_view base, std::string_view reference);

}  // namespace garner
