#include "http_body.h"

#include <brotli/encode.h>
#include <gtest/gtest.h>

#include "warc_samples.h"

namespace garner::warc {
namespace {

using namespace garner::warc::testing;

const std::string kText = "<p>The tide tables of the northern harbours, hour by hour, for boats that draw more than two metres.</p>";

std::string Brotli(const std::string& text) {
  std::string out(BrotliEncoderMaxCompressedSize(text.size()), '\0');
  size_t size = out.size();
  BrotliEncoderCompress(9, 22, BROTLI_MODE_TEXT, text.size(), reinterpret_cast<const uint8_t*>(text.data()), &size, reinterpret_cast<uint8_t*>(out.data()));
  out.resize(size);
  return out;
}

HttpResponse Coded(const std::string& coding) {
  HttpResponse response;
  response.content_encoding = coding;
  return response;
}

Result<Body> Decode(std::string_view sent, const HttpResponse& response, const BodyLimits& limits = {}) { return BodyDecoder(limits).Decode(sent, response); }

TEST(HttpBody, UndoesEveryCoding) {
  const std::pair<const char*, std::string> coded[] = {
      {"gzip", Deflated(kText)}, {"x-gzip", Deflated(kText)},  {"deflate", Deflated(kText, 15)}, {"deflate", Deflated(kText, -15)},
      {"br", Brotli(kText)},     {"zstd", ZstdFrame(kText)}, {"identity", kText},              {"", kText},
      {"deflate, gzip", Deflated(Deflated(kText, 15))}};
  BodyDecoder decoder({});
  for (int round = 0; round < 2; ++round)  // decoders are used again
    for (const auto& [coding, sent] : coded) {
      const Result<Body> body = decoder.Decode(sent, Coded(coding));
      ASSERT_TRUE(body.ok()) << coding << ": " << body.status().message();
      EXPECT_EQ(body->bytes, kText) << coding;
      EXPECT_FALSE(body->cut_off || body->header_was_wrong) << coding;
    }
}

TEST(HttpBody, TextThatACrawlerDecodedAlreadyStays) {
  for (const char* coding : {"gzip", "deflate", "br", "zstd", "something-else"}) {
    const Result<Body> body = Decode(kText, Coded(coding));
    ASSERT_TRUE(body.ok()) << coding << ": " << body.status().message();
    EXPECT_EQ(body->bytes, kText);
    EXPECT_TRUE(body->header_was_wrong);
  }
}

TEST(HttpBody, WhatCannotBeDecodedFailsByName) {
  std::string damaged = Deflated(kText);
  damaged[damaged.size() - 6] ^= 1;
  EXPECT_EQ(Decode(damaged, Coded("gzip")).status().message(), "its body, which has the content coding 'gzip', cannot be decoded: its checksum does not fit");
  EXPECT_EQ(Decode(std::string("\0\1\2\3\4\5\6\7", 8), Coded("exi")).status().message(),
            "its body, which has the content coding 'exi', is not read; gzip, deflate, br and zstd are");
  EXPECT_EQ(Decode(kText, Coded("gzip,gzip,gzip,gzip,gzip")).status().kind(), StatusKind::kUnsupported);
}

TEST(HttpBody, WhatIsCutOffKeepsItsBeginning) {
  std::string long_text;
  for (int i = 0; i < 2000; ++i) long_text += kText.substr(0, 20 + static_cast<size_t>(i * 7919 % 70));
  for (const auto& [coding, sent] : {std::pair<const char*, std::string>{"gzip", Deflated(long_text)}, {"zstd", ZstdFrame(long_text)}, {"br", Brotli(long_text)}}) {
    const Result<Body> body = Decode(std::string_view(sent).substr(0, sent.size() * 3 / 4), Coded(coding));
    ASSERT_TRUE(body.ok()) << coding << body.status().message();
    EXPECT_TRUE(body->cut_off) << coding;
    EXPECT_EQ(long_text.compare(0, body->bytes.size(), body->bytes), 0) << coding;
  }
  HttpResponse response;
  response.content_length = kText.size() + 10;
  EXPECT_TRUE(Decode(kText, response)->cut_off);
}

TEST(HttpBody, BombsAreStopped) {
  const std::string zeros(40 << 20, '\0');
  const std::string expected = "expands to more than 200 times its size; raise max_expansion_ratio of the warc unpacker to read it";
  for (const auto& [coding, sent] : {std::pair<const char*, std::string>{"gzip", Deflated(zeros)}, {"br", Brotli(zeros)}, {"zstd", ZstdFrame(zeros)}, {"gzip, gzip", Deflated(Deflated(zeros))}}) {
    const Result<Body> body = Decode(sent, Coded(coding));
    EXPECT_FALSE(body.ok()) << coding;
    EXPECT_NE(body.status().message().find(expected), std::string::npos) << body.status().message();
  }
  EXPECT_NE(Decode(Deflated(zeros), Coded("gzip"), {.max_bytes = 1000}).status().message().find("raise max_record_bytes"), std::string::npos);
}

std::string Chunked(std::string_view text, size_t size, std::string_view extension = "") {
  std::string sent;
  char line[64];
  for (; !text.empty(); text.remove_prefix(std::min(size, text.size()))) {
    const std::string_view piece = text.substr(0, size);
    snprintf(line, sizeof line, "%zx", piece.size());
    sent += line + std::string(extension) + "\r\n" + std::string(piece) + "\r\n";
  }
  return sent + "0\r\n\r\n";
}

TEST(HttpBody, UndoesChunks) {
  for (const size_t size : {1UL, 7UL, 1000UL}) {
    std::string made;
    EXPECT_EQ(UndoChunks(Chunked(kText, size), made), Chunks::kWhole);
    EXPECT_EQ(made, kText);
  }
  std::string made;
  EXPECT_EQ(UndoChunks(Chunked(kText, 9, " ; name=value"), made), Chunks::kWhole);
  EXPECT_EQ(made, kText);
  HttpResponse response = Coded("gzip");
  response.chunked = true;
  EXPECT_EQ(Decode(Chunked(Deflated(kText), 13), response)->bytes, kText);
}

TEST(HttpBody, ChunksThatAreNoneStay) {
  HttpResponse response;
  response.chunked = true;
  const Result<Body> body = Decode(kText, response);
  EXPECT_EQ(body->bytes, kText);
  EXPECT_TRUE(body->header_was_wrong);
  std::string made = "before";
  EXPECT_EQ(UndoChunks("5\r\nabcde\r\nthe rest is text", made), Chunks::kNone);
  EXPECT_EQ(made, "before");
}

TEST(HttpBody, ChunksThatAreCutOffKeepWhatThereIs) {
  const std::string sent = Chunked(kText, 20);
  for (size_t size = 5; size + 5 < sent.size(); ++size) {
    std::string made;
    const Chunks chunks = UndoChunks(std::string_view(sent).substr(0, size), made);
    if (chunks == Chunks::kNone) continue;  // inside the line of a size
    EXPECT_EQ(chunks, Chunks::kCutOff);
    EXPECT_EQ(kText.compare(0, made.size(), made), 0);
  }
  std::string made;
  EXPECT_EQ(UndoChunks("ffffffffffffffff\r\nabc", made), Chunks::kCutOff);
  EXPECT_EQ(made, "abc");
}

TEST(HttpResponse, ReadsWhatIsKeptOfTheHead) {
  const std::string head = "HTTP/1.1 404 Not Found\r\ncontent-type: Text/HTML; Charset=\"windows-1251\"\r\nContent-Encoding: gzip\r\nTRANSFER-ENCODING: Chunked\r\n"
                           "Content-Language: kk\r\nLast-Modified: Tue,\r\n  04 Jul 2034\r\nContent-Length: 12\r\n\r\n";
  const Result<HttpResponse> response = ParseHttpResponse(head + "body", {});
  ASSERT_TRUE(response.ok());
  EXPECT_EQ(response->head_bytes, head.size());
  EXPECT_EQ(response->status, 404U);
  EXPECT_EQ(response->media_type, "text/html");
  EXPECT_EQ(response->charset, "windows-1251");
  EXPECT_EQ(response->content_encoding, "gzip");
  EXPECT_TRUE(response->chunked);
  EXPECT_EQ(response->content_language, "kk");
  EXPECT_EQ(response->content_length, 12U);
}

TEST(HttpResponse, TakesHeadsThatAreOdd) {
  EXPECT_EQ(ParseHttpResponse("HTTP/1.0 200\n\nbody", {})->head_bytes, 14U);
  EXPECT_EQ(ParseHttpResponse("HTTP/1.0", {})->status, 0U);
  EXPECT_EQ(ParseHttpResponse("HTTP/1.0 200 OK\r\nContent-Type: text/plain", {})->media_type, "text/plain");
  EXPECT_EQ(ParseHttpResponse("HTTP/1.0 200 OK\r\n: x\r\nno colon\r\n\r\nrest", {})->status, 200U);
}

}  // namespace
}  // namespace garner::warc
