// Turns the lines around an article that talk about it (headline, byline, date, tags, captions, notes) into metadata and takes
// them out of the text.
#include <algorithm>
#include <memory>
#include <string_view>

#include "find_metadata.h"
#include "garner/plugin.h"
#include "garner_plugins/metadata_lines/options.pb.h"

namespace garner::metadata_lines {

class MetadataLines final : public Transform<MetadataLinesOptions> {
 public:
  Status Open() override {
    Result<std::shared_ptr<const WordLists>> lists = WordLists::Load(context().data_dir());
    if (!lists.ok()) return lists.status();
    lists_ = *std::move(lists);
    settings_.head_lines = options().head_lines();
    if (options().numeric_dates() == MetadataLinesOptions::DAY_FIRST) settings_.order = NumericOrder::kDayFirst;
    if (options().numeric_dates() == MetadataLinesOptions::MONTH_FIRST) settings_.order = NumericOrder::kMonthFirst;
    return OkStatus();
  }

  Status Process(const v1::Document& document, Edits& edits) override {
    words_.Clear();
    const Findings found = FindMetadata(document, *lists_, settings_, &words_);
    for (const FoundValue& value : found.values)
      edits.AddMetadata({.key = value.key,
                         .value = value.value,
                         .origin = "text_line",
                         .confidence = value.confidence,
                         .evidence = value.evidence,
                         .chosen = value.chosen});
    for (const FoundRemoval& removal : found.removals)
      if (!Keeps(removal.rule)) edits.Erase(removal.span, {.rule = removal.rule});
    return OkStatus();
  }

 private:
  bool Keeps(std::string_view rule) const {
    return std::find(options().keep().begin(), options().keep().end(), rule) != options().keep().end();
  }

  std::shared_ptr<const WordLists> lists_;
  FindSettings settings_;
  WordStore words_;  // of the document at hand
};

}  // namespace garner::metadata_lines

GARNER_PLUGIN(garner::metadata_lines::MetadataLines)
