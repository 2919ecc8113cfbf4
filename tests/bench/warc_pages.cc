#include "tests/bench/warc_pages.h"

#include <zlib.h>

namespace garner::bench {
namespace {

constexpr size_t kWords = 2500;

std::vector<double> Frequencies() {
  std::vector<double> frequencies;
  for (size_t i = 0; i < kWords; ++i) frequencies.push_back(1.0 / static_cast<double>(i + 1));
  return frequencies;
}

std::string Deflated(const std::string& bytes) {
  z_stream stream = {};
  deflateInit2(&stream, 6, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY);
  std::string out(deflateBound(&stream, bytes.size()) + 64, '\0');
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
  stream.avail_in = static_cast<uInt>(bytes.size());
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = static_cast<uInt>(out.size());
  deflate(&stream, Z_FINISH);
  out.resize(stream.total_out);
  deflateEnd(&stream);
  return out;
}

}  // namespace

WarcPages::WarcPages() : dice_(4711) {
  const std::vector<double> frequencies = Frequencies();
  frequent_ = std::discrete_distribution<size_t>(frequencies.begin(), frequencies.end());
  const char* syllables[] = {"ka", "lo", "ren", "ti", "mar", "be", "sun", "do", "fel", "gri", "ha", "wen", "po", "ster", "ju", "vi", "ne", "ral", "cho", "y"};
  for (size_t i = 0; i < kWords; ++i) {
    std::string word;
    for (size_t n = 1 + dice_() % 4; n > 0; --n) word += syllables[dice_() % std::size(syllables)];
    words_.push_back(std::move(word));
  }
}

const std::string& WarcPages::Word() { return words_[frequent_(dice_)]; }

std::string WarcPages::Sentence() {
  std::string sentence;
  for (size_t n = 5 + dice_() % 20; n > 0; --n) sentence += Word() + (n > 1 ? " " : ". ");
  return sentence;
}

std::string WarcPages::Page() {
  std::string page = "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>" + Sentence() + "</title>\n";
  for (int i = 0; i < 12; ++i) page += "<link rel=\"stylesheet\" href=\"/static/" + Word() + "/" + std::to_string(dice_()) + ".css\" type=\"text/css\">\n";
  page += "</head><body class=\"page page-" + std::to_string(records_) + "\">\n<nav class=\"menu\"><ul>\n";
  for (size_t n = 10 + dice_() % 60; n > 0; --n) page += "  <li class=\"menu-item menu-item-" + std::to_string(dice_() % 1000) + "\"><a href=\"/" + Word() + "/" + Word() + "\">" + Word() + "</a></li>\n";
  page += "</ul></nav>\n<main><article>\n";
  for (size_t n = 5 + dice_() % 100; n > 0; --n) {
    page += "<p class=\"article-text article-text--regular\">";
    for (size_t s = 1 + dice_() % 6; s > 0; --s) page += Sentence();
    page += "</p>\n";
    if (n % 6 == 0) page += "<div class=\"teaser-box\"><a class=\"teaser-link\" href=\"/" + Word() + "-" + std::to_string(dice_()) + ".html\"><span>" + Sentence() + "</span></a></div>\n";
  }
  return page + "</article></main><footer class=\"site-footer\">" + Sentence() + "</footer></body></html>\n";
}

std::string WarcPages::NextRecord() {
  const std::string page = Page();
  const std::string block = "HTTP/1.1 200 OK\r\nServer: " + Word() + "\r\nContent-Type: text/html; charset=utf-8\r\nX-Request: " + std::to_string(dice_()) +
                            "\r\nContent-Length: " + std::to_string(page.size()) + "\r\n\r\n" + page;
  ++records_;
  return "WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:" + std::to_string(dice_()) + "-" + std::to_string(records_) +
         ">\r\nWARC-Date: 2031-04-05T06:07:08Z\r\nWARC-Target-URI: http://" + Word() + ".example/" + std::to_string(records_) +
         "\r\nContent-Type: application/http; msgtype=response\r\nContent-Length: " + std::to_string(block.size()) + "\r\n\r\n" + block + "\r\n\r\n";
}

std::string WarcPages::NextMember(uint64_t& bytes) {
  const std::string record = NextRecord();
  bytes += record.size();
  return Deflated(record);
}

}  // namespace garner::bench
