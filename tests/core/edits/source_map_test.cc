#include "garner/source_map.h"

#include <gtest/gtest.h>

namespace garner {
namespace {

using v1::SourceMap;

TEST(SourceMap, RoundTripsAndJoinsRunsThatContinueEachOther) {
  SourceMap map;
  SourceMapWriter writer(&map);
  writer.Append({SourceMap::VERBATIM, {0, 3}, {10, 13}, 1, 1});
  writer.Append({SourceMap::VERBATIM, {0, 2}, {13, 15}, 1, 1});
  writer.Append({SourceMap::TRANSCODED, {0, 4}, {15, 17}, 2, 1});
  writer.Append({SourceMap::INSERTED, {0, 2}, {}, 2, 0});
  writer.Append({SourceMap::REWRITTEN, {0, 1}, {20, 25}, 1, 5});
  writer.Append({SourceMap::VERBATIM, {0, 1}, {5, 6}, 1, 1});  // back in the payload
  const SourceMapView view(map);
  ASSERT_EQ(view.runs().size(), 5U);
  EXPECT_EQ(view.runs()[0].source, (Span{10, 15}));
  EXPECT_EQ(view.runs()[1].text, (Span{5, 9}));
  EXPECT_EQ(view.runs()[3].source, (Span{20, 25}));
  EXPECT_EQ(view.runs()[4].source, (Span{5, 6}));
  EXPECT_EQ(view.text_size(), 13U);
}

TEST(SourceMap, FindsTheCoveringRangeAndSaysWhetherItIsVerbatim) {
  SourceMap map;
  SourceMapWriter writer(&map);
  writer.Append({SourceMap::VERBATIM, {0, 5}, {100, 105}, 1, 1});
  writer.Append({SourceMap::TRANSCODED, {0, 4}, {105, 107}, 2, 1});
  writer.Append({SourceMap::REWRITTEN, {0, 1}, {107, 112}, 1, 5});
  writer.Append({SourceMap::VERBATIM, {0, 2}, {120, 122}, 1, 1});
  writer.Append({SourceMap::INSERTED, {0, 2}, {}, 2, 0});
  const SourceMapView view(map);
  EXPECT_EQ(view.Find({1, 3}).source, (Span{101, 103}));
  EXPECT_TRUE(view.Find({3, 7}).verbatim) << "text and characters of a charset side by side";
  EXPECT_EQ(view.Find({3, 7}).source, (Span{103, 106}));
  EXPECT_FALSE(view.Find({8, 10}).verbatim);
  EXPECT_EQ(view.Find({4, 12}).source, (Span{104, 122}));
  EXPECT_TRUE(view.Find({12, 14}).source.empty());
  EXPECT_FALSE(view.Find({12, 14}).verbatim);
}

}  // namespace
}  // namespace garner
