// Any bytes on the socket: frames, in any portions, or malformed; memory in proportion to the bytes. The first byte is the portion.
#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <cstring>

#include "core/isolation/frames.h"
#include "garner/v1/worker.pb.h"

namespace {

void Check(bool holds) {
  if (!holds) std::abort();
}

// What a frame holds has to be parsed without harm, and to come out of a reader again as it went in.
void Use(const garner::FrameReader& reader) {
  garner::v1::WorkerReply reply;
  garner::v1::WorkerRequest request;
  (void)reply.ParseFromArray(reader.head().data(), static_cast<int>(reader.head().size()));
  (void)request.ParseFromArray(reader.head().data(), static_cast<int>(reader.head().size()));
  const auto header = garner::FrameHeader(reader.head().size(), reader.body().size());
  Check(std::memcmp(header.data(), reader.head().data() - header.size(), header.size()) == 0);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  if (size == 0) return 0;
  const size_t portion = data[0] + size_t{1};
  garner::FrameReader reader;
  size_t framed = 0;
  for (size_t at = 1; at < size && reader.state() != garner::FrameReader::State::kMalformed;) {
    const std::span<char> room = reader.Room();
    Check(!room.empty() && room.size() <= 2 * (size + (size_t{64} << 10)));
    const size_t now = std::min({portion, room.size(), size - at});
    std::memcpy(room.data(), data + at, now);
    reader.Advance(now);
    at += now;
    for (; reader.state() == garner::FrameReader::State::kComplete; reader.Next()) {
      framed += garner::kFrameHeaderBytes + reader.head().size() + reader.body().size();
      Use(reader);
    }
    Check(framed + reader.unread() == at - 1);
  }
  return 0;
}
