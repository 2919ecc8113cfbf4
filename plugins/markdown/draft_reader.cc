#include "draft_reader.h"

#include <md4c.h>

#include <algorithm>
#include <functional>
#include <string>
#include <utility>

#include "entities.h"
#include "garner/utf8.h"
#include "html_text.h"

namespace garner::markdown {
namespace {

// What a callback returns to end the parsing: md4c passes on what is negative.
constexpr int kTooDeep = -2;

// "[name]:" at the beginning of a line; md4c looks each one up among all of the same name.
uint64_t CountLinkDefinitions(std::string_view text) {
  uint64_t count = 0;
  for (size_t at = text.find("]:"); at != std::string_view::npos; at = text.find("]:", at + 2)) ++count;
  return count;
}

class Reader {
 public:
  Reader(std::string_view text, uint64_t begin, const ReadLimits& limits) : text_(text), begin_(begin), limits_(limits), html_(text, drafts_), last_end_(begin) {}

  Result<Drafts> Read() {
    const std::string_view markdown = text_.substr(begin_);
    if (CountLinkDefinitions(markdown) > limits_.max_link_definitions)
      return Status(StatusKind::kLimit, "the text has more than " + std::to_string(limits_.max_link_definitions) +
                                            " definitions of link targets: raise max_link_definitions of the markdown decoder");
    MD_PARSER parser{};
    parser.flags = MD_FLAG_TABLES | MD_FLAG_STRIKETHROUGH | MD_FLAG_TASKLISTS;
    parser.enter_block = [](MD_BLOCKTYPE type, void* detail, void* self) { return static_cast<Reader*>(self)->EnterBlock(type, detail); };
    parser.leave_block = [](MD_BLOCKTYPE type, void*, void* self) { return static_cast<Reader*>(self)->LeaveBlock(type); };
    parser.enter_span = [](MD_SPANTYPE type, void* detail, void* self) { return static_cast<Reader*>(self)->EnterSpan(type, detail); };
    parser.leave_span = [](MD_SPANTYPE type, void*, void* self) { return static_cast<Reader*>(self)->LeaveSpan(type); };
    parser.text = [](MD_TEXTTYPE type, const MD_CHAR* text, MD_SIZE size, void* self) { return static_cast<Reader*>(self)->Text(type, text, size); };
    const int ended = md_parse(markdown.data(), static_cast<MD_SIZE>(markdown.size()), &parser, this);
    if (ended == kTooDeep)
      return Status(StatusKind::kLimit, "quotations and lists stand more than " + std::to_string(limits_.max_depth) + " deep in each other: raise max_depth of the markdown decoder");
    if (ended != 0) return Status(StatusKind::kInternal, "the Markdown parser ran out of memory");
    return std::move(drafts_);
  }

 private:
  struct Container {
    MD_BLOCKTYPE type;
    bool started = false;  // an item that has a block already
  };

  int EnterBlock(MD_BLOCKTYPE type, void* detail) {
    switch (type) {
      case MD_BLOCK_QUOTE:
      case MD_BLOCK_UL:
      case MD_BLOCK_OL:
      case MD_BLOCK_LI:
        CloseItemText();
        containers_.push_back({type});
        if (containers_.size() > limits_.max_depth) return kTooDeep;
        if (type == MD_BLOCK_LI) BeginItem(*static_cast<MD_BLOCK_LI_DETAIL*>(detail));
        break;
      case MD_BLOCK_P: BeginParagraph(); break;
      case MD_BLOCK_H: Begin(v1::Block::HEADING, static_cast<MD_BLOCK_H_DETAIL*>(detail)->level); break;
      case MD_BLOCK_CODE: Begin(v1::Block::CODE, 0); break;
      case MD_BLOCK_TR: Begin(v1::Block::TABLE_ROW, 0); break;
      case MD_BLOCK_TH:
      case MD_BLOCK_TD: cell_begins_ = true; break;
      case MD_BLOCK_HTML: CloseItemText(); break;
      default: break;
    }
    return 0;
  }

  int LeaveBlock(MD_BLOCKTYPE type) {
    switch (type) {
      case MD_BLOCK_QUOTE:
      case MD_BLOCK_UL:
      case MD_BLOCK_OL:
      case MD_BLOCK_LI:
        CloseItemText();
        containers_.pop_back();
        break;
      case MD_BLOCK_P:
      case MD_BLOCK_H:
      case MD_BLOCK_CODE:
      case MD_BLOCK_TR: End(); break;
      case MD_BLOCK_HTML: html_.Finish(); break;
      default: break;
    }
    return 0;
  }

