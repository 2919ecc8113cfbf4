// Any bytes at all: the decoder fails in words or makes a sound document.
#include <cstdint>
#include <cstdlib>
#include <iostream>

#include "check_page.h"
#include "garner/init.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  static const bool initialized = (garner::InitializeLibraries(), true);
  (void)initialized;
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  for (const char* media_type : {"text/html", "application/xhtml+xml"}) {
    if (const ::testing::AssertionResult sound = garner::html::DecodesSoundly(bytes, media_type); !sound) {
      std::cerr << sound.message() << '\n';
      std::abort();
    }
  }
  return 0;
}
