#include "find_residue.h"

#include <algorithm>
#include <map>
#include <utility>

#include "about_markup.h"
#include "bracket_codes.h"
#include "byte_set.h"
#include "decoded_block.h"
#include "elements.h"
#include "garner/utf8.h"
#include "hidden_stretches.h"
#include "markdown.h"
#include "read_tag.h"
#include "tag_tail.h"

namespace garner::html_cleaner {
namespace {

constexpr size_t kNone = std::string_view::npos;
// A longer stretch between two backticks is not a piece of code in a sentence.
constexpr size_t kMaxBacktickBytes = 300;

bool IsBlank(char c) { return c == ' ' || c == '\t' || c == '\n'; }
bool IsWordByte(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return byte >= 0x80 || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

struct Token {
  Tag tag;
  Element element;
  size_t partner = kNone;
  bool spoken = false;     // a script or style tag inside a sentence that goes on behind it
  bool mentioned = false;  // spoken of
  bool listed = false;     // a word of the sentence: `(e.g. <input type="text">, <select>)`
  bool accepted = false;

  bool matched() const { return partner != kNone; }
};

// A letter, digit or other sign that carries meaning, as opposed to space and punctuation.
bool IsMeaningful(char32_t value) {
  if (value < 0x80) return IsWordByte(static_cast<char>(value));
  return !IsSpace(value) && !(value >= 0x2000 && value <= 0x206F) && value != 0xB7 && value != 0xBB && value != 0xAB;
}

class Finder {
 public:
  Finder(std::string_view raw, const ResidueRules& rules)
      : rules_(rules), block_(DecodeReferences(raw, {!rules.decode_references, rules.shy})), text_(block_.text), search_(text_) {}

  Residue Run() {
    FindBackticks();
    ReadTokens();
    Match();
    Accept();
    CollectTags();
    if (!rules_.shy) CollectTail();
    CollectBracketCodes();
    CollectMarkdown();
    SortStretches();
    Residue residue;
    residue.terminator = terminator_;
    residue.open_from = block_.ToRaw(open_from_);
    residue.mentions = mentions_;
    residue.foreign_elements = foreign_elements_;
    residue.open_tag = !tokens_.empty() && tokens_.back().accepted && !tokens_.back().tag.terminated &&
                       !tokens_.back().tag.close && tokens_.back().tag.end == text_.size();
    SetRole(residue);
    residue.whole_block = IsMarkupOnly() || (rules_.templates && !rules_.shy && IsUnfilledTemplate(text_));
    if (residue.whole_block && stretches_.empty()) stretches_.push_back({{0, text_.size()}, "template"});
    Assemble(residue);
    return residue;
  }

 private:
  // --- reading --------------------------------------------------------------------------------------------------------------

  void FindBackticks() {
    for (size_t at = text_.find('`'); at != kNone;) {
      const size_t close = text_.find('`', at + 1);
      if (close == kNone) return;
      const bool code = close > at + 1 && close - at <= kMaxBacktickBytes;
      if (code) backticks_.push_back({at, close});
      at = code ? text_.find('`', close + 1) : close;
    }
  }

  bool InBackticks(size_t at) const {
    const auto after = std::upper_bound(backticks_.begin(), backticks_.end(), at, [](uint64_t value, const Span& span) { return value < span.begin; });
    return after != backticks_.begin() && at < (after - 1)->end;
  }

  void ReadTokens() {
    size_t at = text_.find('<');
    while (at != kNone) at = text_.find('<', ReadAt(at));
  }

  // Returns where to go on.
  size_t ReadAt(size_t at) {
    if (InBackticks(at)) return at + 1;
    if (!rules_.shy) {
      if (const std::optional<Hidden> hidden = ReadHidden(text_, at, rules_.max_tag_bytes, search_)) return TakeHidden(*hidden);
    }
    std::optional<Tag> tag = ReadTag(text_, at, rules_.max_tag_bytes);
    if (!tag) return at + 1;
    const Element element = LookUpElement(tag->name);
    const size_t end = tag->end;
    const bool raw = element.raw && !tag->close && !tag->spaced && tag->terminated && !rules_.shy;
    const bool spoken = raw && (IsTagMention(text_, {at, end}) || (tag->bare() && SentenceGoesOn(text_, {at, end})));
    tokens_.push_back({std::move(*tag), element});
    tokens_.back().spoken = spoken;
    if (!raw || spoken) return end;
    return TakeHidden(ReadRawContent(text_, end, element.raw ? std::string_view(tokens_.back().tag.name) : std::string_view(), search_));
  }

  size_t TakeHidden(const Hidden& hidden) {
    stretches_.push_back({hidden.span, hidden.rule});
    terminator_ = hidden.terminator;
    open_from_ = hidden.span.begin;
    return std::max(hidden.span.end, hidden.span.begin + 1);
  }

  void Match() {
    std::map<std::string_view, std::vector<size_t>> open;
    for (size_t i = 0; i < tokens_.size(); ++i) {
      std::vector<size_t>& waiting = open[tokens_[i].tag.name];
      if (!tokens_[i].tag.close) {
        waiting.push_back(i);
      } else if (!waiting.empty()) {
        tokens_[i].partner = waiting.back();
        tokens_[waiting.back()].partner = i;
        waiting.pop_back();
      }
    }
  }

  // --- deciding -------------------------------------------------------------------------------------------------------------

  void Accept() {
    if (tokens_.empty()) return;
    Weigh();
    for (Token& token : tokens_) token.accepted = rules_.shy ? IsResidueWhenShy(token) : IsResidue(token);
    AcceptBrokenRest();
  }

  // What speaks for and against the block as a whole.
  void Weigh() {
    names_markup_ = NamesMarkup(text_);
    std::map<std::string_view, int> count;
    for (Token& token : tokens_) {
      const Tag& tag = token.tag;
      if (tag.spaced) continue;  // `a < b and c > d` says nothing about the block
      token.listed = !token.matched() && IsListed(tag);
      token.mentioned = token.spoken || IsTagMention(text_, {tag.begin, tag.end});
      mentions_ += token.mentioned;
      foreign_elements_ += !token.element.known && tag.terminated;
      evidence_ = evidence_ || (token.element.known && (tag.known > 0 || token.matched() || ++count[tag.name] > 1));
    }
    const Tag& first = tokens_.front().tag;
    const Tag& last = tokens_.back().tag;
    const bool edges = text_.find_first_not_of(' ') == first.begin && Trim(text_.substr(last.end)).empty();
    wrapped_ = edges && tokens_.size() > 1 && tokens_.front().element.known && tokens_.front().partner == tokens_.size() - 1;
    wraps_prose_ = rules_.shy && rules_.examples == 0 && WrapsProse();
  }

  // A sign of the sentence follows at once, as it does behind a word. A picture in a sentence may have one behind it as well.
  bool IsListed(const Tag& tag) const {
    if (tag.close || !tag.terminated || tag.begin == 0 || tag.end >= text_.size()) return false;
    const char before = text_[tag.begin - 1];
    const char after = text_[tag.end];
    if (before == '(' && after == ')') return true;
    return (before == ' ' || before == '(') && (after == ',' || after == ')') && tag.name != "img" && tag.name != "br" &&
           tag.name != "wbr";
  }

  bool IsWrapper(const Token& token) const { return wrapped_ && (&token == &tokens_.front() || &token == &tokens_.back()); }

  bool IsResidue(const Token& token) const {
    const Tag& tag = token.tag;
    if (IsWrapper(token)) return true;
    if (token.mentioned || token.listed) return false;
    if (tag.spaced)
      return tag.terminated && token.element.known && (token.matched() || tag.quoted > 0 || (tag.close && token.element.block)) &&
             tag.odd == 0;
    if (!tag.terminated) return IsBrokenTag(token);
    if (!token.element.known) return IsUnknownElement(token);
    if (tag.quoted > 0 || tag.known > 0) return true;
    if (tag.valued > 0 || tag.odd > 0) return token.matched() && tag.odd == 0;
    if (mentions_ > 0 || (names_markup_ && StandsApart(WholeElement(token)))) return false;
    if (token.matched()) return true;
    return tag.close ? IsStrayClose(token) : IsStrayOpen(token);
  }

  bool IsUnknownElement(const Token& token) const {
    if (mentions_ > 0 || names_markup_ || token.tag.odd > 0) return false;
    if (token.tag.close) return token.matched() && !tokens_[token.partner].element.known;
    return token.tag.quoted > 0 || token.matched();
  }

  // A head without `>`: `<img src=...`, `</p` at the end.
  static bool IsBrokenTag(const Token& token) {
    if (!token.element.known) return false;
    if (token.tag.close) return token.tag.odd == 0 && token.tag.valued == 0;
    return token.tag.known > 0 && token.tag.valued > 0;
  }

  bool IsStrayClose(const Token& token) const {
    const Tag& tag = token.tag;
    const bool glued = tag.begin > 0 && !IsBlank(text_[tag.begin - 1]);
    return glued || token.element.structural || AtEdge(tag);
  }

  bool IsStrayOpen(const Token& token) const {
    const Tag& tag = token.tag;
    const bool glued_after = tag.end < text_.size() && !IsBlank(text_[tag.end]);
    if (token.element.structural) return evidence_ || AtEdge(tag) || !StandsApart({tag.begin, tag.end}) || !RunsOn(tag);
    const bool glued_before = tag.begin > 0 && IsWordByte(text_[tag.begin - 1]);
    return !glued_before && glued_after && IsWordByte(text_[tag.end]);
  }

  bool AtEdge(const Tag& tag) const {
    return Trim(text_.substr(0, tag.begin)).empty() || tag.end == text_.size() || Trim(text_.substr(tag.end)).empty();
  }

  // From the opening tag to the closing one; the tag alone where it has no other half.
  Span WholeElement(const Token& token) const {
    if (!token.matched()) return {token.tag.begin, token.tag.end};
    const Tag& other = tokens_[token.partner].tag;
    return token.tag.close ? Span{other.begin, token.tag.end} : Span{token.tag.begin, other.end};
  }

  // Like a word of the sentence: space (or the edge) before, space or punctuation after.
  bool StandsApart(Span span) const {
    const bool before = span.begin == 0 || IsBlank(text_[span.begin - 1]) || text_[span.begin - 1] == '(';
    const bool after = span.end == text_.size() || !IsWordByte(text_[span.end]);
    return before && after;
  }

  // The sentence goes on across the tag: no sentence end before it, a lower-case letter or punctuation after it.
  bool RunsOn(const Tag& tag) const {
    const size_t before = tag.begin == 0 ? kNone : text_.find_last_not_of(' ', tag.begin - 1);
    if (before == kNone || text_[before] == '.' || text_[before] == '!' || text_[before] == '?' || text_[before] == '>') return false;
    const size_t after = text_.find_first_not_of(' ', tag.end);
    if (after == kNone) return false;
    const char next = text_[after];
    return (next >= 'a' && next <= 'z') || next == ',' || next == '.' || next == ';' || next == ')' || static_cast<unsigned char>(next) >= 0x80;
  }

  // What was shown by mistake wraps a whole paragraph of prose.
  bool IsResidueWhenShy(const Token& token) const {
    if (!wraps_prose_ || !token.element.known) return false;
    if (IsWrapper(token)) return true;
    return mentions_ == 0 && !names_markup_ && (token.matched() || token.tag.quoted > 0);
  }

  static bool IsHeading(std::string_view name) { return name.size() == 2 && name[0] == 'h' && name[1] >= '1' && name[1] <= '6'; }

  // One paragraph's element around words that end like a sentence.
  bool WrapsProse() const {
    if (!wrapped_ || !tokens_.front().element.structural || !tokens_.front().element.block) return false;
    if (tokens_.size() > 2 && tokens_[1].element.block && mentions_ == 0) return false;
    const std::string_view inside = Trim(text_.substr(tokens_.front().tag.end, tokens_.back().tag.begin - tokens_.front().tag.end));
    if (LooksLikeCode(inside) || inside.empty()) return false;
    if (rules_.tagged_paragraphs && IsHeading(tokens_.front().tag.name)) return true;
    const bool sentence = std::string_view(".!?\"").find(inside.back()) != kNone || static_cast<unsigned char>(inside.back()) >= 0x80;
    return sentence && std::count(inside.begin(), inside.end(), ' ') >= 3;
  }

  // `<p` or `<foo` that ends the block counts only beside a tag that surely is one.
  void AcceptBrokenRest() {
    if (rules_.shy) return;
    const bool any = std::any_of(tokens_.begin(), tokens_.end(), [](const Token& token) { return token.accepted; });
    Token& last = tokens_.back();
    const bool broken = !last.tag.terminated && !last.tag.spaced && last.tag.bare() && last.tag.odd == 0 && last.element.known &&
                        last.tag.end == text_.size();
    const bool first = last.tag.begin == text_.find_first_not_of(' ');
    const bool glued = !first && last.element.structural && !IsBlank(text_[last.tag.begin - 1]);
    if (broken && (any || first || glued)) last.accepted = true;
    AcceptBreaks();
    AcceptLoneTags();
  }

  // `... opens.<br The fish ...`: glued to a sentence's end, and nothing but the name.
  void AcceptBreaks() {
    for (Token& token : tokens_) {
      Tag& tag = token.tag;
      if (token.accepted || tag.terminated || tag.spaced || tag.name != "br" || tag.begin == 0 || tag.valued > 0) continue;
      if (std::string_view(".!?:;").find(text_[tag.begin - 1]) == kNone) continue;
      token.accepted = true;
      tag.end = tag.begin + 3;
    }
  }

  // A block that holds nothing but bare tags of HTML.
  void AcceptLoneTags() {
    size_t at = 0;
    const std::string_view before = text_.substr(0, tokens_.front().tag.begin);
    if (before.find('>') != kNone && before.find_first_not_of("\"'/> ") == kNone) at = before.size();  // `'/> </a>`
    for (const Token& token : tokens_) {
      if (!token.element.known || !token.tag.terminated || !Trim(text_.substr(at, token.tag.begin - at)).empty()) return;
      at = token.tag.end;
    }
    if (!Trim(text_.substr(at)).empty()) return;
    for (Token& token : tokens_) token.accepted = true;
  }

  // --- collecting -----------------------------------------------------------------------------------------------------------

  void CollectTags() {
    for (const Token& token : tokens_) {
      if (!token.accepted) continue;
      Finding stretch{{token.tag.begin, token.tag.end}, "tag"};
      stretch.boundary = token.element.block && !IsBehindMarker(token.tag.begin);
      stretches_.push_back(std::move(stretch));
    }
  }

  // Behind the marks of quoted mail, or the sign of a list's item, nothing has begun yet.
  bool IsBehindMarker(size_t at) const {
    const std::string_view before = Trim(text_.substr(0, std::min<size_t>(at, 16)));
    if (at >= 16) return false;
    if (before == "\u2022" || before == "\u00B7" || before == "\u2013") return true;
    return before.find_first_not_of("> -*+") == kNone;
  }

  void CollectTail() {
    if (mentions_ > 0 || names_markup_) return;
    for (const Span& tail : FindTagTails(text_, rules_.max_tag_bytes)) stretches_.push_back({tail, "tag"});
    if (IsCommentEnd(text_)) stretches_.push_back({{0, text_.size()}, "comment"});
    if (text_.find("<![CDATA[") == kNone) return;
    for (size_t at = text_.find("]]>"); at != kNone; at = text_.find("]]>", at + 3)) stretches_.push_back({{at, at + 3}, "tag"});
  }

  void CollectBracketCodes() {
    if (!rules_.bracket_codes || text_.find('[') == kNone) return;
    for (Finding& code : FindBracketCodes(text_))
      if (!InBackticks(code.span.begin)) stretches_.push_back(std::move(code));
  }

  void CollectMarkdown() {
    if (!rules_.markdown) return;
    for (Finding& mark : FindMarkdown(text_, rules_.has_definitions))
      if (!InBackticks(mark.span.begin)) stretches_.push_back(std::move(mark));
  }

  // In order; of two that overlap the earlier stays.
  void SortStretches() {
    std::stable_sort(stretches_.begin(), stretches_.end(), [](const Finding& a, const Finding& b) { return a.span.begin < b.span.begin; });
    std::vector<Finding> kept;
    for (Finding& stretch : stretches_)
      if (!stretch.span.empty() && (kept.empty() || kept.back().span.end <= stretch.span.begin)) kept.push_back(std::move(stretch));
    stretches_ = std::move(kept);
  }

  void SetRole(Residue& residue) const {
    if (tokens_.empty() || !tokens_.front().accepted || text_.find_first_not_of(' ') != tokens_.front().tag.begin) return;
    const std::string& name = tokens_.front().tag.name;
    if (name == "li") {
      residue.role = v1::Block::LIST_ITEM;
      residue.level = 1;
    } else if (wrapped_ && HeadingLevel(name) > 0) {
      residue.role = v1::Block::HEADING;
      residue.level = HeadingLevel(name);
    } else if (wrapped_ && name == "blockquote") {
      residue.role = v1::Block::QUOTE;
    }
  }

  bool IsMarkupOnly() const {
    if (stretches_.empty()) return false;
    size_t at = 0;
    for (const Finding& stretch : stretches_) {
      if (HasMeaning(at, stretch.span.begin)) return false;
      at = stretch.span.end;
    }
    return !HasMeaning(at, text_.size());
  }

  bool HasMeaning(size_t begin, size_t end) const {
    for (size_t at = begin; at < end;) {
      const CodePoint cp = NextCodePoint(text_, at);
      if (IsMeaningful(cp.value)) return true;
      at += cp.size;
    }
    return false;
  }

  // --- the way back to the block's own bytes ------------------------------------------------------------------------------------

  void Assemble(Residue& residue) {
    size_t next = 0;
    bool after_space = true;   // what is visible so far ends in a space, or a block begins here
    size_t open_space = kNone;  // the finding that put the last space there, while nothing visible followed it
    size_t at = 0;
    const auto pass = [&](size_t end) {
      if (end > at) {
        if (text_[at] == ' ' && open_space != kNone) residue.findings[open_space].replacement.clear();
        open_space = kNone;
        after_space = text_[end - 1] == ' ';
      }
      at = std::max(at, end);
    };
    const auto border = [&] {
      if (open_space != kNone) residue.findings[open_space].replacement.clear();
      open_space = kNone;
      after_space = true;
    };
    const auto take = [&](const Finding& stretch) {
      pass(stretch.span.begin);
      Finding finding = stretch;
      finding.span = block_.ToRaw(stretch.span);
      if (stretch.boundary) border();
      residue.findings.push_back(std::move(finding));
      at = stretch.span.end;
    };
    for (const Decoding& decoding : block_.decodings) {
      while (next < stretches_.size() && stretches_[next].span.begin <= decoding.decoded.begin && stretches_[next].span.begin < decoding.decoded.end) take(stretches_[next++]);
      if (!residue.findings.empty() && decoding.raw.begin < residue.findings.back().span.end) continue;  // inside a tag
      pass(decoding.decoded.begin);
      Finding finding{decoding.raw, "character_reference", std::string(text_.substr(decoding.decoded.begin, decoding.decoded.end - decoding.decoded.begin))};
      const bool space = finding.replacement == " ";
      if (space && after_space) finding.replacement.clear();
      if (space && !after_space) open_space = residue.findings.size();
      if (!finding.replacement.empty() && !space) open_space = kNone;
      if (!finding.replacement.empty()) after_space = space;
      residue.findings.push_back(std::move(finding));
      at = decoding.decoded.end;
    }
    while (next < stretches_.size()) take(stretches_[next++]);
    pass(text_.size());
    border();
  }

  const ResidueRules& rules_;
  const DecodedBlock block_;
  const std::string_view text_;
  ForwardSearch search_;
  std::vector<Span> backticks_;
  std::vector<Token> tokens_;
  std::vector<Finding> stretches_;  // in decoded places
  std::string_view terminator_;
  size_t open_from_ = 0;
  bool names_markup_ = false;
  int mentions_ = 0;
  int foreign_elements_ = 0;
  bool evidence_ = false;
  bool wrapped_ = false;
  bool wraps_prose_ = false;
};

}  // namespace

namespace {

constexpr ByteSet kMarks(kResidueMarks);

}  // namespace

bool IsAttributesOnly(std::string_view text) {
  text = Trim(text);
  if (text == ">" || text == "/>") return true;
  if (text.find_first_of("<>") != kNone || text.find('=') == kNone) return false;
  const std::string closed = std::string(text) + ">";
  const std::optional<Tag> tail = ReadAttributeTail(closed, 0, closed.size());
  return tail && tail->end == closed.size() && tail->known > 0 && tail->known == tail->valued && tail->odd == 0;
}

Residue FindResidue(std::string_view text, const ResidueRules& rules) {
  if (!kMarks.IsIn(text)) return {};
  return Finder(text, rules).Run();
}

}  // namespace garner::html_cleaner
