#include "notes.h"

#include <algorithm>

#include "garner/utf8.h"

namespace garner::metadata_lines {
namespace {

constexpr size_t kMaxNoteBytes = 900;
constexpr size_t kMaxOpeningGap = 6;  // words between the article and the words of publishing
constexpr size_t kMaxOutletWords = 12;
constexpr size_t kMaxOpeningWords = 2;  // of an article that no list names, inside brackets
constexpr size_t kMaxBareWords = 20;    // of a note that does not name what it is about, or names no outlet

enum class Sign {
  kNone,
  kOpening,
  kOrigin,
  kPublish,
  kRepublish,
  kEditor,
  kViews,
  kExpressed,
  kAuthor,
  kReflect,
  kGeneric,
  kConnector,
  kStop
};

Sign SignOf(const Phrase* phrase) {
  static const struct {
    std::string_view kind;
    Sign sign;
  } kSigns[] = {{"opening", Sign::kOpening},     {"origin", Sign::kOrigin},       {"publish", Sign::kPublish},
                {"republish", Sign::kRepublish}, {"editor", Sign::kEditor},       {"views", Sign::kViews},
                {"expressed", Sign::kExpressed}, {"author", Sign::kAuthor},       {"reflect", Sign::kReflect},
                {"generic", Sign::kGeneric},     {"connector", Sign::kConnector}, {"stop", Sign::kStop}};
  if (phrase == nullptr) return Sign::kNone;
  for (const auto& entry : kSigns)
    if (entry.kind == phrase->kind) return entry.sign;
  return Sign::kNone;
}

// The words of a paragraph with what each is a sign of. A phrase of several words marks its first word and skips the others.
struct Signed {
  Words words;
  std::vector<Sign> signs;
  std::vector<size_t> lengths;
  std::vector<bool> german;  // the phrase is German

