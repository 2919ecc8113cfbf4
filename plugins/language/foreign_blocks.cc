#include "foreign_blocks.h"

#include <algorithm>
#include <string_view>

#include "garner/utf8.h"
#include "running_text.h"
#include "vocabulary.h"

namespace garner::language {
namespace {

// A suspect is read up to here.
constexpr size_t kReadBytes = 512;
// What is looked at to suspect a block.
constexpr size_t kLookBytes = 256;
// A shorter block gives the detector too little.
constexpr size_t kMinBytes = 60;
constexpr double kMinShare = 0.85;
// With less than this part of the small words that the document's own text has, a block is a suspect.
constexpr double kSuspectPart = 0.45;
// With more than this part it is the document's language, whatever the detector says.
constexpr double kOwnPart = 0.6;
constexpr uint64_t kEnoughBytes = 600;

class Finder {
 public:
  Finder(const v1::Document& document, const Sample& sample, const Detection& detection)
      : document_(document), sample_(sample), detection_(detection), suspect_(static_cast<size_t>(document.blocks_size()), false) {}

  std::vector<ForeignBlock> Find() {
    SuspectPieces();
    LearnVocabulary();
    if (!sample_.complete) SuspectUnread();
    std::vector<ForeignBlock> found;
    for (int i = 0; i < document_.blocks_size(); ++i) {
      if (!suspect_[static_cast<size_t>(i)] || !sample_.running[static_cast<size_t>(i)]) continue;
      const std::string_view text = HeadOf(i, kReadBytes);
      if (text.size() < kMinBytes || !IsMostlyLetters(text) || HasOwnWords(text)) continue;
      const Detection read = Detect(text);
      if (!read.code.empty() && read.share >= kMinShare && !AreClose(read.code, detection_.code))
        found.push_back({i, read.code, read.share});
    }
    return found;
  }

 private:
  std::string_view HeadOf(int block, size_t bytes) const {
    const v1::Block& b = document_.blocks(block);
    const std::string_view text = std::string_view(document_.text()).substr(b.begin(), b.end() - b.begin());
    size_t size = std::min(text.size(), bytes);
    while (!IsBoundary(text, size)) --size;
    return text.substr(0, size);
  }

  // Pieces of which the detector took most for another language. The others are the document's own text.
  void SuspectPieces() {
    size_t next = 0;
    for (const Piece& piece : sample_.pieces) {
      uint64_t foreign = 0;
      while (next < detection_.stretches.size() && detection_.stretches[next].span.end <= piece.span.begin) ++next;
      for (size_t i = next; i < detection_.stretches.size() && detection_.stretches[i].span.begin < piece.span.end; ++i) {
        const Stretch& stretch = detection_.stretches[i];
        if (stretch.code == detection_.code) continue;
        foreign += std::min(stretch.span.end, piece.span.end) - std::max(stretch.span.begin, piece.span.begin);
      }
      if (foreign * 2 > piece.span.size()) {
        suspect_[static_cast<size_t>(piece.block)] = true;
      } else {
        own_.push_back(std::string_view(sample_.text).substr(piece.span.begin, piece.span.size()));
      }
    }
  }

  void LearnVocabulary() {
    for (const std::string_view text : own_) {
      vocabulary_.Add(text);
      own_bytes_ += text.size();
    }
    for (const std::string_view text : own_) usual_ += vocabulary_.ShareIn(text);
    if (!own_.empty()) usual_ /= static_cast<double>(own_.size());
  }

  // Names of goods and places mislead the detector; the words between them do not. Too little text knows no words.
  bool HasOwnWords(std::string_view text) const { return own_bytes_ >= kEnoughBytes && vocabulary_.ShareIn(text) > usual_ * kOwnPart; }

  // What the sample left out: blocks in another script, and with few of the small words of the document's own text.
  void SuspectUnread() {
    const char script = MainScript(sample_.text);
    for (int i = 0; i < document_.blocks_size(); ++i) {
      if (!sample_.running[static_cast<size_t>(i)] || suspect_[static_cast<size_t>(i)]) continue;
      const std::string_view text = HeadOf(i, kLookBytes);
      suspect_[static_cast<size_t>(i)] = vocabulary_.ShareIn(text) < usual_ * kSuspectPart || MainScript(text) != script;
    }
  }

  const v1::Document& document_;
  const Sample& sample_;
  const Detection& detection_;
  std::vector<bool> suspect_;
  std::vector<std::string_view> own_;  // the pieces in the document's language
  uint64_t own_bytes_ = 0;
  Vocabulary vocabulary_;  // theirs
  double usual_ = 0;       // the share of known words in them
};

}  // namespace

std::vector<ForeignBlock> FindForeignBlocks(const v1::Document& document, const Sample& sample, const Detection& detection) {
  return Finder(document, sample, detection).Find();
}

}  // namespace garner::language
