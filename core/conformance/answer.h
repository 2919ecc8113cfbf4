// What a stage makes of an input, as bytes that can be compared, and the host's own checks of it.
#pragma once

#include <string>

#include "core/conformance/input.h"
#include "core/conformance/subject.h"
#include "garner/status.h"

namespace garner {

// Items beyond these are not asked for: an unpacker may never end.
inline constexpr size_t kMaxItems = 20'000;
inline constexpr size_t kMaxItemBytes = size_t{256} << 20;
// Payloads inside a payload: what a job's limits allow where nothing else is said.
inline constexpr size_t kMaxChildren = 1000;

struct Answer {
  Status status;
  // The message: a document of a decoder, edits of a transform. Empty for others, and where it failed.
  std::string message;
  // What comes besides: payloads inside, items of an unpacker. The names and failures of them, and their bytes.
  std::string rest;
  // Of an unpacker: the first item that is none the host can name.
  Status trouble;

  bool operator==(const Answer& other) const {
    return status.kind() == other.status.kind() && status.message() == other.status.message() && message == other.message && rest == other.rest;
  }
};

// How the bytes of a container are handed to an unpacker.
struct StreamManner {
  size_t piece = 0;  // bytes that a Read gives at most; 0: what is asked for
  bool seekable = true;
};

// One piece of work, as the host gives it: Decode, Process, or Begin and Next to the end. Exceptions are a Status.
Answer Work(OpenStage& stage, v1::PluginManifest::Kind kind, const Input& input, const StreamManner& manner = {});

// What the host would say to an answer: unsound documents and edits are refused. An answer that failed is sound, unless memory ran out.
Status CheckAnswer(const Answer& answer, const PluginFile& plugin, const Input& input);

// Where two answers differ, in a line.
std::string DescribeDifference(const Answer& one, const Answer& other, v1::PluginManifest::Kind kind);

// A text from anywhere, short enough for a message and fit for a terminal.
std::string Shortened(std::string_view text, size_t bytes = 120);

}  // namespace garner
