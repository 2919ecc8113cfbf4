// Tells ThreadSanitizer about hand-offs of a token between pipeline filters: the library that does them is not instrumented, and
// suppressing its name would hide real races.
#pragma once

#if defined(__SANITIZE_THREAD__)
#define GARNER_TSAN 1
#elif defined(__has_feature)
#if __has_feature(thread_sanitizer)
#define GARNER_TSAN 1
#endif
#endif

#ifdef GARNER_TSAN
extern "C" void __tsan_acquire(void* address);
extern "C" void __tsan_release(void* address);
#endif

namespace garner {

inline void HandOffRelease([[maybe_unused]] void* token) {
#ifdef GARNER_TSAN
  __tsan_release(token);
#endif
}

inline void HandOffAcquire([[maybe_unused]] void* token) {
#ifdef GARNER_TSAN
  __tsan_acquire(token);
#endif
}

}  // namespace garner
