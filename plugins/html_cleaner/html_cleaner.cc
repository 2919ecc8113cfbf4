// Removes markup that was left in the text: tags whole and broken, comments, character references, shortcodes.
#include <algorithm>
#include <cstdint>
#include <optional>
#include <vector>

#include "about_code.h"
#include "about_markup.h"
#include "bracket_codes.h"
#include "byte_set.h"
#include "code_lines.h"
#include "find_residue.h"
#include "garner/plugin.h"
#include "garner_plugins/html_cleaner/options.pb.h"
#include "hidden_stretches.h"
#include "markdown.h"
#include "page_code.h"

namespace garner::html_cleaner {
namespace {

constexpr size_t kNone = std::string_view::npos;
// A script is a line a block; a comment that seems to swallow more than a handful of lines lost its end and swallows the article.
constexpr int kMaxScriptBlocks = 2000;
constexpr int kMaxCommentBlocks = 20;
// A document with this many blocks that name a markup language, look like code, or with this many elements of other vocabularies
// shows tags on purpose.
constexpr int kManyBlocks = 3;
constexpr int kManyForeignElements = 8;
constexpr int kPageScript = 4;
// Elements below sentences that end in a colon are examples.
constexpr int kManyIntroductions = 2;
// In a document with this many words of programming, brackets and stars are what they seem to be.
constexpr int kManyProgrammingWords = 2;

// Few blocks have any of these: all are sieved in one pass.
constexpr ByteClasses kMarks({kResidueMarks, "[]*_"});
constexpr unsigned kResidueMark = 1;
constexpr unsigned kMarkdownMark = 2;

// Cleans the blocks of one document in order.
class DocumentCleaner {
 public:
  DocumentCleaner(const v1::Document& document, ResidueRules rules, bool bare_code, Edits& edits)
      : document_(document), text_(document.text()), rules_(rules), bare_code_(bare_code), edits_(edits), search_(text_) {}

  void Run() {
    marks_.reserve(static_cast<size_t>(document_.blocks_size()));
    for (const v1::Block& block : document_.blocks()) marks_.push_back(kMarks.In(TextOf(block)));
    about_markup_ = IsAboutMarkup();
    rules_.tagged_paragraphs = about_markup_ && HasTaggedParagraph();
    rules_.templates = rules_.bracket_codes && !about_markup_ && !ShowsTemplates();
    if (rules_.markdown) rules_.markdown = WantsMarkdown();
    if (!about_markup_ && bare_code_) page_code_ = FindPageCode(document_);
    for (int i = 0; i < document_.blocks_size(); ++i) {
      const v1::Block& block = document_.blocks(i);
      if (block.end() <= hidden_until_) continue;  // within a script or comment that began above
      if (IsFence(block)) in_fence_ = in_fence_ ? false : FenceCloses(i);
      if (in_fence_ || block.role() == v1::Block::CODE) continue;
      CleanAroundCode(i, std::max<uint64_t>(block.begin(), hidden_until_));
    }
  }

 private:
  std::string_view TextOf(const v1::Block& block) const { return text_.substr(block.begin(), block.end() - block.begin()); }

  bool Has(int index, unsigned mark) const { return (marks_[static_cast<size_t>(index)] & mark) != 0; }

  // Judged before anything is changed, on all blocks: a listing is known by what stands around it.
  bool IsAboutMarkup() {
    if (text_.find('<') == kNone && text_.find("&lt;") == kNone) return false;
    int blocks = 0;
    int foreign_elements = 0;
    std::string_view before;
    for (const v1::Block& block : document_.blocks()) {
      const std::string_view text = TextOf(block);
      rules_.examples += Introduces(before) && BeginsWithTag(text);
      before = text;
      blocks += NamesMarkup(text) || LooksLikeCode(text);
      // A page's own script writes tags into quotation marks; it speaks of none.
      if (text.find('<') != kNone && JudgeCodeLine(text).strength < kPageScript) {
        const Residue residue = FindResidue(text, rules_);
        foreign_elements += residue.foreign_elements;
        if (residue.mentions > 0) return true;
      }
      if (blocks >= kManyBlocks || foreign_elements >= kManyForeignElements || rules_.examples >= kManyIntroductions) return true;
    }
    return rules_.examples > 0 && CountStrongWords(1) > 0;
  }

