#include "core/conformance/sample_documents.h"

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>

#include "garner/decoded_text.h"
#include "garner/document_builder.h"
#include "garner/hash.h"
#include "garner/html_elements.h"
#include "garner/utf8.h"

namespace garner {
namespace {

using testing::Case;
using testing::InputBlock;

// Every line that is not blank is a block, tight where no blank line stands before it: what the host's text decoder makes of short lines.
void AddLines(const std::string& text, Case& content) {
  bool after_blank = true;
  for (size_t at = 0; at <= text.size();) {
    const size_t end = std::min(text.find('\n', at), text.size());
    const std::string line(Trim(std::string_view(text).substr(at, end - at)));
    if (!line.empty()) {
      InputBlock& block = *content.add_blocks();
      block.set_text(line);
      if (!after_blank) block.set_tight(true);
    }
    after_blank = line.empty();
    at = end + 1;
  }
}

// What a decoder would give for the text: byte order marks and text that was misread twice are not what they seem.
void CleanBlocks(Case& content) {
  for (InputBlock& block : *content.mutable_blocks())
    if (const Result<DecodedText> decoded = DecodeText(block.text(), {}); decoded.ok()) block.set_text(std::string(decoded->text()));
}

std::string JoinedBlocks(const Case& content) {
  std::string joined;
  for (const InputBlock& block : content.blocks()) joined += (joined.empty() ? "" : "\n\n") + block.text();
  return joined;
}

void AddMetadata(const Case& content, v1::Document& document) {
  for (const testing::Field& field : content.metadata()) {
    v1::Metadata& added = *document.add_metadata();
    added.set_key(field.key());
    added.set_value(field.value());
    added.set_origin("case");
    added.set_chosen(true);
  }
}

Case Plain(std::string text) {
  Case content;
  content.set_text(std::move(text));
  return content;
}

void AddBlock(Case& content, std::string text, v1::Block::Role role, std::string html_path, uint32_t level = 0) {
  InputBlock& block = *content.add_blocks();
  block.set_text(std::move(text));
  block.set_role(role);
  if (level > 0) block.set_level(level);
  if (!html_path.empty()) block.set_html_path(std::move(html_path));
}

Case Page() {
  Case page;
  AddBlock(page, "Home", v1::Block::LIST_ITEM, "nav/ul/li", 1);
  AddBlock(page, "Contact", v1::Block::LIST_ITEM, "nav/ul/li", 1);
  AddBlock(page, "The ferry of Olm stays in port", v1::Block::TITLE, "main/h1");
  AddBlock(page, "By Ruta Sandvik", v1::Block::BYLINE, "main/p");
  AddBlock(page, "The ferry between Olm and the islands will stay in port until 12 March 2021, the harbour office said on Monday.", v1::Block::PARAGRAPH, "main/article/p");
  AddBlock(page, "What the crew says", v1::Block::HEADING, "main/article/h2", 2);
  AddBlock(page, "“We were told at six in the morning,” said the mate, Jon Arvik.", v1::Block::QUOTE, "main/article/blockquote");
  AddBlock(page, "Route\tFare", v1::Block::TABLE_ROW, "main/article/table/tr");
  AddBlock(page, "The ferry in its dock. Photo: R. Sandvik", v1::Block::CAPTION, "main/figure/figcaption");
  AddBlock(page, "if (fare > 0) {\n  Charge(fare);\n}", v1::Block::CODE, "main/pre");
  AddBlock(page, "© 2021 Olm Courier. All rights reserved.", v1::Block::PARAGRAPH, "footer/p");
  page.add_metadata()->set_key("title");
  page.mutable_metadata(0)->set_value("The ferry of Olm stays in port");
  return page;
}

}  // namespace

v1::Document DocumentOf(const Case& content) {
  Case shown;
  *shown.mutable_blocks() = content.blocks();
  if (content.blocks_size() == 0) AddLines(content.text(), shown);
  CleanBlocks(shown);
  const std::string payload = JoinedBlocks(shown);
  v1::Document document;
  document.set_id(Sha256Hex(payload).substr(0, 32));
  document.mutable_source()->set_uri("input/" + Sha256Hex(payload).substr(0, 8) + ".txt");
  document.mutable_source()->set_bytes(payload.size());
  document.mutable_source()->set_sha256(Sha256Hex(payload));
  document.mutable_source()->set_media_type("text/plain");
  const Result<DecodedText> decoded = DecodeText(payload, {});
  if (!decoded.ok() || decoded->text() != payload) return document;  // no text that could stand in a document
  DocumentBuilder builder(*decoded, &document);
  uint64_t at = 0;
  for (const InputBlock& made : shown.blocks()) {
    if (at > 0) {
      builder.Append({at, at + 2});
      at += 2;
    }
    v1::Block& block = builder.BeginBlock(made.role());
    if (made.has_level()) block.set_level(made.level());
    if (made.has_html()) *block.mutable_html() = made.html();
    if (made.has_html_path()) SetHtmlPath(&document, &block, made.html_path());
    if (made.has_tight()) block.set_tight(made.tight());
    builder.Append({at, at + made.text().size()});
    builder.EndBlock();
    at += made.text().size();
  }
  builder.Finish("whitespace");
  AddMetadata(content, document);
  return document;
}

std::vector<Case> SampleDocuments() {
  return {
      Plain("Bridge over the Tamm opens late\n\nBy Ilse Korda, 3 May 2019\n\nThe new bridge over the Tamm has opened, two years after the day on which it was promised. "
            "“We have waited long enough,” said the mayor, Pavel Horn, on Friday.\n\nThe bridge cost 4.2 million euros.\n\nThe bridge cost 4.2 million euros.\n\nShare this\n\nLeave a reply"),
      Plain("Die Fähre nach Sund fährt wieder\n\nSeit Montag fährt die Fähre wieder. Der Hafenmeister sagte, das Eis sei „dünn wie Papier“ gewesen."),
      Plain("Мост через реку закрыли на неделю\n\nВ понедельник мост закрыли для проверки. По словам инженера, трещин не нашли."),
      Plain("Көпір бір аптаға жабылды\n\nДүйсенбі күні көпір тексеруге жабылды. Инженердің айтуынша, жарық табылмаған."),
      Plain("<p>Left over &amp; <b>bold</b></p>\n[gallery ids=\"1,2\"]\n\nvar a = 1; function b() { return a; }\n\nA plain line after all that."),
      Plain("One\nTwo\nThree\nFour\n\n- first\n- second\n\n\"Where?\" she asked.\n\"There,\" he said."),
      Page(),
      Plain("A"),
      Plain(""),
  };
}

}  // namespace garner
