#include "draft_blocks.h"

#include <algorithm>

#include "ascii.h"
#include "table_rows.h"
#include "visibility.h"

namespace garner::html {
namespace {

// What an element hands down to what is inside it.
struct Frame {
  NodeId end = 0;    // the node that follows the element
  NodeId link = kNoNode;
  v1::Block::Role role = v1::Block::PARAGRAPH;
  uint32_t level = 0;
  uint32_t list_depth = 0;
  std::string_view landmark;
  bool preformatted = false;
  bool in_row = false;      // inside a table row that is one block
  bool stands_alone = false;  // text behind the element is another block
};

struct RoleName {
  std::string_view role;
  std::string_view landmark;
};

constexpr RoleName kAriaLandmarks[] = {{"main", "main"},     {"navigation", "nav"},      {"banner", "header"}, {"contentinfo", "footer"},
                                       {"article", "article"}, {"complementary", "aside"}, {"form", "form"},     {"search", "form"}};

std::string_view LandmarkOf(const Page& page, const Node& node) {
  const std::string_view role = TrimHtmlSpace(page.attributes().Raw(node, AttributeName::kRole));
  for (const RoleName& known : kAriaLandmarks)
    if (EqualsIgnoringCase(role, known.role)) return known.landmark;
  if (Has(node.element, kFormControl)) return "form";
  return Has(node.element, kSection) ? page.names.Name(node.element) : std::string_view();
}

bool IsSmallOrDigit(char c) { return IsDigit(c) || (IsLetter(c) && !IsCapital(c)); }
// Of any alphabet.
bool IsOfWord(char c) { return IsAlphanumeric(c) || (c & 0x80) != 0; }

class Drafter {
 public:
  explicit Drafter(const Page& page) : page_(page), showing_(DecideShowing(page)) {}

  PageText Run() {
    frames_.push_back({NodeCount(page_.tree)});
    for (NodeId i = 1; i < NodeCount(page_.tree);) {
      while (frames_.back().end <= i) Leave();
      const Node& node = page_.tree.nodes[i];
      if (node.is_text()) {
        Text(i++);
      } else if (const std::string_view rule = HiddenBy(page_, node, showing_); !rule.empty()) {
        out_.hidden.push_back({SubtreeSource(page_, i), rule});
        i = node.next;
      } else {
        Enter(i++);
      }
    }
    EndDraft();
    return std::move(out_);
  }

 private:
  void Enter(NodeId id) {
    const Node& node = page_.tree.nodes[id];
    if (node.element == tag::Br) return Break();
    Frame frame = frames_.back();
    frame.end = node.next;
    frame.stands_alone = Has(node.element, kBlockLevel) && !frame.in_row;
    if (frame.in_row && Has(node.element, kBlockLevel)) Border(node.element);
    if (frame.stands_alone) {
      EndDraft();
    }
    if (node.element == tag::A && page_.attributes().Has(node, AttributeName::kHref)) frame.link = id;
    if (const std::string_view landmark = LandmarkOf(page_, node); !landmark.empty()) frame.landmark = landmark;
    SetRole(id, node.element, frame);
    frames_.push_back(frame);
  }

  void Leave() {
    if (frames_.back().stands_alone) EndDraft();
    frames_.pop_back();
  }

  void SetRole(NodeId id, ElementId element, Frame& frame) {
    const auto set = [&](v1::Block::Role role, uint32_t level) {
      frame.role = role;
      frame.level = level;
    };
    if (IsHeading(element)) return set(v1::Block::HEADING, element - tag::H1 + 1);
    switch (element) {
      case tag::Ul:
      case tag::Ol:
      case tag::Dl:
      case tag::Menu: ++frame.list_depth; break;
      case tag::Li:
      case tag::Dt:
      case tag::Dd: return set(v1::Block::LIST_ITEM, std::max(frame.list_depth, 1u));
      case tag::Blockquote: return set(v1::Block::QUOTE, 0);
      case tag::Figcaption:
      case tag::Caption: return set(v1::Block::CAPTION, 0);
      case tag::Pre:
      case tag::Listing:
      case tag::Xmp: frame.preformatted = true; return set(v1::Block::CODE, 0);
      case tag::Tr:
        if (frame.in_row || !IsDataRow(page_, id)) return set(v1::Block::PARAGRAPH, 0);
        frame.in_row = true;
        return set(v1::Block::TABLE_ROW, 0);
      case tag::Table:
      case tag::Article:
      case tag::Section:
      case tag::Main: return set(v1::Block::PARAGRAPH, 0);
      default: break;
    }
  }

