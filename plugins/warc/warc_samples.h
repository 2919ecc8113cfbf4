// Records and files made for tests.
#pragma once

#include <zlib.h>
#include <zstd.h>

#include <string>
#include <string_view>
#include <vector>

namespace garner::warc::testing {

inline std::string WarcRecord(std::string_view type, std::string_view url, std::string_view content_type, std::string_view block, std::string_view more = "",
                              long long length = -1) {
  std::string record = "WARC/1.0\r\nWARC-Type: " + std::string(type) + "\r\n";
  if (!url.empty()) record += "WARC-Target-URI: " + std::string(url) + "\r\n";
  record += "WARC-Date: 2031-04-05T06:07:08Z\r\nContent-Type: " + std::string(content_type) + "\r\n" + std::string(more);
  record += "Content-Length: " + std::to_string(length >= 0 ? length : static_cast<long long>(block.size())) + "\r\n\r\n";
  return record + std::string(block) + "\r\n\r\n";
}

inline std::string HttpResponseText(std::string_view body, std::string_view more = "", std::string_view status = "200 OK") {
  return "HTTP/1.1 " + std::string(status) + "\r\nContent-Type: text/html; charset=utf-8\r\n" + std::string(more) + "\r\n" + std::string(body);
}

inline std::string ResponseRecord(std::string_view url, std::string_view body) {
  return WarcRecord("response", url, "application/http; msgtype=response", HttpResponseText(body));
}

inline std::string ArcRecord(std::string_view url, std::string_view block, std::string_view media_type = "text/html") {
  return std::string(url) + " 192.0.2.7 20310405060708 " + std::string(media_type) + " " + std::to_string(block.size()) + "\n" + std::string(block) + "\n";
}

inline std::string ArcHead() {
  return ArcRecord("filedesc://sample.arc", "1 0 Nobody\nURL IP-address Archive-date Content-type Archive-length\n\n", "text/plain");
}

// `window_bits`: 31 gzip, 15 zlib, -15 bare deflate.
inline std::string Deflated(std::string_view bytes, int window_bits = 31, int level = 6) {
  z_stream stream = {};
  deflateInit2(&stream, level, Z_DEFLATED, window_bits, 8, Z_DEFAULT_STRATEGY);
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

inline std::string ZstdFrame(std::string_view bytes, std::string_view dictionary = {}) {
  std::string out(ZSTD_compressBound(bytes.size()), '\0');
  ZSTD_CCtx* context = ZSTD_createCCtx();
  if (!dictionary.empty()) ZSTD_CCtx_loadDictionary(context, dictionary.data(), dictionary.size());
  out.resize(ZSTD_compress2(context, out.data(), out.size(), bytes.data(), bytes.size()));
  ZSTD_freeCCtx(context);
  return out;
}

// A frame that readers pass over: its magic number ends with the digit `kind`.
inline std::string SkippableFrame(unsigned kind, std::string_view bytes) {
  std::string frame = {static_cast<char>(0x50 + kind), '\x2A', '\x4D', '\x18'};
  for (int i = 0; i < 4; ++i) frame += static_cast<char>(bytes.size() >> (8 * i));
  return frame + std::string(bytes);
}

}  // namespace garner::warc::testing
