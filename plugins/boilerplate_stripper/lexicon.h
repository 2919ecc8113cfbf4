// The phrases of web user interfaces: which line is a button, a form label, a cookie notice, the voice of an appeal.
//
//   Lexicon lexicon;
//   Status status = lexicon.AddFile(path);
//   lexicon.MatchLine(LineKey("Share this article (12)"));   // {kShareButtons, kStrong}
//   lexicon.MatchParts(LineKey(paragraph), counts);          // phrases inside a paragraph
//
// Files are documented in README.md. Filled once in Open, then only read: may be shared between threads.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "garner/status.h"

namespace garner::boilerplate_stripper {

// What a phrase speaks for. Up to kShortRepeat each is also the rule of a removal; the rest are evidence for donation appeals.
enum class Kind : uint8_t {
  kNone,
  kDonationAppeal,
  kPlatformFooter,
  kRatingWidget,
  kShareButtons,
  kCommentForm,
  kPager,
  kNavigation,
  kEmbedPlaceholder,
  kTemplatePlaceholder,
  kFormLabels,
  kCharityStatement,
  kCookieNotice,
  kNewsletter,
  kCopyrightFooter,
  kRelatedItems,
  kAppOrLoginPrompt,
  kPromotion,
  kShortRepeat,
  kOutletVoice,     // we, our, us
  kOutletBusiness,  // independence, advertising, paywall, readers: what outlets say of themselves
  kMoneyRequest,    // give, donate, a month
  kReaderAddress,   // you, your, please
  kCount,
};
inline constexpr size_t kKinds = static_cast<size_t>(Kind::kCount);

// "share_buttons" and so on: the name of a section and the rule of a removal.
std::string_view KindName(Kind kind);
// kNone for an unknown name.
Kind KindNamed(std::string_view name);
// True for kinds that are rules of removals.
bool IsRule(Kind kind);

enum class Strength : uint8_t { kNone, kWeak, kStrong };

struct Match {
  Kind kind = Kind::kNone;
  Strength strength = Strength::kNone;
};

// A line's words for comparing: folded, punctuation left out, each number as "#", neighbouring numbers as one.
struct LineKey {
  explicit LineKey(std::string_view text);

  std::string joined;                   // the words with single spaces between
  std::vector<std::string_view> words;  // views into `joined`

  LineKey(const LineKey&) = delete;
  LineKey& operator=(const LineKey&) = delete;
};

using KindCounts = std::array<uint16_t, kKinds>;

class Lexicon {
 public:
  // Reads one file; several add up. Names file and line of a mistake.
  Status AddFile(const std::string& path);
  // The same from memory; `name` stands in messages.
  Status Add(std::string_view text, const std::string& name);

  // The line as a whole, also without a number at either end ("Comments (12)", "3 Comments").
  Match MatchLine(const LineKey& line) const;
  // Adds the phrases found anywhere in the line to `counts`.
  void CountParts(const LineKey& line, KindCounts& counts) const;

 private:
  struct Pattern {
    std::vector<std::string> words;  // "*" stands for one to kMaxWildcardWords words
    Match match;
  };
  enum class Scope { kLine, kPart };

  void AddPhrase(std::string_view phrase, Match match, Scope scope);
  Match MatchWords(std::string_view joined, const std::string_view* words, size_t count) const;
  Match MatchWildcards(const std::string_view* words, size_t count) const;

  std::unordered_map<std::string, Match> lines_;
  std::unordered_map<std::string, std::vector<Pattern>> wildcards_;  // by their first or last word
  std::unordered_map<std::string, std::vector<Pattern>> parts_;      // by their first word
};

}  // namespace garner::boilerplate_stripper
