// For tests: model files put together by hand.
#pragma once

#include <cstring>
#include <string>

namespace garner::boilerplate_stripper {

// The bytes of a number, as this machine has them.
template <typename T>
void Append(std::string& out, T value) {
  char bytes[sizeof(T)];
  std::memcpy(bytes, &value, sizeof(T));
  out.append(bytes, sizeof(T));
}

}  // namespace garner::boilerplate_stripper
