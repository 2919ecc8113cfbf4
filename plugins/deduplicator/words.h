// Words as hashes, and what else the search for repeats asks a stretch of text. Pure.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace garner::deduplicator {

// Appends the hashes of the words of a folded text, in order. A Han or kana character counts as a word. Returns a hash of the
// signs between them that say something by themselves: currencies, percent, degrees, mathematics, the minus of a number.
uint64_t AppendWords(std::string_view folded, std::vector<uint64_t>& words);

// The same for any text.
std::vector<uint64_t> HashWords(std::string_view text);

// The hash of two neighbouring words.
inline uint64_t HashPair(uint64_t first, uint64_t second) { return (first * 0x100000001B3U) ^ (second + (first >> 7)); }

// Distinct hashes of neighbouring words, sorted.
std::vector<uint64_t> WordPairs(const uint64_t* words, size_t count);

// What a paragraph must share with its copy: hashes of the words that hold a digit, and of capitalised words inside a sentence.
std::vector<uint64_t> NumbersAndNames(std::string_view text);

// The text has a sign of the kind that AppendWords tells apart, which `in` has not.
bool HasSignThatLacks(std::string_view text, std::string_view in);

// A word that turns a sentence into its opposite, by the hash of its folded form.
bool IsNegation(uint64_t word);

// The folded words of a text. For texts that are looked at closely; AppendWords is for all the others.
std::vector<std::string> FoldedWords(std::string_view text);

// The sentences of a text, split after . ! ? … and their like where a space follows.
std::vector<std::string_view> SplitSentences(std::string_view text);

// The text ends as sentences do, with or without a quotation mark behind.
bool EndsSentence(std::string_view text);

// A quotation is opened and goes on beyond the text.
bool LeavesQuotationOpen(std::string_view text);
bool BeginsWithQuotationMark(std::string_view text);
// A quotation mark or the dash of a dialogue.
bool BeginsWithSpeechMark(std::string_view text);

// The last character of a text; 0 for none.
char32_t LastCharacter(std::string_view text);
bool IsOneOf(char32_t value, std::u32string_view set);

}  // namespace garner::deduplicator
