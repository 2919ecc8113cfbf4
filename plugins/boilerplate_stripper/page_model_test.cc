#include "page_model.h"

#include <gtest/gtest.h>

#include <cmath>
#include <fstream>
#include <sstream>

#include "append_bytes.h"

namespace garner::boilerplate_stripper {
namespace {

std::string Head(uint32_t bits, float step, const std::string& weights) {
  std::string out = "GARNERP1";
  Append(out, bits);
  Append(out, step);
  Append(out, 0.25F);
  return out + weights;
}

std::string BundledBytes() {
  std::stringstream bytes;
  bytes << std::ifstream(std::string(GARNER_PLUGIN_DATA_DIR) + "/page.model", std::ios::binary).rdbuf();
  return bytes.str();
}

TEST(WordWeights, TheFirstBitsOfAFeaturePickItsWeight) {
  const WordWeights weights(2, 0.5F, 1, {1, -2, 3, -127});
  EXPECT_EQ(weights[0x00000000], 0.5F);
  EXPECT_EQ(weights[0x3FFFFFFF], 0.5F);
  EXPECT_EQ(weights[0x40000000], -1.0F);
  EXPECT_EQ(weights[0xFFFFFFFF], -63.5F);
  EXPECT_EQ(WordWeights()[0xFFFFFFFF], 0.0F);
}

TEST(PageModel, SaysWhatIsWrongWithAFile) {
  const auto message = [](const std::string& bytes) {
    const Result<PageModel> model = PageModel::Parse(bytes, "x.model");
    return model.ok() ? "fine" : model.status().message();
  };
  EXPECT_EQ(message(""), "x.model: no model of boilerplate_stripper for pages; tools/train/boilerplate writes one");
  EXPECT_EQ(message("GARNERF1"), "x.model: no model of boilerplate_stripper for pages; tools/train/boilerplate writes one");
  EXPECT_EQ(message("GARNERP1\x02"), "x.model: the model ends before the weights of words");
  EXPECT_EQ(message(Head(40, 1, "")), "x.model: the weights of words make no sense: 2^40 of them");
  EXPECT_EQ(message(Head(2, std::nanf(""), "abcd")), "x.model: the weights of words make no sense: 2^2 of them");
  EXPECT_EQ(message(Head(2, 1, "abc")), "x.model: the model ends within the weights of words");
  EXPECT_EQ(message(Head(2, 1, "abcd")), "x.model: no model of boilerplate_stripper; tools/train/boilerplate writes one");
}

TEST(PageModel, ThatIsBundledFitsTheCode) {
  const std::string path = std::string(GARNER_PLUGIN_DATA_DIR) + "/page.model";
  const Result<std::shared_ptr<const PageModel>> model = PageModel::Load(path);
  ASSERT_TRUE(model.ok()) << model.status().message();
  EXPECT_EQ(model->get(), PageModel::Load(path)->get()) << "workers share it";
}

TEST(PageModel, CutShortAnywhereIsRefused) {
  const std::string bytes = BundledBytes();
  for (size_t size = 0; size < bytes.size(); size += 997) EXPECT_FALSE(PageModel::Parse(std::string_view(bytes).substr(0, size), "x").ok()) << size;
}

}  // namespace
}  // namespace garner::boilerplate_stripper
