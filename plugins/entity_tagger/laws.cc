#include "laws.h"

#include <algorithm>
#include <initializer_list>

#include "heads.h"

namespace garner::entity_tagger {
namespace {

bool IsAny(const Scene& scene, size_t i, std::initializer_list<WordHash> words) {
  return scene.IsWord(i) &&
         std::any_of(words.begin(), words.end(), [&](WordHash word) { return word.value == scene.tokens[i].hash; });
}

class LawFinder {
 public:
  explicit LawFinder(const Scene& scene) : s_(scene) {}

  std::optional<Name> At(size_t i) const {
    if (SectionSign(i)) return FromSign(i);
    if (s_.IsWord(i)) {
      if (NumberFollows(i) && IsPart(i)) return FromPart(i);
      return s_.tokens[i].capital ? FromInstrument(i) : std::nullopt;
    }
    return IsNumber(i) ? FromUsCode(i) : std::nullopt;
  }

 private:
  bool IsNumber(size_t i) const { return i < s_.size() && s_.tokens[i].type == Token::kNumber; }
  bool Joined(size_t i) const { return i < s_.size() && !s_.tokens[i].space_before; }
  bool SectionSign(size_t i) const { return i < s_.size() && s_.tokens[i].type == Token::kPunctuation && s_.Word(i) == "§"; }

  // What is asked first, since it is cheap and rare: a number, perhaps behind a full stop, or letters that may be a Roman one.
  bool NumberFollows(size_t i) const {
    if (IsNumber(i + 1) || (s_.Mark(i + 1, '.') && IsNumber(i + 2))) return true;
    return s_.IsWord(i + 1) && (s_.tokens[i + 1].all_caps || s_.tokens[i + 1].initial) && s_.Word(i + 1).size() <= 7;
  }
  // "No. 123", "(EU) 2016/679", "2231".
  bool CodeFollows(size_t i) const {
    if (IsNumber(i + 1) || s_.Mark(i + 1, '(') || (i + 1 < s_.size() && s_.Word(i + 1) == "№")) return true;
    return s_.IsWord(i + 1) && s_.Word(i + 1).size() <= 3;
  }
  // "article", "section", "Artikel", "artículo", "статья": what numbers a part of a law.
  bool IsPart(size_t i) const {
    return IsAny(s_, i, {"article", "articles", "section", "sections", "chapter",  "paragraph", "clause",    "title",
                         "art",     "art.",     "sec.",    "artikel",  "artikels", "articulo",  "articulos", "статья",
                         "статьи",  "статье",   "статью",  "статьей",  "статьями", "ст"});
  }
  // Words that number a part of anything in English, of laws only abroad.
  bool CountsAlone(size_t i) const {
    if (!s_.english())
      return IsAny(s_, i,
                   {"article", "articles", "art", "artikel", "artikels", "articulo", "articulos", "статья", "статьи", "статье",
                    "статью", "ст"});
    return IsAny(s_, i, {"art", "art."}) && s_.tokens[i].capital;
  }

  // A number of a part: "14", "14(2)(b)", "49.3", "49-3", "14a", "VII"; 0 where there is none.
  size_t PastNumber(size_t i, bool& detailed) const {
    const bool roman = s_.IsWord(i) && s_.tokens[i].all_caps && s_.Has(i, kNotOrg) &&
                       s_.Word(i).find_first_not_of("IVXLC") == std::string_view::npos;
    if (!IsNumber(i) && !roman) {  // "L. 121-1"
      const bool letter = s_.IsWord(i) && s_.tokens[i].initial && !s_.english() && IsNumber(i + 1);
      return letter ? PastNumber(i + 1, detailed) : 0;
    }
    size_t at = i + 1;
    if (s_.IsWord(at) && Joined(at) && s_.Word(at).size() == 1) ++at;  // 14a
    if (s_.Mark(at, '-') && Joined(at) && Joined(at + 1) && IsNumber(at + 1)) at += 2;
    for (int depth = 0; depth < 6 && s_.Mark(at, '(') && Joined(at) && s_.Mark(at + 2, ')') && Joined(at + 2); ++depth) {
      at += 3;
      detailed = true;
    }
    return at;
  }
  // Past "and 6", ", 6 and 7", "to 9".
  size_t PastMore(size_t at, bool& detailed) const {
    for (int turn = 0; turn < 6; ++turn) {
      size_t next = at;
      if (s_.Mark(next, ',') && IsNumber(next + 1))
        ++next;
      else if (IsAny(s_, next, {"and", "or", "to", "und", "oder", "bis", "et", "ou", "y", "и"}))
        ++next;
      else
        break;
      const size_t end = IsNumber(next) ? PastNumber(next, detailed) : 0;
      if (end == 0) break;
      at = end;
    }
    return at;
  }
  // Past "Abs. 2", "Satz 1", "para. 3", "Nr. 4".
  size_t PastDetails(size_t at, bool& detailed) const {
    for (int turn = 0; turn < 4; ++turn) {
      if (!IsAny(s_, at,
                 {"abs", "absatz", "satz", "nr", "lit", "para", "para.", "paragraph", "al", "alinea", "apartado", "ч", "п"}))
        break;
      const size_t number = s_.Mark(at + 1, '.') && Joined(at + 1) ? at + 2 : at + 1;
      if (!IsNumber(number)) break;
      detailed = true;
      at = number + 1;
    }
    return at;
  }

