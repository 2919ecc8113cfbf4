#include "lines.h"

#include <algorithm>
#include <array>

#include "garner/html_elements.h"
#include "garner/utf8.h"
#include "numeric_order.h"

namespace garner::metadata_lines {
namespace {

constexpr size_t kMaxNoteBytes = 900;   // longer paragraphs are body
constexpr size_t kMaxShortBytes = 400;  // longer ones are no head matter
constexpr size_t kBodyWords = 12;       // a sentence of so many words is body below the head
constexpr size_t kMaxTitleBytes = 300;
constexpr size_t kMaxTitleWords = 22;
constexpr size_t kProseWords = 25;  // this long, a line without a final mark is body all the same
constexpr size_t kMaxSectionWords = 5;

bool IsBodyRole(v1::Block::Role role) {
  return role == v1::Block::LIST_ITEM || role == v1::Block::QUOTE || role == v1::Block::CODE || role == v1::Block::TABLE ||
         role == v1::Block::TABLE_ROW;
}

// "One thing happened. Another": the end of a sentence inside the line.
bool HasInnerSentence(Words words) {
  for (size_t i = 2; i + 2 < words.size(); ++i) {
    const bool stop = words[i].trail().substr(0, 1) == "." && CountCodePoints(words[i].core()) > 3;
    if (stop && StartsUpper(words[i + 1].core())) return true;
  }
  return false;
}

// "Дамба держится.": a subject and its verb; no abbreviation, no name.
bool IsTwoWordSentence(Words words) {
  return words.size() == 2 && CountCodePoints(words[1].core()) > 3 && StartsUpper(words[0].core()) &&
         StartsLower(words[1].core()) && words[0].trail().empty() && !HasDigit(words[0].core());
}

bool IsProse(char32_t mark, Words words) {
  if (mark == 0x3002 || mark == 0xFF01 || mark == 0xFF1F) return true;
  if (words.size() >= kProseWords) return true;
  if (mark == '?') return words.size() >= 15 || HasInnerSentence(words);
  if (mark == '!') return words.size() >= 8 || HasInnerSentence(words);
  if (mark == '.' || mark == 0x2026 || mark == 0x0964 || mark == 0x06D4) return words.size() >= 3 || IsTwoWordSentence(words);
  return words.size() >= 8 && HasInnerSentence(words);
}

bool BeginsLikeList(std::string_view text) {
  const char32_t first = NextCodePoint(text, 0).value;
  return first == '-' || first == '*' || first == 0x2022 || first == 0x2013 || first == 0x2014 || first == 0x00B7 ||
         first == '>' || first == '|' || first == '%' || first == '{' || first == '<' || first == 0x25CF || first == 0x2192 ||
         first == '/' || first == '=' || first == '#' || first == '@' || first == 0x00A9;
}

bool IsNumbered(Words words) {
  const Word& first = words.front();
  return HasDigit(first) && !HasLetter(first) &&
         (first.trail() == "." || first.trail() == ")" || first.trail() == ":");
}

bool IsNumber(const Word& word, size_t least_digits, size_t most_digits) {
  const std::string_view core = word.core();
  const bool digits = std::all_of(core.begin(), core.end(), [](char c) { return c >= '0' && c <= '9'; });
  return digits && core.size() >= least_digits && core.size() <= most_digits;
}

// "Publicerad 3 november 2023 kl 08.14": a day of a year with a word or two that no list knows. A line about that day says more.
bool IsDateInUnknownWords(Words words, const Glance& glance, const WordLists& lists) {
  constexpr size_t kFewest = 1;
  constexpr size_t kFewBesideAClock = 2;
  if (!lists.months.MayStandIn(glance)) return false;
  bool dated = false;
  bool clock = false;
  size_t others = 0;
  for (size_t i = 0; i < words.size(); ++i) {
    const bool month = i > 0 && i + 1 < words.size() && lists.months.Holds(words[i]) && IsNumber(words[i - 1], 1, 2) && IsNumber(words[i + 1], 4, 4);
    dated = dated || month;
    const std::string_view core = words[i].core();
    clock = clock || (core.size() >= 4 && core.size() <= 5 && !HasLetter(words[i]) && HasAnyOf(core, ":."));
    others += !month && HasLetter(words[i]);
  }
  return dated && others <= (clock ? kFewBesideAClock : kFewest);
}

bool IsTitleLike(std::string_view text, Words words, const Glance& glance) {
  if (words.empty() || words.size() > kMaxTitleWords || text.size() > kMaxTitleBytes) return false;
  if (!HasLetter(text) || StartsLower(text) || BeginsLikeList(text) || IsNumbered(words)) return false;
  const char32_t mark = glance.last;
  if (mark == '.' || mark == ',' || mark == ';' || mark == ':' || mark == 0x3002) return false;
  return (glance.marks & kBraceMark) == 0 && ((glance.marks & kSlashMark) == 0 || text.find("://") == std::string_view::npos);
}

// "Food & Drink": two or more nouns joined, or a word that sections are named by.
bool HasSectionWord(Words words, const WordLists& lists) {
  if (words.empty() || words.size() > kMaxSectionWords) return false;
  size_t taken = 0;
  for (size_t i = 0; i < words.size(); ++i) {
    if (lists.sections.FindPrefix(words, i, &taken)) return true;
    const bool ampersand = words[i].core() == "&" && i > 0 && i + 1 < words.size();
    if (ampersand) return true;
  }
  return false;
}

// "Posted on", "Опубликовано:": its date was lost, or stands on the line below.
std::string DateLabel(std::string_view text, Words words, const WordLists& lists) {
  if (words.empty() || words.size() > 4) return {};
  const Phrase* label = lists.date_labels.Find(words.first(words.back().core().empty() ? words.size() - 1 : words.size()));
  if (label == nullptr || (words.size() == 1 && text.back() != ':')) return {};
  return label->kind;
}

// "Compartir en WhatsApp": nothing but the words of buttons, a verb and a thing among them.
bool IsComposedButton(Words words, const WordLists& lists) {
  constexpr size_t kMaxButtonWords = 7;
  if (words.size() < 2 || words.size() > kMaxButtonWords) return false;
  size_t verbs = 0;
  size_t things = 0;
  for (const Word& word : words) {
    if (word.core().empty()) continue;
    const Phrase* part = lists.buttons.Find(word);
    if (part == nullptr) return false;
    verbs += part->kind == "verb";
    things += part->kind == "thing";
  }
  // "Email" is either.
  return verbs + things >= 2 && verbs > 0;
}

// "4,2 / 5 (9 Stimmen)", "Оценка: 5 из 5": so many out of five or ten, and little else.
bool IsRating(std::string_view text, Words words, const WordLists& lists) {
  constexpr size_t kMaxRatingWords = 8;
  static constexpr std::string_view kOutOf[] = {"/", "of", "out", "von", "sur", "de", "из", "із", "z", "di", "van"};
  if (words.size() < 3 || words.size() > kMaxRatingWords || !HasDigit(text)) return false;
  for (size_t i = 1; i + 1 < words.size(); ++i) {
    const bool joins =
        std::any_of(std::begin(kOutOf), std::end(kOutOf), [&](std::string_view word) { return words[i].raw() == word; });
    const std::string_view best = words[i + 1].raw() == "of" && i + 2 < words.size() ? words[i + 2].core() : words[i + 1].core();
    if (!joins || !HasDigit(words[i - 1].core()) || HasLetter(words[i - 1].core()) || (best != "5" && best != "10")) continue;
    // A label, stars, or the number of votes: "Part 4 of 5" is a headline.
    const bool label = text.find(':') != std::string_view::npos || text.find("★") != std::string_view::npos;
    return label || std::any_of(words.begin() + static_cast<std::ptrdiff_t>(i), words.end(),
                                [&](const Word& word) { return HasLetter(word.core()) && lists.ui.BeginsWith(word); });
  }
  return false;
}

// A widget's text, or one with a count: "Share", "Comments (3)", "(0 votes)".
bool IsUi(std::string_view text, Words words, const Glance& glance, const WordLists& lists) {
  constexpr size_t kMaxUiWords = 8;
  if (words.size() > kMaxUiWords || text.size() > 120) return false;
  const auto says = [](const Word& word) { return HasLetter(word); };
  const auto first = std::find_if(words.begin(), words.end(), says);
  if (first == words.end()) return true;  // marks and numbers only
  if (IsComposedButton(words, lists) || (MayHoldDigit(glance) && IsRating(text, words, lists))) return true;
  if (!lists.ui.BeginsWith(*first)) return false;
  std::array<Word, kMaxUiWords> kept;
  const auto end = std::copy_if(first, words.end(), kept.begin(), says);
  return lists.ui.Find(Words(kept.begin(), end)) != nullptr;
}

// "Rate this report", "Diesen Bericht teilen".
bool IsWidgetLike(Words words, const WordLists& lists) {
  constexpr size_t kMaxThings = 3;  // words for what it acts on
  if (words.size() < 2 || words.size() > 7) return false;
  size_t taken = 0;
  const Phrase* first = lists.widgets.FindPrefix(words, 0, &taken);
  if (first == nullptr || taken == words.size()) return false;
  const size_t rest = words.size() - taken;
  if (first->kind == "opens") return rest <= kMaxThings;
  for (size_t tail = 1; tail <= 2 && tail < rest; ++tail) {
    const Phrase* last = lists.widgets.Find(words.last(tail));
    if (last != nullptr && last->kind == "acts" && last->language == first->language) return rest - tail <= kMaxThings;
  }
  return false;
}

// The order of day and month in the document's dates, guessed when the first line asks.
class NumberOrder {
 public:
  NumberOrder(const v1::Document& document, const WordLists& lists, NumericOrder known)
      : document_(document), lists_(lists), order_(known), known_(known != NumericOrder::kUnknown) {}

