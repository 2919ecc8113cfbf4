// How the tables of calendar.h are filled, a function for each language.
#pragma once

#include <string_view>
#include <unordered_map>

#include "calendar.h"

namespace garner::entity_tagger {

using CalendarTable = std::unordered_map<uint64_t, CalendarWord>;

// Adds words to a table. A word that stands in it already keeps its meaning.
class CalendarWriter {
 public:
  CalendarWriter(CalendarTable& table, char language) : table_(table), language_(language) {}

  // The words of `list`, separated by spaces; words of one meaning are joined by '|', and the value counts up from `first`.
  void Count(std::string_view list, CalendarWord::Type type, double first, double step = 1);
  // All words of `list` with one value.
  void Same(std::string_view list, CalendarWord::Type type, double value = 0) { Count(list, type, value, 0); }
  void MarkAmbiguous(std::string_view list);
  void Add(uint64_t hash, CalendarWord::Type type, double value);

 private:
  CalendarTable& table_;
  char language_;
};

void AddEnglish(CalendarTable& table);
void AddGerman(CalendarTable& table);
void AddFrench(CalendarTable& table);
void AddSpanish(CalendarTable& table);
void AddRussian(CalendarTable& table);
void AddKazakh(CalendarTable& table);

// The months of a language for text in another.
void AddMonths(CalendarTable& table, Tongue tongue);

}  // namespace garner::entity_tagger
