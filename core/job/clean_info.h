// What unpackers say of payloads comes from outside: made valid UTF-8, and cut to what a description may hold.
#pragma once

#include "garner/v1/document.pb.h"

namespace garner {

// Longer texts are cut, further fields left out.
inline constexpr size_t kMaxNameBytes = 1024;
inline constexpr size_t kMaxUrlBytes = 4096;
inline constexpr size_t kMaxFactBytes = 255;
inline constexpr size_t kMaxFieldBytes = 64 << 10;
inline constexpr int kMaxFields = 200;

// Leaves alone what the host itself fills in.
void CleanInfo(v1::PayloadInfo& info);

}  // namespace garner
