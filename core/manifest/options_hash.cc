#include "core/manifest/options_hash.h"

#include <google/protobuf/descriptor.h>
#include <google/protobuf/io/coded_stream.h>
#include <google/protobuf/io/zero_copy_stream_impl_lite.h>

#include <memory>
#include <vector>

#include "garner/hash.h"

namespace garner {
namespace pb = google::protobuf;
namespace {

using Field = pb::FieldDescriptor;

void SetDefault(const Field& field, pb::Message& message) {
  const pb::Reflection& to = *message.GetReflection();
  switch (field.cpp_type()) {
    case Field::CPPTYPE_BOOL: return to.SetBool(&message, &field, field.default_value_bool());
    case Field::CPPTYPE_INT32: return to.SetInt32(&message, &field, field.default_value_int32());
    case Field::CPPTYPE_INT64: return to.SetInt64(&message, &field, field.default_value_int64());
    case Field::CPPTYPE_UINT32: return to.SetUInt32(&message, &field, field.default_value_uint32());
    case Field::CPPTYPE_UINT64: return to.SetUInt64(&message, &field, field.default_value_uint64());
    case Field::CPPTYPE_FLOAT: return to.SetFloat(&message, &field, field.default_value_float());
    case Field::CPPTYPE_DOUBLE: return to.SetDouble(&message, &field, field.default_value_double());
    case Field::CPPTYPE_ENUM: return to.SetEnum(&message, &field, field.default_value_enum());
    case Field::CPPTYPE_STRING: return to.SetString(&message, &field, field.default_value_string());
    case Field::CPPTYPE_MESSAGE: return;
  }
}

void FillInNested(const Field& field, pb::Message& message);

void FillInDefaults(pb::Message& message) {
  const pb::Descriptor& type = *message.GetDescriptor();
  for (int i = 0; i < type.field_count(); ++i) {
    const Field& field = *type.field(i);
    if (field.cpp_type() == Field::CPPTYPE_MESSAGE) {
      FillInNested(field, message);
    } else if (field.has_default_value() && field.real_containing_oneof() == nullptr &&
               !message.GetReflection()->HasField(message, &field)) {
      SetDefault(field, message);
    }
  }
}

// Only messages that are there: an absent one may mean something else than an empty one.
void FillInNested(const Field& field, pb::Message& message) {
  const pb::Reflection& to = *message.GetReflection();
  if (!field.is_repeated()) {
    if (to.HasField(message, &field)) FillInDefaults(*to.MutableMessage(&message, &field));
    return;
  }
  for (int i = 0; i < to.FieldSize(message, &field); ++i) FillInDefaults(*to.MutableRepeatedMessage(&message, &field, i));
}

std::string HashStart(const std::string& bytes) { return Sha256Hex(bytes).substr(0, 16); }

}  // namespace

std::string SerializeDeterministically(const pb::Message& message) {
  std::string out;
  {
    pb::io::StringOutputStream stream(&out);
    pb::io::CodedOutputStream coded(&stream);
    coded.SetSerializationDeterministic(true);
    message.SerializePartialToCodedStream(&coded);
  }
  return out;
}

std::string HashOptions(const pb::Message& message) {
  const std::unique_ptr<pb::Message> full(message.New());
  full->CopyFrom(message);
  FillInDefaults(*full);
  return HashStart(SerializeDeterministically(*full));
}

std::string HashNoOptions() { return HashStart(""); }

}  // namespace garner
