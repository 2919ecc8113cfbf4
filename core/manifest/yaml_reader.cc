#include "core/manifest/yaml_reader.h"

#include <fmt/format.h>
#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/parser.h>

#include <algorithm>
#include <cstdint>
#include <map>
#include <sstream>
#include <unordered_map>
#include <vector>

#include "core/manifest/quote.h"
#include "garner/utf8.h"

namespace garner {
namespace {

// Ends the parse; its mistake is already told. Never leaves ReadYaml.
struct Stop {};

// Turns yaml-cpp's marks, which count bytes from 0, into places. Everything is counted once: a line may be the whole text.
class Places {
 public:
  Places(std::string_view text, const Place& start) : start_(start), characters_before_(text.size() + 1) {
    line_begins_.push_back(0);
    uint32_t characters = 0;
    for (size_t i = 0; i < text.size(); ++i) {
      characters_before_[i] = characters;
      if ((text[i] & 0xC0) != 0x80) ++characters;  // no continuation byte
      if (text[i] == '\n') line_begins_.push_back(i + 1);
    }
    characters_before_[text.size()] = characters;
  }

  Place At(const YAML::Mark& mark) const {
    if (mark.line < 0 || static_cast<size_t>(mark.line) >= line_begins_.size()) return start_;
    const size_t line = static_cast<size_t>(mark.line);
    return At(line, line_begins_[line] + static_cast<size_t>(std::max(mark.column, 0)));
  }
  Place At(size_t offset) const {
    const auto next = std::upper_bound(line_begins_.begin(), line_begins_.end(), offset);
    return At(static_cast<size_t>(next - line_begins_.begin()) - 1, offset);
  }

 private:
  Place At(size_t line, size_t offset) const {
    const size_t last = characters_before_.size() - 1;
    Place place = start_;
    place.line = static_cast<int>(line) + 1;
    place.column = static_cast<int>(characters_before_[std::min(offset, last)] - characters_before_[line_begins_[line]]) + 1;
    return place;
  }

  Place start_;
  std::vector<size_t> line_begins_;
  std::vector<uint32_t> characters_before_;  // for every byte
};

std::string At(const Place& place) { return fmt::format("line {}, column {}", place.line, place.column); }

// Builds the tree from the parser's events. Checks as it goes, so that the parser never gets deeper than the limits.
class TreeBuilder final : public YAML::EventHandler {
 public:
  TreeBuilder(const Places& places, const Environment& environment, YamlArena& arena, Mistakes& mistakes)
      : places_(places), environment_(environment), arena_(arena), mistakes_(mistakes) {}

  const YamlNode* root() const { return root_; }

  void OnDocumentStart(const YAML::Mark&) override {}
  void OnDocumentEnd() override {}

  void OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) override {
    AddLeaf(NewNode(YamlNode::Kind::kNull, mark, "?"), anchor);
  }

  void OnAlias(const YAML::Mark& mark, YAML::anchor_t anchor) override {
    const Place place = places_.At(mark);
    const auto found = anchors_.find(anchor);
    if (found == anchors_.end() || !found->second.complete) StopAt(place, "an alias stands inside the very node it names");
    const Anchored& target = found->second;
    Weigh(place, target.nodes, target.text, "unfolds into");
    Deepen(place, target.height);
    if (ExpectsKey()) {
      mistakes_.Add(place, Path(), "an alias cannot be a key; write the key out");
      return SkipValue(place);
    }
    AttachValue(target.node);
  }

  void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor, const std::string& value) override {
    YamlNode* node = NewNode(YamlNode::Kind::kScalar, mark, tag);
    node->quoted = tag != "?";
    node->text = value;
    if (!ExpectsKey()) FillIn(*node);
    RefuseNul(*node);
    Weigh(node->place, 0, node->text.size(), "holds");
    AddLeaf(node, anchor);
  }