  // "BGB", "StGB", "GDPR", "УК РФ": letters that stand for a law behind a number.
  size_t PastAcronym(size_t i) const {
    if (!s_.IsWord(i) || !s_.tokens[i].capital) return i;
    const std::string_view word = s_.Word(i);
    const auto upper = [](char c) { return c >= 'A' && c <= 'Z'; };
    const auto capitals = std::count_if(word.begin(), word.end(), upper);
    const bool mixed = capitals >= 2 && upper(word.back());
    if (!mixed && !s_.tokens[i].all_caps) return i;
    if (word.size() > 12) return i;
    return s_.Is(i + 1, "рф") ? i + 2 : i + 1;
  }
  // Past "of the Constitution", "of the Fisheries Act", "des Grundgesetzes", "de la Constitution", "Уголовного кодекса", "GDPR".
  size_t PastLaw(size_t at) const {
    if (const size_t end = PastAcronym(at); end > at) return end;
    size_t name = at;
    if (IsAny(s_, name, {"of", "des", "der", "du", "de", "del"})) ++name;
    const bool led = name > at;
    while (IsAny(s_, name, {"the", "its", "un", "la", "l'", "le"})) ++name;
    if (s_.english() && led) {
      if (const std::optional<Name> law = s_.Capital(name) ? MatchHead(s_, name) : std::nullopt; law && law->label == "LAW")
        return PastYearOfLaw(s_, law->end);
      if (s_.IsWord(name) && s_.Has(name, kLawHead) &&
          IsAny(s_, name, {"constitution", "charter", "treaty", "convention", "code", "statute"}))
        return name + 1;
      if (const size_t end = PastAcronym(name); end > name) return end;
    }
    if (IsAny(s_, name,
              {"grundgesetzes", "grundgesetz", "strafgesetzbuches", "strafgesetzbuchs", "constitution", "constitucion",
               "конституции"}))
      return name + 1;
    if (IsAny(s_, name, {"code", "codigo"}) && led) return s_.IsWord(name + 1) ? name + 2 : name + 1;
    if (s_.Is(name + 1, "кодекса") && s_.IsWord(name)) return name + 2;
    return at;
  }

  std::optional<Name> FromPart(size_t i) const {
    const size_t number = s_.Mark(i + 1, '.') && Joined(i + 1) ? i + 2 : i + 1;
    bool detailed = false;
    size_t at = PastNumber(number, detailed);
    if (at == 0) return std::nullopt;
    // "article 49.3"; a section 2.3 is a book's as often.
    if (IsAny(s_, i, {"article", "art.", "art"}) && s_.Word(number).find('.') != std::string_view::npos) detailed = true;
    at = PastDetails(PastMore(at, detailed), detailed);
    if (const size_t law = PastLaw(at); law > at) return Law(i, law, 0.9F);
    const bool article = s_.Is(i, "article") && s_.tokens[i].capital && !s_.tokens[i].sentence_start;
    const bool led = i > 0 &&
                     IsAny(s_, i - 1, {"under", "violating", "invoke", "invoked", "invoking", "triggered", "breached"}) &&
                     !s_.Is(i, "title");
    if (!detailed && !article && !led && !CountsAlone(i)) return std::nullopt;
    return Law(i, at, 0.85F);
  }
  std::optional<Name> FromSign(size_t i) const {
    const size_t number = SectionSign(i + 1) ? i + 2 : i + 1;
    bool detailed = false;
    size_t at = PastNumber(number, detailed);
    if (at == 0) return std::nullopt;
    at = PastDetails(PastMore(at, detailed), detailed);
    return Law(i, PastLaw(at), 0.9F);
  }
  // 18 U.S.C. § 1343; 42 USC 1983.
  std::optional<Name> FromUsCode(size_t i) const {
    if (!IsAny(s_, i + 1, {"u.s.c.", "u.s.c", "usc", "c.f.r.", "cfr"})) return std::nullopt;
    const size_t number = SectionSign(i + 2) ? i + 3 : i + 2;
    bool detailed = false;
    const size_t at = PastNumber(number, detailed);
    return at == 0 ? std::nullopt : std::optional<Name>(Law(i, at, 0.9F));
  }

