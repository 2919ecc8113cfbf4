// The capitalised words of a document that no rule took, written down in two bytes or three each: a text may be nothing but
// these.
//
//   LeftoverLog log;
//   log.Add(leftover);                        // in order of place
//   LeftoverReader reader(log, text);
//   while (const Leftover* next = reader.At(0)) { ...; reader.Skip(1); }
//
// One thread.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace garner::entity_tagger {

struct Leftover {
  uint64_t begin = 0;
  uint64_t end = 0;
  uint64_t hash = 0;        // of its folded form; not written down but found again in the text
  bool ordinary = false;    // an ordinary word
  bool unlisted = false;    // on no list
  bool weak = false;        // its capital says nothing
  bool adjacent = false;    // only a space stands between it and the one before
  bool no_surname = false;  // an article makes a trade of it
};

class LeftoverLog {
 public:
  void Add(const Leftover& leftover);

 private:
  friend class LeftoverReader;
  std::vector<std::string> pages_;  // a record never goes on in the next
  uint64_t end_ = 0;                // of the last one
};

class LeftoverReader {
 public:
  // How many can be seen at once.
  static constexpr size_t kAhead = 8;

  LeftoverReader(const LeftoverLog& log, std::string_view text) : log_(log), text_(text) {}

  // The one so many behind the next, fewer than kAhead; null past the last. Good until the next Skip.
  const Leftover* At(size_t ahead);
  void Skip(size_t count);

 private:
  bool Read(Leftover* leftover);
  uint64_t Number();

  const LeftoverLog& log_;
  std::string_view text_;
  size_t page_ = 0;
  size_t at_ = 0;
  uint64_t end_ = 0;
  std::array<Leftover, kAhead> window_;
  size_t first_ = 0;
  size_t seen_ = 0;
  std::string folded_;
};

}  // namespace garner::entity_tagger