  void OnSequenceStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor, YAML::EmitterStyle::value) override {
    Open(NewNode(YamlNode::Kind::kList, mark, tag), anchor);
  }
  void OnSequenceEnd() override { Close(); }
  void OnMapStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor, YAML::EmitterStyle::value) override {
    Open(NewNode(YamlNode::Kind::kMap, mark, tag), anchor);
  }
  void OnMapEnd() override { Close(); }

 private:
  // A list or map that is being read.
  struct Frame {
    YamlNode* node = nullptr;
    YAML::anchor_t anchor = YAML::NullAnchor;
    size_t nodes_before = 0;
    size_t text_before = 0;
    size_t height = 1;  // of lists and maps, this one included, aliases unfolded
    bool expects_key = false;
    bool is_key = false;  // this very list or map stands where a key belongs
    bool skip_value = false;
    std::string key;
    Place key_place;
    std::unordered_map<std::string, Place> keys;
  };
  struct Anchored {
    const YamlNode* node = nullptr;
    size_t nodes = 0;
    size_t text = 0;
    size_t height = 0;
    bool complete = false;
  };

  [[noreturn]] void StopAt(const Place& place, std::string message) {
    mistakes_.Add(place, Path(), std::move(message));
    throw Stop{};
  }

  bool ExpectsKey() const { return !frames_.empty() && frames_.back().expects_key; }

  // "transforms[1].options.min_words": where in the document the parser is.
  std::string Path() const {
    std::string path;
    for (const Frame& frame : frames_) {
      if (frame.node->kind == YamlNode::Kind::kList) {
        path += fmt::format("[{}]", frame.node->items.size());
      } else if (!frame.expects_key && !frame.key.empty()) {
        path += (path.empty() ? "" : ".") + frame.key;
      }
    }
    return path;
  }

  void Weigh(const Place& place, size_t nodes, size_t text, std::string_view does) {
    nodes_ += nodes;
    text_ += text;
    if (nodes_ > kMaxYamlNodes) StopAt(place, fmt::format("the document {} more than {} values, the limit", does, kMaxYamlNodes));
    if (text_ > kMaxYamlText) StopAt(place, fmt::format("the document {} more than {} bytes of text, the limit", does, kMaxYamlText));
  }

  // Something of `height` lists and maps stands where the parser is.
  void Deepen(const Place& place, size_t height) {
    if (frames_.size() + height > kMaxYamlDepth)
      StopAt(place, fmt::format("lists and maps are nested more than {} deep, the limit", kMaxYamlDepth));
    if (!frames_.empty()) frames_.back().height = std::max(frames_.back().height, height + 1);
  }

  YamlNode* NewNode(YamlNode::Kind kind, const YAML::Mark& mark, const std::string& tag) {
    YamlNode* node = arena_.New();
    node->kind = kind;
    node->place = places_.At(mark);
    Weigh(node->place, 1, 0, "has");
    if (tag != "?" && tag != "!" && tag != "" && !(kind == YamlNode::Kind::kScalar && tag == "tag:yaml.org,2002:str")) {
      mistakes_.Add(node->place, Path(), "the tag " + Quote(tag) + " is not known; leave tags out");
      node->broken = true;
    }
    return node;
  }

  void FillIn(YamlNode& node) {
    if (node.text.find("${") == std::string::npos) return;
    Result<std::string> filled = Interpolate(node.text, environment_);
    if (!filled.ok()) {
      mistakes_.Add(node.place, Path(), filled.status().message());
      node.broken = true;
      return;
    }
    node.text = *std::move(filled);
    node.interpolated = true;
  }

  // Paths and regular expressions would end there unseen.
  void RefuseNul(YamlNode& node) {
    if (node.text.find('\0') == std::string::npos) return;
    mistakes_.Add(node.place, Path(), "a text with a NUL character");
    node.broken = true;
  }

  void AddLeaf(YamlNode* node, YAML::anchor_t anchor) {
    if (anchor != YAML::NullAnchor) anchors_[anchor] = {node, 1, node->text.size(), 0, true};
    if (ExpectsKey()) {
      AttachKey(*node);
    } else {
      AttachValue(node);
    }
  }

  void AttachKey(const YamlNode& node) {
    Frame& frame = frames_.back();
    frame.key = node.text;
    frame.key_place = node.place;
    if (node.kind == YamlNode::Kind::kNull) {
      mistakes_.Add(node.place, Path(), "a key is missing or null; write it out, in quotes if need be");
      return SkipValue(node.place);
    }
    if (node.text == "<<" && !node.quoted) {
      mistakes_.Add(node.place, Path(), "merge keys ('<<') are not supported; write the keys out, or use an alias for a whole value");
      return SkipValue(node.place);
    }
    const auto [first, added] = frame.keys.emplace(node.text, node.place);
    if (!added) {
      mistakes_.Add(node.place, Path(), "duplicate key " + Quote(node.text) + "; the first is at " + At(first->second));
      return SkipValue(node.place);
    }
    frame.expects_key = false;
  }

  void SkipValue(const Place& place) {
    Frame& frame = frames_.back();
    frame.node->incomplete = true;
    frame.key_place = place;
    frame.skip_value = true;
    frame.expects_key = false;
  }

  void AttachValue(const YamlNode* node) {
    if (frames_.empty()) {
      root_ = node;
      return;
    }
    Frame& frame = frames_.back();
    if (frame.node->kind == YamlNode::Kind::kList) {
      frame.node->items.push_back(node);
      return;
    }
    if (!frame.skip_value) frame.node->entries.push_back({std::move(frame.key), frame.key_place, node});
    frame.key.clear();
    frame.skip_value = false;
    frame.expects_key = true;
  }

  void Open(YamlNode* node, YAML::anchor_t anchor) {
    Deepen(node->place, 1);
    if (anchor != YAML::NullAnchor) anchors_[anchor] = {node, 0, 0, 0, false};
    Frame frame;
    frame.node = node;
    frame.anchor = anchor;
    frame.nodes_before = nodes_ - 1;
    frame.text_before = text_;
    frame.is_key = ExpectsKey();
    frame.expects_key = node->kind == YamlNode::Kind::kMap;
    frames_.push_back(std::move(frame));
  }

  void Close() {
    const Frame frame = std::move(frames_.back());
    frames_.pop_back();
    if (frame.anchor != YAML::NullAnchor)
      anchors_[frame.anchor] = {frame.node, nodes_ - frame.nodes_before, text_ - frame.text_before, frame.height, true};
    if (!frames_.empty()) frames_.back().height = std::max(frames_.back().height, frame.height + 1);
    if (!frame.is_key) return AttachValue(frame.node);
    mistakes_.Add(frame.node->place, Path(), Describe(*frame.node) + " cannot be a key; a plain word is wanted");
    SkipValue(frame.node->place);
  }

  const Places& places_;
  const Environment& environment_;
  YamlArena& arena_;
  Mistakes& mistakes_;
  const YamlNode* root_ = nullptr;
  std::vector<Frame> frames_;
  std::map<YAML::anchor_t, Anchored> anchors_;
  size_t nodes_ = 0;
  size_t text_ = 0;
};

