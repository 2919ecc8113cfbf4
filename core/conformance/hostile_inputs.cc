#include "core/conformance/hostile_inputs.h"

#include <algorithm>
#include <random>
#include <string_view>
#include <utility>

#include "core/conformance/sample_documents.h"
#include "core/conformance/sample_payloads.h"
#include "garner/utf8.h"

namespace garner {
namespace {

using Random = std::mt19937_64;
using testing::Case;

constexpr size_t kLong = size_t{1} << 20;
constexpr size_t kDeep = 50'000;
// A mutated input grows no larger.
constexpr size_t kMaxMutated = size_t{1} << 20;

std::string Repeat(std::string_view piece, size_t times) {
  std::string text;
  text.reserve(piece.size() * times);
  for (size_t i = 0; i < times; ++i) text += piece;
  return text;
}

std::string RandomBytes() {
  Random random(7);
  std::string bytes(64 << 10, '\0');
  for (char& c : bytes) c = static_cast<char>(random());
  return bytes;
}

// Entities that stand for ten of the one before: a billion in the end.
std::string EntityBomb() {
  std::string xml = "<?xml version=\"1.0\"?>\n<!DOCTYPE a [<!ENTITY e0 \"ha\">";
  for (int i = 1; i < 12; ++i) {
    const std::string name = "e" + std::to_string(i);
    xml += "<!ENTITY " + name + " \"" + Repeat("&e" + std::to_string(i - 1) + ";", 10) + "\">";
  }
  return xml + "]>\n<a>&e11;</a>";
}

std::string DeepMail() {
  std::string mail;
  for (int i = 0; i < 500; ++i) {
    const std::string boundary = "b" + std::to_string(i);
    mail += "Content-Type: multipart/mixed; boundary=\"" + boundary + "\"\r\n\r\n--" + boundary + "\r\n";
  }
  return "MIME-Version: 1.0\r\n" + mail + "Content-Type: text/plain\r\n\r\nend\r\n";
}

std::string HeaderFlood() { return "From: a@b.example\r\nSubject: x\r\n" + Repeat("X-Flood: yes\r\n", 50'000) + "\r\nbody\r\n"; }

std::string LyingLength() { return "WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:x>\r\nWARC-Date: 2020-01-01T00:00:00Z\r\nContent-Length: 9223372036854775807\r\n\r\nHTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nffffffffffffffff\r\nx"; }

std::string NestedZip() {
  std::string zip = ZipOf({{"a.txt", "inside"}});
  for (int i = 0; i < 30; ++i) zip = ZipOf({{"inner.zip", zip}});
  return zip;
}

std::string ManyMembers() {
  std::vector<std::string> names;
  for (int i = 0; i < 5000; ++i) names.push_back("../" + std::to_string(i % 7) + "/x");
  std::vector<Member> members;
  for (const std::string& name : names) members.push_back({name, "y"});
  return ZipOf(members) ;
}

Case WithPayload(std::string bytes, const Case& like) {
  Case content;
  content.set_options(like.options());
  *content.mutable_info() = like.info();
  content.set_payload(std::move(bytes));
  return content;
}

Case WithText(const std::string& text, const Case& like) {
  Case content;
  content.set_options(like.options());
  content.set_text(text);
  return content;
}

// What parsers look for.
constexpr std::string_view kTokens[] = {
    "<", "</", ">", "<!--", "-->", "<![CDATA[", "]]>", "<script>", "<p", "=\"", "'", "&", "&#", "&#x110000;", "&amp;", ";", "{", "}", "[", "]", "\"", "\\", "\\u", "\\ud800", ",",
    ":", "\r\n", "\n", "\n\n", "\n\n\n", "\t", " ", "  ", "-", "--", "---", "-->", "#", "*", "**", "_", "`", "```", "|", "(", ")", "](", "http://", "@", "=?utf-8?B?", "?=", "--cut", "\r\n\r\n",
    "Content-Length: 99999999999999999999\r\n", "Content-Type: ", "charset=", "base64", "0", "-1", "4294967295", "18446744073709551616", "1e999", "NaN", "PK\x03\x04", "PK\x01\x02",
    "\x1f\x8b", "ustar", "WARC/1.0\r\n", "\xef\xbb\xbf", "\xff\xfe", "\xfe\xff", "\xc3", "\xed\xa0\x80", "\xf4\x90\x80\x80", "\xe2\x80\xae", "\xcc\x81", "\xe2\x80\x8b", "\xf0\x9f\x91\xa9\xe2\x80\x8d",
    "\xc2\xa0", "\x01", "\x7f", "By ", "Photo: ", "©", "“", "”", "1/2/2003", "99:99:99,999 --> "};

size_t Below(Random& random, size_t limit) { return limit == 0 ? 0 : static_cast<size_t>(random() % limit); }

void MutateOnce(std::string& bytes, const std::string& other, Random& random) {
  const size_t at = Below(random, bytes.size() + 1);
  const size_t length = Below(random, std::min<size_t>(bytes.size() - at, 64) + 1);
  switch (random() % 9) {
    case 0: bytes.resize(at); break;
    case 1: bytes.erase(at, length); break;
    case 2: bytes.insert(at, std::string(kTokens[Below(random, std::size(kTokens))])); break;
    case 3: bytes.insert(at, Repeat(kTokens[Below(random, std::size(kTokens))], 1 + Below(random, 300))); break;
    case 4: bytes.insert(at, bytes.substr(at, length)); break;
    case 5: {
      const size_t from = Below(random, other.size() + 1);
      bytes.insert(at, other.substr(from, Below(random, 2000)));
      break;
    }
    case 6:
      if (at < bytes.size()) bytes[at] = static_cast<char>(random());
      break;
    case 7:
      if (at < bytes.size()) bytes[at] = static_cast<char>(bytes[at] ^ (1 << (random() % 8)));
      break;
    default:
      for (size_t i = at; i < at + length && i < bytes.size(); ++i) bytes[i] = static_cast<char>(random() % 4 == 0 ? 0xff : 0);
      break;
  }
}

void Mutate(std::string& bytes, const std::string& other, Random& random) {
  const size_t times = 1 + Below(random, 6);
  for (size_t i = 0; i < times; ++i) MutateOnce(bytes, other, random);
  if (bytes.size() > kMaxMutated) bytes.resize(kMaxMutated);
}

// Blocks with other texts, roles and levels, some twice, in another order.
void MutateBlocks(Case& content, const std::string& other, Random& random) {
  auto& blocks = *content.mutable_blocks();
  const size_t times = 1 + Below(random, 8);
  for (size_t i = 0; i < times && !blocks.empty(); ++i) {
    const int at = static_cast<int>(Below(random, static_cast<size_t>(blocks.size())));
    testing::InputBlock& block = blocks[at];
    switch (random() % 5) {
      case 0: Mutate(*block.mutable_text(), other, random); break;
      case 1: block.set_role(static_cast<v1::Block::Role>(random() % 10)); break;
      case 2: block.set_level(static_cast<uint32_t>(random() % 9)); break;
      case 3: *blocks.Add() = testing::InputBlock(block); break;
      default: blocks.SwapElements(at, static_cast<int>(Below(random, static_cast<size_t>(blocks.size())))); break;
    }
  }
  // Only text comes out of decoders.
  for (testing::InputBlock& block : blocks) block.set_text(SanitizeUtf8(block.text()));
}

const std::string& BytesOf(const Input& input) { return input.content.has_payload() ? input.content.payload() : input.document.text(); }

}  // namespace

HostileInputs::HostileInputs(v1::PluginManifest::Kind kind, const std::vector<Input>& seeds, uint64_t seed)
    : payloads_(kind == v1::PluginManifest::DECODER || kind == v1::PluginManifest::UNPACKER), seeds_(seeds), seed_(seed) {
  extremes_ = {
      {"empty", [] { return std::string(); }},
      {"one letter", [] { return std::string("x"); }},
      {"one line break", [] { return std::string("\n"); }},
      {"white space alone", [] { return Repeat(" \t\r\n", 10'000); }},
      {"one long word", [] { return std::string(kLong, 'a'); }},
      {"one long line", [] { return Repeat("word ", kLong / 5); }},
      {"line breaks alone", [] { return std::string(200'000, '\n'); }},
      {"a hundred thousand short lines", [] { return Repeat("ab\n", 100'000); }},
      {"the same paragraph many times", [] { return Repeat("The mill has stood still since the flood, said the miller of Orsk.\n\n", 4'000); }},
      {"deep elements", [] { return Repeat("<div>", kDeep) + "x"; }},
      {"deep lists", [] { return Repeat("<ul><li>", kDeep / 2) + "x"; }},
      {"unclosed tags", [] { return Repeat("<a b='", kDeep); }},
      {"less-than signs", [] { return std::string(200'000, '<'); }},
      {"ampersands", [] { return Repeat("&amp", 100'000); }},
      {"character references", [] { return Repeat("&#38;#38;&lt;", 40'000); }},
      {"deep brackets", [] { return std::string(kDeep, '['); }},
      {"deep objects", [] { return Repeat("{\"a\":", kDeep) + "1"; }},
      {"deep quotes", [] { return Repeat("> ", kDeep) + "x"; }},
      {"deep emphasis", [] { return Repeat("*a **b ", kDeep / 2); }},
      {"brackets and stars", [] { return Repeat("[![*(_`", 20'000); }},
      {"combining marks", [] { return "a" + Repeat("\xcc\x81", 100'000); }},
      {"joined emoji", [] { return Repeat("\xf0\x9f\x91\xa9\xe2\x80\x8d", 20'000); }},
      {"direction marks", [] { return Repeat("\xe2\x80\xaeolleh\xe2\x80\xac ", 10'000); }},
      {"misread characters", [] { return Repeat("\xc3\x83\xc2\xa9\xc3\xa2\xe2\x82\xac\xe2\x84\xa2", 20'000); }},
      {"numbers", [] { return Repeat("123456789012345678901234567890,", 10'000); }},
      {"dates", [] { return Repeat("31/12/1999 12:00 ", 10'000); }},
      {"names", [] { return Repeat("Ann Orsk, Dr. Bo Vell and Mr. Ye Tamm of Sund ", 4'000); }},
      {"entity bomb", &EntityBomb},
      {"header flood", &HeaderFlood},
  };
  if (!payloads_) return;
  const std::vector<Extreme> bytes = {
      {"zeros", [] { return std::string(kLong, '\0'); }},
      {"random bytes", &RandomBytes},
      {"half a character", [] { return std::string("abc\xe2\x82"); }},
      {"a byte order mark alone", [] { return std::string("\xff\xfe"); }},
      {"UTF-16, cut in a character", [] { return std::string("\xff\xfe" "a\0b\0\x3d\xd8z", 9); }},
      {"deep mail", &DeepMail},
      {"lying length", &LyingLength},
      {"nested archives", &NestedZip},
      {"many members of one name", &ManyMembers},
      {"a member that leads out", [] { return TarOf({{"../../../etc/passwd", "x"}, {"/absolute", "y"}, {"", "z"}}); }},
      {"many small records", [] { return Repeat("{\"text\": \"x\"}\n", 30'000); }},
      {"one endless record", [] { return "{\"text\": \"" + std::string(kLong, 'x'); }},
  };
  extremes_.insert(extremes_.end(), bytes.begin(), bytes.end());
}

Input HostileInputs::At(uint64_t index) const {
  if (index >= extremes_.size()) return Damaged(index - extremes_.size());
  const Input& like = seeds_[index % seeds_.size()];
  Input input;
  input.name = extremes_[index].name;
  input.options = like.options;
  const std::string made = extremes_[index].make();
  input.content = payloads_ ? WithPayload(made, like.content) : WithText(SanitizeUtf8(made), like.content);
  return input;
}

Input HostileInputs::Damaged(uint64_t index) const {
  Random random(seed_ * 0x9e3779b97f4a7c15 + index);
  const Input& like = seeds_[Below(random, seeds_.size())];
  const std::string& other = BytesOf(seeds_[Below(random, seeds_.size())]);
  Input input;
  input.name = "damaged " + std::to_string(index) + " of " + like.name;
  input.options = like.options;
  if (payloads_) {
    std::string bytes = like.content.payload();
    Mutate(bytes, other, random);
    input.content = WithPayload(std::move(bytes), like.content);
  } else if (like.content.blocks_size() > 0) {
    input.content = like.content;
    input.content.clear_expect();
    MutateBlocks(input.content, other, random);
  } else {
    std::string text = like.content.text();
    Mutate(text, other, random);
    input.content = WithText(SanitizeUtf8(text), like.content);
    *input.content.mutable_metadata() = like.content.metadata();
  }
  return input;
}

}  // namespace garner
