#include "document_language.h"

#include <algorithm>
#include <string_view>

#include "garner/utf8.h"
#include "running_text.h"

namespace garner::language {
namespace {

// Less running text than this says less than the menus do.
constexpr uint64_t kEnoughBytes = 200;
// What a detector at 20 MB/s may cost: a few KB are enough to tell a language.
constexpr uint64_t kMinBudget = 1536;
constexpr uint64_t kMaxBudget = 8192;
constexpr uint64_t kBudgetShare = 32;
constexpr uint64_t kPieceBytes = 256;

std::string_view TextOf(const v1::Document& document, int block) {
  const v1::Block& b = document.blocks(block);
  return std::string_view(document.text()).substr(b.begin(), b.end() - b.begin());
}

// The first place from `at` on where a word begins, near enough; else the next character.
size_t WordStart(std::string_view text, size_t at) {
  if (at == 0) return 0;
  const size_t space = text.find(' ', at);
  if (space != std::string_view::npos && space - at < 40) return space + 1;
  while (!IsBoundary(text, at)) ++at;
  return at;
}

class Sampler {
 public:
  explicit Sampler(const v1::Document& document) : document_(document) {}

  Sample Take() {
    const std::vector<int> blocks = Choose();
    uint64_t total = 0;
    for (const int block : blocks) total += TextOf(document_, block).size();
    const uint64_t budget = std::clamp(kMinBudget + total / kBudgetShare, kMinBudget, kMaxBudget);
    sample_.complete = total <= budget;
    if (sample_.complete) {
      for (const int block : blocks) Add(block, TextOf(document_, block));
    } else {
      Spread(blocks, total, budget / kPieceBytes);
    }
    return std::move(sample_);
  }

 private:
  std::vector<int> Choose() {
    std::vector<int> running;
    std::vector<int> prose;
    uint64_t bytes = 0;
    for (int i = 0; i < document_.blocks_size(); ++i) {
      const bool reads = IsRunningText(document_.blocks(i), TextOf(document_, i));
      sample_.running.push_back(reads);
      if (reads) {
        running.push_back(i);
        bytes += TextOf(document_, i).size();
      }
      if (document_.blocks(i).role() != v1::Block::CODE) prose.push_back(i);
    }
    return bytes >= kEnoughBytes ? running : prose;
  }

  // A piece at equal distances of the chosen text.
  void Spread(const std::vector<int>& blocks, uint64_t total, uint64_t pieces) {
    uint64_t passed = 0;
    uint64_t next = 0;
    for (const int block : blocks) {
      const std::string_view text = TextOf(document_, block);
      while (next < pieces && next * total / pieces < passed + text.size()) {
        const uint64_t wanted = next * total / pieces - passed;
        const uint64_t begin = WordStart(text, std::min(wanted, text.size() > kPieceBytes ? text.size() - kPieceBytes : 0));
        Add(block, text.substr(begin, kPieceBytes));
        ++next;
      }
      passed += text.size();
    }
  }

  void Add(int block, std::string_view text) {
    size_t size = text.size();
    const char* end = document_.text().data() + document_.text().size();
    while (size > 0 && text.data() + size < end && (static_cast<unsigned char>(text.data()[size]) & 0xC0) == 0x80) --size;
    const uint64_t begin = sample_.text.size();
    sample_.text.append(text.substr(0, size));
    sample_.pieces.push_back({block, {begin, sample_.text.size()}});
    sample_.text.append("\n");
  }

  const v1::Document& document_;
  Sample sample_;
};

}  // namespace

Sample TakeSample(const v1::Document& document) { return Sampler(document).Take(); }

}  // namespace garner::language
