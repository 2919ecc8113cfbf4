// The phrases of web user interfaces: which line is a button, a form label, a cookie notice, the voice of an appeal.
//
//   Result<std::shared_ptr<const Lexicon>> lexicon = Lexicon::Load(files);
//   (*lexicon)->MatchLine(LineKey("Share this article (12)"));   // {kShareButtons, kStrong}
//   (*lexicon)->CountParts(LineKey(paragraph), counts);          // phrases inside a paragraph
//
// Files are documented in README.md. Those who load the same bytes share one lexicon, which nobody changes: safe from any thread.
// Phrases are found by 64-bit hashes alone: over some ten thousand phrases a false hit is rarer than a broken memory cell.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include <tsl/robin_map.h>

#include "garner/status.h"
#include "line_key.h"

namespace garner::boilerplate_stripper {

// What a phrase speaks for. Up to kTrainedModel each is also the rule of a removal; the rest are evidence for appeals and for links to posts.
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
  kTrainedModel,   // nothing but the trained model
  kOutletVoice,     // we, our, us
  kOutletBusiness,  // independence, advertising, paywall, readers: what outlets say of themselves
  kMoneyRequest,    // give, donate, a month
  kReaderAddress,   // you, your, please
  kEmbedVerb,       // view, watch: what one does with an embedded post
  kEmbedObject,     // post, video
  kCount,
};
inline constexpr size_t kKinds = static_cast<size_t>(Kind::kCount);

// The names of sections and the rules of removals.
inline constexpr std::array<std::string_view, kKinds> kKindNames = {
    "",
    "donation_appeal",
    "platform_footer",
    "rating_widget",
    "share_buttons",
    "comment_form",
    "pager",
    "navigation",
    "embed_placeholder",
    "template_placeholder",
    "form_labels",
    "charity_statement",
    "cookie_notice",
    "newsletter",
    "copyright_footer",
    "related_items",
    "app_or_login_prompt",
    "promotion",
    "short_repeat",
    "trained_model",
    "outlet_voice",
    "outlet_business",
    "money_request",
    "reader_address",
    "embed_verb",
    "embed_object",
};
constexpr std::string_view KindName(Kind kind) { return kKindNames[static_cast<size_t>(kind)]; }
// kNone for an unknown name.
Kind KindNamed(std::string_view name);
// True for kinds that are rules of removals.
bool IsRule(Kind kind);

enum class Strength : uint8_t { kNone, kWeak, kStrong };

struct Match {
  Kind kind = Kind::kNone;
  Strength strength = Strength::kNone;
};

using KindCounts = std::array<uint16_t, kKinds>;

class Lexicon {
 public:
  // What all the files say together. Names file and line of a mistake.
  static Result<std::shared_ptr<const Lexicon>> Load(const std::vector<std::string>& files);

  // Adds one file's text; `name` stands in messages.
  Status Add(std::string_view text, const std::string& name);

  // The line as a whole, also without a number at either end ("Comments (12)", "3 Comments").
  Match MatchLine(const LineKey& line) const;
  // The same with one more word behind it that no phrase has: only a wildcard can stand for it.
  Match MatchLineAndMore(const LineKey& line) const;
  // Adds the phrases found anywhere in the line to `counts`; true where there is one.
  bool CountParts(const LineKey& line, KindCounts& counts) const;
  // The first or the last word is by itself a phrase of this kind.
  bool HasPartAtAnEnd(const LineKey& line, Kind kind) const;

 private:
  using Words = std::vector<uint64_t>;
  enum class Scope : uint8_t { kLine, kPart };

  struct Pattern {
    Words words;        // hashes; kWildcard stands for one to kMaxWildcardWords words
    size_t anchor = 0;  // parts: the place of the word by which the phrase is found
    Match match;
  };
  using PatternTable = tsl::robin_map<uint64_t, std::vector<Pattern>>;

  // `key` is a buffer.
  void AddPhrase(std::string_view phrase, Match match, Scope scope, LineKey& key);
  Match MatchCounted(const uint64_t* words, size_t count) const;
  Match MatchWords(const uint64_t* words, size_t count) const;
  Match MatchWildcards(const uint64_t* words, size_t count) const;

  // Dismisses most words with one look at a table that stays in the nearest cache.
  class Sieve {
   public:
    void Add(uint64_t hash) { bits_[Word(hash)] |= Bit(hash); }
    bool MayHold(uint64_t hash) const { return (bits_[Word(hash)] & Bit(hash)) != 0; }

   private:
    static constexpr size_t kWords = 1024;
    static size_t Word(uint64_t hash) { return (hash >> 6) % kWords; }
    static uint64_t Bit(uint64_t hash) { return uint64_t{1} << (hash % 64); }

    std::array<uint64_t, kWords> bits_{};
  };

  tsl::robin_map<uint64_t, Match> lines_;  // by the hash of the phrase
  PatternTable wildcards_;                 // by their first or last word
  PatternTable parts_;                     // by their anchor
  Sieve phrases_;  // of lines_
  Sieve ends_;     // of wildcards_
  Sieve anchors_;  // of parts_
};

}  // namespace garner::boilerplate_stripper
