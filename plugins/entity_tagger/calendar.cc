#include "calendar.h"

#include <array>
#include <string_view>

#include "calendar_tables.h"

namespace garner::entity_tagger {
namespace {

using W = CalendarWord;

constexpr Tongue kAll[] = {Tongue::kEnglish, Tongue::kGerman, Tongue::kFrench, Tongue::kSpanish, Tongue::kRussian};

CalendarTable Build(Tongue tongue) {
  CalendarTable table;
  table.reserve(1024);
  switch (tongue) {
    case Tongue::kEnglish:
      AddEnglish(table);
      break;
    case Tongue::kGerman:
      AddGerman(table);
      break;
    case Tongue::kFrench:
      AddFrench(table);
      break;
    case Tongue::kSpanish:
      AddSpanish(table);
      break;
    case Tongue::kRussian:
      AddRussian(table);
      break;
    case Tongue::kKazakh:
      AddKazakh(table);
      break;
    case Tongue::kOther:
      break;
  }
  for (const Tongue other : kAll)
    if (other != tongue) AddMonths(table, other);
  return table;
}

}  // namespace

void CalendarWriter::Add(uint64_t hash, W::Type type, double value) {
  W word;
  word.type = type;
  word.value = value;
  word.language = language_;
  table_.emplace(hash, word);
}

void CalendarWriter::Count(std::string_view list, W::Type type, double first, double step) {
  double value = first;
  while (!list.empty()) {
    const size_t end = list.find_first_of(" |");
    Add(Hash(list.substr(0, end)), type, value);
    if (end == std::string_view::npos) break;
    if (list[end] == ' ') value += step;
    list.remove_prefix(end + 1);
  }
}

void CalendarWriter::MarkAmbiguous(std::string_view list) {
  while (!list.empty()) {
    const size_t end = list.find(' ');
    if (const auto at = table_.find(Hash(list.substr(0, end))); at != table_.end()) at->second.ambiguous = true;
    if (end == std::string_view::npos) break;
    list.remove_prefix(end + 1);
  }
}

const CalendarWord* LookUp(uint64_t hash, Tongue tongue) {
  static const std::array<CalendarTable, kTongues> tables = {
      Build(Tongue::kEnglish), Build(Tongue::kGerman), Build(Tongue::kFrench), Build(Tongue::kSpanish),
      Build(Tongue::kRussian), Build(Tongue::kKazakh), Build(Tongue::kOther)};
  const CalendarTable& table = tables[static_cast<size_t>(tongue)];
  const auto at = table.find(hash);
  return at == table.end() ? nullptr : &at->second;
}

bool IsNoName(uint64_t hash, Tongue tongue) {
  const CalendarWord* word = LookUp(hash, tongue);
  if (word == nullptr) return false;
  return tongue == Tongue::kEnglish || word->type == W::kMonth || word->type == W::kWeekday || word->type == W::kDeictic;
}

}  // namespace garner::entity_tagger
