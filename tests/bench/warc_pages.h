// Web archives made of invented pages, always the same: head, menus, prose of invented words, footers. They compress about as pages of the
// web do, four to five times.
#pragma once

#include <cstddef>
#include <cstdint>
#include <random>
#include <string>
#include <vector>

namespace garner::bench {

class WarcPages {
 public:
  WarcPages();

  // The next record, as a gzip member; its size without compression is added to `bytes`.
  std::string NextMember(uint64_t& bytes);
  // The same without compression.
  std::string NextRecord();

 private:
  const std::string& Word();
  std::string Sentence();
  std::string Page();

  std::mt19937 dice_;
  std::vector<std::string> words_;
  std::discrete_distribution<size_t> frequent_;
  uint64_t records_ = 0;
};

}  // namespace garner::bench
