// An optional value that most objects do not have: a pointer where it is absent, so that thousands of objects stay small.
//
//   Rare<Byline> byline = ParseByline(...);   // from a std::optional
//   if (byline) Use(byline->authors);
//
// Owns its value; moves, does not copy.
#pragma once

#include <memory>
#include <optional>
#include <utility>

namespace garner::metadata_lines {

template <typename T>
class Rare {
 public:
  Rare() = default;
  Rare(std::optional<T> value) { *this = std::move(value); }  // NOLINT: implicit, as of one optional from another
  Rare& operator=(std::optional<T> value) {
    value_ = value ? std::make_unique<T>(*std::move(value)) : nullptr;
    return *this;
  }

  explicit operator bool() const { return value_ != nullptr; }
  T& operator*() { return *value_; }
  const T& operator*() const { return *value_; }
  T* operator->() { return value_.get(); }
  const T* operator->() const { return value_.get(); }
  void reset() { value_.reset(); }
  void swap(Rare& other) { value_.swap(other.value_); }

 private:
  std::unique_ptr<T> value_;
};

}  // namespace garner::metadata_lines
