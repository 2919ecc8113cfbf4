// What a transform wants changed. A transform proposes, the host applies all of it in one step after the stage has succeeded.
//
//   edits.Erase({block.begin(), block.end()}, {.rule = "donation_appeal", .score = 0.93, .threshold = 0.5});
//   edits.Annotate({.span = {10, 14}, .set = "entities", .label = "GPE", .canonical = "Mali"});
//   edits.AddMetadata({.key = "title", .value = "Bees can count", .origin = "text_line", .evidence = Span{0, 14}, .chosen = true});
//
// All spans are bytes of the text of the document that the stage was given: nothing shifts while edits are collected. What makes
// edits invalid is said at each message in garner/v1/edits.proto; invalid edits fail the document with the stage's name. One thread.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "garner/span.h"
#include "garner/v1/edits.pb.h"

namespace garner {

// Why a stretch goes. Score and threshold are on the rule's own scale.
struct Reason {
  std::string_view rule;
  std::optional<double> score = std::nullopt;
  std::optional<double> threshold = std::nullopt;
};

struct NewAnnotation {
  Span span;
  std::string_view set;
  std::string_view label;
  std::string_view canonical = {};
  std::string_view value = {};
  std::optional<double> confidence = std::nullopt;
};

struct NewMetadata {
  std::string_view key;
  std::string_view value;
  std::string_view origin;
  double confidence = 1.0;
  // The stretch of text that says so.
  std::optional<Span> evidence = std::nullopt;
  bool chosen = false;
};

inline constexpr size_t kMaxNoteBytes = size_t{64} << 10;

class Edits {
 public:
  // Takes a stretch out. White space that it would leave doubled, or at a block's edge, goes with it.
  void Erase(Span span, const Reason& reason);
  // Puts other text in the place of a stretch inside one block; an empty span inserts.
  void Replace(Span span, std::string_view text, std::string_view rule);
  // Ends a block at span.begin and starts another at span.end; the stretch between is removed.
  void Split(Span span, std::string_view rule);
  void Annotate(const NewAnnotation& annotation);
  void AddMetadata(const NewMetadata& metadata);
  // Chooses an existing candidate, by its index in document.metadata().
  void ChooseMetadata(uint32_t candidate);
  // Changes the role of a block, by its index in document.blocks().
  void SetBlock(uint32_t block, v1::Block::Role role, uint32_t level = 0);
  void Signal(std::string_view name, double value);
  // Takes the whole document out of the output. `message`: what the log should say besides.
  void Drop(std::string_view rule, std::optional<double> value = std::nullopt, std::optional<double> threshold = std::nullopt,
            std::string_view message = {});
  // For the second half of a stage that decides; at most kMaxNoteBytes.
  void set_note(std::string note) { proto_.set_note(std::move(note)); }

  const v1::Edits& proto() const { return proto_; }
  v1::Edits& proto() { return proto_; }

 private:
  v1::Edits proto_;
};

}  // namespace garner
