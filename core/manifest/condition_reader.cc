#include "core/manifest/condition_reader.h"

#include <algorithm>

#include "core/manifest/manifest_keys.h"
#include "core/manifest/nearest.h"
#include "core/manifest/quote.h"

namespace garner {
namespace {

std::string Lower(std::string text) {
  for (char& c : text)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return text;
}

bool IsPrimarySubtag(const std::string& text) {
  return text.size() >= 2 && text.size() <= 8 && std::all_of(text.begin(), text.end(), [](char c) { return c >= 'a' && c <= 'z'; });
}

bool IsMediaType(const std::string& text) {
  const size_t slash = text.find('/');
  return slash != std::string::npos && slash > 0 && slash + 1 < text.size() &&
         text.find_first_of("/ ;,*", slash + 1) == std::string::npos;
}

class ConditionReader {
 public:
  ConditionReader(const std::string& path, Mistakes& mistakes) : path_(path), mistakes_(mistakes) {}

  Condition Read(const YamlNode& node) {
    Condition condition;
    if (node.broken) return condition;
    if (node.kind != YamlNode::Kind::kMap || node.entries.empty()) {
      const std::string found = node.kind == YamlNode::Kind::kMap ? "an empty one" : Describe(node);
      Add(node.place, "'when': a map of conditions (" + JoinNames(KeyNames(ConditionKeys())) + ") is wanted, found " + found);
      return condition;
    }
    for (const YamlNode::Entry& entry : node.entries) ReadEntry(entry, condition);
    return condition;
  }

 private:
  void Add(const Place& place, std::string message) { mistakes_.Add(place, path_, std::move(message)); }

  void ReadEntry(const YamlNode::Entry& entry, Condition& condition) {
    if (entry.key == "language") {
      condition.language = ReadLanguages(*entry.value);
    } else if (entry.key == "media_type") {
      condition.media_type = ReadMediaTypes(*entry.value);
    } else if (entry.key == "uri") {
      condition.uri = ReadWords(*entry.value, "when.uri", "a glob or a list of globs");
    } else if (entry.key == "metadata") {
      ReadMetadata(*entry.value, condition);
    } else {
      Add(entry.place, "unknown key " + Quote("when." + entry.key) + SuggestNames(entry.key, KeyNames(ConditionKeys())));
    }
  }

  // A list of texts that are not empty, or one such text.
  std::vector<std::string> ReadWords(const YamlNode& node, const std::string& name, const std::string& wanted) {
    std::vector<std::string> words;
    if (node.broken) return words;
    if (node.kind == YamlNode::Kind::kScalar) {
      AddWord(node, name, wanted, words);
    } else if (node.kind == YamlNode::Kind::kList && !node.items.empty()) {
      for (const YamlNode* item : node.items) AddWord(*item, name, wanted, words);
    } else {
      const std::string found = node.kind == YamlNode::Kind::kList ? "an empty list" : Describe(node);
      Add(node.place, Quote(name) + ": " + wanted + " is wanted, found " + found);
    }
    return words;
  }

  void AddWord(const YamlNode& node, const std::string& name, const std::string& wanted, std::vector<std::string>& words) {
    if (node.broken) return;
    if (node.kind == YamlNode::Kind::kScalar && !node.text.empty()) {
      words.push_back(node.text);
      places_.push_back(node.place);
    } else {
      Add(node.place, Quote(name) + ": " + wanted + " is wanted, found " + Describe(node));
    }
  }

  std::vector<std::string> ReadLanguages(const YamlNode& node) {
    places_.clear();
    std::vector<std::string> words = ReadWords(node, "when.language", "a language code or a list of them");
    for (size_t i = 0; i < words.size(); ++i) {
      words[i] = Lower(words[i]);
      if (!IsPrimarySubtag(words[i]))
        Add(places_[i], "'when.language': " + Quote(words[i]) + " is no primary subtag; 'en' matches 'en-GB' too");
    }
    return words;
  }

  std::vector<std::string> ReadMediaTypes(const YamlNode& node) {
    places_.clear();
    std::vector<std::string> words = ReadWords(node, "when.media_type", "a media type or a list of them");
    for (size_t i = 0; i < words.size(); ++i) {
      words[i] = Lower(words[i]);
      if (!IsMediaType(words[i])) Add(places_[i], "'when.media_type': " + Quote(words[i]) + " is no media type; one like 'text/html' is wanted");
    }
    return words;
  }

  void ReadMetadata(const YamlNode& node, Condition& condition) {
    if (node.broken) return;
    if (node.kind != YamlNode::Kind::kMap || node.entries.empty()) {
      const std::string found = node.kind == YamlNode::Kind::kMap ? "an empty map" : Describe(node);
      return Add(node.place, "'when.metadata': a map from keys to accepted values is wanted, found " + found);
    }
    for (const YamlNode::Entry& entry : node.entries)
      condition.metadata.emplace_back(entry.key, ReadWords(*entry.value, "when.metadata." + entry.key, "a value or a list of values"));
  }

  const std::string& path_;
  Mistakes& mistakes_;
  std::vector<Place> places_;  // of the words that were read last
};

}  // namespace

Condition ReadCondition(const YamlNode& node, const std::string& path, Mistakes& mistakes) {
  return ConditionReader(path, mistakes).Read(node);
}

}  // namespace garner
