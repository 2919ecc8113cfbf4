#include "garner/status.h"

namespace garner {

std::string_view KindName(StatusKind kind) {
  switch (kind) {
    case StatusKind::kOk: return "ok";
    case StatusKind::kInvalidInput: return "invalid_input";
    case StatusKind::kInvalidEdits: return "invalid_edits";
    case StatusKind::kLimit: return "limit";
    case StatusKind::kNotFound: return "not_found";
    case StatusKind::kUnreadable: return "unreadable";
    case StatusKind::kUnsupported: return "unsupported";
    case StatusKind::kConfig: return "config";
    case StatusKind::kIo: return "io";
    case StatusKind::kInternal: return "internal";
  }
  return "internal";
}

}  // namespace garner
