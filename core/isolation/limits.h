// What an isolated stage may use, as a manifest says it.
#pragma once

#include <cstdint>

namespace garner {

struct IsolationLimits {
  // Of one stage for one document; 0: no limit.
  uint32_t document_seconds = 60;
  // Megabytes of address space of a child beyond what its stages hold once they are open; 0: no limit.
  uint32_t child_memory_mb = 1024;
  // Documents after which a child is replaced; 0: never.
  uint32_t child_documents = 0;
};

// What stages may do once they are open, besides computing.
struct SandboxRules {
  bool files = false;
  bool network = false;
  bool processes = false;
  // No switch of a manifest: files may be read and not written, and calls that nobody has thought of fail instead of ending the process. For
  // trying a library that is not known (probe.h): the loader reads files, and its constructors may do much that is harmless.
  bool loading = false;
};

}  // namespace garner
