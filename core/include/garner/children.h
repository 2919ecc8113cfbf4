// Payloads that stand inside another one: the attachments of a mail. Its decoder hands them over, the host takes each through
// detection, a decoder of its own and the transforms, as a document of its own.
//
//   Status Mail::DecodeWithChildren(const Payload& payload, v1::Document* document, Children& children) {
//     ...
//     if (!children.Add({.name = "minutes.pdf", .declared_media_type = "application/pdf", .bytes = std::move(bytes)})) break;
//
// What a job's limits refuse is kept without its bytes and fails as a document: nothing gets lost in silence. Names may be
// anything; the host makes them different from each other and fit to stand in a path. One thread.
#pragma once

#include <cstdint>
#include <limits>
#include <string>
#include <utility>
#include <vector>

#include "garner/status.h"
#include "garner/v1/document.pb.h"

namespace garner {

struct ChildPayload {
  // What the payload around it calls it: a file name, as a rule. May be empty, and need not be unique.
  std::string name;
  // What is said of it there; empty where nothing is.
  std::string declared_media_type;
  std::string declared_charset;
  std::string bytes;
  // Not ok: why its bytes could not be had (a broken encoding, say). It fails with this, as a document.
  Status status;
  // What the payload around it says of it: a mail's subject and author, of its body. Becomes metadata of the child's document.
  std::vector<v1::RecordField> record_fields = {};
};

// How much an item of the source may hold, all that is inside its payloads together.
struct ChildAllowance {
  uint64_t payloads = std::numeric_limits<uint64_t>::max();
  uint64_t bytes = std::numeric_limits<uint64_t>::max();
};

// Longer names, and longer words about a child, are cut.
inline constexpr size_t kMaxChildNameBytes = 255;
inline constexpr size_t kMaxChildWordBytes = 127;
inline constexpr size_t kMaxChildMessageBytes = 1000;

class Children {
 public:
  struct Child {
    ChildPayload payload;
    // By a limit: payload.status says which one, and there are no bytes.
    bool refused = false;
  };

  // Without limits, for tests of decoders.
  Children() = default;
  explicit Children(const ChildAllowance& allowance) : left_(allowance) {}

  // False where no more is taken, whatever it may be: a decoder stops there. A child that is too large is refused, and the next
  // one is welcome all the same.
  bool Add(ChildPayload child);
  // So many bytes would still be taken: what unpacks its children need not unpack more than that.
  uint64_t bytes_left() const { return left_.bytes; }
  // For one that would be larger than bytes_left, without its bytes.
  bool AddTooLarge(ChildPayload child);

  // What the limits say.
  static Status TooMany();
  static Status TooLarge();

  const std::vector<Child>& all() const { return children_; }
  // Bytes of all of them.
  uint64_t bytes() const { return bytes_; }

  // Of the host: what was handed over, and what a worker process refused already.
  std::vector<Child> Take() { return std::exchange(children_, {}); }
  void AddRefused(ChildPayload child);
  const ChildAllowance& left() const { return left_; }

 private:
  ChildAllowance left_;
  bool full_ = false;
  uint64_t bytes_ = 0;
  std::vector<Child> children_;
};

}  // namespace garner
