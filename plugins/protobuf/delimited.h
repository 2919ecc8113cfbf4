// Protobuf's stream format: each message behind its size as a varint, as parseDelimitedFrom and its kin read it.
#pragma once

#include <string>

#include "garner/status.h"
#include "garner/v1/document.pb.h"

namespace garner::protobuf_sink {

// Appends the document to `out`; the same document gives the same bytes. Fails with kLimit where it is larger than Protobuf's 2 GiB.
Status AppendDelimited(const v1::Document& document, std::string* out);

}  // namespace garner::protobuf_sink
