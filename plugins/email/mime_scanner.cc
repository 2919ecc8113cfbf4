#include "mime_scanner.h"

#include <algorithm>
#include <utility>

#include "ascii.h"

namespace garner::email {
namespace {

// The standard says 70; a longer one than this is none.
constexpr size_t kMaxBoundaryBytes = 250;

// A multipart that is open: its parts are still to come.
struct OpenMultipart {
  int part = 0;
  std::string boundary;
};

Status TooMuch(const char* before, uint64_t limit, const char* behind, const char* option) {
  return Status(StatusKind::kLimit, std::string("the mail has ") + before + "more than " + std::to_string(limit) + behind + ": raise " + option + " of the email decoder");
}

// From `at` to behind the line's end.
size_t LineEnd(std::string_view text, size_t at) {
  const size_t end = text.find('\n', at);
  return end == std::string_view::npos ? text.size() : end + 1;
}

std::string_view WithoutLineEnd(std::string_view line) {
  while (!line.empty() && IsLineEnd(line.back())) line.remove_suffix(1);
  return line;
}

// The length of the name that begins a header line; 0 where the line is none.
size_t HeaderNameSize(std::string_view line) {
  const size_t colon = line.find(':');
  if (colon == std::string_view::npos || colon == 0) return 0;
  std::string_view name = line.substr(0, colon);
  while (!name.empty() && IsBlank(name.back())) name.remove_suffix(1);
  const bool printable = std::all_of(name.begin(), name.end(), [](char c) { return c > ' ' && c <= '~'; });
  return printable ? name.size() : 0;
}

class Scanner {
 public:
  Scanner(std::string_view payload, const ScanLimits& limits) : payload_(payload), limits_(limits) {}

  Result<std::vector<Part>> Scan() {
    at_ = EnvelopeEnd();
    if (Status status = StartPart(-1); !status.ok()) return status;
    while (at_ < payload_.size()) {
      const size_t end = LineEnd(payload_, at_);
      const Delimiter found = FindDelimiter(payload_.substr(at_, end - at_));
      if (found.level < 0) {
        at_ = end;
        continue;
      }
      const size_t line = at_;
      at_ = end;
      if (Status status = TakeDelimiter(found, line); !status.ok()) return status;
    }
    while (!open_.empty()) CloseMultipart(payload_.size());
    CloseLeaf(payload_.size());
    return std::move(parts_);
  }

 private:
  struct Delimiter {
    int level = -1;
    bool closing = false;
  };

  // "From joe@example.org Sat ..." before the first header: of a mailbox.
  size_t EnvelopeEnd() const {
    size_t at = 0;
    while (payload_.substr(at, 5) == "From " || payload_.substr(at, 6) == ">From ") at = LineEnd(payload_, at);
    return at;
  }

  Delimiter FindDelimiter(std::string_view line) const {
    if (line.size() < 3 || line[0] != '-' || line[1] != '-') return {};
    for (size_t i = open_.size(); i-- > 0;) {
      const std::string& boundary = open_[i].boundary;
      if (line.compare(2, boundary.size(), boundary) != 0) continue;
      const std::string_view rest = TrimAscii(line.substr(2 + boundary.size()));
      if (rest.empty()) return {static_cast<int>(i), false};
      if (rest == "--") return {static_cast<int>(i), true};
    }
    return {};
  }

  // The line end before a delimiter belongs to it.
  size_t BodyEndBefore(size_t line) const {
    size_t end = line;
    if (end > 0 && payload_[end - 1] == '\n') --end;
    if (end > 0 && payload_[end - 1] == '\r') --end;
    return end;
  }

  Status TakeDelimiter(const Delimiter& found, size_t line) {
    const auto level = static_cast<size_t>(found.level);
    const size_t end = BodyEndBefore(line);
    CloseLeaf(end);
    while (open_.size() > level + 1) CloseMultipart(end);
    if (found.closing) {
      CloseMultipart(line);
      return OkStatus();
    }
    return StartPart(open_[level].part);
  }

  // Whatever has no parts of its own ends here.
  void CloseLeaf(size_t end) {
    if (leaf_ < 0) return;
    Part& part = parts_[static_cast<size_t>(leaf_)];
    part.body.end = std::max<uint64_t>(part.body.begin, end);
    leaf_ = -1;
  }

