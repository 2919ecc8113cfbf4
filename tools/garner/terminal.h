// Colours and progress, for terminals only.
#pragma once

#include <string>
#include <string_view>

namespace garner {

// True where the stream (STDOUT_FILENO, STDERR_FILENO) is a terminal that shows colours. NO_COLOR and TERM=dumb turn them off.
bool ShowsColour(int descriptor);

struct Style {
  bool colour = false;

  std::string Bold(std::string_view text) const { return Wrap("1", text); }
  std::string Dim(std::string_view text) const { return Wrap("2", text); }
  std::string Underline(std::string_view text) const { return Wrap("4", text); }
  std::string Red(std::string_view text) const { return Wrap("31", text); }
  std::string Yellow(std::string_view text) const { return Wrap("33", text); }
  std::string Cyan(std::string_view text) const { return Wrap("36", text); }

 private:
  std::string Wrap(const char* code, std::string_view text) const;
};

}  // namespace garner
