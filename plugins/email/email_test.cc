#include <gtest/gtest.h>

#include <memory>
#include <random>
#include <string>

#include "garner/plugin.h"
#include "garner/source_map.h"
#include "mail_metadata.h"
#include "garner/testing/cases.h"
#include "garner/testing/documents.h"
#include "garner/testing/invariants.h"

GARNER_CASES(Email)

namespace garner::email {
namespace {

struct Read {
  v1::Document document;
  Children children;
  Status status;
};

// What comes out is sound, or fails in words.
Read Decode(const std::string& mail, Children children = {}) {
  testing::TestContext context;
  const std::unique_ptr<Stage> stage(garner_plugin.make());
  EXPECT_TRUE(stage->Configure(context, "").ok());
  EXPECT_TRUE(stage->Open().ok());
  Payload payload;
  payload.bytes = mail;
  payload.info.set_bytes(mail.size());
  Read read;
  read.children = std::move(children);
  *read.document.mutable_source() = payload.info;
  read.status = dynamic_cast<DecoderStage&>(*stage).DecodeWithChildren(payload, &read.document, read.children);
  if (read.status.ok()) {
    EXPECT_TRUE(testing::Sound(read.document, mail));
  } else {
    EXPECT_FALSE(read.status.message().empty());
  }
  return read;
}

// The bytes of the mail behind a word of the text.
std::string Behind(const v1::Document& document, const std::string& mail, const std::string& word) {
  const size_t at = document.text().find(word);
  if (at == std::string::npos) return "the text has no " + word;
  const Span source = SourceMapView(document.source_map()).Find({at, at + word.size()}).source;
  return mail.substr(source.begin, source.size());
}

std::string Mail(const std::string& headers, const std::string& body) { return "From: a@b.example\n" + headers + "\n" + body; }

TEST(Email, MapsQuotedPrintableToItsEscapes) {
  const std::string mail = Mail("Content-Transfer-Encoding: quoted-printable\nContent-Type: text/plain; charset=utf-8\n", "Die alte Br=C3=BCcke am Haf=\nen.\n");
  const Read read = Decode(mail);
  EXPECT_EQ(Behind(read.document, mail, "alte"), "alte");
  EXPECT_EQ(Behind(read.document, mail, "ü"), "=C3=BC");
  EXPECT_EQ(Behind(read.document, mail, "Hafen"), "Haf=\nen");
}

TEST(Email, MapsQuotedPrintableInAnotherCharset) {
  const std::string mail = Mail("Content-Transfer-Encoding: quoted-printable\nContent-Type: text/plain; charset=koi8-r\n", "=ED=CF=D3=D4 closed\n");
  const Read read = Decode(mail);
  EXPECT_EQ(Behind(read.document, mail, "о"), "=CF");
  EXPECT_EQ(Behind(read.document, mail, "closed"), "closed");
}

// "Nor" "the" "rn " "gat" "e." are Tm9y dGhl cm4g Z2F0 ZS4=
TEST(Email, MapsBase64ToGroupsOfFour) {
  const std::string mail = Mail("Content-Transfer-Encoding: base64\n", "Tm9ydGhl\ncm4gZ2F0ZS4=\n");
  const Read read = Decode(mail);
  EXPECT_EQ(read.document.text(), "Northern gate.");
  EXPECT_EQ(Behind(read.document, mail, "Nor"), "Tm9y");
  EXPECT_EQ(Behind(read.document, mail, "n g"), "\ncm4gZ2F0");
}

TEST(Email, MapsCharactersOfCharsetsToTheirBytes) {
  const std::string mail = Mail("Content-Type: text/plain; charset=windows-1251\n", "\xCC\xEE\xF1\xF2 \xE7\xE0\xEA\xF0\xFB\xF2, \xEF\xEE\xE5\xE7\xE4\xE0 \xE8\xE4\xF3\xF2 \xE2 \xEE\xE1\xFA\xE5\xE7\xE4.\n");
  const Read read = Decode(mail);
  EXPECT_EQ(read.document.source().charset(), "windows-1251");
  EXPECT_EQ(Behind(read.document, mail, "Мост"), "\xCC\xEE\xF1\xF2");
  EXPECT_EQ(read.document.source_map().kind(0), v1::SourceMap::TRANSCODED);
}

// A large base64 body is mapped in coarser stretches; no byte and no character may get lost where they meet.
TEST(Email, MapsLargeBodies) {
  std::string body;
  const std::string line = "0JzQvtGB0YIg0LfQsNC60YDRi9GCIQ0K";  // "Мост закрыт!\r\n" in UTF-8
  while (body.size() < (3U << 20)) body += line + "\n";
  const std::string mail = Mail("Content-Transfer-Encoding: base64\nContent-Type: text/plain; charset=utf-8\n", body);
  const Read read = Decode(mail);
  EXPECT_EQ(read.document.blocks_size(), static_cast<int>(body.size() / (line.size() + 1)));
  EXPECT_LT(read.document.source_map().kind_size(), 4 * read.document.blocks_size());
}

TEST(Email, TakesWhatTheHostStillWants) {
  const std::string mail = Mail("Content-Type: multipart/mixed; boundary=b\n", "--b\n\nText.\n--b\nContent-Type: a/b; name=large\n\n0123456789\n--b\nContent-Type: a/b; name=small\n\n01\n--b--\n");
  const Read read = Decode(mail, Children({.payloads = 5, .bytes = 5}));
  ASSERT_EQ(read.children.all().size(), 2U);
  EXPECT_TRUE(read.children.all()[0].refused);
  EXPECT_TRUE(read.children.all()[0].payload.bytes.empty());
  EXPECT_EQ(read.children.all()[1].payload.bytes, "01");
}

TEST(Email, GivesItsHeadersToItsBody) {
  const Read read = Decode(Mail("Subject: Lamp\nContent-Type: text/html\n", "<p>Lit.</p>\n"));
  ASSERT_EQ(read.children.all().size(), 1U);
  std::string fields;
  for (const v1::RecordField& field : read.children.all()[0].payload.record_fields) fields += field.key() + "=" + field.value() + " ";
  EXPECT_EQ(fields, "title=Lamp authors=a@b.example ");
  EXPECT_EQ(read.document.drop().rule(), "body_in_child");
  const Read attached = Decode(Mail("Content-Type: multipart/mixed; boundary=b\n", "--b\n\nText.\n--b\nContent-Type: a/b\n\nx\n--b--\n"));
  EXPECT_TRUE(attached.children.all()[0].payload.record_fields.empty()) << "an attachment was not written by the mail's author";
  EXPECT_FALSE(attached.document.has_drop());
}

TEST(Email, DatesMakeNothingUp) {
  InitializeGMime();
  EXPECT_EQ(NormalizeMailDate("Fri, 03 Mar 2023 08:05:09 +0530"), "2023-03-03T08:05:09+05:30");
  EXPECT_EQ(NormalizeMailDate("3 Mar 2023 8:05 UT"), "2023-03-03T08:05Z");
  EXPECT_EQ(NormalizeMailDate("3 Mar 2023 08:05:09"), "2023-03-03T08:05:09");
  EXPECT_EQ(NormalizeMailDate("3 Mar 2023 08:05:09 IST"), "2023-03-03T08:05:09");
  EXPECT_EQ(NormalizeMailDate("99 Zzz 2023 08:05:09 +0000"), "");
  EXPECT_EQ(NormalizeMailDate(std::string(100000, '(')), "");
}

// Each of these is large, and none of them may take more than a moment: a test that hangs fails by its time limit.
TEST(Email, BearsHostileMail) {
  const auto repeat = [](const std::string& piece, size_t bytes) {
    std::string text;
    while (text.size() < bytes) text += piece;
    return text;
  };
  const size_t large = 1U << 20;
  EXPECT_EQ(Decode(repeat("X: y\n", large)).status.kind(), StatusKind::kLimit);
  EXPECT_EQ(Decode("X: " + repeat("y", large) + "\n\n").status.kind(), StatusKind::kLimit);
  EXPECT_EQ(Decode("X: y\n" + repeat(" folded\n", large)).status.kind(), StatusKind::kLimit);
  EXPECT_EQ(Decode(Mail("Content-Type: multipart/mixed; boundary=b\n", repeat("--b\n", large))).status.kind(), StatusKind::kLimit);
  std::string deep;
  for (int i = 0; i < 100000; ++i) deep += "Content-Type: multipart/mixed; boundary=b" + std::to_string(i) + "\n\n--b" + std::to_string(i) + "\n";
  EXPECT_EQ(Decode(deep).status.kind(), StatusKind::kLimit);
  EXPECT_EQ(Decode(Mail("", repeat("\n", large))).status.kind(), StatusKind::kLimit);
  for (const char* piece : {"=", "= ", "=\n", "=C3=", " \n", ">", "> \n", "a \n", "--\n", "\r", "-----\n"}) {
    Decode(Mail("Content-Transfer-Encoding: quoted-printable\n", repeat(piece, large)));
    Decode(Mail("Content-Transfer-Encoding: base64\n", repeat(piece, large)));
    Decode(Mail("Content-Type: text/plain; format=flowed; delsp=yes\n", repeat(piece, large)));
  }
  for (const char* piece : {"=?", "=?utf-8?q?", "=?utf-8?b?QQ==?= ", "\"", "(", "<", "a@b, ", "x*0=", ";", "\\"}) {
    const std::string value = repeat(piece, 200000);
    Decode("From: " + value + "\nSubject: " + value + "\n\n");
    Decode("Content-Type: text/plain; " + value + "\n\n");
  }
}

// Pieces of mail in any order, in and out of place.
TEST(Email, IsSoundOnAnyMail) {
  const char* pieces[] = {"\n", "\n", "\r\n", "--b\n", "--b--\n", "--c\n", "Content-Type: multipart/mixed; boundary=b\n", "Content-Type: multipart/alternative; boundary=c\n",
                          "Content-Type: text/html\n", "Content-Type: text/plain; charset=koi8-r; format=flowed\n", "Content-Transfer-Encoding: base64\n",
                          "Content-Transfer-Encoding: quoted-printable\n", "\xF0\xD2\xC9\xD7\xC5\xD4", "Tm9ydGhl", "cm4=", "=D0", "=9C=", " ", "word ", "> ", ">>", "-- \n", "On 5 May: \n", "\xD0\x9C", "\x01", "\xEF\xBB\xBF", "\t"};
  std::mt19937 random(11);
  for (int round = 0; round < 4000; ++round) {
    std::string mail = round % 2 == 0 ? "From: a@b.example\n" : "";
    const unsigned count = random() % 60;
    for (unsigned i = 0; i < count; ++i) mail += pieces[random() % std::size(pieces)];
    Decode(mail);
    ASSERT_FALSE(HasFailure()) << "round " << round << ":\n" << mail;
  }
}

}  // namespace
}  // namespace garner::email
