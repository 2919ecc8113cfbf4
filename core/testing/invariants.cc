#include "garner/testing/invariants.h"

#include <algorithm>
#include <vector>

#include "garner/source_map.h"
#include "garner/testing/charsets.h"
#include "garner/utf8.h"

namespace garner::testing {
namespace {

using ::testing::AssertionFailure;
using ::testing::AssertionResult;
using ::testing::AssertionSuccess;

AssertionResult TextIsClean(const v1::Document& document) {
  const std::string& text = document.text();
  if (!IsValidUtf8(text)) return AssertionFailure() << "the text is not valid UTF-8";
  for (size_t at = 0; at < text.size();) {
    const CodePoint cp = NextCodePoint(text, at);
    if (IsControl(cp.value)) return AssertionFailure() << "control character " << static_cast<uint32_t>(cp.value) << " at " << at;
    at += cp.size;
  }
  return AssertionSuccess();
}

AssertionResult BlocksTile(const v1::Document& document) {
  const std::string& text = document.text();
  uint64_t at = 0;
  for (int i = 0; i < document.blocks_size(); ++i) {
    const v1::Block& block = document.blocks(i);
    if (i > 0) {
      if (text.compare(at, 2, "\n\n") != 0) return AssertionFailure() << "no empty line before block " << i;
      at += 2;
    }
    if (block.begin() != at || block.end() <= block.begin() || block.end() > text.size())
      return AssertionFailure() << "block " << i << " is " << block.begin() << ".." << block.end() << ", expected to begin at " << at;
    if (!IsBoundary(text, block.begin()) || !IsBoundary(text, block.end())) return AssertionFailure() << "block " << i << " cuts a character";
    at = block.end();
  }
  if (at != text.size()) return AssertionFailure() << "the blocks end at " << at << ", the text at " << text.size();
  return AssertionSuccess();
}

AssertionResult MapIsTrue(const v1::Document& document, std::string_view payload, std::vector<Span>& covered) {
  const SourceMapView map(document.source_map());
  if (map.text_size() != document.text().size()) return AssertionFailure() << "the map covers " << map.text_size() << " of " << document.text().size() << " bytes of text";
  for (const SourceRun& run : map.runs()) {
    if (run.text.empty()) return AssertionFailure() << "an empty run at " << run.text.begin;
    if (run.source.end > payload.size()) return AssertionFailure() << "a run ends at byte " << run.source.end << " of " << payload.size();
    const std::string_view text = std::string_view(document.text()).substr(run.text.begin, run.text.size());
    const std::string_view source = payload.substr(run.source.begin, run.source.size());
    if (run.kind == v1::SourceMap::VERBATIM && text != source)
      return AssertionFailure() << "verbatim run at " << run.text.begin << " says '" << text << "', the payload '" << source << "'";
    if (run.kind == v1::SourceMap::TRANSCODED && Transcode(source, document.source().charset()) != text)
      return AssertionFailure() << "transcoded run at " << run.text.begin << " does not decode to '" << text << "'";
    if (!run.source.empty()) covered.push_back(run.source);
  }
  return AssertionSuccess();
}

AssertionResult RemovalsAreApart(const v1::Document& document) {
  const SourceMapView map(document.source_map());
  std::vector<Span> taken;
  for (const SourceRun& run : map.runs())
    if (run.divisible()) taken.push_back(run.source);
  for (const v1::Removal& removal : document.removals()) {
    if (removal.source().begin() >= removal.source().end()) return AssertionFailure() << "an empty removal at " << removal.source().begin();
    if (removal.rule().empty()) return AssertionFailure() << "a removal without a rule at " << removal.source().begin();
    taken.push_back({removal.source().begin(), removal.source().end()});
  }
  std::sort(taken.begin(), taken.end(), [](const Span& a, const Span& b) { return a.begin < b.begin; });
  for (size_t i = 1; i < taken.size(); ++i)
    if (taken[i].begin < taken[i - 1].end) return AssertionFailure() << "bytes " << taken[i].begin << ".. are claimed twice";
  return AssertionSuccess();
}

AssertionResult EveryByteIsAccountedFor(const v1::Document& document, std::string_view payload, std::vector<Span> covered) {
  for (const v1::Removal& removal : document.removals()) covered.push_back({removal.source().begin(), removal.source().end()});
  std::sort(covered.begin(), covered.end(), [](const Span& a, const Span& b) { return a.begin < b.begin; });
  uint64_t at = 0;
  for (const Span& span : covered) {
    if (span.begin > at) break;
    at = std::max(at, span.end);
  }
  if (at != payload.size()) return AssertionFailure() << "byte " << at << " of " << payload.size() << " is neither text nor removal";
  return AssertionSuccess();
}

AssertionResult AnnotationsLieInText(const v1::Document& document) {
  for (const v1::Annotation& annotation : document.annotations()) {
    const bool inside = annotation.begin() < annotation.end() && annotation.end() <= document.text().size();
    if (!inside || !IsBoundary(document.text(), annotation.begin()) || !IsBoundary(document.text(), annotation.end()))
      return AssertionFailure() << "annotation " << annotation.begin() << ".." << annotation.end() << " does not lie in the text";
  }
  return AssertionSuccess();
}

}  // namespace

AssertionResult Sound(const v1::Document& document, std::string_view payload) {
  std::vector<Span> covered;
  if (AssertionResult r = TextIsClean(document); !r) return r;
  if (AssertionResult r = BlocksTile(document); !r) return r;
  if (AssertionResult r = MapIsTrue(document, payload, covered); !r) return r;
  if (AssertionResult r = RemovalsAreApart(document); !r) return r;
  if (AssertionResult r = EveryByteIsAccountedFor(document, payload, std::move(covered)); !r) return r;
  return AnnotationsLieInText(document);
}

}  // namespace garner::testing
