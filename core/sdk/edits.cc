#include "garner/edits.h"

namespace garner {

void Edits::Erase(Span span, const Reason& reason) {
  v1::Erase* erase = proto_.add_erase();
  erase->set_begin(span.begin);
  erase->set_end(span.end);
  erase->set_rule(reason.rule.data(), reason.rule.size());
  if (reason.score) erase->set_score(static_cast<float>(*reason.score));
  if (reason.threshold) erase->set_threshold(static_cast<float>(*reason.threshold));
}

void Edits::Replace(Span span, std::string_view text, std::string_view rule) {
  v1::Replace* replace = proto_.add_replace();
  replace->set_begin(span.begin);
  replace->set_end(span.end);
  replace->set_text(text.data(), text.size());
  replace->set_rule(rule.data(), rule.size());
}

void Edits::Split(Span span, std::string_view rule) {
  v1::Split* split = proto_.add_split();
  split->set_begin(span.begin);
  split->set_end(span.end);
  split->set_rule(rule.data(), rule.size());
}

void Edits::Annotate(const NewAnnotation& annotation) {
  v1::Annotation* added = proto_.add_annotate();
  added->set_begin(annotation.span.begin);
  added->set_end(annotation.span.end);
  added->set_set(annotation.set.data(), annotation.set.size());
  added->set_label(annotation.label.data(), annotation.label.size());
  if (!annotation.canonical.empty()) added->set_canonical(annotation.canonical.data(), annotation.canonical.size());
  if (!annotation.value.empty()) added->set_value(annotation.value.data(), annotation.value.size());
  if (annotation.confidence) added->set_confidence(static_cast<float>(*annotation.confidence));
}

void Edits::AddMetadata(const NewMetadata& metadata) {
  v1::AddMetadata* added = proto_.add_add_metadata();
  v1::Metadata* candidate = added->mutable_metadata();
  candidate->set_key(metadata.key.data(), metadata.key.size());
  candidate->set_value(metadata.value.data(), metadata.value.size());
  candidate->set_origin(metadata.origin.data(), metadata.origin.size());
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
  signal->set_name(name.data(), name.size());
  signal->set_value(value);
}

void Edits::Drop(std::string_view rule, std::optional<double> value, std::optional<double> threshold) {
  v1::Drop* drop = proto_.mutable_drop();
  drop->set_rule(rule.data(), rule.size());
  if (value) drop->set_value(*value);
  if (threshold) drop->set_threshold(*threshold);
}

}  // namespace garner
