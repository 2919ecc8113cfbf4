// Names of members as UTF-8.
//
//   MemberName(bytes, "")            // valid UTF-8 as it is; else what the bytes look like; else code page 437
//   MemberName(bytes, "IBM866")      // valid UTF-8 as it is; else this
//
// Pure functions, safe from any thread.
#pragma once

#include <string>
#include <string_view>

namespace garner::archive {

std::string MemberName(std::string_view bytes, const std::string& charset);

// What the file inside "notes/list.txt.xz" is called: "list.txt". "data" where nothing is left.
std::string NameWithoutCompression(std::string_view path);

// "photos/._1.jpg" and the like: what macOS puts beside a file for itself, as far as its name says.
bool MayBeAppleDouble(std::string_view name);
// By its first bytes.
bool IsAppleDouble(std::string_view head);

}  // namespace garner::archive
