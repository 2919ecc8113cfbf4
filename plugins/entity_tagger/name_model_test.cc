#include "name_model.h"

#include <gtest/gtest.h>
#include <stdlib.h>

#include <filesystem>
#include <fstream>

namespace garner::entity_tagger {
namespace {

NameModel::Row RowOf(uint64_t feature, int8_t first, int8_t last) {
  NameModel::Row row{feature, {}};
  row.weights[0] = first;
  row.weights[kTags - 1] = last;
  return row;
}

FeatureList Features(std::initializer_list<uint64_t> hashes) {
  FeatureList list;
  for (const uint64_t hash : hashes) list.hashes[list.count++] = hash;
  return list;
}

constexpr uint64_t kOne = 0x1234567890ABCDEFULL, kOther = 0xFEDCBA9876543211ULL, kUnknown = 0x5555555555555555ULL;

std::string Bytes() {
  Transitions<int16_t> transitions{};
  transitions[0][1] = -7;
  const std::string classes = WordClasses::Build({{kOne, {3, 2}}, {kOther, {4, 1}}});
  return NameModel::Build({RowOf(kOne, 100, -128), RowOf(kOther, 27, -1)}, transitions, classes, 0.5F, -1.0F);
}

TEST(NameModel, AddsUpWhatItHasOfTheFeatures) {
  const std::string bytes = Bytes();
  const Result<NameModel> model = NameModel::Parse(bytes, "x");
  ASSERT_TRUE(model.ok()) << model.status().message();
  TagRow<int16_t> sum{};
  sum[0] = 5;
  model->AddUp(Features({kOne, kUnknown, kOther, kOne}), &sum);
  EXPECT_EQ(sum[0], 5 + 100 + 27 + 100);
  EXPECT_EQ(sum[1], 0);
  EXPECT_EQ(sum[kTags - 1], -128 - 1 - 128);
  EXPECT_EQ(model->transitions()[0][1], -7);
  EXPECT_EQ(model->classes().Of(kOne).fine, 3);
  EXPECT_EQ(model->classes().Of(kOther).coarse, 1);
  EXPECT_EQ(model->classes().Of(kUnknown).fine, 0);
}

TEST(NameModel, IsSurerOfAWiderMargin) {
  const std::string bytes = Bytes();
  const Result<NameModel> model = NameModel::Parse(bytes, "x");
  ASSERT_TRUE(model.ok());
  EXPECT_FLOAT_EQ(model->Confidence(2), 0.5F);
  EXPECT_GT(model->Confidence(3), model->Confidence(2));
  EXPECT_LE(model->Confidence(1e9F), 1.0F);
  EXPECT_GE(model->Confidence(-1e9F), 0.0F);
}

TEST(NameModel, HoldsAsManyFeaturesAsItIsGiven) {
  std::vector<NameModel::Row> rows;
  for (uint64_t i = 1; i <= 5000; ++i) rows.push_back(RowOf(i * 0x9E3779B97F4A7C15ULL, static_cast<int8_t>(i % 100 + 1), 0));
  const std::string bytes = NameModel::Build(rows, {}, "", 1, 0);
  const Result<NameModel> model = NameModel::Parse(bytes, "x");
  ASSERT_TRUE(model.ok());
  size_t wrong = 0;  // two that share place and key
  for (const NameModel::Row& row : rows) {
    TagRow<int16_t> sum{};
    model->AddUp(Features({row.feature}), &sum);
    wrong += sum[0] == row.weights[0] ? 0 : 1;
  }
  EXPECT_LE(wrong, 2U);
}

TEST(NameModel, RefusesWhatIsNoModel) {
  std::string other_version = Bytes();
  ++other_version[8];
  std::string no_slots = Bytes();
  no_slots.replace(12, 4, 4, '\0');
  const struct {
    std::string bytes;
    const char* says;
  } cases[] = {{"", "too short"},
               {std::string(2000, 'x'), "not a model"},
               {other_version, "version"},
               {no_slots, "header"},
               {Bytes() + "x", "where the header says"},
               {Bytes().substr(0, Bytes().size() - 1), "where the header says"}};
  for (const auto& one : cases) {
    const Result<NameModel> model = NameModel::Parse(one.bytes, "my.model");
    ASSERT_FALSE(model.ok()) << one.says;
    EXPECT_NE(model.status().message().find(one.says), std::string::npos) << model.status().message();
    EXPECT_NE(model.status().message().find("my.model"), std::string::npos);
  }
}

TEST(NameModel, AFullTableOfSomebodyElseEndsTheSearch) {
  std::string bytes = Bytes();
  // No slot is empty and none fits.
  for (size_t i = bytes.size() - 3 * 16; i < bytes.size(); ++i) bytes[i] = '\2';
  const Result<NameModel> model = NameModel::Parse(bytes, "x");
  ASSERT_TRUE(model.ok());
  TagRow<int16_t> sum{};
  model->AddUp(Features({kOne, kUnknown}), &sum);
  EXPECT_EQ(sum[0], 0);
}

TEST(NameModel, OneFileIsMappedOnce) {
  char folder[] = "/tmp/name_model_XXXXXX";
  ASSERT_NE(mkdtemp(folder), nullptr);
  const std::string path = std::string(folder) + "/a.model";
  std::ofstream(path, std::ios::binary) << Bytes();
  const auto first = NameModel::Load(path), second = NameModel::Load(path);
  const auto missing = NameModel::Load(path + "x"), a_folder = NameModel::Load(folder);
  std::filesystem::remove_all(folder);
  ASSERT_TRUE(first.ok() && second.ok());
  EXPECT_EQ(first->get(), second->get());
  ASSERT_FALSE(missing.ok() || a_folder.ok());
  EXPECT_NE(missing.status().message().find("cannot be read"), std::string::npos);
}

TEST(NameModel, TheBundledOneIsSmall) {
  const std::string path = std::string(GARNER_PLUGIN_DATA_DIR) + "/entities.model";
  EXPECT_TRUE(NameModel::Load(path).ok());
  EXPECT_LE(std::filesystem::file_size(path), 8000000U);
}

}  // namespace
}  // namespace garner::entity_tagger