  int EnterSpan(MD_SPANTYPE type, void* detail) {
    if (type == MD_SPAN_IMG) ++images_;
    if (type == MD_SPAN_A && limits_.links && images_ == 0) EnterLink(static_cast<MD_SPAN_A_DETAIL*>(detail)->href);
    return 0;
  }

  int LeaveSpan(MD_SPANTYPE type) {
    if (type == MD_SPAN_IMG) --images_;
    if (type == MD_SPAN_A && images_ == 0) link_ = 0;
    return 0;
  }

  // Links do not nest in Markdown.
  void EnterLink(const MD_ATTRIBUTE& href) {
    if (href.size == 0 || href.size > limits_.max_link_bytes) return;
    if (drafts_.links.size() >= limits_.max_links) {
      ++drafts_.links_left_out;
      return;
    }
    std::string address;
    for (size_t part = 0; href.substr_offsets[part] < href.size; ++part) {
      const MD_OFFSET begin = href.substr_offsets[part];
      const std::string_view text(href.text + begin, href.substr_offsets[part + 1] - begin);
      const std::string resolved = href.substr_types[part] == MD_TEXT_ENTITY ? ResolveEntity(text) : std::string();
      address += resolved.empty() ? text : resolved;
    }
    drafts_.links.push_back(std::move(address));
    link_ = static_cast<uint32_t>(drafts_.links.size());
  }

  int Text(MD_TEXTTYPE type, const MD_CHAR* text, MD_SIZE size) {
    const Span span = PlaceOf(text, size);
    if (type == MD_TEXT_HTML && !open_) {
      FeedHtml(span);
      return 0;
    }
    // A tight item has text without a paragraph around it.
    if (!open_) BeginParagraph();
    switch (type) {
      case MD_TEXT_BR:
      case MD_TEXT_SOFTBR: TakeBreak(); break;
      case MD_TEXT_ENTITY: TakeEntity(span); break;
      case MD_TEXT_HTML:
        if (!span.empty()) drafts_.removed.push_back({span, RuleOfInlineHtml(text_.substr(span.begin, span.size()))});
        break;
      case MD_TEXT_NULLCHAR: break;
      default:
        if (!span.empty()) {
          Take({Piece::kAsIs, span, {}});
        } else if (draft_.role == v1::Block::CODE) {
          TakeCodeText(std::string_view(text, size));
        } else if (size > 0 && (text[0] == ' ' || text[0] == '\n')) {
          TakeBreak();  // a line end inside a code span
        }
    }
    if (!span.empty()) last_end_ = span.end;
    return 0;
  }

  // md4c gives the line ends of HTML by themselves.
  void FeedHtml(Span span) {
    if (span.empty()) span = LineEndBehind(last_end_);
    if (span.empty()) return;
    html_.Feed(span);
    last_end_ = span.end;
  }

  // Where a text that md4c gives stands; empty for what it made itself.
  Span PlaceOf(const MD_CHAR* text, MD_SIZE size) const {
    const char* first = text_.data() + begin_;
    const char* last = text_.data() + text_.size();
    if (std::less<>()(text, first) || !std::less<>()(text, last) || size > static_cast<size_t>(last - text)) return {};
    const auto at = static_cast<uint64_t>(text - text_.data());
    return {at, at + size};
  }

  void BeginItem(const MD_BLOCK_LI_DETAIL& detail) {
    if (!detail.is_task) return;
    // "[x]": what it says is part of the text.
    const uint64_t mark = begin_ + detail.task_mark_offset;
    if (mark == 0 || mark + 2 > text_.size()) return;
    BeginParagraph();
    Take({Piece::kAsIs, {mark - 1, mark + 2}, {}});
    Take({Piece::kInserted, {}, " "});
  }

  // A paragraph is what it stands in: the first one of an item is the item.
  void BeginParagraph() {
    if (open_ && !draft_.pieces.empty() && task_open_) return;  // behind the mark of a task
    if (containers_.empty()) return Begin(v1::Block::PARAGRAPH, 0);
    Container& around = containers_.back();
    if (around.type == MD_BLOCK_QUOTE) return Begin(v1::Block::QUOTE, 0);
    if (around.type != MD_BLOCK_LI || around.started) return Begin(v1::Block::PARAGRAPH, 0);
    around.started = true;
    const auto depth = std::count_if(containers_.begin(), containers_.end(), [](const Container& container) { return container.type == MD_BLOCK_LI; });
    Begin(v1::Block::LIST_ITEM, static_cast<uint32_t>(depth));
    task_open_ = true;
  }

  void Begin(v1::Block::Role role, uint32_t level) {
    End();
    open_ = true;
    draft_.role = role;
    draft_.level = level;
    only_images_ = true;
    cells_ = 0;
  }