  bool HasTaggedParagraph() const {
    constexpr int kLeastSpaces = 3;
    return std::any_of(document_.blocks().begin(), document_.blocks().end(), [&](const v1::Block& block) {
      const std::string_view text = TextOf(block);
      return text.starts_with("<p>") && text.ends_with(".</p>") && std::count(text.begin(), text.end(), ' ') >= kLeastSpaces && !LooksLikeCode(text);
    });
  }

  // "Give it a class:" above an element: what follows is an example. A paragraph that was tagged itself introduces nothing.
  static bool Introduces(std::string_view text) { return !text.empty() && text.back() == ':' && text.front() != '<'; }
  static bool BeginsWithTag(std::string_view text) {
    const size_t first = text.find_first_not_of(' ');
    return first != kNone && (text[first] == '<' || text.substr(first, 4) == "&lt;");
  }

  // Words of programming, counted up to `enough`.
  int CountStrongWords(int enough) const {
    ProgrammingWordCounter counter;
    int strong = 0;
    for (int i = 0; i < document_.blocks_size() && strong < enough; ++i) strong += counter.Count(TextOf(document_.blocks(i))).strong;
    return strong;
  }

  // Sentences with placeholders in them are about placeholders, and what else the document shows of them belongs to it; so is
  // whatever braces a document about programming has.
  bool ShowsTemplates() const {
    if (text_.find("{{") == kNone && text_.find("{%") == kNone && text_.find("${") == kNone && text_.find("<%") == kNone &&
        text_.find("#{") == kNone)
      return false;
    for (const v1::Block& block : document_.blocks())
      if (HoldsTemplateInProse(TextOf(block))) return true;
    return CountStrongWords(kManyProgrammingWords) >= kManyProgrammingWords;
  }

  // Only where there is something to find, and the document does not show it on purpose.
  bool WantsMarkdown() {
    if (about_markup_) return false;
    bool found = false;
    for (int i = 0; i < document_.blocks_size(); ++i) {
      const v1::Block& block = document_.blocks(i);
      if (block.role() == v1::Block::CODE || IsFence(block)) return false;
      if (!Has(i, kMarkdownMark)) continue;
      const std::string_view text = TextOf(block);
      rules_.has_definitions = rules_.has_definitions || IsLinkDefinition(text);
      found = found || rules_.has_definitions || !FindMarkdown(text, false).empty();
    }
    if (!found) return false;
    if (text_.find("arkdown") != kNone) return false;
    return CountStrongWords(kManyProgrammingWords) < kManyProgrammingWords;
  }

  // ``` or ~~~ around code in plain text.
  bool IsFence(const v1::Block& block) const {
    const std::string_view start = TextOf(block).substr(0, 3);
    return !block.has_html() && (start == "```" || start == "~~~");
  }

  // Each fence is looked for from the last one on, so that all searches together are one pass.
  bool FenceCloses(int from) {
    if (next_fence_ > from) return next_fence_ < document_.blocks_size();
    next_fence_ = from + 1;
    while (next_fence_ < document_.blocks_size() && !IsFence(document_.blocks(next_fence_))) ++next_fence_;
    return next_fence_ < document_.blocks_size();
  }

  // Cleans what stands before, between and behind the stretches of bare code in a block.
  void CleanAroundCode(int index, uint64_t begin) {
    const uint64_t end = document_.blocks(index).end();
    while (next_code_ < page_code_.size() && page_code_[next_code_].end <= begin) ++next_code_;
    while (begin < end && hidden_until_ < end && next_code_ < page_code_.size() && page_code_[next_code_].begin < end) {
      const Span& code = page_code_[next_code_++];
      if (code.begin > begin) Clean(index, begin, code.begin);
      const uint64_t from = std::max(code.begin, hidden_until_);
      if (from < code.end) edits_.Erase({from, code.end}, {.rule = "script"});
      hidden_until_ = begin = std::max(hidden_until_, code.end);
    }
    if (begin < end) Clean(index, begin, end);
  }

