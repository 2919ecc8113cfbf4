// One scalar of a manifest as the value of one option.
#pragma once

#include <google/protobuf/descriptor.h>

#include <cstdint>
#include <string>
#include <variant>

#include "core/manifest/yaml_tree.h"
#include "garner/status.h"
#include "garner/v1/plugin.pb.h"

namespace garner {

// The C++ type follows the field's cpp_type(); an enum is its number.
using OptionValue = std::variant<bool, int32_t, int64_t, uint32_t, uint64_t, float, double, std::string>;

// Reads `node` as a value of the field (of one element, where the field is a list) and checks `rules`: those of the field, or of the
// map whose values it holds. Fails in words that name what was found (unless it is secret) and what is accepted. `folder` is where
// relative files start.
Result<OptionValue> ReadOptionValue(const YamlNode& node, const google::protobuf::FieldDescriptor& field,
                                    const v1::OptionRules& rules, const std::string& folder);

// "a whole number", "a text", "true or false" ...: what a field takes, for messages and tables.
std::string TypeWords(const google::protobuf::FieldDescriptor& field);

// "0 to 100", "at least 1", "": the bounds of a numeric field. Bounds that only its type gives count where `with_type`.
std::string RangeWords(const google::protobuf::FieldDescriptor& field, const v1::OptionRules& rules, bool with_type);

}  // namespace garner