  // A tight item ends where something else begins.
  void CloseItemText() {
    if (open_) End();
  }

  void End() {
    task_open_ = false;
    if (!open_) return;
    open_ = false;
    if (draft_.role == v1::Block::CODE) DropLastLineEnd();
    if (draft_.role == v1::Block::PARAGRAPH && only_images_ && !draft_.pieces.empty()) draft_.role = v1::Block::CAPTION;
    if (draft_.role != v1::Block::CAPTION) LeaveOutImages();
    if (!draft_.pieces.empty()) drafts_.blocks.push_back(std::move(draft_));
    draft_ = Draft();
    image_pieces_.clear();
  }

  void DropLastLineEnd() {
    while (!draft_.pieces.empty() && draft_.pieces.back().text == "\n") draft_.pieces.pop_back();
  }

  // The description of a picture is a caption where the picture stands alone, and no part of a sentence elsewhere.
  void LeaveOutImages() {
    if (image_pieces_.empty()) return;
    std::vector<Piece> kept;
    size_t next = 0;
    for (size_t i = 0; i < draft_.pieces.size(); ++i) {
      const bool image = next < image_pieces_.size() && image_pieces_[next] == i;
      next += image;
      if (!image) {
        kept.push_back(std::move(draft_.pieces[i]));
      } else if (!draft_.pieces[i].span.empty()) {
        drafts_.removed.push_back({draft_.pieces[i].span, "image"});
      }
    }
    draft_.pieces = std::move(kept);
  }

  void Take(Piece piece) {
    if (draft_.role == v1::Block::TABLE_ROW && cell_begins_) {
      if (cells_++ > 0) draft_.pieces.push_back({Piece::kInserted, {}, " | "});
      cell_begins_ = false;
    }
    const bool blank = piece.kind == Piece::kAsIs && Trim(text_.substr(piece.span.begin, piece.span.size())).empty();
    if (images_ > 0) {
      image_pieces_.push_back(draft_.pieces.size());
    } else if (!blank && piece.kind != Piece::kInserted) {
      only_images_ = false;
    }
    piece.link = link_;
    draft_.pieces.push_back(std::move(piece));
  }

  void TakeEntity(Span span) {
    if (span.empty()) return;
    std::string resolved = ResolveEntity(text_.substr(span.begin, span.size()));
    if (resolved.empty()) return Take({Piece::kAsIs, span, {}});
    Take({Piece::kRewritten, span, std::move(resolved)});
  }

  // The line end behind the last text is the space; where markup hides it, a space is inserted.
  void TakeBreak() {
    const Span end = LineEndBehind(last_end_);
    if (end.empty()) return Take({Piece::kInserted, {}, " "});
    Take({Piece::kRewritten, end, " "});
    last_end_ = end.end;
  }

  // md4c gives the line ends of code by themselves, and the white space that tabs stand for.
  void TakeCodeText(std::string_view made) {
    if (made != "\n") return Take({Piece::kInserted, {}, std::string(made)});
    const Span end = LineEndBehind(last_end_);
    if (end.empty() || draft_.pieces.empty()) {
      if (!draft_.pieces.empty()) Take({Piece::kInserted, {}, "\n"});
      return;
    }
    Take({Piece::kRewritten, end, "\n"});
    last_end_ = end.end;
  }

  // The line end behind `at` with nothing but white space and closing marks between.
  Span LineEndBehind(uint64_t at) const {
    constexpr std::string_view kClosing = " \t\\*_~`)]>\"'";
    while (at < text_.size() && kClosing.find(text_[at]) != std::string_view::npos) ++at;
    if (at >= text_.size() || (text_[at] != '\n' && text_[at] != '\r')) return {};
    const bool pair = text_[at] == '\r' && at + 1 < text_.size() && text_[at + 1] == '\n';
    return {at, at + (pair ? 2U : 1U)};
  }

  const std::string_view text_;
  const uint64_t begin_;
  const ReadLimits& limits_;
  Drafts drafts_;
  HtmlText html_;
  std::vector<Container> containers_;
  Draft draft_;
  bool open_ = false;
  bool task_open_ = false;    // an item has begun whose paragraph may still come
  bool cell_begins_ = false;
  uint32_t cells_ = 0;        // of the row, that hold text
  uint32_t images_ = 0;       // pictures around the text
  uint32_t link_ = 0;         // around the text, as in Piece
  bool only_images_ = true;
  std::vector<size_t> image_pieces_;
  uint64_t last_end_;         // of the last text that md4c gave
};

}  // namespace

Result<Drafts> ReadDrafts(std::string_view text, uint64_t begin, const ReadLimits& limits) { return Reader(text, begin, limits).Read(); }

}  // namespace garner::markdown