  bool IsInstrument(size_t i) const {
    return s_.IsWord(i) && s_.tokens[i].capital && CodeFollows(i) &&
           IsAny(s_, i,
                 {"resolution",    "directive",    "regulation", "law",           "act",       "decree",   "order",  "ordinance",
                  "bill",          "proclamation", "richtlinie", "verordnung",    "gesetz",    "loi",      "decret", "ley",
                  "decreto",       "закон",        "закона",     "закону",        "законом",   "законе",   "указу",  "указом",
                  "постановлению", "указ",         "указа",      "постановление", "резолюция", "резолюции"});
  }
  // UN Security Council Resolution 1973, Federal Law No. 123-FZ, Regulation (EU) 2016/679, Directive 95/46/EC.
  std::optional<Name> FromInstrument(size_t i) const {
    constexpr size_t kLongestTitle = 5;
    size_t head = i;
    while (head < i + kLongestTitle && s_.IsWord(head) && s_.tokens[head].capital && !IsInstrument(head)) ++head;
    if (!IsInstrument(head) || (head > i && s_.tokens[head].sentence_start)) return std::nullopt;
    if (head > i && s_.Has(i, kFunction)) return std::nullopt;  // "The Resolution 5"
    size_t at = head + 1;
    if (s_.Mark(at, '(') && s_.IsWord(at + 1) && s_.tokens[at + 1].all_caps && s_.Mark(at + 2, ')')) at += 3;
    const bool numbered = s_.IsWord(at) && IsAny(s_, at, {"no", "no.", "nr", "n", "nº", "n°"});
    if (numbered) {
      at = s_.Mark(at + 1, '.') && Joined(at + 1) ? at + 2 : at + 1;
      if (at < s_.size() && s_.Word(at) == "°") ++at;
    } else if (at < s_.size() && s_.Word(at) == "№") {
      ++at;
    }
    const size_t end = IsNumber(at) ? PastCode(at) : at;
    if (end == at) return std::nullopt;
    if (s_.IsWord(end) && Joined(end)) return std::nullopt;  // "1080p"
    if (end == at + 1 && !numbered && !TrustNumber(i, head, at)) return std::nullopt;
    return Law(i, end, 0.85F);
  }
  // Of a number without "No." or more to it: "Order 12 boxes", "Law 5", "Resolution 1080 screens", "a New Year's Resolution
  // 2024".
  bool TrustNumber(size_t i, size_t head, size_t number) const {
    const size_t next = number + 1;
    if (IsAny(s_, next, {"x", "×"}) || s_.Word(std::min(next, s_.size() - 1)) == "×") return false;  // "Resolution 1920 x 1080"
    if (s_.IsWord(next) && !s_.tokens[next].capital && !s_.Has(next, kFunction) && s_.Word(next).back() == 's') return false;
    if (IsAny(s_, head, {"law", "act"})) return false;
    if (s_.Is(head, "order"))
      return head > i && IsAny(s_, head - 1, {"executive", "ministerial", "presidential", "administrative"});
    if (s_.Is(head, "bill")) return head > i && IsAny(s_, head - 1, {"house", "senate", "assembly"});
    if (i > 0 && s_.tokens[i - 1].type == Token::kPossessive) return false;
    // "Maximum Resolution 4000"
    if (head > i) return SpeaksOfABody(i, head);
    const bool named = i > 0 && s_.IsWord(i - 1) && s_.tokens[i - 1].capital && !s_.tokens[i - 1].sentence_start;
    return s_.Word(number).size() >= 3 && !named;
  }
  bool SpeaksOfABody(size_t begin, size_t end) const {
    for (size_t at = begin; at < end; ++at)
      if (s_.tokens[at].all_caps || s_.Has(at, kOrgHead | kOrganisation | kCountry | kGroup) ||
          IsAny(s_, at, {"security", "joint", "house", "senate"}))
        return true;
    return false;
  }
  // "123-FZ", "2016/679", "95/46/EC", "27/2003".
  size_t PastCode(size_t i) const {
    size_t at = i + 1;
    for (int turn = 0; turn < 3 && at + 1 < s_.size() && (s_.Mark(at, '/') || s_.Mark(at, '-')) && Joined(at) && Joined(at + 1);
         ++turn) {
      if (!IsNumber(at + 1) && !(s_.IsWord(at + 1) && s_.tokens[at + 1].capital)) break;
      at += 2;
    }
    return at;
  }

  static Name Law(size_t begin, size_t end, float confidence) { return {begin, end, "LAW", {}, confidence}; }

  const Scene& s_;
};

}  // namespace

std::optional<Name> MatchLaw(const Scene& scene, size_t i) { return LawFinder(scene).At(i); }

size_t PastYearOfLaw(const Scene& scene, size_t end) {
  size_t at = end;
  if (scene.Is(at, "of") || scene.Mark(at, ',')) ++at;
  if (at >= scene.size() || scene.tokens[at].type != Token::kNumber || scene.tokens[at].end - scene.tokens[at].begin != 4)
    return end;
  const std::string_view year = scene.Word(at);
  const bool plausible = (year[0] == '1' && year[1] >= '6') || (year[0] == '2' && year[1] == '0');
  return plausible && year.find_first_not_of("0123456789") == std::string_view::npos ? at + 1 : end;
}

}  // namespace garner::entity_tagger
