#include "record_bytes.h"

#include <algorithm>
#include <cstring>
#include <utility>

namespace garner::warc {
namespace {

constexpr size_t kPieceBytes = size_t{256} << 10;
// Some pages and what follows them, so that little has to be moved.
constexpr size_t kLeastCapacity = size_t{1} << 20;
// An empty window gives its memory back beyond this.
constexpr size_t kIdleBytes = size_t{4} << 20;
// A search for the next member decodes what looks like one so far.
constexpr size_t kTrialOutput = 512;
// In all searches together: material that is full of false beginnings is no file of records.
constexpr uint64_t kMaxCandidates = 20000;

}  // namespace

std::string Place::Key() const {
  if (!compressed) return std::to_string(inside);
  return inside == 0 ? std::to_string(member) : std::to_string(member) + "+" + std::to_string(inside);
}

std::string Place::Words() const {
  if (!compressed) return "at byte " + std::to_string(inside);
  return "at byte " + std::to_string(member) + (inside == 0 ? "" : " (" + std::to_string(inside) + " bytes into what is compressed there)");
}

RecordBytes::RecordBytes(ByteStream& stream, const ExpansionLimit& limit, StartTest starts_record)
    : input_(stream), limit_(limit), starts_record_(starts_record) {}

Status RecordBytes::Begin() {
  input_.Fill(4);
  if (!input_.status().ok()) return input_.status();
  decoder_ = MakeMemberDecoder(input_.ahead());
  members_.push_back({});
  return decoder_ == nullptr ? OkStatus() : decoder_->Prepare(input_);
}

bool RecordBytes::Fill(size_t size) {
  while (end_ - at_ < size)
    if (!Step()) return false;
  return true;
}

bool RecordBytes::Step() {
  if (halt_ != Halt::kNone) return false;
  return decoder_ == nullptr ? StepPlain() : StepMember();
}

bool RecordBytes::StepPlain() {
  if (!input_.Fill(1)) return input_.status().ok() ? Stop(Halt::kEnd) : Stop(Halt::kBroken, input_.status());
  const std::string_view piece = input_.ahead();
  char* const room = Room(piece.size());
  if (room == nullptr) return false;
  std::memcpy(room, piece.data(), piece.size());
  end_ += piece.size();
  input_.Take(piece.size());
  input_.Mark();
  return true;
}

bool RecordBytes::StepMember() {
  if (!inside_member_ && !BeginMember()) return false;
  while (true) {
    char* const room = Room(kPieceBytes);
    if (room == nullptr) return false;
    const MemberDecoder::Step step = decoder_->Decode(NextInput(), room, kPieceBytes);
    input_.Take(step.taken);
    end_ += step.made;
    member_made_ += step.made;
    made_ += step.made;
    if (step.damage != nullptr) return Stop(Halt::kDamage, Status(StatusKind::kInvalidInput, Named(step.damage)));
    if (step.ended) inside_member_ = false;
    if (step.ended || step.made > 0) return WithinLimits();
    if (step.taken == 0 && input_.ahead().empty() && !input_.Fill(1)) return StopAtEnd();
  }
}

std::string_view RecordBytes::NextInput() {
  const size_t wanted = decoder_->wanted();
  input_.Fill(wanted);
  return input_.ahead().substr(0, wanted);
}

bool RecordBytes::BeginMember() {
  while (true) {
    if (!input_.Fill(8) && (!input_.status().ok() || input_.ahead().empty())) return StopAtEnd();
    size_t padding = decoder_->Padding(input_.ahead());
    if (padding == 0) break;
    while (padding > 0 && input_.Fill(1)) {
      const size_t piece = std::min(padding, input_.ahead().size());
      input_.Take(piece);
      padding -= piece;
    }
  }
  member_offset_ = input_.offset();
  member_made_ = 0;
  const Member member{taken_ + (end_ - at_), member_offset_};
  // Nothing was in the one before: a file may hold millions of them.
  if (members_.back().position == member.position) members_.pop_back();
  members_.push_back(member);
  ForgetMembers();
  input_.Mark();
  decoder_->Begin();
  inside_member_ = true;
  if (!decoder_->MayBegin(input_.ahead())) return Stop(Halt::kDamage, Status(StatusKind::kInvalidInput, Named("no such thing begins here")));
  return true;
}

bool RecordBytes::WithinLimits() {
  const auto beyond = [&](uint64_t made, uint64_t given, uint64_t free) { return made > free && made / limit_.max_ratio > given; };
  const std::string words = "expands to more than " + std::to_string(limit_.max_ratio) + " times its size; raise max_expansion_ratio of the warc unpacker to read it";
  if (beyond(made_, input_.offset(), 10 * limit_.free_bytes)) return Stop(Halt::kBroken, Status(StatusKind::kLimit, "the file " + words));
  if (beyond(member_made_, input_.offset() - member_offset_, limit_.free_bytes)) return Stop(Halt::kDamage, Status(StatusKind::kLimit, Named(words)));
  return true;
}

bool RecordBytes::Stop(Halt halt, Status status) {
  halt_ = halt;
  status_ = std::move(status);
  return false;
}

bool RecordBytes::StopAtEnd() {
  if (!input_.status().ok()) return Stop(Halt::kBroken, input_.status());
  if (!inside_member_) return Stop(Halt::kEnd);
  return Stop(Halt::kDamage, Status(StatusKind::kInvalidInput, Named("it ends too early: the file was probably cut off")));
}

std::string RecordBytes::Named(const std::string& problem) const {
  const std::string noun = std::string("the ") + decoder_->noun() + " at byte " + std::to_string(member_offset_);
  return problem.compare(0, 7, "expands") == 0 ? noun + " " + problem : noun + " is damaged: " + problem;
}

void RecordBytes::Take(size_t size) {
  at_ += size;
  taken_ += size;
  ForgetMembers();
  if (at_ < end_) return;
  at_ = 0;
  end_ = 0;
  if (capacity_ <= kIdleBytes) return;
  buffer_.reset();
  capacity_ = 0;
}

void RecordBytes::ForgetMembers() {
  while (members_.size() > 1 && members_[1].position <= taken_) members_.pop_front();
}

Place RecordBytes::place() const {
  const Member& member = members_.front();
  return {member.offset, taken_ - member.position, decoder_ != nullptr};
}

size_t RecordBytes::MemberBehind(size_t position) const {
  for (const Member& member : members_)
    if (member.position > taken_ + position) return static_cast<size_t>(member.position - taken_);
  return std::string_view::npos;
}

bool RecordBytes::SkipDamage() {
  Take(end_ - at_);
  if (halt_ != Halt::kDamage) return false;
  inside_member_ = false;
  halt_ = Halt::kNone;
  status_ = OkStatus();
  input_.Return();
  if (input_.offset() == member_offset_) input_.Take(std::min<size_t>(1, input_.ahead().size()));
  while (input_.Fill(1)) {
    const size_t next = input_.ahead().find(decoder_->first_byte());
    input_.Take(std::min(next, input_.ahead().size()));
    input_.Mark();
    if (next == std::string_view::npos) continue;
    input_.Fill(decoder_->wanted_for_beginning());
    if (decoder_->MayBegin(input_.ahead())) {
      if (++candidates_ > kMaxCandidates)
        return Stop(Halt::kBroken, Status(StatusKind::kInvalidInput, "it has too many places that look like records and are none; the file is damaged throughout"));
      if (RecordDecodesHere()) return true;
    }
    input_.Take(1);
  }
  return StopAtEnd();
}

bool RecordBytes::RecordDecodesHere() {
  char out[kTrialOutput];
  size_t made = 0;
  std::string_view input = input_.ahead().substr(0, decoder_->wanted_for_beginning());
  decoder_->Begin();
  while (made < sizeof out) {
    const MemberDecoder::Step step = decoder_->Decode(input.substr(0, decoder_->wanted()), out + made, sizeof out - made);
    made += step.made;
    input.remove_prefix(step.taken);
    if (step.damage != nullptr || step.ended || (step.made == 0 && step.taken == 0)) break;
  }
  return starts_record_({out, made});
}

char* RecordBytes::Room(size_t size) {
  if (capacity_ - end_ >= size) return buffer_.get() + end_;
  const size_t held = end_ - at_;
  // To the front, where that makes more room than it moves.
  if (at_ >= held / 2 && capacity_ - held >= size) {
    std::memmove(buffer_.get(), buffer_.get() + at_, held);
  } else {
    const size_t wanted = std::max({held + size, held + held / 2, kLeastCapacity});
    // Through realloc, which moves large blocks without copying them; so what is held goes to the front first.
    if (held > 0) std::memmove(buffer_.get(), buffer_.get() + at_, held);
    char* const grown = static_cast<char*>(std::realloc(buffer_.get(), std::max(wanted, capacity_)));
    if (grown == nullptr) {
      Stop(Halt::kBroken, Status(StatusKind::kInternal, "there is no memory for " + std::to_string(wanted) + " bytes of a record"));
      return nullptr;
    }
    (void)buffer_.release();
    buffer_.reset(grown);
    capacity_ = std::max(wanted, capacity_);
  }
  at_ = 0;
  end_ = held;
  return buffer_.get() + end_;
}

}  // namespace garner::warc
