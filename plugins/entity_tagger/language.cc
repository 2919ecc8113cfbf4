#include "language.h"

#include <algorithm>
#include <array>
#include <string>

#include "fold.h"
#include "garner/utf8.h"

namespace garner::entity_tagger {
namespace {

// Text without a known language is English where this share of its small words is.
constexpr double kEnglishShare = 0.12;
constexpr size_t kWordsToJudge = 25;
// Of fewer words nothing is known, and of few of them less is asked.
constexpr size_t kWordsToDoubt = 8;
constexpr uint64_t kJudgedBytes = 20000;
constexpr size_t kJudgedWords = 2000;

// What an English word means says nothing of the same letters in another language.
constexpr uint32_t kEnglishOnly = kFunction | kOrgHead | kOrgOf | kFacHead | kLocHead | kLocPrefix | kGpeHead | kGpePrefix |
                                  kEventHead | kEventPrefix | kLawHead | kLawPrefix | kTitle | kRole | kSay | kLocative | kKin;

// German makes one word of office and holder: "Außenministerin", "Regierungssprecher".
constexpr std::array<std::string_view, 22> kGermanOffices = {
    "minister", "prasident", "kanzler", "meister",  "sprecher",    "direktor",    "sekretar", "chef",
    "leiter",   "trainer",   "richter", "forscher", "politiker",   "kommissar",   "fuhrer",   "berater",
    "handler",  "experte",   "expert",  "kandidat", "vorsitzende", "vorsitzender"};

// And names companies after what they do: "Autobauer", "Softwarekonzern".
constexpr std::array<std::string_view, 10> kGermanTrades = {"konzern",   "hersteller", "bauer",       "unternehmen",  "anbieter",
                                                            "betreiber", "firma",      "versicherer", "gesellschaft", "riese"};

// Russian surnames and their cases end so.
constexpr std::array<std::string_view, 36> kSlavicEndings = {
    "ов",    "ова",   "ову",  "овым", "ове",  "овой", "ев",   "ева",   "еву", "евым", "еве",  "евой",
    "ёв",    "ёва",   "ин",   "ина",  "ину",  "иным", "ине",  "иной",  "ын",  "ына",  "ский", "ская",
    "ского", "скому", "ским", "ской", "цкий", "цкая", "енко", "швили", "дзе", "ян",   "чук",  "юк"};

bool EndsWith(std::string_view word, std::string_view ending) {
  return word.size() > ending.size() && word.substr(word.size() - ending.size()) == ending;
}

uint32_t KindsByEnding(const Language& language, std::string_view folded) {
  if (language.Is("de")) {
    if (EndsWith(folded, "in")) folded.remove_suffix(2);
    for (const std::string_view office : kGermanOffices)
      if (folded == office || (folded.size() >= office.size() + 3 && EndsWith(folded, office))) return kTitle;
    for (const std::string_view trade : kGermanTrades)
      if (folded.size() >= trade.size() + 3 && EndsWith(folded, trade)) return kRole;
  }
  if (language.cyrillic() && folded.size() >= 8)
    for (const std::string_view ending : kSlavicEndings)
      if (EndsWith(folded, ending)) return kSurname;
  return 0;
}

// A case ending, and what the nominative has in its place.
struct CaseEnding {
  std::string_view ending;
  std::array<std::string_view, 3> nominative;
  size_t forms;
};
constexpr CaseEnding kRussianCases[] = {{"а", {""}, 1},           {"у", {"", "а"}, 2},   {"ом", {""}, 1},
                                        {"е", {"", "а", "я"}, 3}, {"ы", {"а"}, 1},       {"и", {"я", "ь", "а"}, 3},
                                        {"ой", {"а"}, 1},         {"ей", {"я"}, 1},      {"ю", {"я", "й", "ь"}, 3},
                                        {"я", {"й", "ь"}, 2},     {"ем", {"й", "ь"}, 2}, {"ью", {"ь"}, 1}};
constexpr std::array<std::string_view, 26> kKazakhCases = {"да",  "де",  "та", "те", "дан", "ден", "тан", "тен", "нан",
                                                           "нен", "ға",  "ге", "қа", "ке",  "ның", "нің", "дың", "дің",
                                                           "тың", "тің", "ны", "ні", "ды",  "ді",  "мен", "бен"};

// The end of what is judged of a block, at a character's border.
uint64_t Cut(const v1::Document& document, const v1::Block& block) {
  uint64_t cut = std::min<uint64_t>(block.end(), block.begin() + kJudgedBytes);
  while (cut > block.begin() && cut < block.end() && (static_cast<unsigned char>(document.text()[cut]) & 0xC0) == 0x80) --cut;
  return cut;
}

// The share of English words, over the beginning of the text.
bool ReadsAsEnglish(const v1::Document& document, const Lists& lists) {
  Tokens tokens;
  size_t words = 0, english = 0;
  const Language as_english;
  for (const v1::Block& block : document.blocks()) {
    if (block.role() == v1::Block::CODE) continue;
    Tokenize(document.text(), {block.begin(), Cut(document, block)}, tokens);
    LookUpKinds(document.text(), lists, as_english, tokens);
    for (const Token& token : tokens) {
      if (token.type != Token::kWord || token.capital) continue;
      ++words;
      english += (token.kinds & kFunction) != 0 ? 1 : 0;
    }
    if (words > kJudgedWords) break;
  }
  const double share = words < kWordsToJudge ? kEnglishShare / 2 : kEnglishShare;
  return words < kWordsToDoubt || static_cast<double>(english) >= share * static_cast<double>(words);
}

// The language whose small words the text has, of those with words of their own here; "xx" where none stands out, from English too
// where the text `may_be_english`.
std::string_view GuessAbroad(const v1::Document& document, const Lists& lists, bool may_be_english) {
  constexpr std::array<std::string_view, 6> kCodes = {"de", "fr", "es", "ru", "it", "pt"};
  constexpr double kShare = 0.25, kLead = 1.3;
  std::array<size_t, kCodes.size()> counts{};
  std::array<uint64_t, kCodes.size()> seeds{};
  for (size_t i = 0; i < kCodes.size(); ++i) seeds[i] = MakeLanguage(kCodes[i]).seed;
  Tokens tokens;
  std::string folded;
  size_t words = 0, english = 0;
  for (const v1::Block& block : document.blocks()) {
    if (block.role() == v1::Block::CODE || words > kJudgedWords) continue;
    Tokenize(document.text(), {block.begin(), Cut(document, block)}, tokens);
    for (const Token& token : tokens) {
      if (token.type != Token::kWord) continue;
      ++words;
      if (const Listed* listed = lists.Find(token.hash); listed != nullptr && (listed->kinds & kFunction) != 0) ++english;
      Fold(View(document.text(), token), folded);
      for (size_t i = 0; i < kCodes.size(); ++i) {
        const Listed* listed = lists.Find(Hash(folded, seeds[i]));
        counts[i] += listed != nullptr && (listed->kinds & kFunction) != 0 ? 1 : 0;
      }
    }
  }
  const auto best = std::max_element(counts.begin(), counts.end());
  const auto first = static_cast<double>(*best);
  const size_t at = static_cast<size_t>(best - counts.begin());
  counts[at] = 0;
  const auto second = static_cast<double>(std::max(*std::max_element(counts.begin(), counts.end()), may_be_english ? english : 0));
  return first >= kShare * static_cast<double>(words) && first >= kLead * second && words >= kWordsToDoubt ? kCodes[at] : "xx";
}

}  // namespace

Language MakeLanguage(std::string_view code) {
  Language language;
  const bool primary = code.size() >= 2 && (code.size() == 2 || code[2] == '-' || code[2] == '_');
  for (size_t i = 0; i < 2; ++i) language.code[i] = primary ? static_cast<char>(code[i] | 0x20) : 'x';
  language.seed = LanguageSeed(std::string_view(language.code, 2));
  return language;
}

const Listed* FindInflected(const Lists& lists, const Language& language, std::string_view folded) {
  constexpr size_t kShortestStem = 8;  // four letters
  const auto place = [&](uint64_t hash) -> const Listed* {
    const Listed* listed = lists.Find(hash);
    return listed != nullptr && (listed->kinds & (kCountry | kMajorCity)) != 0 ? listed : nullptr;
  };
  const auto stem = [&](std::string_view ending) {
    return EndsWith(folded, ending) && folded.size() - ending.size() >= kShortestStem
               ? folded.substr(0, folded.size() - ending.size())
               : std::string_view();
  };
  if (language.Is("kk")) {
    for (const std::string_view ending : kKazakhCases)
      if (const std::string_view left = stem(ending); !left.empty())
        for (const uint64_t seed : {language.seed, kHashSeed})
          if (const Listed* listed = place(Hash(left, seed))) return listed;
  }
  if (language.Is("ru")) {
    for (const CaseEnding& rule : kRussianCases) {
      const std::string_view left = stem(rule.ending);
      for (size_t form = 0; !left.empty() && form < rule.forms; ++form)
        for (const uint64_t seed : {language.seed, kHashSeed})
          if (const Listed* listed = place(Hash(rule.nominative[form], Hash(left, seed)))) return listed;
    }
  }
  return nullptr;
}

Language LanguageOf(const v1::Document& document, const Lists& lists) {
  for (const v1::Metadata& metadata : document.metadata())
    if (metadata.key() == "language" && metadata.chosen() && !metadata.value().empty()) return MakeLanguage(metadata.value());
  const bool english = ReadsAsEnglish(document, lists);
  const std::string_view abroad = GuessAbroad(document, lists, english);
  return MakeLanguage(english && abroad == "xx" ? "en" : abroad);
}

void LookUpKinds(std::string_view text, const Lists& lists, const Language& language, Tokens& tokens) {
  static thread_local std::string folded;
  for (Token& token : tokens) {
    if (token.type != Token::kWord) continue;
    if (const Listed* listed = lists.Find(token.hash)) token.kinds = listed->kinds;
    const std::string_view word = View(text, token);
    if (!language.english()) {
      token.kinds &= ~kEnglishOnly;
      Fold(word, folded);
      if (const Listed* listed = lists.Find(Hash(folded, language.seed))) token.kinds |= listed->kinds;
      if (token.capital) token.kinds |= KindsByEnding(language, folded);
    }
    const bool may_be_capitals = token.capital && word.size() >= 2 && word.size() <= 8 && !(word[1] >= 'a' && word[1] <= 'z');
    if (!may_be_capitals) continue;
    if (const Listed* capitals = lists.FindCapitals(word)) token.kinds |= capitals->kinds;
  }
}

}  // namespace garner::entity_tagger
