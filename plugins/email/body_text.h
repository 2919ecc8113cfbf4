// The text of a mail's bodies, decoded, with the place of every character in the mail.
//
//   BodyText text;
//   text.Add(payload, part.body, part.encoding, charset);
//   DecodedText decoded = text.Take();       // for a DocumentBuilder
//
// The map is as fine as the encodings let it be: bytes that stand as they are map to themselves; a character of quoted-printable maps to
// its escapes; base64 maps in the shortest stretches that begin and end with whole groups of four characters and with whole characters.
// Linear time. One thread.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "garner/decoded_text.h"
#include "garner/span.h"
#include "garner/status.h"
#include "transfer_encoding.h"

namespace garner::email {

class BodyText {
 public:
  // Adds the text of a part and says where it stands in the text. `charset`: what the part says of itself, or empty. Fails where the bytes
  // are no text; nothing is added then.
  Result<Span> Add(const Transferred& part, const std::string& charset);

  // Everything so far. Good until the next Add.
  std::string_view text() const { return text_; }
  // Ill-formed sequences of all parts.
  uint64_t replacements() const { return replacements_; }
  // Everything that was added. The document's charset is that of the first part that has other characters than ASCII; characters of parts
  // in another charset are rewritten ones.
  DecodedText Take();

 private:
  std::string text_;
  std::vector<SourceRun> runs_;
  std::string charset_;
  std::string evidence_;
  bool transcoded_ = false;  // the charset is that of a part that needed one
  uint64_t replacements_ = 0;
};

}  // namespace garner::email
