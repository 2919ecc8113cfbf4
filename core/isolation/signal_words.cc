#include "core/isolation/signal_words.h"

#include <string.h>

namespace garner {

std::string SignalWords(int signal) {
  const char* name = sigabbrev_np(signal);
  const char* words = sigdescr_np(signal);
  if (name == nullptr || words == nullptr) return "signal " + std::to_string(signal);
  return std::string("SIG") + name + " (" + words + ")";
}

}  // namespace garner