  void CloseMultipart(size_t end) {
    Part& part = parts_[static_cast<size_t>(open_.back().part)];
    part.body.end = std::max<uint64_t>(part.body.begin, end);
    open_.pop_back();
  }

  Status StartPart(int parent) {
    if (parts_.size() >= limits_.max_parts) return TooMuch("", limits_.max_parts, " parts", "max_parts");
    Part part;
    part.parent = parent;
    if (parent >= 0) {
      Part& around = parts_[static_cast<size_t>(parent)];
      ++around.children;
      part.depth = around.depth + 1;
      part.media_type = around.media_type == "multipart/digest" ? "message/rfc822" : "text/plain";
    } else {
      part.media_type = "text/plain";
    }
    if (part.depth > limits_.max_depth) return TooMuch("parts that stand ", limits_.max_depth, " deep in each other", "max_depth");
    if (Status status = ReadHeaders(part); !status.ok()) return status;
    Describe(part);
    part.body = {at_, at_};
    const int index = static_cast<int>(parts_.size());
    std::string boundary = part.IsMultipart() ? part.content_type.Get("boundary") : std::string();
    parts_.push_back(std::move(part));
    if (boundary.empty() || boundary.size() > kMaxBoundaryBytes) {
      leaf_ = index;
    } else {
      open_.push_back({index, std::move(boundary)});
    }
    return OkStatus();
  }

  // Up to the empty line, or to a line that is no header: some senders leave the empty line out.
  Status ReadHeaders(Part& part) {
    const size_t begin = at_;
    while (at_ < payload_.size()) {
      const size_t end = LineEnd(payload_, at_);
      const std::string_view line = payload_.substr(at_, end - at_);
      const std::string_view content = WithoutLineEnd(line);
      if (content.empty()) {
        at_ = end;
        break;
      }
      if (FindDelimiter(line).level >= 0) break;
      const size_t name = HeaderNameSize(content);
      const bool continued = IsBlank(content[0]) && !part.fields.empty();
      if (!continued && name == 0) break;
      at_ = end;
      if (at_ - begin > limits_.max_header_bytes) return TooMuch("a part with ", limits_.max_header_bytes, " bytes of headers", "max_header_bytes");
      if (continued) {
        part.fields.back().value.end = at_;
        continue;
      }
      if (part.fields.size() >= limits_.max_headers) return TooMuch("a part with ", limits_.max_headers, " headers", "max_headers");
      part.fields.push_back({Lower(content.substr(0, name)), {static_cast<uint64_t>(begin), at_}});
      part.fields.back().value.begin = end - line.size() + content.find(':') + 1;
    }
    part.header = {begin, at_};
    for (Field& field : part.fields) field.value = Trimmed(field.value);
    return OkStatus();
  }

  Span Trimmed(Span span) const {
    const std::string_view whole = payload_.substr(span.begin, span.size());
    const std::string_view trimmed = TrimAscii(whole);
    if (trimmed.empty()) return {span.begin, span.begin};
    const uint64_t begin = span.begin + static_cast<uint64_t>(trimmed.data() - whole.data());
    return {begin, begin + trimmed.size()};
  }

  std::string_view ValueOf(const Part& part, std::string_view name) const {
    const Field* field = part.Find(name);
    return field == nullptr ? std::string_view() : payload_.substr(field->value.begin, field->value.size());
  }

  void Describe(Part& part) const {
    part.content_type = ParseParameters(ValueOf(part, "content-type"));
    part.disposition = ParseParameters(ValueOf(part, "content-disposition"));
    part.encoding = TransferEncodingByName(ValueOf(part, "content-transfer-encoding"));
    const std::string& type = part.content_type.value;
    const size_t slash = type.find('/');
    if (type == "text") {
      part.media_type = "text/plain";  // as mail of before MIME says it
    } else if (slash != std::string::npos && slash > 0 && slash + 1 < type.size()) {
      part.media_type = type;
    }
  }

  const std::string_view payload_;
  const ScanLimits& limits_;
  size_t at_ = 0;
  std::vector<Part> parts_;
  std::vector<OpenMultipart> open_;
  int leaf_ = -1;  // the part that is being read and has no parts of its own
};

}  // namespace

const Field* Part::Find(std::string_view name) const {
  for (const Field& field : fields)
    if (field.name == name) return &field;
  return nullptr;
}

Result<std::vector<Part>> ScanMail(std::string_view payload, const ScanLimits& limits) { return Scanner(payload, limits).Scan(); }

}  // namespace garner::email
