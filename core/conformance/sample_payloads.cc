#include "core/conformance/sample_payloads.h"

#include <google/protobuf/util/delimited_message_util.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstdio>
#include <sstream>

#include "core/conformance/sample_documents.h"

namespace garner {
namespace {

using testing::Case;

struct Sample {
  std::string_view media_type;
  std::string bytes;
};

constexpr std::string_view kText =
    "The mill at Orsk\n\nThe mill has stood still since the flood.\nNobody has asked for flour,\nsaid the miller.\n\n- one sack\n- two sacks\n\nThe end.\n";
constexpr std::string_view kPage =
    "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>The mill at Orsk</title><meta name=\"author\" content=\"Dana Vell\"></head>"
    "<body><nav><a href=\"/\">Home</a></nav><main><h1>The mill at Orsk</h1><p>The mill has stood still <b>since the flood</b> &amp; nobody asks.</p>"
    "<ul><li>one sack</li><li>two sacks</li></ul><table><tr><td>Mon</td><td>3</td></tr></table><pre>a\n b</pre></main><footer>\xc2\xa9 2020</footer></body></html>\n";
constexpr std::string_view kMail =
    "From: Dana Vell <dana@mill.example>\r\nTo: Otto <otto@mill.example>\r\nSubject: =?utf-8?Q?The_m=C3=BChle?=\r\nDate: Mon, 3 Feb 2020 10:00:00 +0100\r\n"
    "MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=\"cut\"\r\n\r\n--cut\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nThe wheel turns again.\r\n\r\n"
    "> When?\r\nToday.\r\n-- \r\nDana\r\n--cut\r\nContent-Type: text/plain; name=\"sacks.txt\"\r\nContent-Disposition: attachment; filename=\"sacks.txt\"\r\n"
    "Content-Transfer-Encoding: base64\r\n\r\ndHdvIHNhY2tzCg==\r\n--cut--\r\n";
constexpr std::string_view kXml =
    "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<sacks owner=\"Orsk\"><sack weight=\"50\">rye &amp; wheat</sack><sack/><!-- none --><![CDATA[a < b]]></sacks>\n";
constexpr std::string_view kRss =
    "<?xml version=\"1.0\"?>\n<rss version=\"2.0\"><channel><title>Orsk</title><link>http://mill.example/</link><description>News of the mill</description>"
    "<item><title>The wheel turns</title><link>http://mill.example/1</link><guid>1</guid><pubDate>Mon, 03 Feb 2020 10:00:00 GMT</pubDate><description>&lt;p&gt;It turns again.&lt;/p&gt;</description></item>"
    "<item><title>It stands</title><guid>2</guid><description>It stands still.</description></item></channel></rss>\n";
constexpr std::string_view kAtom =
    "<?xml version=\"1.0\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\"><title>Orsk</title><id>urn:x:orsk</id><updated>2020-02-03T10:00:00Z</updated>"
    "<entry><title>The wheel turns</title><id>urn:x:1</id><updated>2020-02-03T10:00:00Z</updated><content type=\"html\">&lt;p&gt;It turns.&lt;/p&gt;</content></entry></feed>\n";
constexpr std::string_view kJson = "{\"mill\": \"Orsk\", \"sacks\": [1, 2.5e3, -0, null, true], \"note\": \"r\\u00f6gg \\ud83c\\udf3e\", \"deep\": {\"a\": {\"b\": []}}}\n";
constexpr std::string_view kJsonLines = "{\"id\": 1, \"url\": \"http://mill.example/1\", \"text\": \"The wheel turns again.\"}\n{\"id\": 2, \"text\": \"It stands still.\"}\n";
constexpr std::string_view kCsv = "name,sacks\r\nOrsk,3\r\n\"Vell, Dana\",\"5 \"\"rye\"\"\"\r\n";
constexpr std::string_view kMarkdown = "# The mill\n\nThe mill *stands* still, see [Orsk](http://mill.example/).\n\n* one\n* two\n\n```\ncode\n```\n\n> Nobody asks.\n\n| a | b |\n|---|---|\n| 1 | 2 |\n";
constexpr std::string_view kSubRip = "1\r\n00:00:01,000 --> 00:00:02,500\r\n<i>The wheel</i>\r\nturns.\r\n\r\n2\r\n00:00:03,000 --> 00:00:04,000\r\nAgain.\r\n";
constexpr std::string_view kVtt = "WEBVTT\n\n00:01.000 --> 00:02.500 align:start\n<v Dana>The wheel turns.\n\nNOTE nothing\n\n00:03.000 --> 00:04.000\nAgain.\n";

std::string Warc() {
  const std::string body = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + std::string(kPage);
  return "WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:00000000-0000-4000-8000-000000000001>\r\nWARC-Date: 2020-02-03T10:00:00Z\r\n"
         "WARC-Target-URI: http://mill.example/\r\nContent-Type: application/http; msgtype=response\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body + "\r\n\r\n";
}

// As the sink `protobuf` writes them.
std::string DelimitedDocuments() {
  std::ostringstream out;
  for (const Case& content : SampleDocuments()) google::protobuf::util::SerializeDelimitedToOstream(DocumentOf(content), &out);
  return out.str();
}

std::vector<Sample> AllSamples() {
  const std::string text(kText);
  const std::string page(kPage);
  return {
      {"text/plain", text},
      {"text/plain", "\xef\xbb\xbf" "Gr\xc3\xbc\xc3\x9f" "e\r\n\r\nZweite Zeile\r\n"},
      {"text/plain", "Gr\xfc\xdf" "e aus dem M\xfchlental, sch\xf6n und sp\xe4t\n"},
      {"text/html", page},
      {"application/xhtml+xml", page},
      {"application/xml", std::string(kXml)},
      {"text/xml", std::string(kXml)},
      {"application/rss+xml", std::string(kRss)},
      {"application/atom+xml", std::string(kAtom)},
      {"application/json", std::string(kJson)},
      {"application/jsonl", std::string(kJsonLines)},
      {"application/x-ndjson", std::string(kJsonLines)},
      {"text/csv", std::string(kCsv)},
      {"text/markdown", std::string(kMarkdown)},
      {"message/rfc822", std::string(kMail)},
      {"application/mbox", "From dana Mon Feb  3 10:00:00 2020\n" + std::string(kMail)},
      {"application/x-subrip", std::string(kSubRip)},
      {"text/vtt", std::string(kVtt)},
      {"application/warc", Warc()},
      {"application/zip", ZipOf({{"mill.txt", kText}, {"pages/index.html", kPage}})},
      {"application/x-garner-document", DocumentOf(SampleDocuments().front()).SerializeAsString()},
      {"application/x-garner-documents", DelimitedDocuments()},
      {"application/x-tar", TarOf({{"mill.txt", kText}, {"pages/index.html", kPage}})},
  };
}

Case Payload(std::string_view media_type, std::string bytes) {
  Case content;
  content.set_payload(std::move(bytes));
  content.mutable_info()->set_uri("input/sample");
  content.mutable_info()->set_media_type(std::string(media_type));
  return content;
}

void AppendNumber(uint64_t value, int bytes, std::string& to) {
  for (; bytes > 0; --bytes, value >>= 8) to += static_cast<char>(value & 0xFF);
}

uint32_t Crc32(std::string_view bytes) {
  uint32_t crc = 0xffffffff;
  for (const char c : bytes) {
    crc ^= static_cast<unsigned char>(c);
    for (int bit = 0; bit < 8; ++bit) crc = (crc >> 1) ^ (0xedb88320 & (0 - (crc & 1)));
  }
  return ~crc;
}

// What a local header and an entry of the directory have in common, from "version needed" on.
std::string ZipFields(const Member& member) {
  std::string fields;
  AppendNumber(20, 2, fields);                        // version
  AppendNumber(0, 2 + 2, fields);                     // flags, stored
  AppendNumber(uint64_t{0x21} << 16, 4, fields);      // 1 January 1980
  AppendNumber(Crc32(member.bytes), 4, fields);
  AppendNumber(member.bytes.size(), 4, fields);
  AppendNumber(member.bytes.size(), 4, fields);
  AppendNumber(member.name.size(), 2, fields);
  AppendNumber(0, 2, fields);
  return fields;
}

}  // namespace

std::vector<Case> SamplePayloads(const v1::PluginManifest& manifest) {
  const std::vector<Sample> samples = AllSamples();
  std::vector<Case> cases;
  for (const std::string& type : manifest.media_types()) {
    const size_t before = cases.size();
    for (const Sample& sample : samples)
      if (sample.media_type == type) cases.push_back(Payload(type, sample.bytes));
    if (cases.size() > before) continue;
    std::string bytes;
    for (const v1::Signature& signature : manifest.signatures()) {
      if (signature.media_type() != type || signature.offset() > 4096) continue;
      bytes.resize(std::max<size_t>(bytes.size(), signature.offset() + signature.magic().size()), ' ');
      bytes.replace(signature.offset(), signature.magic().size(), signature.magic());
    }
    cases.push_back(Payload(type, bytes + std::string(kText)));
  }
  if (cases.empty()) cases.push_back(Payload("text/plain", std::string(kText)));
  return cases;
}

std::vector<std::pair<std::string, std::string>> SampleFiles() {
  return {{"mill.txt", std::string(kText)}, {"empty.txt", ""}, {"pages/index.html", std::string(kPage)}, {"pages/deep/er/mail.eml", std::string(kMail)},
          {"feed.xml", std::string(kRss)},  {"z.json", std::string(kJson)}};
}

std::string ZipOf(const std::vector<Member>& members) {
  std::string zip;
  std::string directory;
  for (const Member& member : members) {
    const std::string fields = ZipFields(member);
    directory += "PK\x01\x02";
    AppendNumber(20, 2, directory);
    directory += fields;
    AppendNumber(0, 2 + 2 + 2 + 4, directory);  // comment, disk, attributes
    AppendNumber(zip.size(), 4, directory);
    directory += member.name;
    zip += "PK\x03\x04" + fields;
    zip += member.name;
    zip += member.bytes;
  }
  const size_t at = zip.size();
  zip += directory + "PK\x05\x06";
  AppendNumber(0, 2 + 2, zip);
  AppendNumber(members.size(), 2, zip);
  AppendNumber(members.size(), 2, zip);
  AppendNumber(directory.size(), 4, zip);
  AppendNumber(at, 4, zip);
  AppendNumber(0, 2, zip);
  return zip;
}

std::string TarOf(const std::vector<Member>& members) {
  std::string tar;
  for (const Member& member : members) {
    std::array<char, 512> header{};
    const auto put = [&](size_t place, const std::string& text) { std::copy(text.begin(), text.end(), header.begin() + static_cast<std::ptrdiff_t>(place)); };
    const auto octal = [](uint64_t value, int digits) {
      char text[32];
      std::snprintf(text, sizeof text, "%0*llo", digits, static_cast<unsigned long long>(value));
      return std::string(text);
    };
    put(0, std::string(member.name.substr(0, 99)));
    put(100, "0000644");
    put(108, "0000000");
    put(116, "0000000");
    put(124, octal(member.bytes.size(), 11));
    put(136, "00000000000");
    put(148, "        ");
    put(156, "0");
    put(257, std::string("ustar\0" "00", 8));
    uint64_t sum = 0;
    for (const char c : header) sum += static_cast<unsigned char>(c);
    put(148, octal(sum, 6) + std::string("\0 ", 2));
    tar.append(header.data(), header.size());
    tar += member.bytes;
    tar.resize((tar.size() + 511) / 512 * 512);
  }
  return tar + std::string(1024, '\0');
}

}  // namespace garner
