#include "record_stream.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <utility>

#include "garner/byte_words.h"

namespace garner::jsonl_reader {
namespace {

constexpr size_t kReadBytes = size_t{1} << 18;
constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

bool IsWhite(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

bool IsBlank(std::string_view line) { return std::all_of(line.begin(), line.end(), IsWhite); }

// Bytes at which the search for a value's end has something to do.
constexpr std::array<bool, 256> kStructural = [] {
  std::array<bool, 256> table{};
  for (const char c : {'"', '{', '}', '[', ']', ','}) table[static_cast<unsigned char>(c)] = true;
  return table;
}();

// The next quotation mark or backslash; the text's end where there is none.
size_t FindStringMark(std::string_view text, size_t at) {
  while (at + sizeof(ByteWord) <= text.size()) {
    const ByteWord word = LoadBytes(text, at);
    if (MayHold(word, '"') || MayHold(word, '\\')) break;
    at += sizeof(ByteWord);
  }
  while (at < text.size() && text[at] != '"' && text[at] != '\\') ++at;
  return at;
}

}  // namespace

RecordStream::RecordStream(ByteStream& stream, const Options& options) : stream_(stream), options_(options), values_(options.one_value) {}

Result<bool> RecordStream::Next(Record& record) {
  if (!started_) {
    if (Status status = Start(); !status.ok()) return status;
    started_ = true;
  }
  record = {};
  return values_ ? NextValue(record) : NextLine(record);
}

Status RecordStream::Start() {
  while (Unread().size() < 4 && !ended_) {
    const Result<bool> filled = Fill();
    if (!filled.ok()) return filled.status();
  }
  const std::string_view head = Unread().substr(0, 4);
  if (head.substr(0, 3) == kByteOrderMark) begin_ += 3;
  if (head.substr(0, 2) == "\xFF\xFE" || head.substr(0, 2) == "\xFE\xFF" || (head.size() >= 2 && (head[0] == '\0' || head[1] == '\0')))
    return Status(StatusKind::kUnsupported, "the text is UTF-16 or UTF-32; JSON in UTF-8 is accepted");
  const Result<bool> any = SkipToValue();
  if (!any.ok()) return any.status();
  if (*any && Unread()[0] == '[') {
    values_ = true;
    ++begin_;
  }
  if (!values_ && *any) {
    const Result<bool> open = FirstLineIsOpen();
    if (!open.ok()) return open.status();
    values_ = *open;
  }
  return OkStatus();
}

// A record that is written over several lines shows it in the first one.
Result<bool> RecordStream::FirstLineIsOpen() {
  while (!ended_ && Unread().size() < kReadBytes && Unread().find('\n') == std::string_view::npos) {
    const Result<bool> filled = Fill();
    if (!filled.ok()) return filled.status();
  }
  const size_t end = Unread().find('\n');
  if (end == std::string_view::npos) return false;
  std::string_view line = Unread().substr(0, end);
  while (!line.empty() && IsWhite(line.back())) line.remove_suffix(1);
  return !line.empty() && (line.back() == '{' || line.back() == '[' || line.back() == ',');
}

// Past white space; in an array past its commas, too. False at the end.
Result<bool> RecordStream::SkipToValue() {
  while (true) {
    while (begin_ < end_ && (IsWhite(buffer_[begin_]) || (values_ && started_ && buffer_[begin_] == ','))) {
      // Line numbers count from the beginning.
      number_ += !values_ && buffer_[begin_] == '\n';
      ++begin_;
    }
    if (begin_ < end_) return true;
    if (ended_) return false;
    const Result<bool> filled = Fill();
    if (!filled.ok()) return filled.status();
  }
}

Result<bool> RecordStream::NextLine(Record& record) {
  size_t looked = 0;
  bool too_long = false;
  while (true) {
    const std::string_view unread = Unread();
    const void* found = unread.size() > looked ? std::memchr(unread.data() + looked, '\n', unread.size() - looked) : nullptr;
    const size_t size = found != nullptr ? static_cast<size_t>(static_cast<const char*>(found) - unread.data()) : unread.size();
    if (found == nullptr && !ended_) {
      looked = unread.size();
      if (looked > options_.max_record_bytes) {
        too_long = true;
        begin_ = end_;
        looked = 0;
      }
      const Result<bool> filled = Fill();
      if (!filled.ok()) return filled.status();
      continue;
    }
    if (found == nullptr && size == 0 && !too_long) return false;
    ++number_;
    begin_ += size + (found != nullptr ? 1 : 0);
    const std::string_view line = unread.substr(0, size);
    if (!too_long && IsBlank(line)) {
      looked = 0;
      continue;
    }
    record.number = number_;
    record.too_long = too_long || size > options_.max_record_bytes;
    if (!record.too_long) record.json = line;
    return true;
  }
}

Result<bool> RecordStream::NextValue(Record& record) {
  while (true) {
    const Result<bool> any = SkipToValue();
    if (!any.ok()) return any.status();
    if (!*any) return false;
    if (buffer_[begin_] != ']') break;
    ++begin_;  // the end of the array; whatever is behind it is a record of its own
  }
  record.number = ++number_;
  const Result<size_t> size = FindValueEnd(record.too_long);
  if (!size.ok()) return size.status();
  record.too_long = record.too_long || *size > options_.max_record_bytes;
  if (!record.too_long) record.json = Unread().substr(0, *size);
  begin_ += *size;
  return true;
}

// How many of the unread bytes the value takes. Where it is too long they are thrown away on the way, and it is what is left of them.
Result<size_t> RecordStream::FindValueEnd(bool& too_long) {
  size_t at = 0;
  size_t depth = 0;
  bool inside_string = false;
  while (true) {
    const std::string_view unread = Unread();
    while (at < unread.size()) {
      if (inside_string) {
        at = FindStringMark(unread, at);
        if (at == unread.size()) break;
        if (unread[at] == '\\') {
          if (at + 1 == unread.size()) break;  // what it escapes comes with the next bytes
          at += 2;
          continue;
        }
        inside_string = false;
        ++at;
        continue;
      }
      while (at < unread.size() && !kStructural[static_cast<unsigned char>(unread[at])]) ++at;
      if (at == unread.size()) break;
      const char c = unread[at];
      if (c == '"') {
        inside_string = true;
      } else if (c == '{' || c == '[') {
        ++depth;
      } else if (c == ',') {
        if (depth == 0) return at;
      } else if (depth == 0) {
        return std::max<size_t>(at, 1);  // "]" behind a number, or a "}" that closes nothing
      } else if (--depth == 0) {
        return at + 1;
      }
      ++at;
    }
    if (ended_) return unread.size();
    if (at > options_.max_record_bytes) {
      too_long = true;
      begin_ += at;
      at = 0;
    }
    const Result<bool> filled = Fill();
    if (!filled.ok()) return filled.status();
  }
}

Result<bool> RecordStream::Fill() {
  // The unread bytes go to the front; where they fill half of the buffer, it grows.
  const size_t kept = end_ - begin_;
  if (kept + kReadBytes + kPaddingBytes > capacity_) {
    const size_t capacity = std::max(2 * capacity_, kept + 4 * kReadBytes + kPaddingBytes);
    std::unique_ptr<char[]> larger(new char[capacity]());
    if (kept > 0) std::memcpy(larger.get(), buffer_.get() + begin_, kept);
    buffer_ = std::move(larger);
    capacity_ = capacity;
    begin_ = 0;
    end_ = kept;
  } else if (end_ + kReadBytes + kPaddingBytes > capacity_) {
    std::memmove(buffer_.get(), buffer_.get() + begin_, kept);
    begin_ = 0;
    end_ = kept;
  }
  const Result<size_t> read = stream_.Read(buffer_.get() + end_, kReadBytes);
  if (!read.ok()) return read.status();
  end_ += *read;
  ended_ = *read == 0;
  return !ended_;
}

}  // namespace garner::jsonl_reader
