#include "references.h"

#include <gtest/gtest.h>

namespace garner::html {
namespace {

std::string Decoded(std::string_view text) { return DecodeReferences(text, false); }

TEST(References, NamedAndNumeric) {
  EXPECT_EQ(Decoded("&amp;&lt;&eacute;&#65;&#x41;&#X41;"), "&<\xC3\xA9""AAA");
  EXPECT_EQ(Decoded("&NotEqualTilde;&CounterClockwiseContourIntegral;"), "\xE2\x89\x82\xCC\xB8\xE2\x88\xB3");
}

TEST(References, WithoutASemicolon) {
  EXPECT_EQ(Decoded("&copy 2025 &copy2025 &notit; &notin;"), "\xC2\xA9 2025 \xC2\xA9""2025 \xC2\xACit; \xE2\x88\x89");
  EXPECT_EQ(Decoded("&hellip &unknown; & &; &#; &#x; &"), "&hellip &unknown; & &; &#; &#x; &");
  EXPECT_EQ(Decoded("&#65b"), "Ab");
}

TEST(References, InAttributesAQueryIsNoReference) {
  EXPECT_EQ(DecodeReferences("?a=1&copy=2&copyx&amp;b", true), "?a=1&copy=2&copyx&b");
}

TEST(References, WhatTheStandardMapsElsewhere) {
  EXPECT_EQ(Decoded("&#146;&#150;"), "\xE2\x80\x99\xE2\x80\x93");
  EXPECT_EQ(Decoded("&#0;&#xD800;&#x110000;&#99999999999999999999;"), "\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD");
}

}  // namespace
}  // namespace garner::html
