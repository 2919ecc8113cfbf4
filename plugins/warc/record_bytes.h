// What a file of records holds, compression undone, with a window of it in memory that moves on and may grow.
//
//   RecordBytes bytes(stream, limits, &StartsRecord);
//   Status status = bytes.Begin();
//   while (bytes.Fill(1)) bytes.Take(Use(bytes.window()));
//
// Where it comes to a halt, halt() says why: at the end, at a damaged member, or for good. Views into the window hold until the next Fill or
// Step. One thread.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <deque>
#include <memory>
#include <string>
#include <string_view>

#include "garner/byte_stream.h"
#include "garner/status.h"
#include "member_decoder.h"
#include "raw_input.h"

namespace garner::warc {

struct ExpansionLimit {
  uint32_t max_ratio = 200;
  // What a member may expand to, whatever its size. The file as a whole may expand to ten times as much before the ratio counts.
  uint64_t free_bytes = uint64_t{10} << 20;
};

// A place in the file: of a compressed one the beginning of the member in the file, and the place in what the member holds; of another one
// only the place in the file.
struct Place {
  uint64_t member = 0;
  uint64_t inside = 0;
  bool compressed = false;

  // Unique in a file, and for the first record of a member, or without compression, the offset that indexes (CDX) have: "4711", "4711+300".
  std::string Key() const;
  // For messages: "at byte 4711", "at byte 4711 (300 bytes into the member)".
  std::string Words() const;
};

class RecordBytes {
 public:
  enum class Halt {
    kNone,
    kEnd,
    // A member cannot be decoded; SkipDamage goes on behind it.
    kDamage,
    // Nothing can follow: the stream failed, or what it holds is a bomb.
    kBroken,
  };
  // Whether a record begins with these bytes, which are the first ones of a member.
  using StartTest = bool (*)(std::string_view);

  RecordBytes(ByteStream& stream, const ExpansionLimit& limit, StartTest starts_record);

  // Looks what the stream is.
  Status Begin();

  std::string_view window() const { return {buffer_.get() + at_, end_ - at_}; }
  // Makes the window `size` bytes long; false where there is a halt before.
  bool Fill(size_t size);
  // Makes the window longer, never by more than one member; false at a halt.
  bool Step();
  void Take(size_t size);
  Place place() const;
  // The place in the window of the first member that begins behind `position`; npos where there is none.
  size_t MemberBehind(size_t position) const;

  Halt halt() const { return halt_; }
  // Why, for kDamage and kBroken.
  const Status& status() const { return status_; }
  // Drops what is in the window, and goes to the next member that begins with a record. False where there is none: the halt is then kEnd
  // or kBroken.
  bool SkipDamage();
  // The place where the damaged member begins.
  Place damaged() const { return {member_offset_, 0, decoder_ != nullptr}; }

  // For files whose kind shows at their beginning.
  void set_start_test(StartTest starts_record) { starts_record_ = starts_record; }

 private:
  struct Free {
    void operator()(char* memory) const { std::free(memory); }
  };
  struct Member {
    uint64_t position = 0;  // of its first byte in what the file holds
    uint64_t offset = 0;    // in the file
  };

  bool StepPlain();
  bool StepMember();
  // What the decoder is given at once.
  std::string_view NextInput();
  // Passes over padding to the next member; false at the end.
  bool BeginMember();
  bool WithinLimits();
  bool Stop(Halt halt, Status status = OkStatus());
  // The stream's end inside something that goes on.
  bool StopAtEnd();
  std::string Named(const std::string& problem) const;
  // Whether a member that begins a record can be decoded from ahead() on.
  bool RecordDecodesHere();
  // Those that end before the window.
  void ForgetMembers();
  // Room for `size` bytes behind the window; null without memory.
  char* Room(size_t size);

  RawInput input_;
  const ExpansionLimit limit_;
  StartTest starts_record_;
  std::unique_ptr<MemberDecoder> decoder_;

  std::unique_ptr<char, Free> buffer_;
  size_t capacity_ = 0;
  size_t at_ = 0;
  size_t end_ = 0;
  uint64_t taken_ = 0;  // of what the file holds: the position of the window
  // Members that begin in the window, and the one that the window begins in.
  std::deque<Member> members_;

  bool inside_member_ = false;
  uint64_t member_offset_ = 0;
  uint64_t member_made_ = 0;
  uint64_t made_ = 0;
  uint64_t candidates_ = 0;
  Halt halt_ = Halt::kNone;
  Status status_;
};

}  // namespace garner::warc