  void Clean(int index, uint64_t begin, uint64_t end) {
    const v1::Block& block = document_.blocks(index);
    rules_.shy = about_markup_ || block.has_html();
    const std::string_view text = text_.substr(begin, end - begin);
    if (index == open_tag_ + 1 && IsAttributesOnly(text)) {
      open_tag_ = index;
      edits_.Erase({begin, end}, {.rule = "tag"});
      return;
    }
    if (rules_.has_definitions && rules_.markdown && IsLinkDefinition(text)) {
      edits_.Erase({begin, end}, {.rule = "markdown"});
      return;
    }
    if (!Has(index, kResidueMark)) return;
    const Residue residue = FindResidue(text, rules_);
    if (residue.open_tag) open_tag_ = index;
    if (!residue.terminator.empty()) HideOnwards(index, begin + residue.open_from, residue.terminator);
    if (residue.findings.empty()) return;
    if (residue.whole_block) {
      edits_.Erase({begin, end}, {.rule = residue.findings.front().rule});
      return;
    }
    bool split = begin > block.begin() || end < block.end();
    for (const Finding& finding : residue.findings) split = Propose(finding, begin, block) || split;
    const bool plain = block.role() == v1::Block::PARAGRAPH && residue.role != v1::Block::PARAGRAPH;
    if (plain && !split) edits_.SetBlock(static_cast<uint32_t>(index), residue.role, static_cast<uint32_t>(residue.level));
  }

  // True where the block was split.
  bool Propose(const Finding& finding, uint64_t offset, const v1::Block& block) {
    const Span span{offset + finding.span.begin, offset + finding.span.end};
    if (!finding.replacement.empty()) {
      edits_.Replace(span, finding.replacement, finding.rule);
      return false;
    }
    if (finding.boundary && span.begin > block.begin() && span.end < block.end()) {
      edits_.Split(span, finding.rule);
      return true;
    }
    edits_.Erase(span, {.rule = finding.rule});
    return false;
  }

  // A comment or script goes on in the blocks that follow: all up to its end goes, if the end is near enough.
  void HideOnwards(int index, uint64_t from, std::string_view terminator) {
    const bool comment = terminator == "-->";
    const size_t found = search_.Find(terminator, document_.blocks(index).end());
    if (found == kNone) return;
    const int last = std::min(document_.blocks_size() - 1, index + (comment ? kMaxCommentBlocks : kMaxScriptBlocks));
    if (found >= document_.blocks(last).end()) return;
    size_t end = found + terminator.size();
    if (!comment && end < text_.size() && text_[end] == '>') ++end;
    edits_.Erase({from, end}, {.rule = comment ? "comment" : "script"});
    hidden_until_ = end;
  }

  const v1::Document& document_;
  const std::string_view text_;
  ResidueRules rules_;
  const bool bare_code_;
  Edits& edits_;
  ForwardSearch search_;
  std::vector<uint8_t> marks_;  // of each block
  bool about_markup_ = false;
  int open_tag_ = -2;  // the last block that ends inside a tag
  std::vector<Span> page_code_;
  size_t next_code_ = 0;
  uint64_t hidden_until_ = 0;
  bool in_fence_ = false;
  int next_fence_ = 0;
};

}  // namespace

class HtmlCleaner final : public Transform<HtmlCleanerOptions> {
 public:
  Status Process(const v1::Document& document, Edits& edits) override {
    ResidueRules rules;
    rules.decode_references = options().decode_references();
    rules.bracket_codes = options().bracket_codes();
    rules.max_tag_bytes = options().max_tag_bytes();
    rules.markdown = options().markdown();
    DocumentCleaner(document, rules, options().bare_code(), edits).Run();
    return OkStatus();
  }
};

}  // namespace garner::html_cleaner

GARNER_PLUGIN(garner::html_cleaner::HtmlCleaner)
