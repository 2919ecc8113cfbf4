#include "tests/bench/bench_documents.h"

#include <algorithm>
#include <cstdint>
#include <filesystem>
#include <iterator>
#include <string_view>
#include <utility>

#include "garner/input_file.h"

namespace garner::bench {
namespace {

constexpr std::string_view kCommon[] = {"the", "of", "and", "a", "to", "in", "is", "was", "that", "for", "with", "as", "on", "were", "at", "by", "from", "it"};
constexpr std::string_view kSyllables[] = {"bar", "lo", "ten", "mi", "gra", "vor", "sel", "ku", "dan", "pre", "hol", "ish", "ar", "ment", "er", "ine"};
constexpr std::string_view kButtons[] = {"Menu", "Share this", "Read more", "Sign in", "Next page", "Leave a comment", "Subscribe", "12 comments", "Top"};

// The same numbers on every machine, unlike the distributions of the standard library.
class Numbers {
 public:
  size_t Below(size_t limit) {
    state_ = state_ * 6364136223846793005U + 1442695040888963407U;
    return static_cast<size_t>(state_ >> 33) % limit;
  }

 private:
  uint64_t state_ = 42;
};

std::string Word(Numbers& numbers) {
  if (numbers.Below(2) == 0) return std::string(kCommon[numbers.Below(std::size(kCommon))]);
  std::string word;
  for (size_t syllables = 1 + numbers.Below(3); syllables > 0; --syllables) word += kSyllables[numbers.Below(std::size(kSyllables))];
  return word;
}

std::string Sentence(Numbers& numbers) {
  std::string sentence = Word(numbers);
  sentence[0] = static_cast<char>(sentence[0] - 'a' + 'A');
  for (size_t words = 5 + numbers.Below(15); words > 0; --words) sentence += (numbers.Below(9) == 0 ? ", " : " ") + Word(numbers);
  return sentence + ".";
}

std::string Prose(size_t sentences, Numbers& numbers) {
  std::string prose = Sentence(numbers);
  for (; sentences > 1; --sentences) prose += " " + Sentence(numbers);
  return prose;
}

std::string Paragraph(size_t i, const std::vector<std::string>& earlier, Numbers& numbers) {
  if (i % 10 == 9) return earlier[numbers.Below(earlier.size())];
  if (i % 10 >= 6) return std::string(kButtons[numbers.Below(std::size(kButtons))]);
  return Prose(1 + numbers.Below(4), numbers);
}

}  // namespace

std::vector<std::string> FilesOf(const std::string& folder, size_t every) {
  std::vector<std::string> paths;
  for (const auto& entry : std::filesystem::directory_iterator(folder))
    if (entry.is_regular_file()) paths.push_back(entry.path().string());
  std::sort(paths.begin(), paths.end());
  std::vector<std::string> chosen;
  for (size_t i = 0; i < paths.size(); i += every) chosen.push_back(std::move(paths[i]));
  return chosen;
}

std::vector<std::string> ReadFolder(const std::string& folder, size_t every) {
  std::vector<std::string> texts;
  for (const std::string& path : FilesOf(folder, every)) {
    Result<InputContent> content = ReadInputFile(path, {});
    if (content.ok()) texts.push_back(std::move(content->bytes));
  }
  return texts;
}

std::string MixedText(size_t paragraphs) {
  Numbers numbers;
  std::vector<std::string> lines;
  std::string text;
  for (size_t i = 0; i < paragraphs; ++i) {
    lines.push_back(Paragraph(i, lines, numbers));
    text += lines.back() + "\n";
  }
  return text;
}

std::string OneLine(size_t bytes) {
  Numbers numbers;
  std::string line = Sentence(numbers);
  while (line.size() < bytes) line += " " + Sentence(numbers);
  return line;
}

}  // namespace garner::bench
