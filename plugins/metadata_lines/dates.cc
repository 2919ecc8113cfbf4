#include "dates.h"

#include <fmt/format.h>
#include <unicode/uchar.h>

#include <algorithm>

#include "garner/utf8.h"

namespace garner::metadata_lines {
namespace {

constexpr size_t kMaxDateBytes = 200;
constexpr int kFirstYear = 1800;
constexpr int kLastYear = 2100;

struct Token {
  enum class Type { kNumber, kLetters, kMark };
  Type type = Type::kMark;
  std::string text;  // folded
  int value = 0;     // of a number of up to eight digits
  bool Is(char mark) const { return type == Type::kMark && text.size() == 1 && text[0] == mark; }
  bool IsNumber(size_t low, size_t high) const { return type == Type::kNumber && text.size() >= low && text.size() <= high; }
};

bool IsMiddleDot(char32_t value) { return value == 0x00B7 || value == 0x2022 || value == 0x2219; }

// "p", ".", "m" and "." make "pm".
void JoinMeridiem(std::vector<Token>& tokens) {
  for (size_t i = 0; i + 2 < tokens.size(); ++i) {
    const bool letter = tokens[i].text == "a" || tokens[i].text == "p";
    if (!letter || !tokens[i + 1].Is('.') || tokens[i + 2].text != "m") continue;
    tokens[i].text += "m";
    tokens.erase(tokens.begin() + static_cast<std::ptrdiff_t>(i) + 1, tokens.begin() + static_cast<std::ptrdiff_t>(i) + 3);
  }
}

std::vector<Token> Tokenize(std::string_view text) {
  const std::string folded = FoldForComparison(text);
  std::vector<Token> tokens;
  Token::Type last = Token::Type::kMark;
  for (size_t at = 0; at < folded.size();) {
    const CodePoint cp = NextCodePoint(folded, at);
    const std::string_view bytes = std::string_view(folded).substr(at, cp.size);
    at += cp.size;
    const auto value = static_cast<UChar32>(cp.value);
    const bool digit = cp.value >= '0' && cp.value <= '9';
    const Token::Type type = digit                                                           ? Token::Type::kNumber
                             : (u_isalpha(value) || u_charType(value) == U_NON_SPACING_MARK) ? Token::Type::kLetters
                                                                                             : Token::Type::kMark;
    if (IsSpace(cp.value)) {
      last = Token::Type::kMark;
      continue;
    }
    const bool joins = type == last && type != Token::Type::kMark && !tokens.empty();
    if (!joins) tokens.push_back({type, "", 0});
    tokens.back().text += IsMiddleDot(cp.value) ? std::string_view("|") : bytes;
    if (digit && tokens.back().text.size() <= 8)
      tokens.back().value = tokens.back().value * 10 + static_cast<int>(cp.value - '0');
    last = type;
  }
  JoinMeridiem(tokens);
  return tokens;
}

int DaysIn(int year, int month) {
  static constexpr int kDays[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  const bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
  return month == 2 && leap ? 29 : kDays[month - 1];
}

class DateParser {
 public:
  DateParser(std::vector<Token> tokens, const WordLists& lists, NumericOrder order)
      : tokens_(std::move(tokens)), lists_(lists), order_(order) {}

  std::optional<ParsedDate> Parse() {
    while (at_ < tokens_.size()) {
      const Token& token = tokens_[at_];
      const bool taken = token.type == Token::Type::kNumber    ? TakeNumber()
                         : token.type == Token::Type::kLetters ? TakeLetters()
                                                               : TakeMark();
      if (!taken) return std::nullopt;
    }
    return Finish();
  }

 private:
  const Token& Peek(size_t ahead) const {
    static const Token kNone;
    return at_ + ahead < tokens_.size() ? tokens_[at_ + ahead] : kNone;
  }
  const Phrase* DateWord(const Token& token) const {
    return token.type == Token::Type::kLetters ? lists_.date_words.FindFolded(token.text) : nullptr;
  }
  bool IsKind(const Token& token, std::string_view kind) const {
    const Phrase* phrase = DateWord(token);
    return phrase != nullptr && phrase->kind == kind;
  }

  bool TakeNumber() { return TakeNumericDate() || TakeTime() || TakeYear() || TakeDay(); }

  // 2018-05-04, 4.5.2018, 4/5/2018.
  bool TakeNumericDate() {
    const Token& separator = Peek(1);
    const bool form =
        (separator.Is('.') || separator.Is('/') || separator.Is('-')) && Peek(3).text == separator.text && Peek(2).IsNumber(1, 2);
    if (!form || year_ != 0 || month_ != 0 || day_ != 0) return false;
    if (Peek(0).IsNumber(4, 4) && Peek(4).IsNumber(1, 2)) return SetDate(Peek(0).value, Peek(2).value, Peek(4).value);
    if (!Peek(0).IsNumber(1, 2) || !(Peek(4).IsNumber(4, 4) || Peek(4).IsNumber(2, 2))) return false;
    const bool short_year = Peek(4).IsNumber(2, 2);
    const int year = short_year ? 2000 + Peek(4).value : Peek(4).value;
    ambiguous_ = short_year;
    const int first = Peek(0).value;
    const int second = Peek(2).value;
    if (separator.Is('.') || order_ == NumericOrder::kDayFirst || first > 12) return SetDate(year, second, first);
    if (order_ == NumericOrder::kMonthFirst || second > 12) return SetDate(year, first, second);
    slashed_ = first != second;
    first_ = first;
    second_ = second;
    return SetDate(year, second, first);
  }

  bool SetDate(int year, int month, int day) {
    year_ = year;
    month_ = month;
    day_ = day;
    at_ += 5;
    return true;
  }

  bool TakeTime() {
    if (hour_ >= 0 || !Peek(0).IsNumber(1, 2)) return false;
    const bool colon = Peek(1).Is(':') && Peek(2).IsNumber(2, 2);
    const bool dotted =
        Peek(1).Is('.') && Peek(2).IsNumber(2, 2) && (IsKind(Peek(3), "hour") || IsMeridiem(Peek(3)) || IsZone(Peek(3)));
    const bool lettered = IsKind(Peek(1), "hour") && Peek(2).IsNumber(2, 2);
    const bool whole = IsKind(Peek(1), "hour") || IsMeridiem(Peek(1));
    if (!colon && !dotted && !lettered && !whole) return false;
    hour_ = Peek(0).value;
    if (!colon && !dotted && !lettered) {
      ++at_;
      return true;
    }
    minute_ = Peek(2).value;
    at_ += 3;
    if (colon && Peek(0).Is(':') && Peek(1).IsNumber(2, 2)) {
      second_of_minute_ = Peek(1).value;
      at_ += 2;
      if (Peek(0).Is('.') && Peek(1).IsNumber(1, 9)) at_ += 2;  // fractions of a second
    }
    return true;
  }

  bool IsZone(const Token& token) const {
    return token.type == Token::Type::kLetters && lists_.zones.FindFolded(token.text) != nullptr;
  }

  bool IsMeridiem(const Token& token) const { return IsKind(token, "am") || IsKind(token, "pm"); }

  bool TakeYear() {
    const Token& token = Peek(0);
    if (!token.IsNumber(4, 4) || year_ != 0 || token.value < kFirstYear || token.value > kLastYear) return false;
    year_ = token.value;
    ++at_;
    return true;
  }

  bool TakeDay() {
    const Token& token = Peek(0);
    if (!token.IsNumber(1, 2)) return false;
    if (month_ == 0 && Peek(1).text == "月") {
      month_ = token.value;
      at_ += 2;
      return true;
    }
    if (day_ != 0 || token.value < 1 || token.value > 31) return false;
    day_ = token.value;
    ++at_;
    return true;
  }

  bool TakeLetters() {
    const Token& token = Peek(0);
    if (const Phrase* month = lists_.months.FindFolded(token.text)) {
      if (month_ != 0) return false;
      month_ = std::stoi(month->kind);
      ++at_;
      return true;
    }
    if (const Phrase* word = DateWord(token)) {
      ++at_;
      if (word->kind == "am" || word->kind == "pm") return SetMeridiem(word->kind == "pm");
      return word->kind != "hour" || hour_ >= 0;
    }
    if (const Phrase* zone = lists_.zones.FindFolded(token.text); zone != nullptr && hour_ >= 0) {
      ++at_;
      return SetZone(*zone);
    }
    return false;
  }

  bool SetMeridiem(bool afternoon) {
    if (hour_ < 1 || hour_ > 12) return hour_ > 12;  // "14:30 PM" is said, and clear
    hour_ = hour_ % 12 + (afternoon ? 12 : 0);
    return true;
  }

  bool SetZone(const Phrase& zone) {
    american_ = american_ || zone.language == "us";
    if (zone.kind == "?") return true;
    if (!offset_.empty()) return true;
    offset_ = zone.kind.substr(0, zone.kind.find(' '));
    summer_ = zone.kind.find("summer") != std::string::npos;
    return true;
  }

  bool TakeMark() {
    const Token& mark = Peek(0);
    const bool sign = mark.Is('+') || mark.Is('-');
    if (sign && hour_ >= 0 && (offset_.empty() || offset_ == "Z") && Peek(1).type == Token::Type::kNumber && year_ != 0 &&
        month_ != 0)
      return TakeOffset(mark.text[0]);
    ++at_;
    static constexpr std::string_view kAccepted = ".,/-|():[]'";
    return mark.text.size() == 1 && kAccepted.find(mark.text[0]) != std::string_view::npos;
  }

  bool TakeOffset(char sign) {
    const Token& number = Peek(1);
    int hours = number.value;
    int minutes = 0;
    size_t taken = 2;
    if (number.IsNumber(4, 4)) {
      hours = number.value / 100;
      minutes = number.value % 100;
    } else if (number.IsNumber(1, 2) && Peek(2).Is(':') && Peek(3).IsNumber(2, 2)) {
      minutes = Peek(3).value;
      taken = 4;
    }
    if (hours > 14 || minutes > 59) return false;
    offset_ = fmt::format("{}{:02}:{:02}", sign, hours, minutes);
    at_ += taken;
    return true;
  }

  std::optional<ParsedDate> Finish() {
    if (slashed_ && american_) {
      month_ = first_;
      day_ = second_;
      slashed_ = false;
    }
    if (year_ == 0 || month_ < 1 || month_ > 12) return std::nullopt;
    if (day_ != 0 && day_ > DaysIn(year_, month_)) return std::nullopt;
    if (hour_ >= 0 && (day_ == 0 || hour_ > 24 || minute_ > 59 || second_of_minute_ > 60)) return std::nullopt;
    ParsedDate date;
    date.ambiguous = ambiguous_ || slashed_;
    date.has_day = day_ != 0;
    if (date.ambiguous) {
      if (!ambiguous_) date.iso = fmt::format("{:04}", year_);
      return date;
    }
    date.iso = fmt::format("{:04}-{:02}", year_, month_);
    if (day_ != 0) date.iso += fmt::format("-{:02}", day_);
    if (hour_ >= 0) date.iso += fmt::format("T{:02}:{:02}:{:02}{}", hour_, minute_, second_of_minute_, offset_);
    date.zone_uncertain = summer_ && (month_ < 3 || month_ > 11);
    return date;
  }

  std::vector<Token> tokens_;
  const WordLists& lists_;
  NumericOrder order_;
  size_t at_ = 0;
  int year_ = 0;
  int month_ = 0;
  int day_ = 0;
  int hour_ = -1;
  int minute_ = 0;
  int second_of_minute_ = 0;
  std::string offset_;
  bool summer_ = false;
  bool american_ = false;
  bool ambiguous_ = false;
  bool slashed_ = false;  // day and month in an unknown order
  int first_ = 0;
  int second_ = 0;
};

// Languages other than English put the day first.
NumericOrder OrderOf(const Phrase& label, NumericOrder order) {
  if (order != NumericOrder::kUnknown) return order;
  return label.language == "en" ? NumericOrder::kUnknown : NumericOrder::kDayFirst;
}

size_t PlaceOf(const Word& word, std::string_view text) { return static_cast<size_t>(word.raw().data() - text.data()); }

std::string_view From(std::string_view text, Words words, size_t from) {
  return from < words.size() ? text.substr(PlaceOf(words[from], text)) : std::string_view();
}

// Without the words that StripEdges took from both ends of their text and left `text` of: brackets and bars, which have no core.
Words WordsWithin(Words words, std::string_view text) {
  const char* const end = text.data() + text.size();
  while (!words.empty() && words.front().raw().data() + words.front().raw().size() <= text.data()) words = words.subspan(1);
  while (!words.empty() && words.back().raw().data() >= end) words = words.first(words.size() - 1);
  return words;
}

// A word of letters that no date has: the parser would stop there, but only after it had taken all of the text apart.
bool IsForeignToDates(const Word& word, const WordLists& lists) {
  constexpr size_t kLeastLetters = 2;  // "p. m." is a word
  const std::string_view core = word.core();
  // A mark beyond ASCII may belong to the letter before it.
  if (core.size() < kLeastLetters || (word.marks & (kWideMark | kDigitMark)) != 0) return false;
  const auto is_letter = [](char c) { return (c | 0x20) >= 'a' && (c | 0x20) <= 'z'; };
  if (!std::all_of(core.begin(), core.end(), is_letter)) return false;
  return !lists.months.Holds(word) && !lists.date_words.Holds(word) && !lists.zones.Holds(word);
}

// ParseDate, with the words of the text to end most questions.
std::optional<ParsedDate> ParseDate(std::string_view text, Words words, const WordLists& lists, NumericOrder order) {
  if (std::any_of(words.begin(), words.end(), [&](const Word& word) { return IsForeignToDates(word, lists); })) return std::nullopt;
  return ParseDate(text, lists, order);
}

// False where the first word is neither a month nor a word that dates have: the parser would stop there, but only after it had
// taken all of the text apart.
bool MayBeginDate(std::string_view text, const WordLists& lists) {
  size_t end = 0;
  const auto is_letter = [&](size_t at) { return (text[at] | 0x20) >= 'a' && (text[at] | 0x20) <= 'z'; };
  while (end < text.size() && is_letter(end)) ++end;
  // "p.m." is a word, and a mark beyond ASCII may belong to the letter before it.
  if (end < 2 || (end < text.size() && static_cast<unsigned char>(text[end]) >= 0x80)) return true;
  std::string folded;
  Fold(text.substr(0, end), folded);
  return lists.months.FindFolded(folded) != nullptr || lists.date_words.FindFolded(folded) != nullptr;
}

}  // namespace

bool MayHoldDate(std::string_view text) { return text.size() <= kMaxDateBytes && MayEndInDate(text); }

// A date has a year of four digits or three numbers.
bool MayEndInDate(std::string_view text) {
  size_t runs = 0;
  size_t run = 0;
  for (size_t at = 0; at <= text.size(); ++at) {
    const auto byte = at < text.size() ? static_cast<unsigned char>(text[at]) : static_cast<unsigned char>(' ');
    if (byte >= 0xE2 && HasDigit(text.substr(at))) return true;  // digits of other scripts and styles
    if (byte >= '0' && byte <= '9') {
      ++run;
      continue;
    }
    if (run == 4) return true;
    runs += run > 0;
    run = 0;
  }
  return runs >= 3;
}

std::optional<ParsedDate> ParseDate(std::string_view text, const WordLists& lists, NumericOrder order) {
  if (!MayBeginDate(text, lists) || !MayHoldDate(text)) return std::nullopt;
  return DateParser(Tokenize(text), lists, order).Parse();
}

std::optional<LabelledDate> ParseLabelledDate(std::string_view text, Words words, const WordLists& lists, NumericOrder order) {
  if (text.size() > kMaxDateBytes) return std::nullopt;
  text = StripEdges(text, "()[]|*_");
  words = WordsWithin(words, text);
  size_t taken = 0;
  if (const Phrase* label = lists.date_labels.FindPrefix(words, 0, &taken)) {
    const auto date = ParseDate(From(text, words, taken), words.subspan(taken), lists, OrderOf(*label, order));
    if (date) return LabelledDate{*date, label->kind};
  }
  // Some languages put the label last: "4 мамыр 2018 жарияланды".
  for (size_t tail = 1; tail <= 3 && tail < words.size(); ++tail) {
    const Phrase* label = lists.date_labels.Find(words.last(tail));
    if (label == nullptr) continue;
    const Words before = words.first(words.size() - tail);
    const auto date = ParseDate(text.substr(0, PlaceOf(words[before.size()], text)), before, lists, OrderOf(*label, order));
    if (date) return LabelledDate{*date, label->kind};
  }
  if (const auto date = ParseDate(text, words, lists, order)) return LabelledDate{*date, ""};
  return std::nullopt;
}

std::optional<LabelledDate> ParseLabelledDate(std::string_view text, const WordLists& lists, NumericOrder order) {
  return ParseLabelledDate(text, lists.Split(text), lists, order);
}

bool ContainsFullDate(std::string_view text, const WordLists& lists) {
  constexpr size_t kLongestDate = 6;  // words
  const std::vector<Word> words = lists.Split(text);
  for (size_t from = 0; from < words.size(); ++from) {
    if (!HasDigit(words[from]) && !lists.months.Holds(words[from])) continue;
    for (size_t count = 1; count <= kLongestDate && from + count <= words.size(); ++count) {
      const size_t end = words[from + count - 1].core_end();
      const Words part = Words(words).subspan(from, count);
      const auto date = ParseDate(text.substr(words[from].begin, end - words[from].begin), part, lists, NumericOrder::kUnknown);
      if (date && date->has_day) return true;
    }
  }
  return false;
}

}  // namespace garner::metadata_lines
