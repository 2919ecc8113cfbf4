// Which language a text is in.
#pragma once

#include <string>
#include <string_view>

namespace garner {

struct DetectedLanguage {
  std::string code;  // primary subtag, "en"; empty where the text gives no reliable answer
  double confidence = 0;
};

// Looks at up to 64 KiB of valid UTF-8. Pure function, safe from any thread.
DetectedLanguage DetectLanguage(std::string_view text);

}  // namespace garner
