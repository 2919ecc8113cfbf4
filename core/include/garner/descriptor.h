// A file descriptor that is closed with its scope.
#pragma once

#include <unistd.h>

#include <utility>

namespace garner {

class Descriptor {
 public:
  // Takes over what open() gave; a negative number is none.
  explicit Descriptor(int number) : number_(number) {}
  ~Descriptor() {
    if (number_ >= 0) close(number_);
  }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  Descriptor(Descriptor&& other) noexcept : number_(std::exchange(other.number_, -1)) {}

  int get() const { return number_; }
  bool ok() const { return number_ >= 0; }
  // Errors of a delayed write may show only here.
  bool Close() { return close(std::exchange(number_, -1)) == 0; }

 private:
  int number_;
};

}  // namespace garner
