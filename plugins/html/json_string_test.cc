#include "json_string.h"

#include <gtest/gtest.h>

namespace garner::html {
namespace {

JsonString Found(std::string_view text, std::string_view value) { return FindJsonStrings(text, {0, text.size()}, {value})[0]; }

TEST(JsonStrings, EachByteHasItsPlace) {
  const JsonString found = Found(R"({"k": "a\nb"})", "a\nb");
  EXPECT_EQ(found.value, "a\nb");
  EXPECT_EQ(found.at, (std::vector<size_t>{7, 8, 10, 11}));
}

TEST(JsonStrings, EscapesOfManyBytes) {
  const JsonString found = Found(R"(["\u00e9x","\ud83d\ude00"])", "\xF0\x9F\x98\x80");
  EXPECT_EQ(found.at, (std::vector<size_t>{12, 12, 12, 12, 24}));
  EXPECT_EQ(Found(R"(["\u00E9x"])", "\xC3\xA9x").at, (std::vector<size_t>{2, 2, 8, 9}));
}

TEST(JsonStrings, AllThatJsonEscapes) {
  EXPECT_EQ(Found(R"(["\"\\\/\b\f\n\r\t"])", "\"\\/\b\f\n\r\t").value, "\"\\/\b\f\n\r\t");
}

TEST(JsonStrings, AnEscapedQuoteEndsNothing) {
  EXPECT_EQ(Found(R"({"a":"x\"y","b":"y"})", "y").at, (std::vector<size_t>{17, 18}));
  EXPECT_EQ(Found(R"({"a":"x\\","b":"y"})", "y").at, (std::vector<size_t>{16, 17}));
}

TEST(JsonStrings, LineBreaksInsideAreSpaces) { EXPECT_EQ(Found("[\"a\nb\"]", "a b").at, (std::vector<size_t>{2, 3, 4, 5})); }

TEST(JsonStrings, WhatIsNotThereHasNoPlaces) {
  EXPECT_TRUE(Found(R"(["ab","a)", "abc").at.empty());
  EXPECT_TRUE(Found(R"(["\u12"])", "x").at.empty());
  EXPECT_TRUE(Found(R"(["\ud83dx"])", "x").at.empty());
  EXPECT_TRUE(Found(R"(["x\)", "x").at.empty());
}

TEST(JsonStrings, SeveralAtOnceAndOnlyInTheirStretch) {
  const std::string_view text = R"(["one"]["two","one"])";
  const std::vector<JsonString> found = FindJsonStrings(text, {7, text.size()}, {"one", "two", "three"});
  EXPECT_EQ(found[0].at.front(), 15u);
  EXPECT_EQ(found[1].at.front(), 9u);
  EXPECT_TRUE(found[2].at.empty());
}

TEST(JsonStrings, EqualValuesHaveAPlaceEach) {
  const std::string_view text = R"(["yes","no","yes"])";
  const std::vector<JsonString> found = FindJsonStrings(text, {0, text.size()}, {"yes", "no", "yes", "yes"});
  EXPECT_EQ(found[0].at.front(), 2u);
  EXPECT_EQ(found[2].at.front(), 13u);
  EXPECT_TRUE(found[3].at.empty());
}

}  // namespace
}  // namespace garner::html
