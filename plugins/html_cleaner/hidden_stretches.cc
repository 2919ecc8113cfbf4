#include "hidden_stretches.h"

#include <algorithm>

namespace garner::html_cleaner {
namespace {

constexpr size_t kNone = std::string_view::npos;
// A comment that never closes ends with its block; a longer rest is text after a stray `<!--`.
constexpr size_t kMaxOpenComment = 2000;

char Lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

bool MatchesAt(std::string_view text, size_t at, std::string_view needle) {
  if (text.size() - at < needle.size()) return false;
  for (size_t i = 0; i < needle.size(); ++i)
    if (Lower(text[at + i]) != needle[i]) return false;
  return true;
}

size_t Search(std::string_view text, std::string_view needle, size_t from) {
  // Every needle begins with a mark that has no case.
  for (size_t at = text.find(needle[0], from); at != kNone; at = text.find(needle[0], at + 1))
    if (MatchesAt(text, at, needle)) return at;
  return kNone;
}

Hidden ReadComment(std::string_view text, size_t at, ForwardSearch& search) {
  // Never closed inside: `<!-->`.
  if (MatchesAt(text, at, "<!-->")) return {{at, at + 5}};
  const size_t close = search.Find("-->", at + 4);
  if (close != kNone) return {{at, close + 3}, {}, "comment"};
  const size_t end = text.size() - at <= kMaxOpenComment ? text.size() : at + 4;
  return {{at, end}, "-->", "comment"};
}

// Up to `close`, on a bounded stretch.
std::optional<Hidden> ReadUpTo(std::string_view close, size_t at, size_t max_bytes, ForwardSearch& search) {
  const size_t found = search.Find(close, at);
  if (found == kNone || found - at > max_bytes) return std::nullopt;
  return Hidden{{at, found + close.size()}};
}

}  // namespace

size_t ForwardSearch::Find(std::string_view needle, size_t from) {
  auto known = std::find_if(found_.begin(), found_.end(), [&](const Found& found) { return found.needle == needle; });
  if (known == found_.end()) {
    found_.push_back({needle, from, Search(text_, needle, from)});
    return found_.back().at;
  }
  if (known->from <= from && (known->at == kNone || known->at >= from)) return known->at;
  known->from = from;
  known->at = Search(text_, needle, from);
  return known->at;
}

std::optional<Hidden> ReadHidden(std::string_view text, size_t at, size_t max_tag_bytes, ForwardSearch& search) {
  if (MatchesAt(text, at, "<!--")) return ReadComment(text, at, search);
  if (MatchesAt(text, at, "<![cdata[")) return Hidden{{at, at + 9}};
  if (MatchesAt(text, at, "<![endif]-->")) return Hidden{{at, at + 12}, {}, "comment"};
  if (MatchesAt(text, at, "<![if ") || MatchesAt(text, at, "<![endif]")) return ReadUpTo("]>", at, max_tag_bytes, search);
  if (MatchesAt(text, at, "<!doctype ")) return ReadUpTo(">", at, max_tag_bytes, search);
  if (MatchesAt(text, at, "<?xml") || MatchesAt(text, at, "<?php") || MatchesAt(text, at, "<?=")) return ReadUpTo("?>", at, max_tag_bytes, search);
  if (MatchesAt(text, at, "<%")) {
    std::optional<Hidden> code = ReadUpTo("%>", at, max_tag_bytes, search);
    if (code) code->rule = "template";
    return code;
  }
  return std::nullopt;
}

Hidden ReadRawContent(std::string_view text, size_t from, std::string_view element, ForwardSearch& search) {
  const std::string_view close = element == "script" ? std::string_view("</script") : std::string_view("</style");
  const size_t found = search.Find(close, from);
  if (found == kNone) return {{from, from}, close, "script"};
  const size_t end = text.substr(0, std::min(text.size(), found + close.size() + 8)).find('>', found);
  return {{from, end == kNone ? found + close.size() : end + 1}, {}, "script"};
}

}  // namespace garner::html_cleaner
