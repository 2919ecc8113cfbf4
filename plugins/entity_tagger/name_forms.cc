#include "name_forms.h"

#include "fold.h"

namespace garner::entity_tagger {

bool LooksLikeAcronym(std::string_view word) {
  if (word.size() < 2 || word.size() > 10) return false;
  size_t upper = 0;
  for (const char c : word) {
    if (c >= 'A' && c <= 'Z')
      ++upper;
    else if (!((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '.'))
      return false;
  }
  return upper >= 2;
}

bool InitialsMatch(std::string_view acronym, std::string_view initials) {
  size_t at = 0;
  bool first = true;
  for (const char c : acronym) {
    if (c < 'A' || c > 'Z') continue;
    const size_t found = initials.find(c, at);
    if (found == std::string_view::npos || (first && found != 0)) return false;
    first = false;
    at = found + 1;
  }
  return true;
}

bool IsSwap(std::string_view folded, std::string_view name) {
  static thread_local std::string other;
  Fold(name, other);
  if (folded.size() != other.size() || folded == other) return false;
  size_t at = 0;
  while (folded[at] == other[at]) ++at;
  return at + 1 < folded.size() && folded[at] == other[at + 1] && folded[at + 1] == other[at] &&
         folded.substr(at + 2) == other.substr(at + 2);
}

bool AllCaps(std::string_view text) {
  size_t upper = 0;
  for (const char c : text) {
    if (c >= 'a' && c <= 'z') return false;
    if (static_cast<unsigned char>(c) >= 0x80) return false;
    if (c >= 'A' && c <= 'Z') ++upper;
  }
  return upper >= 4;
}

std::string TitleCase(std::string text) {
  bool start = true;
  for (char& c : text) {
    const bool letter = (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
    if (letter && !start && c <= 'Z') c = static_cast<char>(c + 32);
    start = !letter && c != '\'';
  }
  return text;
}

std::string InitialsOf(std::string_view name) {
  std::string initials;
  bool start = true;
  for (const char c : name) {
    if (start && c >= 'A' && c <= 'Z') initials += c;
    start = c == ' ' || c == '-';
  }
  return initials;
}

}  // namespace garner::entity_tagger
