// A source of documents that need no disk: prose put together from a stock of sentences.
#include <algorithm>
#include <cstdio>
#include <string>
#include <string_view>
#include <vector>

#include "garner/plugin.h"
#include "garner_plugins/generator/options.pb.h"

namespace garner::generator {
namespace {

constexpr std::string_view kSentences[] = {
    "The night ferry left the old quay at ten past nine, and nobody on board was in a hurry. ",
    "Nine cars stood on the lower deck beside a cart full of onions. ",
    "The harbour master wrote the hour into his book and closed it with both hands. ",
    "Two students asked whether the canteen would open before the second bridge. ",
    "It did not, because the cook had missed the tram from the upper town. ",
    "Rain came in from the west, stayed for a quarter of an hour and went on to the islands. ",
    "A dog that belonged to no one slept under the third bench from the stern. ",
    "The engineer had heard a new sound from the left engine since the spring. ",
    "Her colleagues heard nothing, but they had learned to wait until she was done listening. ",
    "On the far side the lamps of the cannery were lit, one after the other. ",
    "The mail was carried ashore first, as the rules of the line have asked for since its first year. ",
    "Somebody had left a green umbrella, and the purser put it with the eleven others. "};
// Documents begin anywhere in this much text.
constexpr size_t kStockBytes = size_t{64} << 10;
constexpr size_t kSentencesInParagraph = 4;

// splitmix64: each step a well mixed number, from any seed.
uint64_t Mix(uint64_t value) {
  value += 0x9E3779B97F4A7C15U;
  value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9U;
  value = (value ^ (value >> 27)) * 0x94D049BB133111EBU;
  return value ^ (value >> 31);
}

}  // namespace

class Generator final : public Source<Options> {
 public:
  Status Open() override {
    const size_t longest = std::max(options().document_bytes(), options().odd_bytes());
    for (size_t sentence = 0; stock_.size() < kStockBytes + longest; ++sentence) {
      if (sentence % kSentencesInParagraph == kSentencesInParagraph - 1) stock_.replace(stock_.size() - 1, 1, "\n\n");
      if (stock_.size() < kStockBytes) starts_.push_back(stock_.size());
      stock_ += kSentences[Mix(options().seed() + sentence) % std::size(kSentences)];
    }
    return OkStatus();
  }

  Result<bool> Next(SourceItem& item) override {
    if (next_ == options().documents()) return false;
    const uint64_t random = Mix(Mix(options().seed()) ^ next_);
    char words[80];
    const auto print = [&](const char* format) {
      return std::string_view(words, static_cast<size_t>(std::snprintf(words, sizeof words, format, static_cast<unsigned long long>(next_))));
    };
    item.payload.info.set_uri(std::string(print("generated/%010llu.txt")));
    const bool odd = random % 1000 < options().odd_of_thousand();
    Fill(print("Entry %llu in the book of the line.\n\n"), random / 1000, odd ? options().odd_bytes() : options().document_bytes(), item.payload.bytes);
    ++next_;
    return true;
  }

  std::optional<uint64_t> Total() const override { return options().documents(); }

 private:
  // The number first, so that no two documents are the same.
  void Fill(std::string_view title, uint64_t random, size_t size, std::string& bytes) const {
    bytes.clear();
    bytes.reserve(size);
    bytes.append(title.substr(0, size));
    bytes.append(stock_, starts_[random % starts_.size()], size - bytes.size());
    if (size > 0) bytes.back() = '\n';
  }

  std::string stock_;
  std::vector<size_t> starts_;  // of its sentences
  uint64_t next_ = 0;
};

}  // namespace garner::generator

GARNER_PLUGIN(garner::generator::Generator)
