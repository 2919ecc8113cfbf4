// What names a set of resolved options in lineage and journals.
#pragma once

#include <google/protobuf/message.h>

#include <string>

namespace garner {

// The same bytes for the same message, whatever order it was filled in.
std::string SerializeDeterministically(const google::protobuf::Message& message);

// SHA-256 over the deterministic serialisation with declared defaults filled in, first 16 hexadecimal digits: an option left out and
// the same option set to its default are equal. Fields without a declared default stay absent where they are, because a stage can
// tell absence from zero.
std::string HashOptions(const google::protobuf::Message& message);
// For a plugin without options.
std::string HashNoOptions();

}  // namespace garner
