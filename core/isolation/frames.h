// The frames of garner/v1/worker.proto: head length, body length, head, body. Trusts nothing that it reads.
//
//   FrameReader reader;
//   while (reader.state() == FrameReader::State::kPartial) {
//     const std::span<char> room = reader.Room();
//     reader.Advance(recv(socket, room.data(), room.size(), 0));
//   }
//   Use(reader.head(), reader.body());
//   reader.Next();
//
// Memory grows with the bytes that have come, not with what a header announces. One thread.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace garner {

constexpr size_t kFrameHeaderBytes = 8;
// Heads hold options, messages and counters. Options come from a manifest of at most 16 MiB.
constexpr size_t kMaxFrameHeadBytes = size_t{64} << 20;
// What Protobuf can write and read as one message.
constexpr size_t kMaxFrameBodyBytes = (size_t{1} << 31) - 1;

// Both lengths within the bounds above.
std::array<char, kFrameHeaderBytes> FrameHeader(size_t head_bytes, size_t body_bytes);

class FrameReader {
 public:
  enum class State {
    kPartial,    // more bytes are wanted
    kComplete,   // head() and body() are a frame
    kMalformed,  // a length is out of bounds: nothing that follows can be understood
  };

  State state() const { return state_; }
  // Where the next bytes go; never empty. Good until the next call of a member that is not const.
  std::span<char> Room();
  // So many bytes have come.
  void Advance(size_t bytes);
  // Of the complete frame; views that are good until Next or Room.
  std::string_view head() const;
  std::string_view body() const;
  // Leaves the complete frame behind.
  void Next();
  // Bytes that belong to no complete frame yet, or to later ones: none while the other side waits for a request.
  size_t unread() const { return end_ - begin_; }

 private:
  void Look();

  std::vector<char> buffer_;
  size_t begin_ = 0;  // of the frame that is being read
  size_t end_ = 0;    // of the bytes that have come
  size_t head_bytes_ = 0;
  size_t body_bytes_ = 0;
  State state_ = State::kPartial;
};

}  // namespace garner
