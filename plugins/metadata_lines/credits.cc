#include "credits.h"

#include <vector>

#include "garner/utf8.h"

namespace garner::metadata_lines {
namespace {

constexpr size_t kMaxCreditWords = 10;
constexpr size_t kMaxCaptionBytes = 500;

bool IsColonWord(const Word& word) { return word.core().empty() && word.raw() == ":"; }

// Quotation marks that close inside the text what was opened before it: the label is quoted, not used.
bool ClosesQuotation(std::string_view text) {
  size_t open = 0;
  bool gap = true;  // white space or nothing before
  for (size_t at = 0; at < text.size();) {
    const CodePoint cp = NextCodePoint(text, at);
    at += cp.size;
    const bool quote = cp.value == '"' || cp.value == 0x201C || cp.value == 0x201D || cp.value == 0x201E || cp.value == 0x00AB ||
                       cp.value == 0x00BB;
    if (quote && gap && (cp.value != 0x00BB || at >= text.size() || text[at] != ' ')) {
      ++open;
    } else if (quote) {
      if (open == 0) return true;
      --open;
    }
    gap = IsSpace(cp.value) || cp.value == '(' || cp.value == '[' || cp.value == '/' || (gap && quote);
  }
  return false;
}

// The credited name behind a label; empty where it cannot be one: a sentence, a year, too many words.
std::string CreditValue(std::string_view text, const WordLists& lists) {
  text = StripEdges(text, ":,;|()[]*_");
  const std::vector<Word> words = lists.Split(text);
  if (words.empty() || words.size() > kMaxCreditWords || !HasLetter(text) || ClosesQuotation(text)) return {};
  const bool sentence = EndsSentence(text) && words.back().trail() != "." ? true : words.size() > 6 && EndsSentence(text);
  if (sentence) return {};
  text = StripEdges(text, ".");
  return std::string(text);
}

bool IsAgency(std::string_view text, const WordLists& lists) { return lists.agencies.Find(lists.Split(text)) != nullptr; }

// "NEWS.EXAMPLE", "example.org".
bool LooksLikeDomain(std::string_view text) {
  const size_t dot = text.find('.');
  return dot != std::string_view::npos && dot > 0 && dot + 2 < text.size() && text.find(' ') == std::string_view::npos;
}

std::vector<std::string_view> SlashParts(std::string_view text) {
  std::vector<std::string_view> parts;
  for (size_t from = 0; from <= text.size();) {
    const size_t to = std::min(text.find('/', from), text.size());
    parts.push_back(Trim(text.substr(from, to - from)));
    from = to + 1;
  }
  return parts;
}

// "Maker/Paper/Agency".
bool IsSlashCredit(std::string_view text, const WordLists& lists) {
  if (text.find('/') == std::string_view::npos || text.find(':') != std::string_view::npos || EndsSentence(text)) return false;
  const std::vector<std::string_view> parts = SlashParts(text);
  if (parts.size() < 2 || parts.size() > 5) return false;
  for (const std::string_view part : parts) {
    const size_t words = CountWords(part);
    if (words == 0 || words > 4 || !HasLetter(part) || (HasDigit(part) && !LooksLikeDomain(part))) return false;
    if (!StartsUpper(part) && !IsAgency(part, lists)) return false;
  }
  return IsAgency(parts.back(), lists) || IsAgency(parts.front(), lists) || (parts.size() > 2 && LooksLikeDomain(parts.back()));
}

struct Label {
  size_t value_word = 0;  // the first word of the value
  bool by = false;        // says "by": no colon needed
};

// A credit label at word `at`: "Photo by", "Foto:", "Crédit photo :".
std::optional<Label> LabelAt(Words words, size_t at, const WordLists& lists, bool needs_colon) {
  size_t taken = 0;
  const Phrase* phrase = lists.credit_labels.FindPrefix(words, at, &taken);
  if (phrase == nullptr || phrase->kind == "footer") return std::nullopt;
  const size_t next = at + taken;
  if (next >= words.size()) return std::nullopt;
  const bool own_colon = words[next - 1].trail().find(':') != std::string_view::npos;
  const bool colon = own_colon || IsColonWord(words[next]);
  const bool by = phrase->kind == "by";
  if (!colon && !by && needs_colon) return std::nullopt;
  const size_t value = next + (IsColonWord(words[next]) ? 1 : 0);
  if (value >= words.size()) return std::nullopt;
  return Label{value, by};
}

std::string LabelledValue(std::string_view text, Words words, size_t at, const WordLists& lists, bool needs_colon) {
  const std::optional<Label> label = LabelAt(words, at, lists, needs_colon);
  if (!label) return {};
  const Word& first = words[label->value_word];
  if (!StartsUpper(first.core()) && !IsAgency(first.core(), lists) && first.core().find('@') == std::string_view::npos &&
      first.core().substr(0, 2) != "©")
    return {};
  return CreditValue(text.substr(first.begin), lists);
}

size_t FindCopyright(std::string_view text) {
  const size_t sign = text.find("©");
  if (sign != std::string_view::npos) return sign;
  const size_t letter = text.find("(c) ");  // "sum(c) from" is code
  return letter == 0 || (letter != std::string_view::npos && text[letter - 1] == ' ') ? letter : std::string_view::npos;
}

bool IsFooter(Words words, const WordLists& lists) {
  size_t taken = 0;
  for (size_t i = 0; i < words.size(); ++i)
    if (const Phrase* phrase = lists.credit_labels.FindPrefix(words, i, &taken); phrase != nullptr && phrase->kind == "footer")
      return true;
  return false;
}

// What stands behind a copyright sign, if it is no year: "© 2022 Site" is a footer.
std::string CopyrightValue(std::string_view text, size_t sign, const WordLists& lists) {
  const std::string_view behind = Trim(text.substr(sign + (text[sign] == '(' ? 3 : 2)));
  const std::vector<Word> words = lists.Split(behind);
  if (words.empty() || words.size() > kMaxCreditWords || HasDigit(words.front().core()) || !StartsUpper(behind) ||
      IsFooter(words, lists))
    return {};
  // "© Ida Holm 2019" dates the picture; "© Site 2019 - All rights reserved" was sent away above.
  return CreditValue(behind, lists);
}

std::optional<Credit> InBrackets(std::string_view text, const WordLists& lists) {
  std::string_view body = text;
  if (!body.empty() && body.back() == '.') body.remove_suffix(1);
  if (body.empty() || (body.back() != ')' && body.back() != ']')) return std::nullopt;
  const size_t open = body.rfind(body.back() == ')' ? '(' : '[');
  if (open == std::string_view::npos) return std::nullopt;
  const std::string_view inner = Trim(body.substr(open + 1, body.size() - open - 2));
  const std::vector<Word> words = lists.Split(inner);
  if (words.empty() || words.size() > kMaxCreditWords + 3) return std::nullopt;
  std::string value = LabelledValue(inner, words, 0, lists, false);
  if (value.empty() && FindCopyright(inner) == 0) value = CopyrightValue(inner, 0, lists);
  if (value.empty() && IsSlashCredit(inner, lists)) value = std::string(inner);
  if (value.empty()) return std::nullopt;
  return Credit{value, Trim(body.substr(0, open)).empty(), true};
}

bool EndsPart(const Word& word) {
  const std::string_view mark = word.core().empty() ? word.raw() : word.trail();
  if (mark.empty()) return false;
  return HasAnyOf(mark, ".!?|/),;-") || mark == "–" || mark == "—";
}

// The word from which on a label may stand behind a caption.
size_t FirstOfTail(Words words) { return words.size() > kMaxCreditWords + 4 ? words.size() - kMaxCreditWords - 4 : 1; }

// A label in the middle, after the end of a sentence or a separator.
std::optional<Credit> AfterSentence(std::string_view text, Words words, const WordLists& lists) {
  constexpr size_t kMaxSentences = 3;  // more are a paragraph that mentions a picture
  size_t sentences = 0;
  for (size_t i = 0; i + 1 < words.size(); ++i)
    sentences += HasAnyOf(words[i].trail(), ".!?") && CountCodePoints(words[i].core()) > 3 && StartsUpper(words[i + 1].core());
  if (sentences > kMaxSentences) return std::nullopt;
  for (size_t at = FirstOfTail(words); at < words.size(); ++at) {
    if (!lists.credit_labels.BeginsWith(words[at]) || !EndsPart(words[at - 1])) continue;
    const std::string value = LabelledValue(text, words, at, lists, true);
    if (!value.empty()) return Credit{value, false, true};
  }
  return std::nullopt;
}

}  // namespace

std::optional<Credit> FindCredit(std::string_view text, Words words, const WordLists& lists) {
  if (text.size() > kMaxCaptionBytes || text.empty()) return std::nullopt;
  if (auto credit = InBrackets(text, lists)) return credit;
  if (words.empty()) return std::nullopt;
  if (words.size() <= kMaxCreditWords + 4) {
    std::string value = LabelledValue(text, words, 0, lists, true);
    if (!value.empty()) return Credit{value, true, true};
  }
  if (const size_t sign = FindCopyright(text); sign != std::string_view::npos) {
    const std::string value = CopyrightValue(text, sign, lists);
    const std::string_view before = StripEdges(text.substr(0, sign), "|-–(");
    if (!value.empty() && before.empty()) return Credit{value, true, IsSlashCredit(value, lists)};
    if (!value.empty() && CountWords(before) >= 2) return Credit{value, false, true};
    return std::nullopt;
  }
  if (words.size() <= kMaxCreditWords && IsSlashCredit(text, lists)) return Credit{std::string(text), true, true};
  return AfterSentence(text, words, lists);
}

bool MayHoldCredit(std::string_view text, std::span<Word> words, const WordLists& lists) {
  const std::string_view body = StripEdges(text, ".");
  if (body.empty() || words.empty() || body.back() == ')' || body.back() == ']') return true;
  if (FindCopyright(text) != std::string_view::npos) return true;
  lists.LookUp(words.first(1));
  if (lists.credit_labels.BeginsWith(words.front())) return true;
  for (size_t at = FirstOfTail(words); at < words.size(); ++at) {
    if (!EndsPart(words[at - 1])) continue;
    lists.LookUp(words.subspan(at, 1));
    if (lists.credit_labels.BeginsWith(words[at])) return true;
  }
  return false;
}

bool IsCreditLabel(std::string_view text, Words words, const WordLists& lists) {
  if (words.empty() || words.size() > 4) return false;
  const bool colon = !text.empty() && text.back() == ':';
  const Phrase* phrase = lists.credit_labels.Find(words.first(words.back().core().empty() ? words.size() - 1 : words.size()));
  return phrase != nullptr && (colon || phrase->kind == "by");
}

}  // namespace garner::metadata_lines
