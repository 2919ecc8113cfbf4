#include "tense.h"

#include <optional>

namespace garner::entity_tagger {
namespace {

// So far from the day a verb still speaks of it.
constexpr size_t kReach = 12;

bool EndsWith(std::string_view word, std::initializer_list<std::string_view> endings) {
  return std::any_of(endings.begin(), endings.end(), [&](std::string_view ending) {
    return word.size() > ending.size() && word.substr(word.size() - ending.size()) == ending;
  });
}

class TenseFinder : public Scanner {
 public:
  using Scanner::Scanner;

  Tense Around(size_t i) const {
    for (size_t k = i; k-- > 0 && i - k <= kReach && !EndsSentence(k) && !BeginsClause(k);)
      if (const std::optional<Tense> tense = At(k)) return *tense;
    for (size_t k = i + 1; k < t_.size() && k - i <= kReach && !EndsSentence(k) && !(Speaks(Tongue::kGerman) && Mark(k, ','));
         ++k)
      if (const std::optional<Tense> tense = At(k)) return *tense;
    return Tense::kUnknown;
  }

 private:
  bool EndsSentence(size_t k) const {
    return Mark(k, '.') || Mark(k, '!') || Mark(k, '?') || Mark(k, ';') || (Mark(k, ':') && !(IsNumber(k + 1) && Joined(k + 1)));
  }

  // Before it another verb rules: "said that on Monday the council will ...".
  bool BeginsClause(size_t k) const {
    if (Is(k, {"that", "dass", "que", "qu'", "что"})) return true;
    return Mark(k, ',') && (Speaks(Tongue::kGerman) || Speaks(Tongue::kRussian));
  }

  // What the word says; nothing where it is no verb, kUnknown where it is one that leaves the time open.
  std::optional<Tense> At(size_t k) const {
    if (!IsWord(k) || (t_[k].capital && !t_[k].sentence_start)) return std::nullopt;
    switch (set_.tongue) {
      case Tongue::kEnglish:
        return English(k);
      case Tongue::kGerman:
        return German(k);
      case Tongue::kFrench:
        return French(k);
      case Tongue::kSpanish:
        return Spanish(k);
      case Tongue::kRussian:
        return Russian(k);
      case Tongue::kKazakh:
      case Tongue::kOther:
        return Tense::kUnknown;
    }
    return std::nullopt;
  }

  std::optional<Tense> English(size_t k) const {
    const std::string_view word = Text(k);
    if (Is(k, {"will", "shall", "won't"}) || EndsWith(word, {"'ll", "’ll"})) return Tense::kFuture;
    if (Is(k, {"would", "could", "can", "may", "might", "should", "must", "cannot", "due", "plans", "hopes", "wants", "expects"}))
      return Tense::kUnknown;
    if (Is(k, {"scheduled", "expected", "planned", "set", "slated", "postponed", "delayed", "rescheduled", "moved", "extended"}))
      return Tense::kUnknown;
    if (Is(k, {"to"}) && IsWord(k + 1) && !t_[k + 1].capital && Word(k + 1) == nullptr &&
        !Is(k + 1, {"the", "his", "her", "their", "its", "our"}))
      return Tense::kUnknown;
    if (Is(k, {"was", "were", "had", "did"})) return Tense::kPast;
    const bool participle = word.size() >= 5 && EndsWith(word, {"ed"}) && !EndsWith(word, {"eed"});
    if (!participle && !IrregularPast(k)) return std::nullopt;
    if (Before(k, {"be", "been", "being"})) return std::nullopt;  // the auxiliary says it
    return Before(k, {"is", "are", "has", "have"}) ? Tense::kUnknown : Tense::kPast;
  }
  bool IrregularPast(size_t k) const {
    return Is(k,
              {"said",   "told",  "took",  "came",   "went",   "met",    "won",      "lost",     "began",     "found",   "held",
               "left",   "made",  "gave",  "became", "fell",   "rose",   "got",      "ran",      "saw",       "sent",    "shot",
               "struck", "broke", "spoke", "wrote",  "led",    "fought", "sold",     "bought",   "brought",   "thought", "kept",
               "paid",   "stood", "built", "grew",   "knew",   "drew",   "flew",     "threw",    "drove",     "chose",   "stole",
               "swore",  "beat",  "sank",  "hid",    "caught", "sought", "withdrew", "overtook", "underwent", "died",    "tied"});
  }

  std::optional<Tense> German(size_t k) const {
    if (Is(k, {"wird", "werden"})) return Tense::kFuture;
    if (Is(k, {"zu"}) && EndsWith(Text(k + 1), {"en", "ln", "rn"})) return Tense::kUnknown;
    // Folded, "würde" and "wurde", "könnte" and "konnte" are one: the text tells.
    if (EndsWith(Text(k), {"ürde", "ürden"})) return Tense::kUnknown;
    if (Is(k, {"soll", "sollen", "sollte", "sollten", "will", "wollen", "konnte", "konnten", "kann", "durfte", "durften", "ist",
               "sind"}))
      return Tense::kUnknown;
    if (Is(k,
           {"wurde",    "wurden",   "hat",       "haben",     "hatte",    "hatten",     "war",         "waren",     "sagte",
            "sagten",   "erklarte", "erklarten", "teilte",    "teilten",  "berichtete", "berichteten", "kundigte",  "meldete",
            "warnte",   "warnten",  "forderte",  "forderten", "betonte",  "bestatigte", "lehnte",      "einigte",   "einigten",
            "startete", "endete",   "eroffnete", "fuhrte",    "stimmte",  "stimmten",   "totete",      "erreichte", "sturzte",
            "siegte",   "siegten",  "tagte",     "gewann",    "gewannen", "verlor",     "verloren",    "kam",       "kamen",
            "ging",     "gingen",   "fand",      "fanden",    "gab",      "gaben",      "nahm",        "nahmen",    "brach",
            "fiel",     "stieg",    "sank",      "starb",     "starben",  "traf",       "trafen",      "schlug",    "wies",
            "begann",   "lief",     "stand",     "sprach",    "schrieb",  "trat",       "zog",         "entschied", "beschloss"}))
      return Tense::kPast;
    return std::nullopt;
  }

