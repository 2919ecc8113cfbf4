// Texts to time the pipeline with: a folder's files, or made ones of any size.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace garner::bench {

// Paths of every nth of the regular files of a folder, in order of name.
std::vector<std::string> FilesOf(const std::string& folder, size_t every = 1);

// The same files' content; transport compression is undone.
std::vector<std::string> ReadFolder(const std::string& folder, size_t every = 1);

// So many lines as a scraped page has them: prose, buttons, and every tenth a repeat of an earlier one. Always the same.
std::string MixedText(size_t paragraphs);

// Prose of about so many bytes without a line break.
std::string OneLine(size_t bytes);

}  // namespace garner::bench
