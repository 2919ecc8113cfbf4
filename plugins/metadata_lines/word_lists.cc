#include "word_lists.h"

#include <unicode/uchar.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <map>
#include <mutex>
#include <sstream>

#include "folded_hash.h"
#include "garner/utf8.h"

namespace garner::metadata_lines {
namespace {

constexpr size_t kLeastStem = 4;  // bytes

constexpr const char* kFiles[] = {
    "months.txt",         "date_words.txt", "date_labels.txt",  "zones.txt",         "byline_labels.txt", "name_words.txt",
    "first_names.txt",    "roles.txt",      "institutions.txt", "credit_labels.txt", "agencies.txt",      "tag_labels.txt",
    "sections.txt",       "ui.txt",         "widgets.txt",      "teaser_labels.txt", "places.txt",        "notes.txt",
    "function_words.txt", "buttons.txt"};
constexpr uint32_t kNotes = 17;
constexpr uint32_t kNoteViews = 20;

// The hash of words in a row, from left to right.
uint64_t Chain(uint64_t hash, uint64_t next) { return (hash ^ (next << 32 | next >> 32)) * 0x9E3779B97F4A7C15U; }

uint64_t KeyOf(uint32_t list, uint64_t words) { return words + (list + 1) * 0xD6E8FEB86659FD93U; }

// In capitals: the whole, or the first letter alone.
std::string Capitals(std::string_view text, bool all) {
  std::string out;
  for (size_t at = 0; at < text.size();) {
    const CodePoint cp = NextCodePoint(text, at);
    AppendUtf8(all || at == 0 ? static_cast<char32_t>(u_toupper(static_cast<UChar32>(cp.value))) : cp.value, out);
    at += cp.size;
  }
  return out;
}

Result<std::string> ReadFile(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  if (!in) return Status(StatusKind::kNotFound, path + ": the word list cannot be read: " + std::strerror(errno));
  std::stringstream bytes;
  bytes << in.rdbuf();
  return bytes.str();
}

Status Mistake(const std::string& name, size_t line, const std::string& what) {
  return Status(StatusKind::kConfig, name + ":" + std::to_string(line) + ": " + what);
}

}  // namespace

Status PhraseTable::Parse(std::string_view text, uint32_t list, const std::string& name) {
  size_t number = 0;
  for (size_t at = 0; at < text.size();) {
    const size_t end = std::min(text.find('\n', at), text.size());
    const std::string_view line = Trim(text.substr(at, end - at));
    at = end + 1;
    ++number;
    if (line.empty() || line.front() == '#') continue;
    const size_t equals = line.find(" = ");
    if (equals == std::string_view::npos)
      return Mistake(name, number, "no ' = '; a line is LANGUAGE [KIND] = PHRASE; PHRASE ...");
    const std::string_view left = Trim(line.substr(0, equals));
    const size_t space = left.find(' ');
    Phrase phrase{std::string(left.substr(0, space)),
                  space == std::string_view::npos ? "" : std::string(Trim(left.substr(space))), ""};
    const std::string_view right = line.substr(equals + 3);
    for (size_t from = 0; from <= right.size();) {
      const size_t to = std::min(right.find(';', from), right.size());
      std::string_view spelling = Trim(right.substr(from, to - from));
      from = to + 1;
      if (spelling.empty()) continue;
      phrase.spelling = std::string(spelling);
      const auto index = static_cast<uint32_t>(kept_.size());
      if (index + 1 >= HashIndex::kMaxNumber) return Mistake(name, number, "more phrases than the table holds");
      kept_.push_back(phrase);
      if (spelling.back() == '*') {
        std::string folded;
        Fold(spelling.substr(0, spelling.size() - 1), folded);
        if (folded.size() < kLeastStem || folded.find(' ') != std::string::npos)
          return Mistake(name, number, "'" + phrase.spelling + "' is no stem; a stem is one word of four bytes at least");
        stems_[FirstFour(folded)].push_back({folded, list, index});
        stems_seen_.Add(SpreadFirstFour(folded));
        continue;
      }
      Entry entry{list, 0, 0, 0, index};
      std::string folded;
      for (size_t word_at = 0; word_at < spelling.size();) {
        const Gap gap = NextGap(spelling, word_at);
        if (gap.begin > word_at) {
          const Word word = MakeWord(spelling, word_at, gap.begin - word_at);
          if (word.core().empty()) return Mistake(name, number, "'" + phrase.spelling + "' has a word without letters");
          Fold(word.core(), folded);
          const uint64_t hash = HashFolded(folded);
          entry.first = entry.count == 0 ? hash : entry.first;
          entry.words = entry.count == 0 ? hash : Chain(entry.words, hash);
          ++entry.count;
        }
        word_at = gap.begin + std::max<size_t>(gap.size, 1);
      }
      Add(entry);
    }
  }
  return OkStatus();
}

void PhraseTable::Add(const Entry& entry) {
  entries_.push_back(entry);
  phrase_at_.Add(KeyOf(entry.list, entry.words), entry.phrase + 1);  // of two the first counts
  Start& start = StartOf(entry.first);
  start.lists |= uint32_t{1} << entry.list;
  if (entry.count == 1) start.alone |= uint32_t{1} << entry.list;
  start.longest = std::max(start.longest, entry.count);
}

PhraseTable::Start& PhraseTable::StartOf(uint64_t first) {
  uint32_t at = start_at_.Find(first);
  if (at == 0) {
    at = static_cast<uint32_t>(starts_.size());
    starts_.emplace_back();
    start_at_.Add(first, at);
  }
  return starts_[at];
}

void PhraseTable::Repeat(uint32_t list, uint32_t from, std::string_view kind) {
  const std::vector<Entry> entries = entries_;
  for (Entry entry : entries) {
    if (entry.list != from || kept_[entry.phrase].kind != kind) continue;
    entry.list = list;
    Add(entry);
  }
  for (auto at = stems_.begin(); at != stems_.end(); ++at) {
    const std::vector<Stem> stems = at->second;
    for (Stem stem : stems) {
      if (stem.list != from || kept_[stem.phrase].kind != kind) continue;
      stem.list = list;
      at.value().push_back(stem);
    }
  }
}

void PhraseTable::ShareStarts() {
  std::vector<Start> shared = {Start()};
  std::map<Start, uint32_t> places;
  start_at_.Renumber([&](uint32_t number) {
    const auto [place, added] = places.insert({starts_[number], static_cast<uint32_t>(shared.size())});
    if (added) shared.push_back(starts_[number]);
    return place->second;
  });
  starts_ = std::move(shared);
}

std::vector<std::string> PhraseTable::FirstWords(uint32_t list) const {
  std::vector<std::string> words;
  for (const Entry& entry : entries_) {
    if (entry.list != list) continue;
    const std::string_view spelling = kept_[entry.phrase].spelling;
    words.emplace_back();
    Fold(MakeWord(spelling, 0, NextGap(spelling, 0).begin).core(), words.back());
  }
  return words;
}

void PhraseTable::LookUp(Word& word, std::string& folded) const {
  const std::string_view core = word.core();
  if (core.empty()) return;
  if (core.size() > TwoWords::kMaxBytes || (word.marks & (kWideMark | kOddMark)) != 0) {
    word.plain = Fold(core, folded);
    word.hash = HashFolded(folded);
    LookUpStart(word);
    LookUpStems(word, folded);
    return;
  }
  const FoldedHash ascii = HashFoldedAscii(core);
  word.plain = ascii.plain;
  word.hash = ascii.hash;
  LookUpStart(word);
  if (core.size() < kLeastStem || !stems_seen_.MayHold(SpreadFirstFour(ascii.first))) return;
  Fold(core, folded);
  LookUpStems(word, folded);
}

void PhraseTable::LookUpStart(Word& word) const {
  const uint32_t at = start_at_.Find(word.hash);
  if (at == 0) return;
  const Start& start = starts_[at];
  word.lists = start.lists;
  word.alone = start.alone;
  word.longest = static_cast<uint8_t>(start.longest);
}

void PhraseTable::LookUpStems(Word& word, std::string_view folded) const {
  if (folded.size() < kLeastStem || !stems_seen_.MayHold(SpreadFirstFour(folded))) return;
  const auto stems = stems_.find(FirstFour(folded));
  if (stems == stems_.end()) return;
  for (const Stem& stem : stems->second) {
    if (folded.substr(0, stem.text.size()) != stem.text) continue;
    word.lists |= uint32_t{1} << stem.list;
    word.alone |= uint32_t{1} << stem.list;
  }
}

const Phrase* PhraseTable::FindStem(uint32_t list, std::string_view folded) const {
  if (folded.size() < kLeastStem) return nullptr;
  const auto stems = stems_.find(FirstFour(folded));
  if (stems == stems_.end()) return nullptr;
  const Stem* longest = nullptr;
  for (const Stem& stem : stems->second)
    if (stem.list == list && folded.substr(0, stem.text.size()) == stem.text &&
        (longest == nullptr || stem.text.size() > longest->text.size()))
      longest = &stem;
  return longest != nullptr ? &kept_[longest->phrase] : nullptr;
}

const Phrase* PhraseTable::At(uint32_t list, uint64_t words) const {
  const uint32_t at = phrase_at_.Find(KeyOf(list, words));
  return at != 0 ? &kept_[at - 1] : nullptr;
}

const Phrase* PhraseTable::FindFolded(uint32_t list, std::string_view folded) const {
  if (const Phrase* phrase = At(list, HashFolded(folded))) return phrase;
  return FindStem(list, folded);
}

const Phrase* PhraseTable::Find(uint32_t list, Words words) const {
  const Word& first = words.front();
  if (words.size() == 1) {
    if ((first.alone >> list & 1) == 0) return nullptr;
    if (const Phrase* phrase = At(list, first.hash)) return phrase;
    std::string folded;
    Fold(first.core(), folded);
    return FindStem(list, folded);
  }
  if (words.size() > first.longest) return nullptr;
  uint64_t hash = first.hash;
  for (size_t i = 1; i < words.size(); ++i) {
    if (words[i].core().empty()) return nullptr;
    hash = Chain(hash, words[i].hash);
  }
  return At(list, hash);
}

const Phrase* PhraseTable::FindPrefix(uint32_t list, Words words, size_t* taken) const {
  for (size_t count = std::min<size_t>(words.front().longest, words.size()); count > 0; --count) {
    if (const Phrase* phrase = Find(list, words.subspan(0, count))) {
      *taken = count;
      return phrase;
    }
  }
  return nullptr;
}

bool WordList::Contains(Words words) const {
  size_t taken = 0;
  for (size_t i = 0; i < words.size(); ++i)
    if (FindPrefix(words, i, &taken) != nullptr) return true;
  return false;
}

uint32_t WordLists::LookUp(std::span<Word> words) const {
  std::string folded;
  uint32_t begun = 0;
  for (Word& word : words) {
    table_.LookUp(word, folded);
    begun |= word.lists;
  }
  return begun;
}

std::vector<Word> WordLists::Split(std::string_view text) const {
  constexpr size_t kUsualBytes = 5;  // of a word and the space behind it
  std::vector<Word> words;
  words.reserve(text.size() / kUsualBytes + 1);
  AppendWords(text, &words);
  LookUp(words);
  return words;
}

Status WordLists::Read(const std::string& folder) {
  for (uint32_t list = 0; list < std::size(kFiles); ++list) {
    const std::string path = folder + "/" + kFiles[list];
    const Result<std::string> text = ReadFile(path);
    if (!text.ok()) return text.status();
    if (Status status = table_.Parse(*text, list, path); !status.ok()) return status;
  }
  table_.Repeat(kNoteViews, kNotes, "views");
  table_.ShareStarts();
  for (const std::string& first : table_.FirstWords(kNoteViews)) {
    for (const std::string& spelling : {std::string(first), Capitals(first, false), Capitals(first, true)})
      if (spelling.size() >= 4) views_seen_.Add(SpreadFirstFour(spelling));
  }
  return OkStatus();
}

Result<std::shared_ptr<const WordLists>> WordLists::Load(const std::string& folder) {
  static std::mutex mutex;
  static std::map<std::string, std::shared_ptr<const WordLists>> loaded;  // for the life of the process, as the plugin itself
  const std::lock_guard<std::mutex> lock(mutex);
  if (const auto known = loaded.find(folder); known != loaded.end()) return known->second;
  const std::shared_ptr<WordLists> lists(new WordLists);
  if (Status status = lists->Read(folder); !status.ok()) return status;
  loaded[folder] = lists;
  return std::shared_ptr<const WordLists>(lists);
}

}  // namespace garner::metadata_lines
