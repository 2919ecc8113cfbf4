// The named features of a block: its text, its neighbours, its place, and HTML evidence where there is any.
//
//   std::vector<FeatureVector> features = ComputeFeatures(document, facts, extent, elements);
//
// Every format gives the same vector; what a format cannot say is 0. Pure, linear.
#pragma once

#include <array>
#include <string_view>
#include <vector>

#include "extent.h"
#include "facts.h"
#include "page_elements.h"

namespace garner::boilerplate_stripper {

enum class Feature : uint8_t {
  kStrongLine,      // the whole line is a phrase that only user interfaces have
  kWeakLine,        // the whole line is a phrase that may also be a heading
  kPhraseInLine,    // a short line holds a phrase of user interfaces
  kPhrasesInProse,  // how many phrases a paragraph holds, up to 3
  kPlaceholder,     // an unfilled template
  kUiNeighbours,    // of the nearest line on either side, how many are user interface
  kUiCluster,       // share of user interface in the run of short lines around
  kDocumentEdge,    // nothing but user interface between here and an end of the text
  kNextToMetadata,  // an earlier stage took metadata out right beside it
  kEcho,            // the same short line stands elsewhere too
  kDoubled,         // the same short line stands right beside
  kParallelMenu,    // three or more short lines that begin or end alike, or of which one is a button, at head or tail
  kOutsideDirty,    // outside the main text, by how much user interface that side has, 0 to 1
  kOutside,         // outside the main text where there is any user interface
  kVeryShort,       // up to four words
  kProse,
  kLongProse,      // 40 words and more
  kSentence,       // a short line that ends as a sentence does
  kListInBody,     // an item of a list that stands in the body
  kCode,           // code or table
  kHeadingOfBody,  // a short line with running text right below
  kHangsOn,        // a phrase of interfaces right under running text, with an empty line only below it
  kBadLandmark,    // HTML: inside nav, footer, aside, form
  kGoodLandmark,   // HTML: inside main or article
  kBadClass,       // HTML: class or id words such as share, related, cookie
  kLinkShare,      // HTML: share of the text that stands in links
  kCount,
};
inline constexpr size_t kFeatures = static_cast<size_t>(Feature::kCount);

inline constexpr std::array<std::string_view, kFeatures> kFeatureNames = {
    "strong_line",     "weak_line",     "phrase_in_line", "phrases_in_prose", "placeholder",
    "ui_neighbours",   "ui_cluster",    "document_edge",  "next_to_metadata", "echo",
    "doubled",         "parallel_menu", "outside_dirty",  "outside",          "very_short",
    "prose",           "long_prose",    "sentence",       "list_in_body",     "code",
    "heading_of_body", "hangs_on",      "bad_landmark",   "good_landmark",    "bad_class",
    "link_share",
};
constexpr std::string_view FeatureName(Feature feature) { return kFeatureNames[static_cast<size_t>(feature)]; }

struct FeatureVector {
  std::array<float, kFeatures> values{};

  float operator[](Feature feature) const { return values[static_cast<size_t>(feature)]; }
  float& operator[](Feature feature) { return values[static_cast<size_t>(feature)]; }
};

std::vector<FeatureVector> ComputeFeatures(const v1::Document& document, const std::vector<Facts>& facts, const Extent& extent, const PageElements& elements);

}  // namespace garner::boilerplate_stripper