  NumericOrder Of(const Glance& line) {
    // Only numbers between slashes or dashes have to ask. Those of other styles than ASCII are wide.
    if (!MayHoldDate(line) || (line.marks & (kSlashMark | kHyphenMark | kWideMark)) == 0) return NumericOrder::kUnknown;
    if (!known_) order_ = GuessOrder(document_, lists_);
    known_ = true;
    return order_;
  }

 private:
  const v1::Document& document_;
  const WordLists& lists_;
  NumericOrder order_;
  bool known_;
};

void ReadNames(Line& line, const WordLists& lists) {
  Names found = ParseNames(line.text, line.words, lists);
  line.known_name = IsKnownName(found.first, lists);
  line.names = std::move(found.names);
}

void ReadShort(Line& line, const Glance& glance, const WordLists& lists, NumericOrder order) {
  const std::string_view text = line.text;
  line.ui = IsUi(text, line.words, glance, lists);
  const bool may_hold_date = MayHoldDate(glance) && MayHoldDate(text);
  if (may_hold_date) line.date = ParseLabelledDate(text, line.words, lists, order);
  // "TASS, 12 March 2021".
  size_t agency = 0;
  if (may_hold_date && !line.date && lists.agencies.FindPrefix(line.words, 0, &agency) != nullptr && agency < line.words.size())
    line.date = ParseLabelledDate(text.substr(line.words[agency].begin), line.words.subspan(agency), lists, order);
  if (line.date) {
    line.ui = false;
    return;
  }
  line.widget_like = IsWidgetLike(line.words, lists);
  line.question = glance.last == '?';
  line.teaser_label = lists.teaser_labels.Find(line.words) != nullptr;
  line.byline_label = IsBylineLabel(line.words, lists);
  line.tag_label = IsTagLabel(line.words, lists);
  line.credit_label = IsCreditLabel(text, line.words, lists);
  line.date_label = DateLabel(text, line.words, lists);
  line.byline = ParseByline(text, line.words, lists, order);
  if (may_hold_date && (!line.byline || !line.byline->date)) {
    std::optional<LabelledDate> more;
    if (auto parts = ParseParts(text, line.words, lists, order, &more)) {
      // A byline has authors; dates alone are a date line.
      if (parts->authors.empty()) {
        line.date = parts->date;
      } else {
        line.byline = std::move(parts);
      }
      line.second_date = more;
    }
  }
  if (MayHoldTags(glance, lists)) line.tags = ParseTags(text, line.words, lists);
  line.place = ParsePlaceLine(text, line.words, lists);
  line.section = lists.sections.Find(line.words) != nullptr;
  line.section_word = line.section || HasSectionWord(line.words, lists);
  line.title_like = !line.teaser_label && IsTitleLike(text, line.words, glance) && !IsDateInUnknownWords(line.words, glance, lists);
  line.affiliation = MayBeAffiliation(glance, lists) && IsAffiliation(text, line.words, lists);
  if (line.prose) return;
  ReadNames(line, lists);
  if (line.names.empty() && !line.byline) line.unlabelled_byline = ParseUnlabelledByline(text, line.words, lists, order);
  if (line.unlabelled_byline && line.unlabelled_byline->loose) line.loose_byline.swap(line.unlabelled_byline);
}

// A sentence or more that can be nothing else: told by its ends, its first word and the words behind its last full stops. Most
// paragraphs leave here, before their words are looked up.
bool IsPlainProse(std::string_view text, std::span<Word> words, bool may_be_date, const WordLists& lists) {
  constexpr size_t kLeastWords = 9;  // shorter sentences may be buttons, places or labels
  if (words.size() < kLeastWords || !EndsSentence(text) || (may_be_date && MayHoldDate(text))) return false;
  lists.LookUp(words.first(1));
  const Word& first = words.front();
  if (lists.byline_labels.BeginsWith(first)) return false;
  return !MayBeNote(text, words, lists) && !MayHoldCredit(text, words, lists);
}

bool IsFigure(const v1::Document& document, const v1::Block& block) {
  return block.role() == v1::Block::CAPTION && (!block.has_html() || StandsIn(document, block, "figcaption"));
}

void ReadLine(std::string_view text, const v1::Block& block, bool in_head, const WordLists& lists, NumberOrder& order, WordStore* store,
              Line& line) {
  line.span = {block.begin(), block.end()};
  line.text = text;
  line.role = block.role();
  line.html = block.has_html();
  line.tight = block.tight();
  line.body_role = IsBodyRole(block.role());
  if (text.size() > kMaxNoteBytes || line.body_role) {
    line.prose = true;
    return;
  }
  Glance glance;
  const std::span<Word> words = store->Split(text, &glance.marks);
  line.words = words;
  glance.last = LastMark(text);
  line.prose = IsProse(glance.last, words);
  const bool may_be_short = text.size() <= kMaxShortBytes && (!line.prose || in_head || words.size() < kBodyWords);
  if (line.prose && IsPlainProse(text, words, may_be_short && MayHoldDate(glance), lists)) return;
  glance.lists = lists.LookUp(words);
  if (MayHoldCredit(glance, lists)) line.credit = FindCredit(text, line.words, lists);
  if (MayHoldNote(text, line.words, glance, lists)) line.note = ParseNote(text, line.words, lists);
  if (may_be_short) ReadShort(line, glance, lists, order.Of(glance));
}

// "Byline" over a paragraph, among other short lines over paragraphs: a heading of the text, no label that lost its name.
// Headings of one text are of one style: all hang on their paragraphs, or none does.
void SettleHeadings(std::vector<Line>& lines, const WordLists& lists) {
  constexpr size_t kLeastHeadings = 3;
  const auto heads_prose = [&](size_t i, bool tight) {
    return i + 1 < lines.size() && !lines[i].prose && !lines[i].ui && lines[i].title_like && lines[i + 1].prose &&
           lines[i + 1].tight == tight && !(tight && lines[i].tight);
  };
  for (const bool tight : {false, true}) {
    size_t headings = 0;
    for (size_t i = 0; i < lines.size(); ++i) headings += heads_prose(i, tight);
    if (headings < kLeastHeadings) continue;
    for (size_t i = 0; i < lines.size(); ++i) {
      if (!lines[i].byline_label || !heads_prose(i, tight)) continue;
      const Phrase* label = lists.byline_labels.Find(lines[i].words);
      lines[i].byline_label = label == nullptr || label->kind != "author";
    }
  }
}

// The number of a line that is nothing else, 0 for others.
size_t LoneNumber(const Line& line) {
  constexpr size_t kMaxDigits = 4;
  std::string_view text = line.text;
  if (!text.empty() && (text.back() == '.' || text.back() == ')')) text.remove_suffix(1);
  if (text.empty() || text.size() > kMaxDigits) return 0;
  size_t number = 0;
  for (const char c : text) {
    if (c < '0' || c > '9') return 0;
    number = number * 10 + static_cast<size_t>(c - '0');
  }
  return number;
}

// "1", "2", "3" above lines that hang on them: the entries of a catalogue, whose lines say something about the entry.
void SettleNumberedEntries(std::vector<Line>& lines) {
  constexpr size_t kLeastEntries = 3;
  constexpr size_t kLeastLines = 2;  // below the number
  struct Entry {
    size_t begin;
    size_t end;
  };
  std::vector<Entry> entries;
  size_t last = 0;
  const auto settle = [&] {
    for (const Entry& entry : entries)
      for (size_t i = entry.begin; i < entry.end && entries.size() >= kLeastEntries; ++i) lines[i].body_role = true;
    entries.clear();
  };
  for (size_t i = 0; i < lines.size(); ++i) {
    const size_t number = lines[i].tight ? 0 : LoneNumber(lines[i]);
    if (number == 0) continue;
    size_t end = i + 1;
    while (end < lines.size() && lines[end].tight && HasLetter(lines[end].text)) ++end;
    if (end <= i + kLeastLines) continue;
    if (number != last + 1) settle();
    entries.push_back({i + 1, end});
    last = number;
  }
  settle();
}

// "How helpful was this article?" that hangs on its stars or its rating asks about the page and names nothing.
void SettleRatings(std::vector<Line>& lines, const WordLists& lists) {
  const auto names_page = [&](const Word& word) {
    const Phrase* part = lists.buttons.Find(word);
    return part != nullptr && part->kind == "thing";
  };
  for (size_t i = 0; i + 1 < lines.size(); ++i) {
    if (!lines[i].question || lines[i].prose || !lines[i + 1].tight || !lines[i + 1].ui) continue;
    const bool stars =
        lines[i + 1].text.find("★") != std::string_view::npos || lines[i + 1].text.find("☆") != std::string_view::npos;
    if (!stars && !IsRating(lines[i + 1].text, lines[i + 1].words, lists)) continue;
    if (std::any_of(lines[i].words.begin(), lines[i].words.end(), names_page)) lines[i].ui = true;
  }
}

// Keywords of several texts, or the properties of goods: a list of other things, with no keywords of this text.
void SettleTags(std::vector<Line>& lines) {
  constexpr std::ptrdiff_t kManyLoose = 3;
  constexpr std::ptrdiff_t kManyLabelled = 4;
  const auto count = [&](bool labelled) {
    return std::count_if(lines.begin(), lines.end(),
                         [&](const Line& line) { return line.tags && line.tags->labelled == labelled; });
  };
  const bool loose = count(false) >= kManyLoose;
  const bool labelled = count(true) >= kManyLabelled;
  for (Line& line : lines) {
    const bool people = line.tags && !line.tags->labelled && !line.names.empty() && line.known_name;
    if (line.tags && (people || (line.tags->labelled ? labelled : loose))) line.tags.reset();
  }
}

// Lines that hang together, none of more than a few words and one of them a button, are a row of buttons.
void SettleButtonRows(std::vector<Line>& lines) {
  constexpr size_t kMaxWords = 5;
  for (size_t begin = 0; begin < lines.size();) {
    size_t end = begin + 1;
    while (end < lines.size() && lines[end].tight) ++end;
    bool row = end - begin >= 2;
    bool button = false;
    for (size_t i = begin; i < end && row; ++i) {
      const Line& line = lines[i];
      button = button || (line.ui && HasLetter(line.text));
      row = !line.prose && !line.IsMeta() && !line.tags && !line.credit && line.names.empty() && !line.affiliation &&
            line.words.size() <= kMaxWords;
    }
    for (size_t i = begin; i < end && row && button; ++i) lines[i].ui = true;
    begin = end;
  }
}

// A headline may read like a button; one among buttons is a button.
void SettleWidgets(std::vector<Line>& lines) {
  const auto is_button = [&](size_t i) { return i < lines.size() && (lines[i].ui || lines[i].widget_like); };
  for (size_t i = 0; i < lines.size(); ++i)
    if (lines[i].widget_like && ((i > 0 && is_button(i - 1)) || is_button(i + 1))) lines[i].ui = true;
}

}  // namespace

std::span<Word> WordStore::Split(std::string_view text, Marks* marks) {
  constexpr size_t kChunk = 1024;
  const size_t most = text.size() / 2 + 1;
  if (used_ == 0 || chunks_[used_ - 1].capacity() - chunks_[used_ - 1].size() < most) {
    if (used_ == chunks_.size()) chunks_.emplace_back();
    chunks_[used_++].reserve(std::max(kChunk, most));
  }
  std::vector<Word>& chunk = chunks_[used_ - 1];
  const size_t before = chunk.size();
  *marks = AppendWords(text, &chunk);
  return std::span<Word>(chunk).subspan(before);
}

void WordStore::Clear() {
  constexpr size_t kKept = 16;  // chunks; a long document's others go
  if (chunks_.size() > kKept) chunks_.resize(kKept);
  for (std::vector<Word>& chunk : chunks_) chunk.clear();
  used_ = 0;
}

std::vector<Line> ReadLines(const v1::Document& document, const WordLists& lists, NumericOrder order, WordStore* store) {
  constexpr int kHeadBlocks = 60;
  std::vector<Line> lines;
  lines.reserve(static_cast<size_t>(document.blocks_size()));
  const std::string_view text = document.text();
  NumberOrder number_order(document, lists, order);
  for (int i = 0; i < document.blocks_size(); ++i) {
    const v1::Block& block = document.blocks(i);
    const std::string_view own = text.substr(block.begin(), block.end() - block.begin());
    Line& line = lines.emplace_back();
    line.figure = IsFigure(document, block);
    ReadLine(own, block, i < kHeadBlocks, lists, number_order, store, line);
  }
  SettleWidgets(lines);
  SettleButtonRows(lines);
  SettleRatings(lines, lists);
  SettleHeadings(lines, lists);
  SettleNumberedEntries(lines);
  SettleTags(lines);
  return lines;
}

}  // namespace garner::metadata_lines
