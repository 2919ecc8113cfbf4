#include "garner/edits.h"

// Strings are assigned in place: an Edits that is used again has their memory already.
namespace garner {

void Edits::Erase(Span span, const Reason& reason) {
  v1::Erase* erase = proto_.add_erase();
  erase->set_begin(span.begin);
  erase->set_end(span.end);
  erase->mutable_rule()->assign(reason.rule);
  if (reason.score) erase->set_score(static_cast<float>(*reason.score));
  if (reason.threshold) erase->set_threshold(static_cast<float>(*reason.threshold));
}

void Edits::Replace(Span span, std::string_view text, std::string_view rule) {
  v1::Replace* replace = proto_.add_replace();
  replace->set_begin(span.begin);
  replace->set_end(span.end);
  replace->mutable_text()->assign(text);
  replace->mutable_rule()->assign(rule);
}

void Edits::Split(Span span, std::string_view rule) {
  v1::Split* split = proto_.add_split();
  split->set_begin(span.begin);
  split->set_end(span.end);
  split->mutable_rule()->assign(rule);
}

void Edits::Annotate(const NewAnnotation& annotation) {
  v1::Annotation* added = proto_.add_annotate();
  added->set_begin(annotation.span.begin);
  added->set_end(annotation.span.end);
  added->mutable_set()->assign(annotation.set);
  added->mutable_label()->assign(annotation.label);
  if (!annotation.canonical.empty()) added->mutable_canonical()->assign(annotation.canonical);
  if (!annotation.value.empty()) added->mutable_value()->assign(annotation.value);
  if (annotation.confidence) added->set_confidence(static_cast<float>(*annotation.confidence));
}

void Edits::AddMetadata(const NewMetadata& metadata) {
  v1::AddMetadata* added = proto_.add_add_metadata();
  v1::Metadata* candidate = added->mutable_metadata();
  candidate->mutable_key()->assign(metadata.key);
  candidate->mutable_value()->assign(metadata.value);
  candidate->mutable_origin()->assign(metadata.origin);
  candidate->set_confidence(static_cast<float>(metadata.confidence));
  candidate->set_chosen(metadata.chosen);
  if (!metadata.evidence) return;
  added->mutable_text()->set_begin(metadata.evidence->begin);
  added->mutable_text()->set_end(metadata.evidence->end);
}

void Edits::ChooseMetadata(uint32_t candidate) { proto_.add_choose_metadata()->set_candidate(candidate); }

void Edits::SetBlock(uint32_t block, v1::Block::Role role, uint32_t level) {
  v1::SetBlock* set = proto_.add_set_block();
  set->set_block(block);
  set->set_role(role);
  if (level != 0) set->set_level(level);
}

void Edits::Signal(std::string_view name, double value) {
  v1::Signal* signal = proto_.add_signal();
  signal->mutable_name()->assign(name);
  signal->set_value(value);
}

void Edits::Drop(std::string_view rule, std::optional<double> value, std::optional<double> threshold, std::string_view message) {
  v1::Drop* drop = proto_.mutable_drop();
  drop->mutable_rule()->assign(rule);
  if (value) drop->set_value(*value);
  if (threshold) drop->set_threshold(*threshold);
  if (!message.empty()) drop->mutable_message()->assign(message);
}

}  // namespace garner
