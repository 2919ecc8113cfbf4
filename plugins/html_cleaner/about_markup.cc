#include "about_markup.h"

#include <algorithm>
#include <iterator>
#include <string>

#include "garner/utf8.h"

namespace garner::html_cleaner {
namespace {

constexpr size_t kMaxWordBytes = 40;
constexpr size_t kMaxGapBytes = 4;

// Words that stand beside a tag or a reference where it is the subject, folded.
constexpr std::string_view kSubjectWords[] = {
    "tag",       "tags",     "element",   "elements",  "elemente",  "elementen", "elementet", "attribute", "attributes", "attribut",
    "markup",    "balise",   "balises",   "élément",   "éléments",  "etiqueta",  "etiquetas", "elemento",  "elementos",  "elementi",
    "marcador",  "znacznik", "znacznika", "znaczniki", "znaczników", "etiket",   "etiketi",   "etiketini", "öğesi",      "тег",
    "тега",      "тегу",     "тегом",     "теге",      "теги",      "тегов",     "тэг",       "тэга",      "тэги",       "элемент",
    "элемента",  "элементы", "элементов", "елемент",   "елемента",  "тегі",      "тегін",     "элементі",  "entity",     "entities",
    "entität",   "entité",   "entités",   "entidad",   "entidade",  "entità",    "сущность",  "мнемоника", "escape",     "escaped",
    "html",      "xml",      "xhtml"};

bool IsWordByte(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return byte >= 0x80 || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

bool IsAsciiAlphanumeric(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9'); }

bool IsGap(char c) { return c == ' ' || c == '-' || c == '"' || c == '\''; }

std::string_view WordBefore(std::string_view text, size_t at) {
  size_t end = at;
  while (end > 0 && at - end < kMaxGapBytes && IsGap(text[end - 1])) --end;
  size_t begin = end;
  while (begin > 0 && end - begin <= kMaxWordBytes && IsWordByte(text[begin - 1])) --begin;
  return text.substr(begin, end - begin);
}

std::string_view WordAfter(std::string_view text, size_t at) {
  size_t begin = at;
  while (begin < text.size() && begin - at < kMaxGapBytes && IsGap(text[begin])) ++begin;
  size_t end = begin;
  while (end < text.size() && end - begin <= kMaxWordBytes && IsWordByte(text[end])) ++end;
  return text.substr(begin, end - begin);
}

bool IsSubjectWord(std::string_view word) {
  if (word.size() < 3 || word.size() > kMaxWordBytes) return false;
  const std::string folded = FoldForComparison(SanitizeUtf8(word));
  return std::find(std::begin(kSubjectWords), std::end(kSubjectWords), folded) != std::end(kSubjectWords);
}

// A quotation mark that ends at `end`, or begins at `begin`.
bool QuoteEndsAt(std::string_view text, size_t end) {
  if (end == 0) return false;
  const char last = text[end - 1];
  if (last == '"' || last == '\'' || last == '`') return true;
  for (const std::string_view mark : {"\u201C", "\u201D", "\u201E", "\u2018", "\u201A", "\u00AB", "\u300C"})
    if (end >= mark.size() && text.substr(end - mark.size(), mark.size()) == mark) return true;
  return false;
}

bool QuoteBeginsAt(std::string_view text, size_t begin) {
  if (begin >= text.size()) return false;
  if (text[begin] == '"' || text[begin] == '\'' || text[begin] == '`') return true;
  for (const std::string_view mark : {"\u201C", "\u201D", "\u2018", "\u2019", "\u00BB", "\u300D"})
    if (text.substr(begin, mark.size()) == mark) return true;
  return false;
}

// French marks stand off by a space of some kind.
Span WithGuillemetSpaces(std::string_view text, Span span) {
  for (const std::string_view space : {" ", "\u00A0", "\u202F"}) {
    const bool before = span.begin >= space.size() + 2 && text.substr(span.begin - space.size(), space.size()) == space;
    if (before && text.substr(span.begin - space.size() - 2, 2) == "\u00AB" && text.substr(span.end, space.size()) == space) return {span.begin - space.size(), span.end + space.size()};
  }
  return span;
}

bool IsQuotedAlone(std::string_view text, Span span) {
  span = WithGuillemetSpaces(text, span);
  return QuoteEndsAt(text, span.begin) && QuoteBeginsAt(text, span.end);
}

bool IsSubject(std::string_view text, Span span) {
  return IsQuotedAlone(text, span) || IsSubjectWord(WordBefore(text, span.begin)) || IsSubjectWord(WordAfter(text, span.end));
}

bool IsWholeWord(std::string_view text, size_t at, size_t size) {
  return (at == 0 || !IsAsciiAlphanumeric(text[at - 1])) && (at + size >= text.size() || !IsAsciiAlphanumeric(text[at + size]));
}

}  // namespace

bool IsTagMention(std::string_view text, Span tag) { return IsSubject(text, tag); }

bool SentenceGoesOn(std::string_view text, Span tag) {
  constexpr size_t kNone = std::string_view::npos;
  constexpr size_t kReach = 200;
  constexpr std::string_view kGoesOn = ",:(";  // the sentence does, as after a letter
  constexpr std::string_view kCode = "(){}[]=;:#@<>*\"\\";
  if (tag.begin == 0) return false;
  const std::string_view behind = text.substr(tag.end, kReach);
  const size_t close = behind.find("</");
  if (close == kNone || behind.substr(0, close).find_first_of(kCode) != kNone) return false;
  const size_t before = text.find_last_not_of(' ', tag.begin - 1);
  const bool inside = before != kNone && (IsWordByte(text[before]) || IsAsciiAlphanumeric(text[before]) || kGoesOn.find(text[before]) != kNone);
  return inside && std::count(behind.begin(), behind.begin() + static_cast<std::ptrdiff_t>(close), ' ') >= 2;
}

bool IsReferenceMention(std::string_view text, Span reference) {
  // Glued to a letter it is part of a word, whatever that word is.
  const bool glued = (reference.begin > 0 && IsWordByte(text[reference.begin - 1])) || (reference.end < text.size() && IsWordByte(text[reference.end]));
  return !glued && text[reference.begin] == '&' && IsQuotedAlone(text, reference);
}

bool NamesMarkup(std::string_view text) {
  for (const std::string_view word : {"HTML", "XHTML", "XML", "CSS", "HTML5", "SGML", "JSX", "SVG"})
    for (size_t at = text.find(word); at != std::string_view::npos; at = text.find(word, at + 1))
      if (IsWholeWord(text, at, word.size())) return true;
  return false;
}

bool LooksLikeCode(std::string_view text) {
  if (text.find("={") != std::string_view::npos) return true;
  const size_t last = text.find_last_not_of(' ');
  if (last == std::string_view::npos || std::string_view(";{}>").find(text[last]) == std::string_view::npos) return false;
  for (const std::string_view sign : {"=>", "()", ") {", "){", "==", "const ", "function ", "return ", "import ", "var ", "&&"})
    if (text.find(sign) != std::string_view::npos) return true;
  return false;
}

}  // namespace garner::html_cleaner
