#include "leftovers.h"

#include "fold.h"

namespace garner::entity_tagger {
namespace {

constexpr size_t kPage = size_t{64} << 10;
constexpr size_t kLongestRecord = 21;  // flags and two numbers of 64 bits
enum Flag : uint8_t { kOrdinaryWord = 1, kUnlisted = 2, kWeak = 4, kAdjacent = 8, kNoSurname = 16 };
// Above the flags stands the length of a short word.
constexpr unsigned kLengthShift = 5;
constexpr uint64_t kLongestShort = 7;

uint8_t FlagsOf(const Leftover& leftover) {
  return static_cast<uint8_t>((leftover.ordinary ? kOrdinaryWord : 0) | (leftover.unlisted ? kUnlisted : 0) |
                              (leftover.weak ? kWeak : 0) | (leftover.adjacent ? kAdjacent : 0) |
                              (leftover.no_surname ? kNoSurname : 0));
}

// Seven bits a byte, the lowest first.
void AppendNumber(uint64_t number, std::string* page) {
  for (; number >= 0x80; number >>= 7) *page += static_cast<char>(number | 0x80);
  *page += static_cast<char>(number);
}

}  // namespace

void LeftoverLog::Add(const Leftover& leftover) {
  if (pages_.empty() || pages_.back().size() + kLongestRecord > kPage) pages_.emplace_back().reserve(kPage);
  std::string* page = &pages_.back();
  const uint64_t length = leftover.end - leftover.begin;
  const uint64_t written = length <= kLongestShort ? length : 0;
  *page += static_cast<char>(FlagsOf(leftover) | (written << kLengthShift));
  if (!leftover.adjacent) AppendNumber(leftover.begin - end_, page);  // else it is one byte further
  if (written == 0) AppendNumber(length, page);
  end_ = leftover.end;
}

uint64_t LeftoverReader::Number() {
  const std::string& page = log_.pages_[page_];
  uint64_t number = 0;
  for (unsigned shift = 0;; shift += 7) {
    const auto byte = static_cast<unsigned char>(page[at_++]);
    number |= uint64_t{byte & 0x7FU} << shift;
    if (byte < 0x80) return number;
  }
}

bool LeftoverReader::Read(Leftover* leftover) {
  if (page_ < log_.pages_.size() && at_ == log_.pages_[page_].size()) {
    ++page_;
    at_ = 0;
  }
  if (page_ == log_.pages_.size()) return false;
  const auto flags = static_cast<uint8_t>(log_.pages_[page_][at_++]);
  leftover->ordinary = (flags & kOrdinaryWord) != 0;
  leftover->unlisted = (flags & kUnlisted) != 0;
  leftover->weak = (flags & kWeak) != 0;
  leftover->adjacent = (flags & kAdjacent) != 0;
  leftover->no_surname = (flags & kNoSurname) != 0;
  leftover->begin = end_ + (leftover->adjacent ? 1 : Number());
  const uint64_t length = flags >> kLengthShift;
  leftover->end = end_ = leftover->begin + (length != 0 ? length : Number());
  Fold(text_.substr(leftover->begin, leftover->end - leftover->begin), folded_);
  leftover->hash = Hash(folded_);
  return true;
}

const Leftover* LeftoverReader::At(size_t ahead) {
  while (seen_ <= ahead) {
    if (!Read(&window_[(first_ + seen_) % kAhead])) return nullptr;
    ++seen_;
  }
  return &window_[(first_ + ahead) % kAhead];
}

void LeftoverReader::Skip(size_t count) {
  for (; count > 0 && At(0) != nullptr; --count) {
    first_ = (first_ + 1) % kAhead;
    --seen_;
  }
}

}  // namespace garner::entity_tagger
