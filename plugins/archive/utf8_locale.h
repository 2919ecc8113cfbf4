// libarchive turns names into the charset of the locale. This makes it UTF-8 for the thread that is inside, and for nothing else: not for the
// process, whose locale is nobody's to change.
#pragma once

#include <locale.h>

namespace garner::archive {

class Utf8Locale {
 public:
  Utf8Locale() : before_(Utf8() == locale_t{} ? locale_t{} : uselocale(Utf8())) {}
  ~Utf8Locale() {
    if (before_ != locale_t{}) uselocale(before_);
  }
  Utf8Locale(const Utf8Locale&) = delete;
  Utf8Locale& operator=(const Utf8Locale&) = delete;

 private:
  // Never freed: made once, and in use as long as the process lives.
  static locale_t Utf8() {
    static const locale_t locale = newlocale(LC_CTYPE_MASK, "C.UTF-8", locale_t{});
    return locale;
  }

  const locale_t before_;
};

}  // namespace garner::archive
