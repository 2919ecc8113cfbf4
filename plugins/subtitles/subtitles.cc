// Decodes subtitles: the cues' text, joined where a sentence runs through several of them.
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "cues.h"
#include "garner/plugin.h"
#include "garner/utf8.h"
#include "garner_plugins/subtitles/options.pb.h"
#include "paragraphs.h"

namespace garner_plugins::subtitles {

using garner::DecodedText;
using garner::DocumentBuilder;
using garner::Result;
using garner::Status;

class Subtitles final : public garner::Decoder<SubtitlesOptions> {
 public:
  Status Decode(const garner::Payload& payload, garner::v1::Document* document) override {
    if (payload.bytes.size() > uint64_t{options().max_mb()} << 20)
      return Status(garner::StatusKind::kLimit, "has more than max_mb: " + std::to_string(options().max_mb()) + " MiB; raise it in the options of the subtitles decoder");
    const Result<DecodedText> decoded = garner::DecodeText(payload.bytes, {.declared = payload.info.declared_charset(), .declared_inside = ""});
    if (!decoded.ok()) return decoded.status();
    const std::string_view text = decoded->text();
    const CueFile file = ReadCues(text);
    if (!file.has_times && !file.cues.empty())
      return Status(garner::StatusKind::kInvalidInput, "holds no cue; a line such as '00:01:02,500 --> 00:01:05,000' is wanted");
    DocumentBuilder builder(*decoded, document);
    for (const Aside& aside : file.asides) builder.Remove(aside.span, aside.rule);
    AddLanguage(text, file, builder);
    AddParagraphs(text, Utterances(text, file.cues), builder);
    builder.Finish("layout");
    return garner::OkStatus();
  }

 private:
  static void AddLanguage(std::string_view text, const CueFile& file, DocumentBuilder& builder) {
    const std::string_view language = text.substr(file.language.begin, file.language.size());
    if (garner::v1::Metadata* added = builder.AddMetadata("language", language, "webvtt_header", 0.8, file.language)) added->set_chosen(true);
  }

  void AddParagraphs(std::string_view text, const std::vector<Utterance>& said, DocumentBuilder& builder) const {
    const bool punctuated = IsPunctuated(said);
    const Utterance* last = nullptr;  // the last one that says anything
    for (const Utterance& utterance : said) {
      const bool silent = garner::Trim(utterance.shown).empty();
      const bool goes_on = silent || (last != nullptr && options().join_sentences() && Continues(*last, utterance, punctuated, options().join_pause_ms()));
      if (!goes_on) {
        garner::v1::Block& block = builder.BeginBlock(garner::v1::Block::PARAGRAPH);
        if (utterance.tight) block.set_tight(true);
      }
      for (const Piece& piece : utterance.pieces) AddPiece(text, piece, builder);
      if (!silent) last = &utterance;
    }
  }

  void AddPiece(std::string_view text, const Piece& piece, DocumentBuilder& builder) const {
    const std::string_view stands = text.substr(piece.span.begin, piece.span.size());
    const std::string_view name = piece.kind == Piece::kVoice && options().speakers() ? VoiceName(stands) : std::string_view();
    if (piece.kind == Piece::kText) {
      builder.Append(piece.span);
    } else if (piece.kind == Piece::kCharacter) {
      std::string shown;
      garner::AppendUtf8(piece.character, shown);
      builder.AppendRewritten(piece.span, shown);
    } else if (!name.empty()) {
      builder.AppendRewritten(piece.span, std::string(name) + ": ");
    } else {
      builder.Remove(piece.span, RuleOf(piece.kind));
    }
  }
};

}  // namespace garner_plugins::subtitles

GARNER_PLUGIN(garner_plugins::subtitles::Subtitles)
