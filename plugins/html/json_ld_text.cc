#include "json_ld_text.h"

#include <algorithm>
#include <string>

#include "ascii.h"
#include "json_string.h"
#include "parse_page.h"
#include "prepass.h"

namespace garner::html {
namespace {

size_t WordBytes(std::string_view text) {
  return static_cast<size_t>(std::count_if(text.begin(), text.end(), [](char c) { return !IsHtmlSpace(c); }));
}

size_t ShownBytes(const Page& page, const PageText& text) {
  size_t bytes = 0;
  for (const Part& part : text.parts)
    if (part.kind == Part::kPiece) bytes += WordBytes(page.TextOf(part.piece));
  return bytes;
}

// Writes the drafts of a page that is the value of a JSON string in another page.
class Writer {
 public:
  Writer(const JsonString& string, const Page& inner, uint32_t element, DocumentBuilder& builder)
      : string_(string), inner_(inner), element_(element), builder_(builder), lines_(string.value.find('<') == std::string::npos) {}

  void Write(const PageText& text) {
    for (const Draft& draft : text.drafts) {
      Begin(draft.role, draft.level);
      for (uint32_t i = draft.first_part; i < draft.first_part + draft.parts; ++i) WritePart(text.parts[i]);
      builder_.EndBlock();
    }
  }

 private:
  void Begin(v1::Block::Role role, uint32_t level) {
    v1::Block& block = builder_.BeginBlock(role);
    if (level > 0) block.set_level(level);
    block.mutable_html()->set_element(element_);
  }

  void WritePart(const Part& part) {
    if (part.kind == Part::kNewline) return builder_.AppendInserted("\n");
    if (part.kind == Part::kCell) return builder_.AppendInserted(" | ");
    if (part.kind == Part::kSpace) return builder_.AppendInserted(" ");
    if (part.piece.source.empty()) return builder_.AppendInserted(inner_.TextOf(part.piece));
    if (part.piece.verbatim) return WriteStretch(part.piece.source);
    builder_.AppendRewritten(SourceOf(part.piece.source.begin, part.piece.source.end), inner_.TextOf(part.piece));
  }

  void WriteStretch(Span span) {
    for (size_t at = span.begin; at < span.end;) {
      if (lines_ && string_.value[at] == '\n') {
        builder_.EndBlock();
        Begin(v1::Block::PARAGRAPH, 0);
        ++at;
        continue;
      }
      size_t end = at;
      while (end < span.end && string_.at[end + 1] == string_.at[end] + 1) ++end;
      if (end > at) {
        builder_.Append(SourceOf(at, end));
      } else {  // an escape
        while (end < span.end && (end == at || string_.at[end] == string_.at[at])) ++end;
        builder_.AppendRewritten(SourceOf(at, end), std::string_view(string_.value).substr(at, end - at));
      }
      at = end;
    }
  }

  Span SourceOf(size_t begin, size_t end) const { return {string_.at[begin], string_.at[end]}; }

  const JsonString& string_;
  const Page& inner_;
  uint32_t element_;
  DocumentBuilder& builder_;
  bool lines_;  // plain text: its line breaks are breaks
};

uint32_t AddElement(const std::string& property, v1::Document* document) {
  v1::HtmlElement* element = document->add_html_elements();
  element->set_name("script");
  element->set_class_words(Lowered(property));
  return static_cast<uint32_t>(document->html_elements_size()) - 1;
}

Status WriteOne(const JsonString& string, const std::string& property, const HtmlOptions& options, DocumentBuilder& builder, v1::Document* document) {
  ElementNames names;
  const Prepared prepared = Prepare(string.value, {options.max_depth(), options.max_attributes(), options.max_attribute_bytes(), false}, names);
  const Result<Tree> tree = ParsePage(prepared, string.value, names, options.max_nodes());
  if (!tree.ok()) return tree.status();
  const Page page{string.value, prepared, *tree, names};
  Writer(string, page, AddElement(property, document), builder).Write(DraftBlocks(page));
  return OkStatus();
}

}  // namespace

Status WriteJsonLdTexts(const Page& page, const PageText& shown, const JsonLdResult& read, const HtmlOptions& options, DocumentBuilder& builder,
                        v1::Document* document) {
  size_t stated = 0;
  std::vector<std::string_view> values;
  for (const JsonLdText& text : read.texts) {
    stated += WordBytes(text.value);
    values.push_back(text.value);
  }
  if (stated == 0 || stated <= ShownBytes(page, shown)) return OkStatus();
  const std::vector<JsonString> strings = FindJsonStrings(page.text, read.texts_block, values);
  for (size_t i = 0; i < strings.size(); ++i) {
    if (strings[i].at.empty()) continue;
    if (Status status = WriteOne(strings[i], read.texts[i].property, options, builder, document); !status.ok()) return status;
  }
  return OkStatus();
}

}  // namespace garner::html