// The first byte that text may not have: ill-formed UTF-8, or a control character other than tab and line break.
size_t FindForbidden(std::string_view text) {
  for (size_t at = 0; at < text.size();) {
    const CodePoint cp = NextCodePoint(text, at);
    if (!cp.valid || cp.value == 0x7F || (cp.value < 0x20 && cp.value != '\t' && cp.value != '\n' && cp.value != '\r')) return at;
    at += cp.size;
  }
  return std::string_view::npos;
}

bool IsReadable(std::string_view text, const Places& places, const Place& start, Mistakes& mistakes) {
  if (text.size() > kMaxYamlBytes) {
    mistakes.Add(start, "", fmt::format("more than {} bytes of YAML, the limit", kMaxYamlBytes));
    return false;
  }
  const size_t forbidden = FindForbidden(text);
  if (forbidden == std::string_view::npos) return true;
  const bool valid = NextCodePoint(text, forbidden).valid;
  mistakes.Add(places.At(forbidden), "", valid ? "a control character; plain text is wanted" : "not valid UTF-8; save the file as UTF-8");
  return false;
}

// What often lies behind a syntax error at a line (from 0).
std::string SyntaxHint(std::string_view text, const Place& start, int error_line) {
  if (start.origin == Place::Origin::kSet) return "; a text with special characters stands in quotes";
  int line = 0;
  for (size_t begin = 0; begin < text.size() && line <= error_line; ++line) {
    const size_t end = std::min(text.find('\n', begin), text.size());
    const std::string_view indent = text.substr(begin, std::min(text.find_first_not_of(" \t", begin), end) - begin);
    if (indent.find('\t') != std::string_view::npos && begin + indent.size() < end)
      return fmt::format("; line {} is indented with a tab, YAML wants spaces", line + 1);
    // Inside { } the brace of a variable opens another map.
    if (line == error_line && text.substr(begin, end - begin).find("${") != std::string_view::npos)
      return "; a value with ${NAME} stands in quotes where it is inside { } or [ ]";
    begin = end + 1;
  }
  return "";
}

}  // namespace

const YamlNode* ReadYaml(std::string_view text, const Place& start, const Environment& environment, YamlArena& arena,
                         Mistakes& mistakes) {
  constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
  if (text.substr(0, 3) == kByteOrderMark) text.remove_prefix(3);
  const Places places(text, start);
  if (!IsReadable(text, places, start, mistakes)) return nullptr;
  TreeBuilder builder(places, environment, arena, mistakes);
  try {
    std::istringstream stream{std::string(text)};
    YAML::Parser parser(stream);
    if (!parser.HandleNextDocument(builder) || builder.root() == nullptr) return arena.New({.place = start});
    const YamlNode* root = builder.root();
    TreeBuilder second(places, environment, arena, mistakes);
    if (parser.HandleNextDocument(second)) {
      mistakes.Add(second.root() != nullptr ? second.root()->place : start, "", "a second YAML document; one is wanted");
      return nullptr;
    }
    return root;
  } catch (const Stop&) {
    return nullptr;
  } catch (const YAML::Exception& error) {
    mistakes.Add(places.At(error.mark), "", "not valid YAML: " + error.msg + SyntaxHint(text, start, error.mark.line));
    return nullptr;
  }
}

}  // namespace garner