  size_t First(Sign sign, size_t from = 0) const {
    for (size_t i = from; i < signs.size(); ++i)
      if (signs[i] == sign) return i;
    return signs.size();
  }
  bool Has(Sign sign) const { return First(sign) < signs.size(); }
};

Signed SignWords(Words words, const WordLists& lists) {
  Signed out{words, {}, {}, {}};
  out.signs.assign(out.words.size(), Sign::kNone);
  out.lengths.assign(out.words.size(), 1);
  out.german.assign(out.words.size(), false);
  for (size_t i = 0; i < out.words.size();) {
    size_t taken = 1;
    const Phrase* phrase = lists.notes.FindPrefix(out.words, i, &taken);
    out.signs[i] = SignOf(phrase);
    out.lengths[i] = phrase != nullptr ? taken : 1;
    out.german[i] = phrase != nullptr && phrase->language == "de";
    i += out.lengths[i];
  }
  return out;
}

// Brackets or emphasis around the whole paragraph, even where one side was lost.
std::string_view Unwrap(std::string_view text, bool* wrapped) {
  const std::string_view inner = StripEdges(text, "*_[]");
  const bool bracket =
      text.substr(0, 4).find('[') != std::string_view::npos || text.substr(0, 2).find_first_of("*_") != std::string_view::npos;
  const bool parentheses =
      inner.size() > 2 && inner.front() == '(' && inner.back() == ')' && inner.find('(', 1) == std::string_view::npos;
  *wrapped = parentheses || (bracket && inner.size() < text.size());
  return parentheses ? Trim(inner.substr(1, inner.size() - 2)) : inner;
}

// A name between quotation marks that begins at word `at`.
std::string Quoted(std::string_view text, const Signed& note, size_t at) {
  const Word& first = note.words[at];
  if (first.lead().empty() ||
      !IsOpeningQuote(NextCodePoint(first.lead(), first.lead().size() > 2 ? first.lead().size() - 3 : 0).value)) {
    const bool ascii = !first.lead().empty() && (first.lead().back() == '"' || first.lead().back() == '\'');
    const bool guillemet = first.lead().find("«") != std::string_view::npos;
    if (!ascii && !guillemet) return {};
  }
  for (size_t i = at; i < note.words.size() && i < at + kMaxOutletWords; ++i) {
    const std::string_view trail = note.words[i].trail();
    if (trail.find('"') != std::string_view::npos || trail.find("»") != std::string_view::npos ||
        trail.find("”") != std::string_view::npos || trail.find("“") != std::string_view::npos ||
        trail.find("’") != std::string_view::npos || trail.find("‘") != std::string_view::npos)
      return std::string(text.substr(first.core_begin(), note.words[i].core_end() - first.core_begin()));
  }
  return {};
}

// The case ending that Turkic languages hang on a name: "Plaza-да", "Plaza'nın"; and the English genitive.
std::string_view WithoutEnding(std::string_view name) {
  for (const std::string_view mark : {"’", "'", "-"}) {
    const size_t at = name.rfind(mark);
    if (at == std::string_view::npos || at == 0) continue;
    const std::string_view ending = name.substr(at + mark.size());
    if (CountCodePoints(ending) <= 4 && (ending.empty() || StartsLower(ending)) &&
        (mark != "-" || static_cast<unsigned char>(ending.empty() ? 'a' : ending[0]) >= 0x80))
      return name.substr(0, at);
  }
  return name;
}

bool EndsClause(const Word& word) { return word.trail().find_first_of(",.;:!?)]") != std::string_view::npos; }

// The capitalised words from `at` on, with the small words between them. `next` becomes the word after.
std::string NameAt(std::string_view text, const Signed& note, size_t at, size_t* next) {
  size_t last = at;
  size_t i = at;
  for (; i < note.words.size() && i < at + kMaxOutletWords; ++i) {
    const Word& word = note.words[i];
    if (word.core().empty()) break;
    const bool capital = StartsUpper(word.core());
    if (!capital && note.signs[i] != Sign::kConnector && word.core() != "&") break;
    if (i > at && !word.lead().empty() && word.lead() != "(") break;
    if (capital || word.core() == "&") last = i;
    if (EndsClause(word)) {
      // An acronym in brackets belongs to the name before it.
      const bool acronym = i + 1 < note.words.size() && note.words[i + 1].lead() == "(" && IsAllUpper(note.words[i + 1].core());
      if (!acronym || word.trail().find_first_of(",.;:!?") != std::string_view::npos) break;
    }
  }
  *next = last + 1;
  const Word& end = note.words[last];
  size_t end_at = end.core_end();
  if (last > at && end.lead() == "(" && !end.trail().empty() && end.trail().front() == ')') ++end_at;
  return std::string(WithoutEnding(text.substr(note.words[at].core_begin(), end_at - note.words[at].core_begin())));
}

// A colon behind the words of publishing introduces the outlet.
bool StartsSentence(const Signed& note, size_t at) {
  if (at == 0 || note.words[at - 1].trail().find_first_of(".!?") != std::string_view::npos) return true;
  return note.words[at - 1].trail().find(':') != std::string_view::npos && note.signs[at - 1] == Sign::kNone;
}

// All names from `from` on, in order: quoted ones first where there are any.
std::vector<std::string> Outlets(std::string_view text, const Signed& note, size_t from) {
  for (size_t i = from; i < note.words.size(); ++i)
    if (const std::string quoted = Quoted(text, note, i); !quoted.empty()) return {quoted};
  std::vector<std::string> names;
  for (size_t i = from; i < note.words.size();) {
    const Word& word = note.words[i];
    // "Revue des Places", "Journal of Ports": a capital makes the general noun part of the name, but not where all nouns have
    // one.
    const bool part = note.signs[i] == Sign::kGeneric && !note.german[i];
    const bool sign = note.signs[i] != Sign::kNone && note.signs[i] != Sign::kConnector && !part;
    const bool number = HasDigit(word.core()) && !HasLetter(word.core());
    if (word.core().empty() || sign || number || !StartsUpper(word.core()) || StartsSentence(note, i)) {
      i += note.lengths[i];
      continue;
    }
    size_t next = i + 1;
    std::string name = NameAt(text, note, i, &next);
    if (CountCodePoints(name) > 1) names.push_back(std::move(name));  // "I" is no outlet
    i = std::max(next, i + 1);
  }
  return names;
}

bool IsNear(size_t a, size_t b) { return b > a ? b - a <= kMaxOpeningGap + 4 : a - b <= kMaxOpeningGap + 4; }

std::optional<Note> ParseSyndication(std::string_view text, const Signed& note, bool wrapped) {
  const size_t republish = note.First(Sign::kRepublish);
  const size_t origin = note.First(Sign::kOrigin);
  const size_t publish = note.First(Sign::kPublish);
  const bool originally = origin < note.words.size() && publish < note.words.size() && IsNear(origin, publish);
  if (!originally && republish == note.words.size()) return std::nullopt;
  const size_t said = originally ? std::min(origin, publish) : std::min(publish, republish);
  // "The guide was originally published": some other text. Ours is named, or nothing is.
  const size_t opening = note.First(Sign::kOpening);
  const size_t editor = note.First(Sign::kEditor);
  const bool opens = opening == 0 || (editor == 0 && opening <= said);
  // "Reprinted from ...", but not "Reproduced French Chess Pieces".
  const size_t behind = note.lengths.front();
  const bool introduced = behind <= note.words.size() && note.words[behind - 1].trail() == ":";
  const bool short_enough = note.words.size() <= kMaxBareWords;
  const bool bare = editor == 0 || (said == 0 && short_enough && behind < note.words.size() &&
                                    (introduced || !StartsUpper(note.words[behind].core())));
  if (!opens && !bare && !(wrapped && (opening <= said || said <= kMaxOpeningWords))) return std::nullopt;
  const size_t begin = opens && opening < note.words.size() ? opening + note.lengths[opening] : 0;
  if (said - std::min(begin, said) > kMaxOpeningGap) return std::nullopt;
  Note found;
  // The outlet mostly follows; in verb-final languages it stands before the words of publishing.
  const std::vector<std::string> names = Outlets(text, note, std::min(begin, said));
  if (!names.empty()) found.outlet = names.front();
  const bool labelled = opens || wrapped;
  if (found.outlet.empty() && !labelled) return std::nullopt;
  // "This text was first written in 2019, and since then we have learnt ...": the author goes on.
  if (found.outlet.empty() && !wrapped && editor != 0 && note.words.size() > kMaxBareWords) return std::nullopt;
  return found;
}

std::optional<Note> ParseDisclaimer(std::string_view text, const Signed& note) {
  const size_t reflect = note.First(Sign::kReflect);
  const bool views = note.Has(Sign::kViews);
  const bool whose = note.Has(Sign::kAuthor) || note.Has(Sign::kExpressed);
  if (!views || !whose) return std::nullopt;
  // Without "do not necessarily reflect" it must begin with the views and say whose they are.
  const bool opens = note.First(Sign::kViews) <= 3 && note.Has(Sign::kExpressed) && note.Has(Sign::kAuthor);
  if (reflect == note.words.size() && !opens) return std::nullopt;
  Note found;
  found.kind = Note::Kind::kDisclaimer;
  if (reflect == note.words.size()) return found;
  const std::vector<std::string> names = Outlets(text, note, 0);
  if (!names.empty()) found.outlet = names.back();
  return found;
}

bool OpensNote(Words words, const WordLists& lists) { return !words.empty() && lists.notes.BeginsWith(words.front()); }

}  // namespace

// A note opens with a known phrase or stands in brackets, or it is a disclaimer, which speaks of views.
bool MayBeNote(std::string_view text, std::span<Word> words, const WordLists& lists) {
  bool wrapped = false;
  const std::string_view inner = Unwrap(text, &wrapped);
  if (wrapped || inner.size() != text.size() || OpensNote(words, lists)) return true;
  for (Word& word : words) {
    if (!lists.MayBeView(word)) continue;
    lists.LookUp(std::span<Word>(&word, 1));
    if (lists.note_views.BeginsWith(word)) return true;
  }
  return false;
}

std::optional<Note> ParseNote(std::string_view text, Words words, const WordLists& lists) {
  if (text.size() > kMaxNoteBytes || text.size() < 12) return std::nullopt;
  bool wrapped = false;
  const std::string_view inner = Unwrap(text, &wrapped);
  const bool whole = inner.size() == text.size();
  const std::vector<Word> inner_words = whole ? std::vector<Word>() : lists.Split(inner);
  const Words note_words = whole ? words : Words(inner_words);
  if (!wrapped && !OpensNote(note_words, lists) && !lists.note_views.Contains(note_words)) return std::nullopt;
  const Signed note = SignWords(note_words, lists);
  if (note.words.size() < 3) return std::nullopt;
  if (auto found = ParseSyndication(inner, note, wrapped)) return found;
  if (auto found = ParseDisclaimer(inner, note)) return found;
  if (wrapped && note.signs[0] == Sign::kEditor) return Note{Note::Kind::kEditor, ""};
  return std::nullopt;
}

}  // namespace garner::metadata_lines
