// Currencies by code (ISO 4217), symbol and name.
#pragma once

#include <cstdint>
#include <string_view>

namespace garner::entity_tagger {

// "USD" for "USD": capitals as in the standard; empty for anything else.
std::string_view CurrencyOfCode(std::string_view text);
// A code that is a word as well: "ALL", "TOP", "CUP".
bool IsWordToo(std::string_view code);

// "$" with the letters before it ("US", "A", "HK", none), "€", "₹" ...; empty for anything else. "$" alone is USD.
std::string_view CurrencyOfSymbol(std::string_view symbol, std::string_view letters);
bool IsDollarLetters(std::string_view word);

// By the hash of a name's folded form: "USD" for "dollars", "EUR" for "евро". A name that several countries share is "?" and the
// name in the singular: "?peso". Hundredths have no code: "?cent". Empty for anything else.
std::string_view CurrencyOfName(uint64_t hash);
// The shared or foreign currency of a nation: ("mexican", "peso") is MXN. Hashes of the folded adjective; empty where none is
// known.
std::string_view CurrencyOfNation(uint64_t adjective, std::string_view name);

}  // namespace garner::entity_tagger
