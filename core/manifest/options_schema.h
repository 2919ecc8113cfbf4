// The options message of a plugin as a descriptor, made from the plugin's file without running it.
//
//   OptionsSchema schema(file);
//   if (schema.message() == nullptr) ... schema.error() ...
//
// Everything made from the descriptor (dynamic messages too) must go before the schema. One thread.
#pragma once

#include <google/protobuf/descriptor.h>
#include <google/protobuf/dynamic_message.h>

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "core/plugin/plugin_file.h"

namespace garner {

class OptionsSchema {
 public:
  explicit OptionsSchema(const PluginFile& file);

  // nullptr for a plugin without options, and where the description cannot be read (then error() says why).
  const google::protobuf::Descriptor* message() const { return message_; }
  const std::string& error() const { return error_; }

  // An empty options message; nullptr where message() is.
  std::unique_ptr<google::protobuf::Message> New();

 private:
  google::protobuf::DescriptorPool pool_;
  google::protobuf::DynamicMessageFactory factory_;
  const google::protobuf::Descriptor* message_ = nullptr;
  std::string error_;
};

// The rules that options.proto gives for a field; the defaults where it gives none.
const v1::OptionRules& RulesOf(const google::protobuf::FieldDescriptor& field);

// The names of a message's fields, in the order of options.proto.
std::vector<std::string> FieldNames(const google::protobuf::Descriptor& message);

// How an enum value is written in a manifest: lower case, without the enum's own name in front (`OFFSETS_UTF16` of `Offsets`: utf16).
std::string EnumWord(const google::protobuf::EnumValueDescriptor& value);
// All of them, in order; values that end in UNSPECIFIED are none.
std::vector<std::string> EnumWords(const google::protobuf::EnumDescriptor& type);
// The value that a word (in any case) or a full name stands for; nullptr for none.
const google::protobuf::EnumValueDescriptor* FindEnumValue(const google::protobuf::EnumDescriptor& type, std::string_view word);

}  // namespace garner
