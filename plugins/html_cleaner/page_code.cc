#include "page_code.h"

#include <algorithm>
#include <optional>
#include <string_view>

#include "about_code.h"
#include "byte_set.h"
#include "code_lines.h"
#include "garner/utf8.h"

namespace garner::html_cleaner {
namespace {

// Open brackets are followed this far for the line that closes them.
constexpr int kMaxOpenBlocks = 200;
constexpr int kSurely = 2;
constexpr int kPage = 4;
// Weak signs add up to this before a run without any page's own names counts.
constexpr int kEnough = 3;

constexpr ByteSet kCodeMarks("{=(");

struct Run {
  int begin = 0;
  int end = 0;  // behind the last block
  int strength = 0;
  int sum = 0;
  bool web = false;
};

class Finder {
 public:
  explicit Finder(const v1::Document& document) : document_(document), text_(document.text()) {}

  std::vector<Span> Find() {
    if (!MayHoldCode()) return {};
    ReadLines();
    ReadRuns();
    if (runs_.empty() && inside_.empty()) return {};
    JudgeDocument();
    for (const Run& run : runs_)
      if (IsPageCode(run)) found_.push_back({document_.blocks(run.begin).begin(), document_.blocks(run.end - 1).end()});
    for (const Span& span : inside_)
      if (!about_code_) found_.push_back(span);
    std::sort(found_.begin(), found_.end(), [](const Span& a, const Span& b) { return a.begin < b.begin; });
    return found_;
  }

 private:
  std::string_view TextOf(int index) const {
    const v1::Block& block = document_.blocks(index);
    return text_.substr(block.begin(), block.end() - block.begin());
  }

  // Cheap, and true for few documents: all code that counts has a brace, or ends a line in a semicolon.
  bool MayHoldCode() const {
    constexpr size_t kNone = std::string_view::npos;
    return text_.find('{') != kNone || text_.find(";\n") != kNone || (!text_.empty() && text_.back() == ';');
  }

  void ReadLines() {
    lines_.resize(document_.blocks_size());
    closes_elements_ = text_.find("</script") != std::string_view::npos || text_.find("</style") != std::string_view::npos;
    for (int i = 0; i < document_.blocks_size(); ++i) {
      const std::string_view text = TextOf(i);
      shows_code_ = shows_code_ || document_.blocks(i).role() == v1::Block::CODE || text.substr(0, 3) == "```" ||
                    text.substr(0, 3) == "~~~";
      if (document_.blocks(i).role() == v1::Block::CODE) continue;
      lines_[i] = JudgeCodeLine(BehindOpenTag(text));
      if (lines_[i].is_code || !kCodeMarks.IsIn(text)) continue;
      if (const std::optional<Span> inside = FindCodeInside(text))
        inside_.push_back({document_.blocks(i).begin() + inside->begin, document_.blocks(i).begin() + inside->end});
    }
  }

  // `<style>.a{color:red}`, in a document where no such element is closed: what follows the tag speaks for itself. Else the tags
  // do.
  std::string_view BehindOpenTag(std::string_view text) const {
    if (text.substr(0, 7) != "<script" && text.substr(0, 6) != "<style") return text;
    if (closes_elements_) return text;
    const size_t close = text.substr(0, 200).find('>');
    return close == std::string_view::npos ? text : text.substr(close + 1);
  }

  void ReadRuns() {
    for (int i = 0; i < document_.blocks_size();) {
      const int end = ReadRun(i);
      i = std::max(end, i + 1);
    }
  }

  // From block `begin` on, as far as lines are code, or stand inside brackets that code opened and closes.
  int ReadRun(int begin) {
    Run run{begin, begin};
    while (run.end < document_.blocks_size() && lines_[run.end].is_code) {
      const int last = lines_[run.end].depth > 0 ? ClosingLine(run.end) : run.end;
      run.sum += last > run.end;  // brackets that are closed as code closes them
      for (; run.end <= last; ++run.end) {
        const CodeLine& line = lines_[run.end];
        run.strength = std::max(run.strength, line.strength);
        run.sum += line.strength;
        run.web = run.web || line.web;
      }
    }
    if (run.end > run.begin && run.sum > 0) runs_.push_back(run);
    return run.end;
  }

  // The line that closes what the line at `open` opened; `open` itself where prose comes first, or nothing closes it.
  int ClosingLine(int open) const {
    int depth = lines_[open].depth;
    const int last = std::min(document_.blocks_size(), open + kMaxOpenBlocks);
    for (int i = open + 1; i < last; ++i) {
      if (!lines_[i].terse) return open;
      depth += lines_[i].depth;
      if (depth <= 0) return i;
    }
    return open;
  }

  bool IsInRun(int index) {
    while (next_run_ < runs_.size() && runs_[next_run_].end <= index) ++next_run_;
    return next_run_ < runs_.size() && runs_[next_run_].begin <= index;
  }

  // A block's text up to the code that is glued to it.
  std::string_view ProseOf(int index) {
    const v1::Block& block = document_.blocks(index);
    while (next_inside_ < inside_.size() && inside_[next_inside_].end <= block.begin()) ++next_inside_;
    if (next_inside_ == inside_.size() || inside_[next_inside_].begin >= block.end()) return TextOf(index);
    const Span& code = inside_[next_inside_];
    return code.begin > block.begin() ? text_.substr(block.begin(), code.begin - block.begin())
                                      : text_.substr(code.end, block.end() - code.end);
  }

  // What the blocks between the runs are about.
  void JudgeDocument() {
    ProgrammingWordCounter counter;
    int strong = 0;
    int weak = 0;
    for (int i = 0; i < document_.blocks_size() && strong + weak < 4; ++i) {
      if (IsInRun(i)) continue;
      const ProgrammingWords words = counter.Count(ProseOf(i));
      strong += words.strong;
      weak += words.weak;
      has_prose_ = has_prose_ || IsProse(i);
    }
    about_code_ = shows_code_ || strong > 0 || weak >= 2;
    surely_about_code_ = shows_code_ || strong + weak / 2 >= 2;
  }

  bool IsProse(int index) const {
    const std::string_view text = TextOf(index);
    return !lines_[index].is_code && std::count(text.begin(), text.end(), ' ') >= 2;
  }

  // "Add this line to the theme:"
  bool IsIntroduced(const Run& run) const {
    if (run.begin == 0) return false;
    const std::string_view before = Trim(TextOf(run.begin - 1));
    return !before.empty() && before.back() == ':' && !lines_[run.begin - 1].is_code;
  }

  bool IsPageCode(const Run& run) const {
    if (!has_prose_ || IsIntroduced(run)) return false;
    if (run.strength >= kPage) return !surely_about_code_;
    if (about_code_ || document_.blocks(run.begin).has_html()) return false;
    return run.web && (run.strength >= kSurely || run.sum >= kEnough);
  }

  const v1::Document& document_;
  const std::string_view text_;
  std::vector<CodeLine> lines_;
  std::vector<Run> runs_;
  std::vector<Span> inside_;
  std::vector<Span> found_;
  size_t next_run_ = 0;
  size_t next_inside_ = 0;
  bool closes_elements_ = false;
  bool shows_code_ = false;
  bool has_prose_ = false;
  bool about_code_ = false;
  bool surely_about_code_ = false;
};

}  // namespace

std::vector<Span> FindPageCode(const v1::Document& document) { return Finder(document).Find(); }

}  // namespace garner::html_cleaner
