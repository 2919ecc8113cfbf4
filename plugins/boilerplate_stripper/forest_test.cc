#include "forest.h"

#include <gtest/gtest.h>

#include <cmath>
#include <cstring>
#include <limits>
#include <random>

#include "append_bytes.h"
#include "garner_plugins/boilerplate_stripper/options.pb.h"
#include "model_features.h"

namespace garner::boilerplate_stripper {
namespace {

struct Sizes {
  uint32_t features = 2;
  uint32_t trees = 1;
  uint32_t depth = 1;
  float bias = 0;
};

std::string Head(const Sizes& sizes, std::string names = "a\nb\n") {
  names.resize((names.size() + 3) / 4 * 4, '\n');
  std::string out = "GARNERF1";
  Append(out, sizes.features);
  Append(out, sizes.trees);
  Append(out, sizes.depth);
  Append(out, sizes.bias);
  Append(out, static_cast<uint32_t>(names.size()));
  return out + names;
}

// One tree of one split: `feature` under 0.5 gives the first leaf.
std::string Stump(uint32_t feature, float low, float high) {
  std::string out;
  Append(out, feature);
  Append(out, 0.5F);
  Append(out, low);
  Append(out, high);
  return out;
}

const std::vector<std::string_view> kNames = {"a", "b"};

TEST(Forest, AddsTheLeavesThatARowReaches) {
  const Result<Forest> forest = Forest::Parse(Head({.trees = 2, .bias = 0}) + Stump(0, -1, 2) + Stump(1, 0, 3), kNames, "x");
  ASSERT_TRUE(forest.ok()) << forest.status().message();
  // More rows than go down together.
  std::vector<float> rows;
  std::vector<float> expected;
  for (int i = 0; i < 19; ++i) {
    const bool a = i % 2 == 1;
    const bool b = i % 3 == 1;
    rows.insert(rows.end(), {a ? 0.5F : 0.4F, b ? 1.0F : 0.0F});
    expected.push_back((a ? 2.0F : -1.0F) + (b ? 3.0F : 0.0F));
  }
  std::vector<float> out(19);
  forest->Predict(rows.data(), out.size(), out.data());
  for (size_t i = 0; i < out.size(); ++i) EXPECT_FLOAT_EQ(out[i], 1.0F / (1.0F + std::exp(-expected[i]))) << i;
}

// Random trees of this depth over random rows, some of them exactly at a threshold.
std::string RandomTrees(uint32_t depth, uint32_t trees, std::mt19937& random) {
  std::string out;
  const uint32_t splits = (1U << depth) - 1;
  for (uint32_t tree = 0; tree < trees; ++tree) {
    for (uint32_t i = 0; i < splits; ++i) Append(out, static_cast<uint32_t>(random() % 2));
    for (uint32_t i = 0; i < splits; ++i) Append(out, static_cast<float>(static_cast<int>(random() % 9)) - 4.0F);
    for (uint32_t i = 0; i <= splits; ++i) Append(out, static_cast<float>(static_cast<int>(random() % 2001) - 1000) * 0.001F);
  }
  return out;
}

TEST(Forest, TheWayAtOnceAndTheWayByStepsEndAtTheSameLeaves) {
  std::mt19937 random(7);
  for (const uint32_t depth : {1U, 4U, 5U}) {
    const Result<Forest> forest = Forest::Parse(Head({.trees = 50, .depth = depth, .bias = 0.25F}) + RandomTrees(depth, 50, random), kNames, "x");
    ASSERT_TRUE(forest.ok()) << forest.status().message();
    for (const size_t count : {1U, 31U, 32U, 75U}) {
      std::vector<float> rows(2 * count);
      for (float& value : rows) value = static_cast<float>(static_cast<int>(random() % 21)) * 0.5F - 5.0F;
      rows[0] = -0.0F;
      rows.back() = std::numeric_limits<float>::infinity();
      std::vector<float> at_once(count);
      std::vector<float> by_step(count);
      forest->Predict(rows.data(), count, at_once.data());
      forest->PredictByStep(rows.data(), count, by_step.data());
      EXPECT_EQ(at_once, by_step) << "depth " << depth << ", " << count << " rows";
    }
  }
}

TEST(Forest, SaysWhatIsWrongWithAFile) {
  const auto message = [](const std::string& bytes) {
    const Result<Forest> forest = Forest::Parse(bytes, kNames, "x.model");
    return forest.ok() ? std::string("fine") : forest.status().message();
  };
  const std::string stump = Stump(0, 0, 1);
  EXPECT_EQ(message(Head({}) + stump), "fine");
  EXPECT_EQ(message(""), "x.model: no model of boilerplate_stripper; tools/train/boilerplate writes one");
  EXPECT_EQ(message("PK\3\4 something else altogether"), "x.model: no model of boilerplate_stripper; tools/train/boilerplate writes one");
  EXPECT_EQ(message(Head({}) + stump.substr(1)), "x.model: the model ends within tree 1 of 1");
  EXPECT_EQ(message(Head({}) + stump + "x"), "x.model: more bytes follow the model");
  EXPECT_EQ(message(Head({}, "a\nc") + stump), "x.model: the model was trained for other features: 'c' where this version has 'b'");
  EXPECT_EQ(message(Head({}, "a\nb\nc") + stump), "x.model: the model was trained for other features: 'c', which this version does not have");
  EXPECT_EQ(message(Head({}) + Stump(2, 0, 1)), "x.model: tree 1 asks for a feature that there is not");
  EXPECT_EQ(message(Head({}) + Stump(0, 0, std::nanf(""))), "x.model: a leaf is no number");
  const float no_number = std::nanf("");
  std::string unordered = stump;
  std::memcpy(&unordered[sizeof(uint32_t)], &no_number, sizeof no_number);  // behind the feature
  EXPECT_EQ(message(Head({}) + unordered), "x.model: tree 1 has a threshold that is no number");
  EXPECT_EQ(message(Head({.depth = 40}) + stump), "x.model: the model's sizes make no sense: 2 features, 1 trees, depth 40");
  EXPECT_EQ(Forest::Load("/nonexistent/x.model", kNames).status().kind(), StatusKind::kNotFound);
}

TEST(Forest, ThatIsBundledFitsTheCode) {
  const std::string path = std::string(GARNER_PLUGIN_DATA_DIR) + "/text.model";
  const Result<std::shared_ptr<const Forest>> forest = Forest::Load(path, ModelFeatures::Names());
  ASSERT_TRUE(forest.ok()) << forest.status().message();
  EXPECT_EQ(forest->get(), Forest::Load(path, ModelFeatures::Names())->get()) << "workers share it";
}

}  // namespace
}  // namespace garner::boilerplate_stripper
