// Frames over a stream socket, with a deadline. One thread. Does not own its descriptors.
#pragma once

#include <chrono>
#include <optional>
#include <string_view>

#include "core/isolation/frames.h"

namespace garner {

// None: wait for ever.
using Deadline = std::optional<std::chrono::steady_clock::time_point>;

class Channel {
 public:
  enum class Event {
    kOk,
    kClosed,     // the other side is gone
    kTooLate,    // the deadline has passed
    kMalformed,  // what came is no frame
  };

  // `process`: a descriptor that is readable once the other side's process has ended, which counts as a closed stream when all that it
  // wrote has been read: others may hold its end. -1: none.
  explicit Channel(int socket, int process = -1) : socket_(socket), process_(process) {}

  Event Send(std::string_view head, std::string_view body, const Deadline& deadline);
  // After kOk head() and body() are the frame, until the next call.
  Event Receive(const Deadline& deadline);
  std::string_view head() const { return reader_.head(); }
  std::string_view body() const { return reader_.body(); }
  // Nothing has come that nobody asked for, and the other side is there. Does not wait.
  bool Quiet() const;

 private:
  Event WaitFor(short events, const Deadline& deadline) const;

  int socket_;
  int process_;
  FrameReader reader_;
  bool taken_ = false;  // the reader's frame has been handed out
};

}  // namespace garner
