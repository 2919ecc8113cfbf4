#include "core/plugin/mail_look.h"

#include <algorithm>

namespace garner {
namespace {

// Header lines looked at; mail that travelled far has a few dozen.
constexpr int kMaxHeaderLines = 200;

std::string_view TakeLine(std::string_view& text) {
  const size_t end = std::min(text.find('\n'), text.size());
  std::string_view line = text.substr(0, end);
  text.remove_prefix(std::min(end + 1, text.size()));
  if (!line.empty() && line.back() == '\r') line.remove_suffix(1);
  return line;
}

// The lower-case name of a header line, or an empty string.
std::string HeaderName(std::string_view line) {
  std::string name;
  for (const char c : line) {
    if (c == ':') return name;
    if (c <= ' ' || c > '~') return {};
    name.push_back(c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c);
  }
  return {};
}

// Headers up to the empty line. A sender, and something that only mail software writes: people do write "From:" and "Date:".
bool IsHeaderBlock(std::string_view text) {
  bool sender = false;
  bool machine = false;
  for (int i = 0; i < kMaxHeaderLines && !text.empty(); ++i) {
    const std::string_view line = TakeLine(text);
    if (line.empty()) break;
    const bool continued = line[0] == ' ' || line[0] == '\t';
    if (continued && i > 0) continue;
    const std::string name = HeaderName(line);
    if (name.empty()) return false;
    sender = sender || name == "from" || name == "sender";
    machine = machine || name == "received" || name == "message-id" || name == "mime-version" || name == "return-path" || name == "delivered-to";
  }
  return sender && machine;
}

// "From joe@example.org Sat Jan  3 01:05:34 1996": the time always has its seconds.
bool IsEnvelope(std::string_view line) {
  if (line.substr(0, 5) != "From ") return false;
  const auto digit = [&](size_t at) { return at < line.size() && line[at] >= '0' && line[at] <= '9'; };
  const auto colon_and_two = [&](size_t at) { return at < line.size() && line[at] == ':' && digit(at + 1) && digit(at + 2); };
  for (size_t at = 6; at < line.size(); ++at)
    if (digit(at - 1) && colon_and_two(at) && colon_and_two(at + 3)) return true;
  return false;
}

}  // namespace

std::string MailKind(std::string_view head) {
  std::string_view rest = head;
  if (IsEnvelope(TakeLine(rest))) {
    const std::string_view next = TakeLine(rest);
    if (!HeaderName(next).empty()) return "application/mbox";
  }
  return IsHeaderBlock(head) ? "message/rfc822" : "";
}

}  // namespace garner