  // Inside a table row nothing ends the block: cells get a mark between them, other elements a space.
  void Border(ElementId element) {
    if (!open_) return;
    border_ = element == tag::Td || element == tag::Th || border_ == Part::kCell ? Part::kCell : Part::kSpace;
  }

  void Break() {
    if (open_) ++breaks_;
  }

  void Text(NodeId id) {
    const Frame& frame = frames_.back();
    for (uint32_t i = page_.tree.nodes[id].pieces; i < page_.PiecesEnd(id); ++i) {
      const Piece& piece = page_.tree.pieces[i];
      if (IsBlank(page_.TextOf(piece))) {
        // White space between blocks is nobody's text; inside it may separate words.
        if (open_) out_.parts.push_back({Part::kPiece, kNoNode, piece});
        continue;
      }
      PlaceBreaks(frame);
      if (open_ && Collides(id, frame.link, piece)) out_.parts.push_back({Part::kSpace, kNoNode, {}});
      if (!open_) Begin(frame, page_.tree.nodes[id].parent);
      last_text_ = id;
      while (page_.tree.nodes[draft_.node].next <= id) draft_.node = page_.tree.nodes[draft_.node].parent;
      if (frame.link != kNoNode && frame.link != last_link_) {
        ++draft_.links;
        last_link_ = frame.link;
      }
      out_.parts.push_back({Part::kPiece, frame.link, piece});
    }
  }

  // "<a>News</a><a>Sport</a>", "<span>Notes</span><span>Write them down</span>": style sheets keep apart what would be one word here.
  bool Collides(NodeId id, NodeId link, const Piece& piece) const {
    const Part& last = out_.parts.back();
    if (last.kind != Part::kPiece) return false;
    const auto& nodes = page_.tree.nodes;
    const NodeId own = nodes[id].parent;
    const NodeId before = nodes[last_text_].parent;
    const bool apart = nodes[before].next <= id && own > last_text_;
    if (!apart) return false;
    const std::string_view left = page_.TextOf(last.piece);
    const std::string_view right = page_.TextOf(piece);
    if (left.empty() || right.empty() || !IsOfWord(left.back()) || !IsOfWord(right.front())) return false;
    const bool links = last.link != kNoNode && link != kNoNode && link != last_link_;
    return links || (IsSmallOrDigit(left.back()) && IsCapital(right.front()));
  }

  // Line breaks and borders count once text follows: two breaks end the paragraph, one is a space.
  void PlaceBreaks(const Frame& frame) {
    if (!open_) return;
    if (frame.preformatted) {
      for (uint32_t i = 0; i < breaks_; ++i) out_.parts.push_back({Part::kNewline, kNoNode, {}});
    } else if (breaks_ > 1 && !frame.in_row) {
      return EndDraft();
    } else if (breaks_ > 0 && border_ == Part::kPiece) {
      out_.parts.push_back({Part::kSpace, kNoNode, {}});
    }
    if (border_ != Part::kPiece) out_.parts.push_back({border_, kNoNode, {}});
    breaks_ = 0;
    border_ = Part::kPiece;
  }

  void Begin(const Frame& frame, NodeId element) {
    open_ = true;
    draft_ = {};
    draft_.role = frame.role;
    draft_.level = frame.level;
    draft_.node = element;
    draft_.landmark = frame.landmark;
    draft_.first_part = static_cast<uint32_t>(out_.parts.size());
    last_link_ = kNoNode;
  }

  void EndDraft() {
    breaks_ = 0;
    border_ = Part::kPiece;
    if (!open_) return;
    open_ = false;
    draft_.parts = static_cast<uint32_t>(out_.parts.size()) - draft_.first_part;
    out_.drafts.push_back(draft_);
  }

  const Page& page_;
  const Showing showing_;
  PageText out_;
  std::vector<Frame> frames_;
  bool open_ = false;
  Draft draft_;
  NodeId last_link_ = kNoNode;
  NodeId last_text_ = kNoNode;
  uint32_t breaks_ = 0;                 // line breaks since the last text
  Part::Kind border_ = Part::kPiece;    // kPiece: none
};

}  // namespace

PageText DraftBlocks(const Page& page) { return Drafter(page).Run(); }

}  // namespace garner::html
