#include "core/plugin/detection.h"

#include <gtest/gtest.h>

#include <ostream>
#include <string>
#include <vector>

#include "garner/testing/charsets.h"

namespace garner {
namespace {

using std::string_literals::operator""s;

struct Row {
  const char* why;
  std::string payload;
  const char* uri;
  const char* declared;
  const char* media_type;
  const char* evidence;
};

void PrintTo(const Row& row, std::ostream* out) { *out << row.why; }

// A decoder of its own for each kind of knowledge: a signature, an extension alone, a media type alone.
std::vector<PluginFile> Decoders() {
  PluginFile ledger;
  ledger.manifest.set_name("ledger");
  v1::Signature* signature = ledger.manifest.add_signatures();
  signature->set_media_type("application/x-ledger");
  signature->set_offset(2);
  signature->set_magic("LEDGER");
  v1::Extension* extension = ledger.manifest.add_extensions();
  extension->set_extension("ledger");
  extension->set_media_type("application/x-ledger");
  PluginFile subtitles;
  subtitles.manifest.set_name("subtitles");
  subtitles.manifest.add_media_types("text/x-subtitles");
  subtitles.manifest.add_media_types("application/x-tape");
  extension = subtitles.manifest.add_extensions();
  extension->set_extension("sub");
  extension->set_media_type("text/x-subtitles");
  extension = subtitles.manifest.add_extensions();
  extension->set_extension("tape");
  extension->set_media_type("application/x-tape");
  return {ledger, subtitles};
}

class Detection : public ::testing::TestWithParam<Row> {};

TEST_P(Detection, Names) {
  const Row& row = GetParam();
  const std::vector<PluginFile> files = Decoders();
  v1::PayloadInfo info;
  info.set_uri(row.uri);
  if (*row.declared != '\0') info.set_declared_media_type(row.declared);
  const Detected detected = DetectMediaType(row.payload, info, {&files[0], &files[1]});
  EXPECT_EQ(detected.media_type, row.media_type) << row.why;
  EXPECT_EQ(detected.evidence, row.evidence) << row.why;
}

const std::string kPage = "<!DOCTYPE html><html><head><title>Tides</title></head><body><p>High water at nine.</p></body></html>";
const std::string kProse = "The ferry leaves at noon.\n\nBring a coat.\n";

const Row kHtml[] = {
    {"doctype", kPage, "a", "", "text/html", "content"},
    {"doctype in any case, white space and a mark before it", "\xef\xbb\xbf \r\n\t<!DocType HTML>x", "a.txt", "text/plain", "text/html", "content"},
    {"root element with attributes", "<html lang=en>\n<p>x", "a", "", "text/html", "content"},
    {"head without root", "<HEAD><TITLE>x</TITLE>", "a", "", "text/html", "content"},
    {"script first", "<script>var a;</script><p>x", "a", "", "text/html", "content"},
    {"comment, then a page", "<!-- saved from somewhere -->\n<!-- twice -->\n<html><body>x", "a.txt", "", "text/html", "content"},
    {"comment with nothing else, named a page", "<!-- nothing here", "a.html", "", "text/html", "extension"},
    {"fragment without a name", "<div><p>One.</p><p>Two.</p></div>", "a", "", "text/html", "content"},
    {"fragment that is declared", "<p>One line.", "a", "text/html; charset=utf-8", "text/html", "declared"},
    {"page behind a warning of the server", "Warning: disk nearly full\n" + kPage + "\n<html>", "a", "", "text/html", "content"},
    {"text named a page, tags only later", "News of the day<br>" + kProse, "a.HTM", "", "text/html", "extension"},
    {"tags are frequent, the name agrees", "Menu <b>soup</b> <i>bread</i> <u>wine</u>", "a.html", "", "text/html", "content"},
    {"query string is no part of the name", "News<br>of the day", "http://x.example/a.html?b=c.txt", "", "text/html", "extension"},
};
INSTANTIATE_TEST_SUITE_P(Html, Detection, ::testing::ValuesIn(kHtml));

const Row kText[] = {
    {"prose", kProse, "a", "", "text/plain", "content"},
    {"empty", "", "a", "", "text/plain", "content"},
    {"white space only", " \n\n", "a.txt", "", "text/plain", "content"},
    {"tags in mid-document", kProse + "<p>Residue</p>\n<div>more</div><br><b>x</b>" + kProse, "a.txt", "", "text/plain", "content"},
    {"tags in mid-document without a name", kProse + "<p>Residue</p>" + kProse, "a", "", "text/plain", "content"},
    {"paragraph tag first, but a text file", "<p>The ferry leaves at noon.</p>\n\nBring a coat.", "a.txt", "", "text/plain", "extension"},
    {"element name must end", "<headline> of the day", "a", "", "text/plain", "content"},
    {"angle brackets of mathematics", "<a few words, 3 < 4 and 5 > 4", "a.md", "", "text/plain", "content"},
    {"placeholder that looks like a tag", "<name> went to <place>.", "a", "", "text/plain", "content"},
    {"text under a page's name keeps its lines", kProse, "a.html", "", "text/plain", "content"},
    {"article that begins with From", "From 10:30 the port is closed.\nNote: bring a coat.\n", "a.txt", "", "text/plain", "content"},
    {"article that begins with a header-like line", "From: our reporter\nDate: Monday\n\nThe ferry.", "a.txt", "", "text/plain", "content"},
    {"text that begins with a magic word", "BM announced a plan. MZ did too.", "a.txt", "", "text/plain", "content"},
    {"text that begins with a bracket", "[Updated] The ferry is late.", "a.txt", "", "text/plain", "content"},
    {"text that begins with a brace", "{Laughter} The ferry is late.", "a", "", "text/plain", "content"},
    {"text that begins with an example in JSON", "{\"title\": 1} is how a record looks.", "a.txt", "", "text/plain", "content"},
    {"text about HTML, with a page as its example", std::string(5000, 'x') + "\n" + kPage + "<p>" + kPage, "a", "", "text/plain", "content"},
    {"text in Latin-1", "Caf\xe9 und Stra\xdf" "e sind ge\xf6" "ffnet.", "a", "", "text/plain", "content"},
    {"text under a name that nobody knows", kProse, "a.xyz", "", "text/plain", "content"},
    {"text under the name of a format with a signature", kProse, "a.ledger", "", "text/plain", "content"},
    {"text under the name of a text format", kProse, "a.sub", "", "text/x-subtitles", "extension"},
    {"declared as a text format", kProse, "a", "Text/X-Subtitles ; v=1", "text/x-subtitles", "declared"},
    {"text/plain as the server's last resort", kProse, "a.sub", "text/plain", "text/x-subtitles", "extension"},
    {"declared as something that nobody takes", kProse, "a.txt", "application/pdf", "text/plain", "content"},
    {"name inside no container", kProse, "dir.sub/a", "", "text/plain", "content"},
};
INSTANTIATE_TEST_SUITE_P(Text, Detection, ::testing::ValuesIn(kText));

const Row kMarkup[] = {
    {"XHTML", "<?xml version=\"1.0\"?>\n<!DOCTYPE html PUBLIC \"x\" \"y\">\n<html xmlns=\"z\"><body/></html>", "a.html", "", "application/xhtml+xml", "content"},
    {"RSS", "<?xml version=\"1.0\"?><!-- c --><rss version=\"2.0\"></rss>", "a.html", "", "application/rss+xml", "content"},
    {"RSS without a declaration", "<rss version=\"2.0\"></rss>", "a", "", "application/rss+xml", "content"},
    {"RSS behind a document type", "<!DOCTYPE rss PUBLIC \"-//A//DTD RSS 0.91//EN\" \"http://a.example/rss.dtd\"><rss version=\"0.91\"></rss>", "a", "", "application/rss+xml", "content"},
    {"RSS behind declarations of its own", "<!DOCTYPE rss [<!ENTITY a \"b\">]>\n<rss version=\"2.0\"></rss>", "a", "", "application/rss+xml", "content"},
    {"RSS 1.0", "<?xml version=\"1.0\"?><rdf:RDF xmlns=\"http://purl.org/rss/1.0/\">", "a", "", "application/rss+xml", "content"},
    {"Atom", "<?xml version='1.0'?><feed xmlns=\"http://www.w3.org/2005/Atom\">", "a", "", "application/atom+xml", "content"},
    {"drawing", "<svg width=\"1\"></svg>", "a", "", "image/svg+xml", "content"},
    {"other XML", "<?xml version=\"1.0\"?><!DOCTYPE t [<!ENTITY a \"b\">]><tides/>", "a", "", "application/xml", "content"},
    {"XML without an end", "<?xml version=\"1.0\"", "a", "", "application/xml", "content"},
    {"JSON that is declared as a page", "{\"title\": 1}", "a.html", "text/html", "application/json", "content"},
    {"JSON", "[ {\"title\": 1}]", "a", "", "application/json", "content"},
    {"JSON in a text file that was compressed", "{\"title\": 1}", "a.txt.GZ", "", "text/plain", "content"},
};
INSTANTIATE_TEST_SUITE_P(Markup, Detection, ::testing::ValuesIn(kMarkup));

// The beginning of a ZIP file with members of these names. `sizes_follow`: as what writes ZIP into a pipe does it.
std::string ZipOf(const std::vector<std::string>& names, bool sizes_follow = false) {
  std::string file;
  for (const std::string& name : names) {
    const std::string content = "\x4b\x2a content of " + name;
    const auto number = [](size_t value, size_t bytes) {
      std::string made;
      for (; bytes > 0; --bytes, value >>= 8) made += static_cast<char>(value & 0xFF);
      return made;
    };
    file += "PK\x03\x04" + number(20, 2) + number(sizes_follow ? 8 : 0, 2) + number(8, 2) + number(0, 4) + number(0, 4) + number(sizes_follow ? 0 : content.size(), 4) +
            number(0, 4) + number(name.size(), 2) + number(0, 2) + name + content;
    if (sizes_follow) file += "PK\x07\x08" + number(0, 12);
  }
  return file;
}

const Row kBinary[] = {
    {"a decoder's own signature", "\0\1LEDGER..."s, "a.txt", "text/plain", "application/x-ledger", "signature"},
    {"PDF", "%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", "a.txt", "", "application/pdf", "signature"},
    {"ZIP", "PK\x03\x04 and so on", "a", "", "application/zip", "signature"},
    {"EPUB", "PK\x03\x04\x0a\0\0\0\0\0\0\0\0\0\0\0\0\0\x14\0\0\0\x14\0\0\0\x08\0\0\0mimetypeapplication/epub+zip"s, "a", "", "application/epub+zip", "signature"},
    {"Word", ZipOf({"[Content_Types].xml", "_rels/.rels", "word/document.xml"}), "a", "", "application/vnd.openxmlformats-officedocument.wordprocessingml.document", "signature"},
    {"Excel, written into a pipe", ZipOf({"[Content_Types].xml", "xl/workbook.xml"}, true), "a", "", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "signature"},
    {"another office document", ZipOf({"_rels/.rels", "[Content_Types].xml", "3D/model.model"}), "a", "", "application/x-opc-package", "signature"},
    {"EPUB that does not say so first", ZipOf({"META-INF/container.xml", "text/1.xhtml"}), "a", "", "application/epub+zip", "signature"},
    {"Java", ZipOf({"META-INF/", "META-INF/MANIFEST.MF", "a/B.class"}, true), "a", "", "application/java-archive", "signature"},
    {"Android", ZipOf({"META-INF/MANIFEST.MF", "AndroidManifest.xml"}), "a", "", "application/vnd.android.package-archive", "signature"},
    {"ZIP of a folder with such names in it", ZipOf({"src/", "src/word/a.txt", "src/META-INF/MANIFEST.MF", "words.txt"}), "a", "", "application/zip", "signature"},
    {"gzip", "\x1f\x8b\x08\0\0"s, "a", "", "application/gzip", "signature"},
    {"zstd", "\x28\xb5\x2f\xfd"s, "a", "", "application/zstd", "signature"},
    {"PNG", "\x89PNG\r\n\x1a\n\0\0"s, "a.html", "text/html", "image/png", "signature"},
    {"JPEG", "\xff\xd8\xff\xe0\0\x10JFIF"s, "a", "", "image/jpeg", "signature"},
    {"WebP", "RIFF\x10\0\0\0WEBPVP8 "s, "a", "", "image/webp", "signature"},
    {"MP4", "\0\0\0\x18" "ftypisom\0\0"s, "a", "", "video/mp4", "signature"},
    {"ELF", "\x7f" "ELF\2\1\1\0"s, "a", "", "application/x-elf", "signature"},
    {"SQLite", "SQLite format 3\0\x10"s, "a", "", "application/vnd.sqlite3", "signature"},
    {"WARC", "WARC/1.0\r\nWARC-Type: warcinfo\r\n", "a", "", "application/warc", "signature"},
    {"RTF", "{\\rtf1\\ansi x}", "a.txt", "", "application/rtf", "signature"},
    {"Windows program", "MZ\x90\0\x03\0\0\0"s, "a", "", "application/vnd.microsoft.portable-executable", "signature"},
    {"mailbox", "From joe@example.org Sat Jan  3 01:05:34 1996\nReturn-Path: <joe@example.org>\n\nHi", "a", "", "application/mbox", "content"},
    {"mail", "Received: from a by b;\n Mon\nFrom: Joe <joe@example.org>\nSubject: x\n\nHi", "a.txt", "", "message/rfc822", "content"},
    {"unknown", "\x01\0\x02\0\0\x03\x04\x05"s, "a.txt", "text/plain", "application/octet-stream", "content"},
    {"binary under a name without a signature", "\x01\0\x02\0\0\x03\x04\x05"s, "a.tape", "", "application/x-tape", "extension"},
};
INSTANTIATE_TEST_SUITE_P(Binary, Detection, ::testing::ValuesIn(kBinary));

TEST(DetectionOfWideText, KnowsUtf16AndUtf32WithAndWithoutAMark) {
  for (const char* charset : {"UTF-16LE", "UTF-16BE", "UTF-32LE", "UTF-32BE"}) {
    for (const char* mark : {"", "\xef\xbb\xbf"}) {
      const std::string page = testing::Encode(mark + kPage, charset);
      EXPECT_EQ(DetectMediaType(page, {}, {}).media_type, "text/html") << charset << (*mark != '\0' ? " marked" : "");
      const std::string prose = testing::Encode(mark + kProse, charset);
      EXPECT_EQ(DetectMediaType(prose, {}, {}).media_type, "text/plain") << charset << (*mark != '\0' ? " marked" : "");
    }
  }
}

TEST(DetectionOfHostileBytes, StaysInsideEveryPrefix) {
  for (const Row& row : kBinary)
    for (size_t size = 0; size <= row.payload.size(); ++size) {
      const std::string prefix(row.payload.data(), size);
      EXPECT_FALSE(DetectMediaType(std::string_view(prefix), {}, {}).media_type.empty());
    }
}

}  // namespace
}  // namespace garner
