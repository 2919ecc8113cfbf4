#include "record_reader.h"

#include <algorithm>
#include <utility>

namespace garner::warc {
namespace {

constexpr size_t kNone = std::string_view::npos;
constexpr size_t kPassedOverAtOnce = size_t{1} << 20;

bool StartsRecordOfAnyKind(std::string_view bytes) { return StartsWarcRecord(bytes) || StartsArcRecord(bytes); }

}  // namespace

RecordReader::RecordReader(ByteStream& stream, const ReaderLimits& limits)
    : bytes_(stream, limits.expansion, &StartsRecordOfAnyKind), limits_(limits) {}

Status RecordReader::Begin() {
  if (Status status = bytes_.Begin(); !status.ok()) return status;
  bytes_.Fill(kMaxStartBytes);
  return bytes_.halt() == RecordBytes::Halt::kBroken ? bytes_.status() : OkStatus();
}

bool RecordReader::Starts(std::string_view bytes) const {
  return (format_ != Format::kArc && StartsWarcRecord(bytes)) || (format_ != Format::kWarc && StartsArcRecord(bytes));
}

size_t RecordReader::FindInRecord(std::string_view bytes, size_t from) const {
  return arc() ? FindArcRecord(bytes, from) : FindWarcRecord(bytes, from);
}

size_t RecordReader::FindInRubbish(std::string_view bytes, size_t from) const {
  const size_t warc = format_ != Format::kArc ? FindWarcRecordAnywhere(bytes, from) : kNone;
  const size_t arc = format_ != Format::kWarc ? FindArcRecord(bytes, from) : kNone;
  return std::min(warc, arc);
}

void RecordReader::SetFormat() {
  if (format_ != Format::kUnknown) return;
  format_ = StartsWarcRecord(bytes_.window()) ? Format::kWarc : Format::kArc;
  bytes_.set_start_test(arc() ? &StartsArcRecord : &StartsWarcRecord);
}

Result<RecordReader::Found> RecordReader::Next() {
  bytes_.Take(std::exchange(given_, 0));
  header_ = {};
  knows_header_ = false;
  const bool more = SkipEmptyLines();
  place_ = bytes_.place();
  if (!more) return AtHalt();
  bytes_.Fill(kMaxStartBytes);
  if (!Starts(bytes_.window())) return InDamagedMember(kMaxStartBytes) ? AtHalt() : PassOverGarbage();
  SetFormat();
  return ReadHeader();
}

bool RecordReader::SkipEmptyLines() {
  while (bytes_.Fill(1)) {
    const size_t text = bytes_.window().find_first_not_of("\r\n");
    bytes_.Take(std::min(text, bytes_.window().size()));
    if (text != kNone) return true;
  }
  return false;
}

Result<RecordReader::Found> RecordReader::AtHalt() {
  if (bytes_.halt() == RecordBytes::Halt::kEnd) return kEnd;
  if (bytes_.halt() == RecordBytes::Halt::kBroken) return bytes_.status();
  const Status status = bytes_.status();
  bytes_.SkipDamage();
  return Damage(status.kind(), status.message());
}

Result<RecordReader::Found> RecordReader::ReadHeader() {
  const size_t size = HeaderSize();
  if (size == 0) {
    if (bytes_.halt() == RecordBytes::Halt::kBroken) return bytes_.status();
    const bool too_long = bytes_.window().size() >= limits_.max_header_bytes;
    if (!too_long && bytes_.halt() == RecordBytes::Halt::kDamage) return AtHalt();
    TakeToNextRecord(1);
    if (!too_long) return Damage(StatusKind::kInvalidInput, TheRecord() + " ends inside its header");
    return Damage(StatusKind::kLimit, TheRecord() + " has a header of more than " + std::to_string(limits_.max_header_bytes) +
                                          " bytes; raise max_header_bytes of the warc unpacker to read it");
  }
  const std::string_view block = bytes_.window().substr(0, size);
  Result<RecordHeader> header = arc() ? ParseArcHeader(block.substr(0, block.find_last_not_of("\r\n") + 1)) : ParseWarcHeader(block, limits_.max_headers);
  if (!header.ok()) {
    const Status status = header.status();
    TakeToNextRecord(size);
    return Damage(status.kind(), TheRecord() + " " + status.message());
  }
  header_ = *std::move(header);
  knows_header_ = true;
  bytes_.Take(size);
  return header_.content_bytes > limits_.max_record_bytes ? PassOverLarge() : ReadBlock();
}

size_t RecordReader::HeaderSize() {
  for (size_t searched = 0;;) {
    const std::string_view window = bytes_.window().substr(0, limits_.max_header_bytes);
    const size_t size = arc() ? window.find('\n', searched) + 1 : HeaderBlockSize(window, searched);
    if (size != 0 && size != kNone) return size;
    if (window.size() == limits_.max_header_bytes) return 0;
    searched = window.size() < 3 ? 0 : window.size() - 3;
    if (Available(window.size() + 1) <= window.size()) return 0;
  }
}

Result<RecordReader::Found> RecordReader::ReadBlock() {
  const auto size = static_cast<size_t>(header_.content_bytes);
  const size_t available = Available(size);
  if (bytes_.halt() == RecordBytes::Halt::kBroken && available < size) return bytes_.status();
  if (available == size && EndsCleanly(size)) {
    given_ = size;
    return kRecord;
  }
  // A length that lies would swallow the records inside it.
  const size_t inside = FindInRecord(bytes_.window().substr(0, available), 0);
  const std::string says = TheRecord() + " says that it has " + std::to_string(size) + " bytes";
  if (inside != kNone) {
    bytes_.Take(inside);
    return Damage(StatusKind::kInvalidInput, says + ", but another one begins after " + std::to_string(inside));
  }
  if (InDamagedMember(size + kMaxStartBytes)) return AtHalt();
  if (available < size) {
    bytes_.Take(available);
    return Damage(StatusKind::kInvalidInput, says + ", and there are only " + std::to_string(available) + "; it was probably cut off");
  }
  given_ = size;  // what stands behind it is told next
  return kRecord;
}

size_t RecordReader::Available(size_t size) {
  size_t checked = 0;
  while (true) {
    const size_t member = bytes_.MemberBehind(checked);
    if (member < size) {
      bytes_.Fill(member + kMaxStartBytes);
      if (Starts(bytes_.window().substr(std::min(member, bytes_.window().size())))) return member;
      checked = member;
      continue;
    }
    if (bytes_.window().size() >= size) return size;
    if (!bytes_.Step()) return bytes_.window().size();
  }
}

bool RecordReader::InDamagedMember(size_t size) const {
  return bytes_.halt() == RecordBytes::Halt::kDamage && bytes_.MemberBehind(0) == kNone && bytes_.window().size() <= size;
}

bool RecordReader::EndsCleanly(size_t position) {
  bytes_.Fill(position + kMaxStartBytes);
  if (bytes_.window().size() == position) return bytes_.halt() == RecordBytes::Halt::kEnd;
  const size_t next = bytes_.window().find_first_not_of("\r\n", position);
  if (next == kNone) return bytes_.halt() == RecordBytes::Halt::kEnd;
  return Starts(bytes_.window().substr(next));
}

Result<RecordReader::Found> RecordReader::PassOverLarge() {
  uint64_t left = header_.content_bytes;
  const std::string says = TheRecord() + " has " + std::to_string(left) + " bytes, more than " + std::to_string(limits_.max_record_bytes) +
                           "; raise max_record_bytes of the warc unpacker to read it";
  for (size_t from = 0; left > 0; from = 1) {
    const auto wanted = static_cast<size_t>(std::min<uint64_t>(left, kPassedOverAtOnce));
    const size_t available = Available(wanted + kMaxStartBytes);
    // A beginning that the end of this piece cuts is seen all the same; one right behind the record is none inside it.
    const size_t inside = FindInRecord(bytes_.window().substr(0, available), from);
    if (inside <= wanted && inside < left) {
      bytes_.Take(inside);
      return Damage(StatusKind::kLimit, says + ". Another record begins inside it, and is read");
    }
    bytes_.Take(std::min(available, wanted));
    left -= std::min(available, wanted);
    if (available < wanted) break;
  }
  return TooLarge(says);
}

Result<RecordReader::Found> RecordReader::PassOverGarbage() {
  const uint64_t size = TakeToNextRecord(1);
  return Damage(StatusKind::kInvalidInput,
                std::to_string(size) + " bytes " + place_.Words() + " belong to no record; a length before them is probably wrong");
}

uint64_t RecordReader::TakeToNextRecord(size_t least) {
  for (uint64_t taken = 0;; least = 1) {
    // A beginning may be cut by the end of the window.
    bytes_.Fill(least + kMaxStartBytes + 1);
    const std::string_view window = bytes_.window();
    size_t found = FindInRubbish(window, std::min(least, window.size()));
    for (size_t member = bytes_.MemberBehind(0); member < std::min(found, window.size()); member = bytes_.MemberBehind(member))
      if (Starts(window.substr(member))) found = member;
    const bool more = bytes_.halt() == RecordBytes::Halt::kNone;
    const size_t passed = found != kNone ? found : more ? window.size() - kMaxStartBytes : window.size();
    bytes_.Take(passed);
    taken += passed;
    if (found != kNone || !more) return taken;
  }
}

Result<RecordReader::Found> RecordReader::TooLarge(const std::string& what) {
  problem_ = Status(StatusKind::kLimit, what);
  return kDamage;
}

Result<RecordReader::Found> RecordReader::Damage(StatusKind kind, const std::string& what) {
  if (++damages_ > limits_.max_damages)
    return Status(StatusKind::kLimit, "more than " + std::to_string(limits_.max_damages) +
                                          " places are damaged; raise max_damages of the warc unpacker to go on. The last one: " + what);
  problem_ = Status(kind, what);
  return kDamage;
}

}  // namespace garner::warc
