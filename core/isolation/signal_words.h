// Signals in words.
#pragma once

#include <string>

namespace garner {

// "SIGSEGV (Segmentation fault)"; "signal 63" for one without a name.
std::string SignalWords(int signal);

}  // namespace garner
