#include "forest_avx2.h"

#if defined(__x86_64__)
#include <immintrin.h>
#define GARNER_AVX2 __attribute__((target("avx2")))
#endif

namespace garner::boilerplate_stripper {

#if defined(__x86_64__)
namespace {

constexpr size_t kLanes = 8;
constexpr size_t kGroups = kForestRows / kLanes;
constexpr size_t kSplits = 15;
constexpr size_t kLeaves = 16;

// All ones in the lanes that go left.
GARNER_AVX2 inline __m256i Left(const Split& split, const int32_t* columns) {
  const auto* values = reinterpret_cast<const __m256i*>(columns + split.feature * kForestRows);
  return _mm256_cmpgt_epi32(_mm256_set1_epi32(split.threshold), _mm256_loadu_si256(values));
}

GARNER_AVX2 inline __m256i Choose(__m256i is_left, __m256i left, __m256i right) { return _mm256_blendv_epi8(right, left, is_left); }

// The leaves that eight rows reach. Splits stand in breadth-first order: the two below split i are 2 i + 1 and 2 i + 2.
GARNER_AVX2 inline __m256 LeavesOf(const Split* splits, const float* leaves, const int32_t* columns) {
  const __m256i first = Left(splits[0], columns);
  const __m256i second = Choose(first, Left(splits[1], columns), Left(splits[2], columns));
  const __m256i third = Choose(first, Choose(second, Left(splits[3], columns), Left(splits[4], columns)),
                               Choose(second, Left(splits[5], columns), Left(splits[6], columns)));
  const __m256i below_left = Choose(second, Choose(third, Left(splits[7], columns), Left(splits[8], columns)),
                                    Choose(third, Left(splits[9], columns), Left(splits[10], columns)));
  const __m256i below_right = Choose(second, Choose(third, Left(splits[11], columns), Left(splits[12], columns)),
                                     Choose(third, Left(splits[13], columns), Left(splits[14], columns)));
  const __m256i fourth = Choose(first, below_left, below_right);
  // Left is -1, right is 0: of each half's eight leaves, the one that the last three turns lead to.
  const __m256i turns = _mm256_add_epi32(_mm256_add_epi32(_mm256_slli_epi32(second, 2), _mm256_slli_epi32(third, 1)), fourth);
  const __m256i place = _mm256_add_epi32(turns, _mm256_set1_epi32(7));
  const __m256 in_left_half = _mm256_permutevar8x32_ps(_mm256_loadu_ps(leaves), place);
  const __m256 in_right_half = _mm256_permutevar8x32_ps(_mm256_loadu_ps(leaves + kLanes), place);
  return _mm256_blendv_ps(in_right_half, in_left_half, _mm256_castsi256_ps(first));
}

}  // namespace

bool HasAvx2() { return __builtin_cpu_supports("avx2") != 0; }

GARNER_AVX2 void AddTreesOfDepthFour(const Split* splits, const float* leaves, size_t trees, const int32_t* columns, float* sums) {
  __m256 sum[kGroups];
  for (size_t group = 0; group < kGroups; ++group) sum[group] = _mm256_loadu_ps(sums + group * kLanes);
  for (size_t tree = 0; tree < trees; ++tree)
    for (size_t group = 0; group < kGroups; ++group)
      sum[group] = _mm256_add_ps(sum[group], LeavesOf(splits + tree * kSplits, leaves + tree * kLeaves, columns + group * kLanes));
  for (size_t group = 0; group < kGroups; ++group) _mm256_storeu_ps(sums + group * kLanes, sum[group]);
}

#else

bool HasAvx2() { return false; }
void AddTreesOfDepthFour(const Split*, const float*, size_t, const int32_t*, float*) {}

#endif

}  // namespace garner::boilerplate_stripper
