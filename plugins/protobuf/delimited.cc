#include "delimited.h"

#include <google/protobuf/io/coded_stream.h>
#include <google/protobuf/io/zero_copy_stream_impl_lite.h>

#include <limits>

namespace garner::protobuf_sink {

Status AppendDelimited(const v1::Document& document, std::string* out) {
  const size_t size = document.ByteSizeLong();
  if (size > static_cast<size_t>(std::numeric_limits<int>::max()))
    return Status(StatusKind::kLimit, "the document has " + std::to_string(size) + " bytes as a message; Protobuf takes less than 2 GiB");
  google::protobuf::io::StringOutputStream stream(out);
  google::protobuf::io::CodedOutputStream coded(&stream);
  coded.SetSerializationDeterministic(true);
  coded.WriteVarint32(static_cast<uint32_t>(size));
  document.SerializeWithCachedSizes(&coded);
  if (coded.HadError()) return Status(StatusKind::kInternal, "the document cannot be serialised");
  return OkStatus();
}

}  // namespace garner::protobuf_sink
