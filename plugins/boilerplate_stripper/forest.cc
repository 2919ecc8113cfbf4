#include "forest.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstring>

#include "model_file.h"

namespace garner::boilerplate_stripper {
namespace {

constexpr std::string_view kMagic = "GARNERF1";

struct Header {
  uint32_t features = 0;
  uint32_t trees = 0;
  uint32_t depth = 0;
  float bias = 0;
  uint32_t name_bytes = 0;
};

bool ReadHeader(ModelReader& reader, Header* header) {
  return reader.TakeMagic(kMagic) && reader.Take(&header->features) && reader.Take(&header->trees) &&
         reader.Take(&header->depth) && reader.Take(&header->bias) && reader.Take(&header->name_bytes);
}

// The first name in which the file's list and the code's differ; empty where they are one.
std::string FirstDifference(std::string_view names, const std::vector<std::string_view>& expected) {
  size_t at = 0;
  for (const std::string_view name : expected) {
    const size_t end = std::min(names.find('\n', at), names.size());
    const std::string_view found = at < names.size() ? names.substr(at, end - at) : std::string_view();
    if (found != name) return "'" + std::string(found) + "' where this version has '" + std::string(name) + "'";
    at = end + 1;
  }
  const size_t more = names.find_first_not_of('\n', std::min(at, names.size()));
  return more == std::string_view::npos ? "" : "'" + std::string(names.substr(more, names.find('\n', more) - more)) + "', which this version does not have";
}

// Whole numbers in the order of the floats: these a machine compares without a detour.
int32_t Ordered(float value) {
  const float one_zero = value + 0.0F;
  int32_t bits = 0;
  std::memcpy(&bits, &one_zero, sizeof bits);
  return bits < 0 ? bits ^ INT32_MAX : bits;
}

std::string Described(const Header& header) {
  return std::to_string(header.features) + " features, " + std::to_string(header.trees) + " trees, depth " + std::to_string(header.depth);
}

}  // namespace

Result<Forest> Forest::Parse(std::string_view bytes, const std::vector<std::string_view>& features, const std::string& name) {
  ModelReader reader(bytes);
  Header header;
  if (!ReadHeader(reader, &header)) return Status(StatusKind::kConfig, name + ": no model of boilerplate_stripper; tools/train/boilerplate writes one");
  if (header.features == 0 || header.features > kMaxFeatures || header.trees > kMaxTrees || header.depth == 0 || header.depth > kMaxDepth ||
      !std::isfinite(header.bias))
    return Status(StatusKind::kConfig, name + ": the model's sizes make no sense: " + Described(header));
  std::string_view names;
  if (!reader.TakeText(header.name_bytes, &names)) return Status(StatusKind::kConfig, name + ": the model ends within the names of its features");
  const std::string difference = FirstDifference(names, features);
  if (!difference.empty() || header.features != features.size())
    return Status(StatusKind::kConfig, name + ": the model was trained for other features: " + (difference.empty() ? Described(header) : difference));

  const size_t splits = (size_t{1} << header.depth) - 1;
  Forest forest;
  forest.features_ = header.features;
  forest.trees_ = header.trees;
  forest.depth_ = header.depth;
  forest.bias_ = header.bias;
  forest.splits_.resize(header.trees * splits);
  forest.leaves_.resize(header.trees * (splits + 1));
  std::vector<uint32_t> split_features(splits);
  std::vector<float> thresholds(splits);
  for (size_t tree = 0; tree < header.trees; ++tree) {
    if (!reader.TakeInto(split_features.data(), splits) || !reader.TakeInto(thresholds.data(), splits) ||
        !reader.TakeInto(&forest.leaves_[tree * (splits + 1)], splits + 1))
      return Status(StatusKind::kConfig, name + ": the model ends within tree " + std::to_string(tree + 1) + " of " + std::to_string(header.trees));
    for (size_t i = 0; i < splits; ++i) {
      const auto wrong = [&](const char* what) { return Status(StatusKind::kConfig, name + ": tree " + std::to_string(tree + 1) + what); };
      if (split_features[i] >= header.features) return wrong(" asks for a feature that there is not");
      if (std::isnan(thresholds[i])) return wrong(" has a threshold that is no number");
      forest.splits_[tree * splits + i] = {split_features[i], Ordered(thresholds[i])};
    }
  }
  if (!reader.rest().empty()) return Status(StatusKind::kConfig, name + ": more bytes follow the model");
  const auto finite = [](float value) { return std::isfinite(value); };
  if (!std::all_of(forest.leaves_.begin(), forest.leaves_.end(), finite)) return Status(StatusKind::kConfig, name + ": a leaf is no number");
  return forest;
}

Result<std::shared_ptr<const Forest>> Forest::Load(const std::string& path, const std::vector<std::string_view>& features) {
  return LoadShared<Forest>(path, [&](std::string_view bytes) { return Parse(bytes, features, path); });
}

void Forest::Predict(const float* rows, size_t count, float* out) const {
  static const bool at_once = HasAvx2();
  PredictBy(depth_ == 4 && at_once ? &Forest::AddTreesAtOnce : &Forest::AddTrees, rows, count, out);
}

void Forest::PredictByStep(const float* rows, size_t count, float* out) const { PredictBy(&Forest::AddTrees, rows, count, out); }

// So many rows wait for one tree to come into the nearest cache. Their number is fixed: the last ones are filled up with whatever stood there before.
void Forest::PredictBy(Adder adder, const float* rows, size_t count, float* out) const {
  std::vector<int32_t> ordered(kForestRows * features_);
  for (size_t begin = 0; begin < count; begin += kForestRows) {
    const size_t filled = std::min(kForestRows, count - begin);
    std::array<float, kForestRows> sums;
    sums.fill(bias_);
    (this->*adder)(rows + begin * features_, filled, ordered.data(), sums.data());
    for (size_t i = 0; i < filled; ++i) out[begin + i] = 1.0F / (1.0F + std::exp(-sums[i]));
  }
}

void Forest::AddTreesAtOnce(const float* rows, size_t count, int32_t* ordered, float* sums) const {
  for (size_t i = 0; i < count; ++i)
    for (size_t feature = 0; feature < features_; ++feature) ordered[feature * kForestRows + i] = Ordered(rows[i * features_ + feature]);
  AddTreesOfDepthFour(splits_.data(), leaves_.data(), trees_, ordered, sums);
}

void Forest::AddTrees(const float* rows, size_t count, int32_t* ordered, float* sums) const {
  // So many go down together, so that the steps of one need not wait for those of another.
  constexpr size_t kTogether = 8;
  std::transform(rows, rows + count * features_, ordered, Ordered);
  const size_t splits = (size_t{1} << depth_) - 1;
  for (size_t tree = 0; tree < trees_; ++tree) {
    const Split* split = &splits_[tree * splits];
    const float* leaves = &leaves_[tree * (splits + 1)];
    for (size_t i = 0; i < count; i += kTogether) {
      const int32_t* row = &ordered[i * features_];
      std::array<size_t, kTogether> node{};
      for (uint32_t level = 0; level < depth_; ++level)
        for (size_t k = 0; k < kTogether; ++k) {
          const Split at = split[node[k]];
          node[k] = 2 * node[k] + 1 + static_cast<size_t>(row[k * features_ + at.feature] >= at.threshold);
        }
      for (size_t k = 0; k < kTogether; ++k) sums[i + k] += leaves[node[k] - splits];
    }
  }
}

}  // namespace garner::boilerplate_stripper
