// Beside the cases: what no single file shows.
#include <memory>
#include <string>

#include "garner/plugin.h"
#include "garner/testing/cases.h"
#include "garner/testing/charsets.h"
#include "garner/testing/documents.h"
#include "garner/testing/invariants.h"

GARNER_CASES(Subtitles)

namespace garner_plugins::subtitles {
namespace {

using garner::Status;
using garner::v1::Document;

Status Decode(const std::string& bytes, Document* document, const std::string& charset = "") {
  garner::testing::TestContext context;
  const std::unique_ptr<garner::Stage> stage(garner_plugin.make());
  EXPECT_TRUE(stage->Configure(context, "").ok());
  EXPECT_TRUE(stage->Open().ok());
  garner::Payload payload;
  payload.bytes = bytes;
  payload.info.set_bytes(bytes.size());
  if (!charset.empty()) payload.info.set_declared_charset(charset);
  *document->mutable_source() = payload.info;
  return dynamic_cast<garner::DecoderStage&>(*stage).Decode(payload, document);
}

// The same text in every charset that subtitles come in, with a map that holds.
TEST(Subtitles, AreReadInAnyCharset) {
  const std::string file = "1\n00:00:01,000 --> 00:00:03,000\nКапитан вышел на палубу,\n\n2\n00:00:03,100 --> 00:00:05,000\nчтобы увидеть берег.\n";
  for (const char* charset : {"UTF-8", "windows-1251", "KOI8-R", "UTF-16LE", "UTF-16BE"}) {
    const std::string bytes = garner::testing::Encode(file, charset);
    Document document;
    ASSERT_TRUE(Decode(bytes, &document, charset).ok()) << charset;
    EXPECT_EQ(document.text(), "Капитан вышел на палубу, чтобы увидеть берег.") << charset;
    EXPECT_TRUE(garner::testing::Sound(document, bytes)) << charset;
  }
}

// Each of these makes quadratic readers stand still.
TEST(Subtitles, BearHostileFiles) {
  constexpr size_t kBytes = 1 << 20;
  const std::string time = "00:00:01.000 --> 00:00:02.000\n";
  for (const char* unit : {"<", "<b", "<v ", "{\\", "&", "&#1", "00:", "1\n", "\n", "-->", "00:00:01.000 --> 00:00:02.000\n", "NOTE\n\n", "a\n", "<rt>", "♪", "\"", "- ", "...", "WEBVTT\n\n"}) {
    std::string bytes = time;
    while (bytes.size() < kBytes) bytes += unit;
    Document document;
    const Status status = Decode(bytes, &document);
    EXPECT_TRUE(status.ok()) << unit << ": " << status.message();
    EXPECT_TRUE(garner::testing::Sound(document, bytes)) << unit;
  }
}

}  // namespace
}  // namespace garner_plugins::subtitles
