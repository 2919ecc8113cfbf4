// Notes what a plugin is about to be given in a file, so that it is known after the process has died of it.
//
//   recorder.Note(input);      // in the process that may die
//   Work(...);
//   ...
//   std::optional<Noted> last = Recorder::Read(path);   // in the one that watches
//
// One thread at a time.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/conformance/input.h"
#include "garner/descriptor.h"

namespace garner {

struct Noted {
  std::string name;
  // Absent where it was no input but a step ("destroyed after Configure").
  std::optional<testing::Case> content;
};

class Recorder {
 public:
  explicit Recorder(const std::string& path);

  void Note(const Input& input);
  void NoteStep(std::string_view name);

  // What was noted last; none where nothing was.
  static std::optional<Noted> Read(const std::string& path);

 private:
  void Write(std::string_view name, std::string_view content);

  Descriptor file_;
};

}  // namespace garner
