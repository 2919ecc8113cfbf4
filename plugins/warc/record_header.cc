#include "record_header.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstring>

#include "garner/utf8.h"

namespace garner::warc {
namespace {

constexpr size_t kNone = std::string_view::npos;

char Lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }
bool IsDigit(char c) { return c >= '0' && c <= '9'; }

std::string_view Stripped(std::string_view text) {
  const auto space = [](char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; };
  while (!text.empty() && space(text.front())) text.remove_prefix(1);
  while (!text.empty() && space(text.back())) text.remove_suffix(1);
  return text;
}

// Lines that a value was folded into become one.
std::string Unfolded(std::string_view value) {
  std::string line;
  for (const char c : value) {
    const bool breaks = c == '\r' || c == '\n' || c == '\t';
    if (breaks || c == ' ') {
      if (!line.empty() && line.back() != ' ') line += ' ';
    } else {
      line += c;
    }
  }
  return line;
}

std::string_view WithoutBrackets(std::string_view text) {
  if (text.size() >= 2 && text.front() == '<' && text.back() == '>') return text.substr(1, text.size() - 2);
  return text;
}

std::optional<uint64_t> ParseNumber(std::string_view text) {
  uint64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (text.empty() || error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

std::string_view FirstLine(std::string_view bytes) {
  const size_t end = bytes.substr(0, kMaxStartBytes).find('\n');
  if (end == kNone) return {};
  std::string_view line = bytes.substr(0, end);
  if (!line.empty() && line.back() == '\r') line.remove_suffix(1);
  return line;
}

// From the right, for urls may hold spaces: length, media type, date, address; version 2 has status, checksum, location, offset and file
// name before the length.
struct ArcLine {
  std::string_view url, date, media_type, length;
};

bool IsDate(std::string_view text) { return text.size() >= 8 && text.size() <= 14 && std::all_of(text.begin(), text.end(), IsDigit); }

std::optional<ArcLine> SplitArcLine(std::string_view line) {
  std::array<std::string_view, 9> last;
  size_t count = 0;
  std::string_view rest = line;
  while (count < last.size()) {
    const size_t space = rest.rfind(' ');
    if (space == kNone) break;
    last[count++] = rest.substr(space + 1);
    rest = rest.substr(0, space);
    const bool first = count == 4 && IsDate(last[2]);
    const bool second = count == 9 && IsDate(last[7]);
    if (first) return ArcLine{rest, last[2], last[1], last[0]};
    if (second) return ArcLine{rest, last[7], last[6], last[0]};
  }
  return std::nullopt;
}

bool HasScheme(std::string_view url) {
  const size_t colon = url.substr(0, 32).find(':');
  if (colon == kNone || colon == 0) return false;
  return std::all_of(url.begin(), url.begin() + static_cast<std::ptrdiff_t>(colon),
                     [](char c) { return (Lower(c) >= 'a' && Lower(c) <= 'z') || IsDigit(c) || c == '+' || c == '-' || c == '.'; });
}

// "20080430204825" as "2008-04-30T20:48:25Z".
std::string ArcTime(std::string_view digits) {
  if (digits.size() != 14) return std::string(digits);
  const auto part = [&](size_t at, size_t size) { return std::string(digits.substr(at, size)); };
  return part(0, 4) + "-" + part(4, 2) + "-" + part(6, 2) + "T" + part(8, 2) + ":" + part(10, 2) + ":" + part(12, 2) + "Z";
}

// Where `needle` stands in `bytes`, at or behind `from`, and what begins `skip` bytes behind that place fits.
template <typename Fits>
size_t FindFitting(std::string_view bytes, size_t from, std::string_view needle, size_t skip, Fits&& fits) {
  for (size_t at = from; at < bytes.size(); ++at) {
    const void* found = memmem(bytes.data() + at, bytes.size() - at, needle.data(), needle.size());
    if (found == nullptr) return kNone;
    at = static_cast<size_t>(static_cast<const char*>(found) - bytes.data());
    if (fits(bytes.substr(at + skip))) return at + skip;
  }
  return kNone;
}

template <typename Fits>
size_t FindLine(std::string_view bytes, size_t from, std::string_view needle, Fits&& fits) {
  if (from == 0 && fits(bytes)) return 0;
  return FindFitting(bytes, from == 0 ? 0 : from - 1, needle, 1, fits);
}

}  // namespace

std::string HeaderText(std::string_view value) { return SanitizeUtf8(value.find('\n') == kNone ? value : Unfolded(value)); }

bool StartsWarcRecord(std::string_view bytes) {
  // "WARC/1.0" and the end of the line.
  if (bytes.size() < 9 || bytes.substr(0, 5) != "WARC/" || !IsDigit(bytes[5]) || bytes[6] != '.') return false;
  size_t at = 7;
  while (at < bytes.size() && at < 10 && IsDigit(bytes[at])) ++at;
  if (at == 7 || at >= bytes.size()) return false;
  // 0.9 had everything on this line; nobody has it any more.
  return bytes[at] == '\r' || bytes[at] == '\n';
}

bool StartsArcRecord(std::string_view bytes) {
  const std::optional<ArcLine> line = SplitArcLine(FirstLine(bytes));
  return line && HasScheme(line->url) && ParseNumber(line->length).has_value();
}

size_t FindWarcRecord(std::string_view bytes, size_t from) { return FindLine(bytes, from, "\nWARC/", StartsWarcRecord); }
size_t FindWarcRecordAnywhere(std::string_view bytes, size_t from) { return FindFitting(bytes, from, "WARC/", 0, StartsWarcRecord); }
size_t FindArcRecord(std::string_view bytes, size_t from) { return FindLine(bytes, from, "\n", StartsArcRecord); }

bool SameName(std::string_view a, std::string_view b) {
  return a.size() == b.size() && std::equal(a.begin(), a.end(), b.begin(), [](char x, char y) { return Lower(x) == Lower(y); });
}

size_t HeaderBlockSize(std::string_view bytes, size_t from) {
  for (size_t at = from; at < bytes.size();) {
    const void* found = std::memchr(bytes.data() + at, '\n', bytes.size() - at);
    if (found == nullptr) return kNone;
    at = static_cast<size_t>(static_cast<const char*>(found) - bytes.data()) + 1;
    if (bytes.substr(at, 1) == "\n") return at + 1;
    if (bytes.substr(at, 2) == "\r\n") return at + 2;
  }
  return kNone;
}

std::vector<HeaderField> ParseFields(std::string_view block, size_t max_fields) {
  std::vector<HeaderField> fields;
  while (!block.empty() && fields.size() <= max_fields) {
    const size_t end = std::min(block.find('\n'), block.size());
    const std::string_view line = block.substr(0, end);
    block.remove_prefix(std::min(end + 1, block.size()));
    if (Stripped(line).empty()) break;
    if ((line[0] == ' ' || line[0] == '\t') && !fields.empty()) {
      std::string_view& value = fields.back().value;
      const std::string_view more = Stripped(line);
      value = value.empty() ? more : std::string_view(value.data(), static_cast<size_t>(more.data() + more.size() - value.data()));
      continue;
    }
    const size_t colon = line.find(':');
    if (colon == kNone || colon == 0) continue;
    fields.push_back({Stripped(line.substr(0, colon)), Stripped(line.substr(colon + 1))});
  }
  return fields;
}

Result<RecordHeader> ParseWarcHeader(std::string_view block, size_t max_fields) {
  const auto bad = [](const std::string& what) { return Status(StatusKind::kInvalidInput, what); };
  block.remove_prefix(std::min(block.find('\n'), block.size() - 1) + 1);
  const std::vector<HeaderField> fields = ParseFields(block, max_fields);
  if (fields.size() > max_fields)
    return Status(StatusKind::kLimit, "has more than " + std::to_string(max_fields) + " header lines; raise max_headers of the warc unpacker to read it");
  RecordHeader header;
  std::optional<uint64_t> length;
  for (const HeaderField& field : fields) {
    const auto is = [&](std::string_view name) { return SameName(field.name, name); };
    if (is("WARC-Type")) {
      header.type = std::string(field.value);
      std::transform(header.type.begin(), header.type.end(), header.type.begin(), Lower);
    } else if (is("WARC-Target-URI")) {
      header.url = HeaderText(WithoutBrackets(field.value));
    } else if (is("WARC-Date")) {
      header.time = HeaderText(field.value);
    } else if (is("WARC-Record-ID")) {
      header.record_id = HeaderText(WithoutBrackets(field.value));
    } else if (is("WARC-Truncated")) {
      header.truncated = HeaderText(field.value);
    } else if (is("WARC-Segment-Number")) {
      // The first of several parts; the others are records of the type "continuation".
      if (header.truncated.empty()) header.truncated = "segment";
    } else if (is("Content-Type")) {
      header.content_type = std::string(field.value);
    } else if (is("Content-Length")) {
      const std::optional<uint64_t> value = ParseNumber(field.value);
      if (!value) return bad("has the Content-Length '" + SanitizeUtf8(field.value.substr(0, 40)) + "', which is no number");
      if (length && *length != *value) return bad("has two Content-Lengths, " + std::to_string(*length) + " and " + std::to_string(*value));
      length = value;
    }
  }
  if (!length) return bad("has no Content-Length");
  if (header.type.empty()) return bad("has no WARC-Type");
  header.content_bytes = *length;
  return header;
}

Result<RecordHeader> ParseArcHeader(std::string_view line) {
  const std::optional<ArcLine> parts = SplitArcLine(line);
  const std::optional<uint64_t> length = parts ? ParseNumber(parts->length) : std::nullopt;
  if (!length) return Status(StatusKind::kInvalidInput, "has a first line without a length at its end");
  RecordHeader header;
  header.url = SanitizeUtf8(parts->url);
  header.time = ArcTime(parts->date);
  header.content_type = std::string(parts->media_type);
  header.content_bytes = *length;
  header.type = "response";
  if (header.url.compare(0, 11, "filedesc://") == 0) header.type = "warcinfo";
  return header;
}

}  // namespace garner::warc
