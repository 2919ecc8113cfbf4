#include "name_removals.h"

#include <algorithm>
#include <string>
#include <utility>

#include "ascii.h"

namespace garner::email {
namespace {

const char* RuleInText(std::string_view bytes) {
  if (std::all_of(bytes.begin(), bytes.end(), [](char c) { return IsBlank(c) || IsLineEnd(c); })) return "whitespace";
  if (bytes[0] == '=') return "soft_line_break";
  return TrimAscii(bytes) == "--" ? "signature_mark" : "transfer_encoding";
}

class Namer {
 public:
  Namer(std::string_view payload, const std::vector<Region>& regions) : payload_(payload), regions_(regions) {}

  void Take(const v1::Removal& removal) {
    if (removal.rule() != kUnnamed && removal.rule() != "byte_order_mark") {
      *made_.Add() = removal;
      return;
    }
    uint64_t at = removal.source().begin();
    const uint64_t end = removal.source().end();
    while (at < end) {
      while (next_ < regions_.size() && regions_[next_].source.end <= at) ++next_;
      const bool inside = next_ < regions_.size() && regions_[next_].source.begin <= at;
      const uint64_t limit = next_ == regions_.size() ? end : inside ? regions_[next_].source.end : regions_[next_].source.begin;
      const uint64_t stop = std::min(end, limit);
      const char* rule = !inside ? "mime" : regions_[next_].rule != nullptr ? regions_[next_].rule : RuleInText(payload_.substr(at, stop - at));
      Add({at, stop}, rule);
      at = stop;
    }
  }

  google::protobuf::RepeatedPtrField<v1::Removal> Made() { return std::move(made_); }

 private:
  void Add(Span source, const char* rule) {
    if (made_.size() > 0 && made_.rbegin()->rule() == rule && made_.rbegin()->source().end() == source.begin) {
      made_.rbegin()->mutable_source()->set_end(source.end);
      return;
    }
    v1::Removal* added = made_.Add();
    added->mutable_source()->set_begin(source.begin);
    added->mutable_source()->set_end(source.end);
    added->set_rule(rule);
  }

  const std::string_view payload_;
  const std::vector<Region>& regions_;
  size_t next_ = 0;
  google::protobuf::RepeatedPtrField<v1::Removal> made_;
};

}  // namespace

void NameRemovals(std::string_view payload, const std::vector<Region>& regions, v1::Document* document) {
  Namer namer(payload, regions);
  for (const v1::Removal& removal : document->removals()) namer.Take(removal);
  *document->mutable_removals() = namer.Made();
}

}  // namespace garner::email
