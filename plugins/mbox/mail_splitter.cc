#include "mail_splitter.h"

#include <utility>

namespace garner::mbox {
namespace {

constexpr std::string_view kFrom = "From ";

bool IsDigit(char c) { return c >= '0' && c <= '9'; }

bool IsBlankLine(std::string_view line) { return line.find_first_not_of(" \t\r\n") == std::string_view::npos; }

// ">From ", ">>From ": a mailbox puts a ">" more before each.
bool IsEscaped(std::string_view line) {
  const size_t at = line.find_first_not_of('>');
  return at != 0 && at != std::string_view::npos && line.substr(at, kFrom.size()) == kFrom;
}

}  // namespace

bool IsEnvelope(std::string_view line) {
  if (line.substr(0, kFrom.size()) != kFrom) return false;
  for (size_t colon = line.find(':'); colon != std::string_view::npos; colon = line.find(':', colon + 1))
    if (IsDigit(line[colon - 1]) && colon + 2 < line.size() && IsDigit(line[colon + 1]) && IsDigit(line[colon + 2])) return true;
  return false;
}

bool IsHeader(std::string_view line) {
  if (IsEscaped(line)) return true;
  const size_t colon = line.find(':');
  if (colon == std::string_view::npos || colon == 0) return false;
  for (const char c : line.substr(0, colon))
    if (c <= ' ' || c > '~') return false;
  return true;
}

Result<bool> MailSplitter::Next(Mail& mail) {
  mail = {};
  mail.place = next_place_;
  if (ended_) return false;
  Append(first_line_, true, mail);
  bool any = started_;
  bool after_blank = !started_;
  std::string envelope;  // a line that may part two mails: the one behind it decides
  bool waiting = false;
  uint64_t envelope_place = 0;
  Line line;
  while (true) {
    const Result<bool> more = lines_.Next(line);
    if (!more.ok()) return more.status();
    if (waiting && *more && IsHeader(line.bytes)) {
      next_place_ = envelope_place;
      first_line_ = line.bytes;
      if (!std::exchange(started_, true) && !any) {
        mail.place = next_place_;
        Append(first_line_, true, mail);
        any = true;
        waiting = after_blank = false;
        continue;
      }
      break;
    }
    if (waiting) Append(envelope, true, mail);
    waiting = false;
    if (!*more) {
      ended_ = true;
      break;
    }
    if (line.begins && after_blank && IsEnvelope(line.bytes)) {
      envelope = line.bytes;
      envelope_place = line.place;
      waiting = true;
      continue;
    }
    any = any || !IsBlankLine(line.bytes);
    if (any) Append(line.bytes, line.begins, mail);
    after_blank = IsBlankLine(line.bytes);
  }
  // The blank line before the next mail is the mailbox's.
  if (mail.bytes.size() >= 2 && mail.bytes.substr(mail.bytes.size() - 2) == "\n\n") mail.bytes.pop_back();
  if (mail.bytes.size() >= 4 && mail.bytes.substr(mail.bytes.size() - 4) == "\r\n\r\n") mail.bytes.resize(mail.bytes.size() - 2);
  started_ = true;
  return any;
}

void MailSplitter::Append(std::string_view bytes, bool begins, Mail& mail) const {
  if (begins && IsEscaped(bytes)) bytes.remove_prefix(1);
  if (mail.too_long || mail.bytes.size() + bytes.size() > max_bytes_) {
    mail.too_long = true;
    mail.bytes.clear();
    return;
  }
  mail.bytes += bytes;
}

}  // namespace garner::mbox
