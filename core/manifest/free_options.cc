#include "core/manifest/free_options.h"

#include <nlohmann/json.hpp>

#include "core/manifest/quote.h"
#include "garner/utf8.h"

namespace garner {
namespace {

using Json = nlohmann::json;

// Options travel in the head of one frame.
constexpr size_t kMaxJson = size_t{16} << 20;

class Converter {
 public:
  Converter(const std::string& path, Mistakes& mistakes) : path_(path), mistakes_(mistakes) {}

  Json Map(const YamlNode& node) {
    Json map = Json::object();
    for (const YamlNode::Entry& entry : node.entries) map[entry.key] = Value(*entry.value);
    return map;
  }

 private:
  // Nested as deep as the YAML reader lets it.
  Json Value(const YamlNode& node) {
    if (node.broken) return nullptr;
    switch (node.kind) {
      case YamlNode::Kind::kNull: return nullptr;
      case YamlNode::Kind::kScalar: return Scalar(node);
      case YamlNode::Kind::kMap: return Map(node);
      case YamlNode::Kind::kList: break;
    }
    Json list = Json::array();
    for (const YamlNode* item : node.items) list.push_back(Value(*item));
    return list;
  }

  Json Scalar(const YamlNode& node) {
    if (!node.quoted) {
      Json value = Json::parse(node.text, nullptr, false);
      if (value.is_boolean()) return value;
      if (value.is_number()) return Number(node, std::move(value));
    }
    if (IsValidUtf8(node.text)) return node.text;
    mistakes_.Add(node.place, path_, "an option that is not valid UTF-8");
    return nullptr;
  }

  // A whole number beyond 64 bits would lose its last digits in silence.
  Json Number(const YamlNode& node, Json value) {
    if (value.is_number_float() && node.text.find_first_of(".eE") == std::string::npos)
      mistakes_.Add(node.place, path_, Quote(node.text) + " does not fit into 64 bits; put it in quotes, as a text");
    return value;
  }

  const std::string& path_;
  Mistakes& mistakes_;
};

const YamlNode* NodeOf(const Json& value, YamlArena& arena) {
  YamlNode* node = arena.New();
  if (value.is_object()) {
    node->kind = YamlNode::Kind::kMap;
    for (const auto& [key, inner] : value.items()) node->entries.push_back({key, {}, NodeOf(inner, arena)});
  } else if (value.is_array()) {
    node->kind = YamlNode::Kind::kList;
    for (const Json& inner : value) node->items.push_back(NodeOf(inner, arena));
  } else if (!value.is_null()) {
    node->kind = YamlNode::Kind::kScalar;
    node->quoted = value.is_string();
    node->text = value.is_string() ? value.get<std::string>() : value.dump();
  }
  return node;
}

}  // namespace

std::string OptionsAsJson(const YamlNode* node, const std::string& path, Mistakes& mistakes) {
  if (node == nullptr || node->broken || node->kind == YamlNode::Kind::kNull) return "{}";
  if (node->kind != YamlNode::Kind::kMap) {
    mistakes.Add(node->place, path, "'options': a map is wanted, found " + Describe(*node));
    return "{}";
  }
  std::string json = Converter(path, mistakes).Map(*node).dump(-1, ' ', false, Json::error_handler_t::replace);
  if (json.size() > kMaxJson) mistakes.Add(node->place, path, "'options': more than " + std::to_string(kMaxJson) + " bytes as JSON; give the program a file to read");
  return json;
}

Result<const YamlNode*> OptionsOfJson(const std::string& json, YamlArena& arena) {
  const Json value = Json::parse(json, nullptr, false);
  if (!value.is_object()) return Status(StatusKind::kConfig, "the options cannot be taken over: they are no JSON object");
  if (value.empty()) return static_cast<const YamlNode*>(nullptr);
  return NodeOf(value, arena);
}

}  // namespace garner
