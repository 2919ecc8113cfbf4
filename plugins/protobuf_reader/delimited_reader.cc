#include "delimited_reader.h"

#include <algorithm>

namespace garner::protobuf_reader {
namespace {

constexpr size_t kBufferBytes = size_t{1} << 18;
// Protobuf's own limit of a message.
constexpr uint64_t kMaxMessageBytes = (uint64_t{1} << 31) - 1;

}  // namespace

DelimitedReader::DelimitedReader(ByteStream& stream, char first_byte) : stream_(stream), first_byte_(first_byte), buffer_(new char[kBufferBytes]) {}

Status DelimitedReader::Broken(const std::string& what) const {
  return Status(StatusKind::kInvalidInput, "at byte " + std::to_string(place_) + " " + what);
}

Result<bool> DelimitedReader::Next(uint64_t max_bytes, std::string& bytes, uint64_t& size) {
  bytes.clear();
  place_ = read_;
  const Result<bool> any = ReadSize(size);
  if (!any.ok() || !*any) return any;
  if (Status status = size > 0 ? CheckBeginning() : OkStatus(); !status.ok()) return status;
  if (Status status = Take(size, size <= max_bytes ? &bytes : nullptr); !status.ok()) return status;
  return true;
}

Result<bool> DelimitedReader::ReadSize(uint64_t& size) {
  size = 0;
  for (unsigned shift = 0; shift < 35; shift += 7) {
    if (begin_ == end_) {
      const Result<bool> filled = Fill();
      if (!filled.ok()) return filled.status();
      if (!*filled && shift == 0) return false;
      if (!*filled) return Broken("the file ends inside the size of a document");
    }
    const auto byte = static_cast<unsigned char>(buffer_[begin_++]);
    ++read_;
    size |= uint64_t{byte & 0x7FU} << shift;
    if (byte < 0x80) {
      if (size <= kMaxMessageBytes) return true;
      break;
    }
  }
  return Broken("there is no size of a document; what the protobuf sink writes is accepted");
}

// Before it is read: the size of what is no message may be anything.
Status DelimitedReader::CheckBeginning() {
  if (begin_ == end_) {
    const Result<bool> filled = Fill();
    if (!filled.ok()) return filled.status();
    if (!*filled) return Broken("the file ends behind the size of a document");
  }
  if (buffer_[begin_] == first_byte_) return OkStatus();
  return Broken("there is no document; what the protobuf sink writes is accepted");
}

Status DelimitedReader::Take(uint64_t size, std::string* bytes) {
  for (uint64_t left = size; left > 0;) {
    if (begin_ == end_) {
      const Result<bool> filled = Fill();
      if (!filled.ok()) return filled.status();
      if (!*filled) return Broken("a document of " + std::to_string(size) + " bytes begins, and the file ends " + std::to_string(left) + " bytes before its end");
    }
    const size_t taken = static_cast<size_t>(std::min<uint64_t>(left, end_ - begin_));
    if (bytes != nullptr) bytes->append(buffer_.get() + begin_, taken);
    begin_ += taken;
    read_ += taken;
    left -= taken;
  }
  return OkStatus();
}

Result<bool> DelimitedReader::Fill() {
  const Result<size_t> read = stream_.Read(buffer_.get(), kBufferBytes);
  if (!read.ok()) return read.status();
  begin_ = 0;
  end_ = *read;
  return end_ > 0;
}

}  // namespace garner::protobuf_reader