  std::optional<Tense> French(size_t k) const {
    const std::string_view word = Text(k);
    if (word == "a" || Is(k, {"ont", "avait", "avaient", "fut", "furent", "etait", "etaient", "dit"})) return Tense::kPast;
    if (Is(k, {"est", "sont", "doit", "doivent", "peut", "peuvent", "devrait"})) return Tense::kUnknown;
    if (Is(k, {"va", "vont", "sera", "seront", "aura", "auront"})) return Tense::kFuture;
    if (EndsWith(word, {"rait", "raient"})) return Tense::kUnknown;
    if ((Is(k, {"de", "pour"}) || word == "à") && IsWord(k + 1) && Text(k + 1).size() >= 4 &&
        EndsWith(Text(k + 1), {"er", "ir", "re"}))
      return Tense::kUnknown;
    return word.size() >= 6 && EndsWith(word, {"era", "eront", "ira", "iront"}) ? std::optional<Tense>(Tense::kFuture)
                                                                                : std::nullopt;
  }

  std::optional<Tense> Spanish(size_t k) const {
    const std::string_view word = Text(k);
    if (Is(k, {"dijo", "dijeron", "fue", "fueron", "hizo", "tuvo", "vino", "puso", "dio", "estuvo", "hicieron", "habia", "habian",
               "ha", "han"}))
      return Tense::kPast;
    if (EndsWith(word, {"ría", "rían"}) || Is(k, {"debe", "deben", "puede", "pueden", "es", "son"})) return Tense::kUnknown;
    if (EndsWith(word, {"rá", "rán"})) return Tense::kFuture;
    // An infinitive: "va a votar" is to come, "prometió votar" leaves it open.
    if (word.size() >= 5 && EndsWith(word, {"ar", "er", "ir"}))
      return Before(k, {"a"}) && k >= 2 && Is(k - 2, {"va", "van"}) ? Tense::kFuture : Tense::kUnknown;
    if (Is(k, {"va", "van"}) && Is(k + 1, {"a"})) return Tense::kFuture;
    return EndsWith(word, {"ó", "aron", "ieron", "yeron"}) ? std::optional<Tense>(Tense::kPast) : std::nullopt;
  }

  std::optional<Tense> Russian(size_t k) const {
    const std::string_view word = Text(k);
    constexpr size_t kFourLetters = 8;
    if (Is(k, {"будет", "будут"})) return Tense::kFuture;
    if (EndsWith(word, {"ть", "ться", "ти", "чь"}) && word.size() >= kFourLetters && !NounLikeAVerb(k))
      return Before(k, {"будет", "будут"}) ? Tense::kFuture : Tense::kUnknown;
    if (word.size() < kFourLetters || NounLikeAVerb(k)) return std::nullopt;
    if (EndsWith(word, {"ит", "ет", "ёт", "ят", "ут", "ют", "ится", "ется", "ётся", "утся", "ются", "ятся"}))
      return Tense::kUnknown;
    const bool past = EndsWith(
        word, {"лся", "лась", "лось", "лись", "ал",  "ала", "али", "ало", "ил",  "ила", "или", "ило", "ул",  "ула", "ули",
               "ял",  "яла",  "яли",  "ел",   "ела", "ели", "ёл",  "ыл",  "ыла", "ыли", "ыло", "шла", "шло", "шли"});
    return past ? std::optional<Tense>(Tense::kPast) : std::nullopt;
  }
  bool NounLikeAVerb(size_t k) const {
    return Is(
        k, {"генерал",   "канал",    "канала",    "квартал",  "квартала",    "журнал",  "журнала", "материал",     "материала",
            "материалы", "персонал", "персонала", "капитал",  "капитала",    "сигнал",  "сигнала", "портал",       "портала",
            "финал",     "финала",   "вокзал",    "вокзала",  "отдел",       "отдела",  "предел",  "предела",      "раздел",
            "раздела",   "сила",     "недели",    "цели",     "модели",      "начало",  "начала",  "совет",        "комитет",
            "бюджет",    "пакет",    "проект",    "институт", "университет", "кабинет", "объект",  "билет",        "ответ",
            "отчет",     "кредит",   "дефицит",   "область",  "власть",      "часть",   "связь",   "безопасность", "деятельность",
            "минут",     "лет",      "интернет",  "факультет"});
  }
};

}  // namespace

Tense TenseAround(const ExpressionInput& input, size_t i) { return TenseFinder(input).Around(i); }

}  // namespace garner::entity_tagger
