// What the plugin found in a document: values for metadata, and the stretches that leave the text. Filled by head.h, pictures.h
// and matter.h; the stage turns it into edits.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "garner/span.h"
#include "lines.h"

namespace garner::metadata_lines {

struct FoundValue {
  std::string key;
  std::string value;
  Span evidence;
  double confidence = 1.0;
  // False for what is recorded without being believed, such as a date whose day and month cannot be told apart.
  bool chosen = true;
};

struct FoundRemoval {
  Span span;
  std::string_view rule;
};

struct FoundDate {
  LabelledDate date;
  Span evidence;
  bool in_head = false;
};

struct Findings {
  std::vector<FoundValue> values;
  std::vector<FoundRemoval> removals;
  // Dates wait until all are known: one that was published beats one that was updated.
  std::vector<FoundDate> dates;
  // The site's name behind a headline ("Headline | Site"), until other evidence agrees.
  std::vector<FoundValue> site_names;

  void Add(std::string_view key, std::string_view value, const Line& line, double confidence) {
    values.push_back({std::string(key), std::string(value), line.span, confidence, true});
  }
  void Erase(Line& line, std::string_view rule) {
    line.taken = true;
    removals.push_back({line.span, rule});
  }
};

}  // namespace garner::metadata_lines
