// Cuts a mailbox into its mails.
//
//   MailSplitter mails(stream, max_bytes);
//   Mail mail;
//   while (*mails.Next(mail)) Use(mail.bytes);
//
// A mail begins behind a line "From joe@example.org Sat Jan  3 01:05:34 1996" with a blank line or nothing before it and a header behind it: people
// begin sentences with "From", too. Memory is that of a mail; time is linear. One thread.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "garner/byte_stream.h"
#include "garner/status.h"
#include "line_stream.h"

namespace garner::mbox {

struct Mail {
  // Without the line that parts it from the one before; "From" at the beginning of lines as it was before the mailbox put ">" there.
  std::string bytes;
  // Of that line, in the stream.
  uint64_t place = 0;
  // It has more bytes than the limit, and `bytes` is empty.
  bool too_long = false;
};

class MailSplitter {
 public:
  // The stream must outlive it.
  MailSplitter(ByteStream& stream, uint64_t max_bytes) : lines_(stream), max_bytes_(max_bytes) {}

  Result<bool> Next(Mail& mail);

 private:
  void Append(std::string_view bytes, bool begins, Mail& mail) const;

  LineStream lines_;
  const uint64_t max_bytes_;
  std::string first_line_;     // of the next mail, read already
  uint64_t next_place_ = 0;    // where the next mail's "From" line stands
  bool started_ = false;
  bool ended_ = false;
};

// Whether a line parts two mails, by itself.
bool IsEnvelope(std::string_view line);
// Whether a mail may begin with this line.
bool IsHeader(std::string_view line);

}  // namespace garner::mbox
