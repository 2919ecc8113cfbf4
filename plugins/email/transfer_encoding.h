// Content-Transfer-Encoding undone, with the place of every byte.
//
//   Transferred made = UndoTransferEncoding(payload, body, "quoted-printable");
//   made.bytes()        // the part's own bytes
//   made.stretches      // where they came from
//
// Linear time. Pure functions, safe from any thread.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "garner/span.h"

namespace garner::email {

// `decoded` bytes of the part from `source` bytes of the mail, in equal units: 1 and 1 for what stands as it is, 1 and 3 for "=C3", 3 and 4 for
// base64. The last unit may have fewer decoded bytes.
struct Stretch {
  Span decoded;
  Span source;
  uint32_t decoded_unit = 1;
  uint32_t source_unit = 1;

  bool as_is() const { return decoded_unit == 1 && source_unit == 1; }
};

struct Transferred {
  std::string owned;
  std::string_view view;
  bool copied = false;
  // Tile the bytes, in order.
  std::vector<Stretch> stretches;
  // Characters that the encoding has no use for.
  uint64_t broken = 0;

  std::string_view bytes() const { return copied ? std::string_view(owned) : view; }
};

enum class TransferEncoding { kNone, kQuotedPrintable, kBase64, kUnknown };
// By the header's value.
TransferEncoding TransferEncodingByName(std::string_view name);

// Of the stretch `body` of `payload`. Lines behind a base64 text that are no base64 (a mailing list adds them) are taken as they stand.
// `payload` must outlive the result.
Transferred UndoTransferEncoding(std::string_view payload, Span body, TransferEncoding encoding);

// How many bytes UndoTransferEncoding could make at most.
uint64_t MostBytes(Span body, TransferEncoding encoding);

// The bytes alone: of attachments and encoded words. Characters that do not belong there are passed over.
std::string DecodeBase64(std::string_view text);
std::string DecodeQuotedPrintable(std::string_view text);
// The Q encoding of header words: "_" is a space.
std::string DecodeQ(std::string_view text);

}  // namespace garner::email
