#include "tests/core/edits/random_documents.h"

#include <algorithm>
#include <iterator>

#include "garner/decoded_text.h"
#include "garner/document_builder.h"
#include "garner/testing/charsets.h"
#include "garner/utf8.h"

namespace garner::testing {
namespace {

struct Script {
  const char* charset;
  std::vector<char32_t> letters;
};

std::vector<char32_t> Range(char32_t first, char32_t last) {
  std::vector<char32_t> letters;
  for (char32_t c = first; c <= last; ++c) letters.push_back(c);
  return letters;
}

const std::vector<Script>& Scripts() {
  static const std::vector<Script> scripts = {
      {"UTF-8", Range('a', 'z')},
      {"UTF-8", Range(0x430, 0x44F)},           // Cyrillic
      {"UTF-8", Range(0x627, 0x63A)},           // Arabic
      {"UTF-8", Range(0x905, 0x939)},           // Devanagari
      {"UTF-8", Range(0x4E00, 0x4E40)},         // Han
      {"UTF-8", Range(0x1F600, 0x1F620)},       // beyond the BMP
      {"windows-1251", Range(0x430, 0x44F)},
      {"windows-1252", {'a', 'b', 'c', 0xE9, 0xFC, 0xDF, 0x2019, 0x20AC}},
      {"UTF-16LE", Range(0x3B1, 0x3C9)},
      {"UTF-16BE", {'x', 'y', 0x5D0, 0x5D1, 0x1F601}},
      {"Shift_JIS", Range(0x3042, 0x3060)},
      {"EUC-KR", Range(0xAC00, 0xAC01)},
  };
  return scripts;
}

void AppendSpaces(RandomSource& random, std::string& text) {
  static constexpr const char* kSpaces[] = {" ", " ", " ", " ", "  ", "\n", "\n\n", "\t", " \r\n"};
  text += kSpaces[random.Below(std::size(kSpaces))];
}

std::string RandomText(const Script& script, RandomSource& random) {
  std::string text;
  const uint64_t words = random.Below(60);
  for (uint64_t word = 0; word < words; ++word) {
    const uint64_t letters = 1 + random.Below(7);
    for (uint64_t i = 0; i < letters; ++i) AppendUtf8(script.letters[random.Below(script.letters.size())], text);
    AppendSpaces(random, text);
  }
  return text;
}

size_t BoundaryAtOrBefore(std::string_view text, size_t at) {
  while (!IsBoundary(text, at)) --at;
  return at;
}

// Cuts the decoded text into stretches and does something different with each.
void Build(const DecodedText& decoded, RandomSource& random, v1::Document* document) {
  DocumentBuilder builder(decoded, document);
  const std::string_view text = decoded.text();
  size_t at = 0;
  while (at < text.size()) {
    const size_t end = std::max(BoundaryAtOrBefore(text, std::min<size_t>(text.size(), at + 1 + random.Below(40))), at + NextCodePoint(text, at).size);
    switch (random.Below(10)) {
      case 0: builder.Remove({at, end}, "random_removal"); break;
      case 1: builder.EndBlock(); break;  // nobody claims the stretch: a gap
      case 2:
        if (!builder.block_open()) builder.BeginBlock(v1::Block::PARAGRAPH);
        builder.AppendRewritten({at, end}, "&");
        break;
      case 3:
        builder.BeginBlock(random.OneIn(3) ? v1::Block::CODE : v1::Block::HEADING);
        builder.Append({at, end});
        break;
      case 4:
        builder.BeginBlock(v1::Block::PARAGRAPH);
        builder.AppendInserted("*");
        builder.Append({at, end});
        break;
      default:
        if (!builder.block_open()) builder.BeginBlock(v1::Block::PARAGRAPH);
        builder.Append({at, end});
    }
    at = end;
  }
  builder.Finish("gap");
}

Span RandomSpan(const std::string& text, RandomSource& random, uint64_t longest) {
  uint64_t begin = BoundaryAtOrBefore(text, random.Below(text.size() + 1));
  uint64_t end = BoundaryAtOrBefore(text, std::min<uint64_t>(text.size(), begin + random.Below(longest + 1)));
  return {begin, std::max(begin, end)};
}

// A span inside one block, edges included.
Span SpanInBlock(const v1::Document& document, RandomSource& random, uint64_t longest) {
  const v1::Block& block = document.blocks(static_cast<int>(random.Below(static_cast<uint64_t>(document.blocks_size()))));
  const uint64_t begin = BoundaryAtOrBefore(document.text(), block.begin() + random.Below(block.end() - block.begin() + 1));
  const uint64_t end = BoundaryAtOrBefore(document.text(), std::min(block.end(), begin + random.Below(longest + 1)));
  return {begin, std::max(begin, end)};
}

}  // namespace

RandomDocument MakeRandomDocument(RandomSource& random) {
  const Script& script = Scripts()[random.Below(Scripts().size())];
  RandomDocument made;
  made.payload = Encode(RandomText(script, random), script.charset);
  made.document.mutable_source()->set_bytes(made.payload.size());
  const Result<DecodedText> decoded = DecodeText(made.payload, {.declared = script.charset, .declared_inside = ""});
  if (decoded.ok()) {
    Build(*decoded, random, &made.document);
  } else {
    made.payload.clear();
    made.document.mutable_source()->set_bytes(0);
  }
  return made;
}

Edits MakeRandomEdits(const v1::Document& document, RandomSource& random) {
  Edits edits;
  const std::string& text = document.text();
  if (document.blocks_size() == 0) return edits;
  for (uint64_t i = random.Below(4); i > 0; --i) {
    const Span span = RandomSpan(text, random, random.OneIn(3) ? 200 : 12);
    if (random.OneIn(2)) {
      edits.Erase(span, {.rule = "scored", .score = static_cast<double>(random.Below(10)) / 10, .threshold = 0.5});
    } else {
      edits.Erase(span, {.rule = "plain"});
    }
  }
  if (random.OneIn(3)) {
    const v1::Block& block = document.blocks(static_cast<int>(random.Below(static_cast<uint64_t>(document.blocks_size()))));
    edits.Erase({block.begin(), block.end()}, {.rule = "block"});
  }
  for (uint64_t i = random.Below(3); i > 0; --i) edits.Replace(SpanInBlock(document, random, 6), random.OneIn(2) ? "\xC3\x9F" : "new words", "replaced");
  for (uint64_t i = random.Below(3); i > 0; --i) edits.Split(SpanInBlock(document, random, 3), "split");
  for (uint64_t i = random.Below(4); i > 0; --i) {
    const Span span = SpanInBlock(document, random, 15);
    if (!span.empty()) edits.Annotate({.span = span, .set = "quotes", .label = "Q", .value = std::string_view(text).substr(span.begin, span.size())});
    if (!span.empty() && random.OneIn(2)) edits.Annotate({.span = span, .set = "links", .label = "link", .value = "/x"});
  }
  if (random.OneIn(4)) edits.AddMetadata({.key = "title", .value = "x", .origin = "random", .evidence = SpanInBlock(document, random, 9), .chosen = true});
  if (random.OneIn(5)) edits.SetBlock(static_cast<uint32_t>(random.Below(static_cast<uint64_t>(document.blocks_size()))), v1::Block::QUOTE, 1);
  if (random.OneIn(5)) edits.Signal("number", static_cast<double>(random.Below(100)));
  return edits;
}

Edits MakeGarbageEdits(const v1::Document& document, RandomSource& random) {
  const auto number = [&] { return random.OneIn(20) ? ~uint64_t{0} - random.Below(3) : random.Below(document.text().size() + 4); };
  Edits edits;
  for (uint64_t i = random.Below(3); i > 0; --i) edits.Erase({number(), number()}, {.rule = random.OneIn(5) ? "" : "r"});
  for (uint64_t i = random.Below(3); i > 0; --i) edits.Replace({number(), number()}, random.OneIn(3) ? "\xFF" : random.OneIn(3) ? "a\nb" : "ok", "r");
  for (uint64_t i = random.Below(3); i > 0; --i) edits.Split({number(), number()}, "r");
  for (uint64_t i = random.Below(3); i > 0; --i) edits.Annotate({.span = {number(), number()}, .set = "s", .label = "l"});
  if (random.OneIn(3)) edits.ChooseMetadata(static_cast<uint32_t>(number()));
  if (random.OneIn(3)) edits.SetBlock(static_cast<uint32_t>(number()), v1::Block::QUOTE);
  return edits;
}

}  // namespace garner::testing
