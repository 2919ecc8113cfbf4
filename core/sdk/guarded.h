// Calls into a plugin: whatever leaves it as an exception becomes a Status with its words.
#pragma once

#include <exception>
#include <new>
#include <string>

#include "garner/status.h"

namespace garner {

template <typename Call>
Status Guarded(Call&& call) {
  try {
    return call();
  } catch (const std::bad_alloc&) {
    return Status(StatusKind::kLimit, "out of memory");
  } catch (const std::exception& error) {
    return Status(StatusKind::kInternal, std::string("exception: ") + error.what());
  } catch (...) {
    return Status(StatusKind::kInternal, "an exception that is no std::exception");
  }
}

}  // namespace garner
