// Archives made for tests: by libarchive, and ZIP byte by byte where it has to be odd.
#pragma once

#include <archive.h>
#include <archive_entry.h>
#include <zlib.h>

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace garner::archive::testing {

struct Member {
  std::string name;
  std::string bytes;
  unsigned type = AE_IFREG;
  std::string link = {};
};

// `format`: "zip", "ustar", "pax", "gnutar", "7zip", "raw"; `filter`: "none", "gzip", "bzip2", "xz", "zstd", "lz4"; `options` as libarchive has them.
inline std::string Packed(const std::string& format, const std::vector<Member>& members, const std::string& filter = "none", const std::string& options = "") {
  size_t room = 1 << 20;
  for (const Member& member : members) room += member.bytes.size() + 4096 + member.name.size() * 4;
  std::string out(room, '\0');
  size_t used = 0;
  struct ::archive* writer = archive_write_new();
  archive_write_set_format_by_name(writer, format.c_str());
  if (filter != "none") archive_write_add_filter_by_name(writer, filter.c_str());
  archive_write_set_bytes_in_last_block(writer, 1);
  archive_write_set_options(writer, options.c_str());
  archive_write_open_memory(writer, out.data(), out.size(), &used);
  for (const Member& member : members) {
    struct archive_entry* entry = archive_entry_new();
    archive_entry_set_pathname(entry, member.name.c_str());
    archive_entry_set_filetype(entry, member.type);
    archive_entry_set_perm(entry, 0644);
    archive_entry_set_size(entry, static_cast<la_int64_t>(member.bytes.size()));
    if (member.type == AE_IFLNK) archive_entry_set_symlink(entry, member.link.c_str());
    else if (!member.link.empty()) archive_entry_set_hardlink(entry, member.link.c_str());
    archive_write_header(writer, entry);
    archive_write_data(writer, member.bytes.data(), member.bytes.size());
    archive_entry_free(entry);
  }
  archive_write_close(writer);
  archive_write_free(writer);
  out.resize(used);
  return out;
}

inline std::string BareDeflated(std::string_view bytes) {
  z_stream stream = {};
  deflateInit2(&stream, 9, Z_DEFLATED, -15, 8, Z_DEFAULT_STRATEGY);
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

// A ZIP byte by byte.
class OddZip {
 public:
  struct Entry {
    std::string name;
    uint16_t flags = 0;
    uint16_t method = 8;
    uint32_t crc = 0;
    uint32_t packed = 0;
    uint32_t unpacked = 0;
    uint32_t offset = 0;
  };

  // A member as it should be, but for the flags.
  void Add(const std::string& name, std::string_view bytes, uint16_t flags = 0) {
    const std::string packed = BareDeflated(bytes);
    Entry entry{name, flags, 8, static_cast<uint32_t>(crc32(0, reinterpret_cast<const Bytef*>(bytes.data()), static_cast<uInt>(bytes.size()))),
                static_cast<uint32_t>(packed.size()), static_cast<uint32_t>(bytes.size()), static_cast<uint32_t>(file_.size())};
    file_ += LocalHeader(entry) + packed;
    List(entry);
  }
  // Bytes of the file's body.
  void Append(std::string_view bytes) { file_ += bytes; }
  uint32_t size() const { return static_cast<uint32_t>(file_.size()); }
  // A line of the table at the end, whatever it may point at.
  void List(const Entry& entry) {
    table_ += Number(0x02014b50, 4) + Number(20, 2) + Number(20, 2) + Common(entry) + Number(entry.name.size(), 2) + Number(0, 2) + Number(0, 2) + Number(0, 2) +
              Number(0, 2) + Number(0, 4) + Number(entry.offset, 4) + entry.name;
    ++entries_;
  }
  std::string Finish() const {
    return file_ + table_ + Number(0x06054b50, 4) + Number(0, 2) + Number(0, 2) + Number(entries_, 2) + Number(entries_, 2) + Number(table_.size(), 4) +
           Number(file_.size(), 4) + Number(0, 2);
  }
  static std::string LocalHeader(const Entry& entry) {
    return Number(0x04034b50, 4) + Number(20, 2) + Common(entry) + Number(entry.name.size(), 2) + Number(0, 2) + entry.name;
  }

 private:
  static std::string Number(uint64_t value, size_t size) {
    std::string bytes;
    for (size_t i = 0; i < size; ++i) bytes += static_cast<char>(value >> (8 * i));
    return bytes;
  }
  static std::string Common(const Entry& entry) {
    return Number(entry.flags, 2) + Number(entry.method, 2) + Number(0, 4) + Number(entry.crc, 4) + Number(entry.packed, 4) + Number(entry.unpacked, 4);
  }

  std::string file_;
  std::string table_;
  uint64_t entries_ = 0;
};

}  // namespace garner::archive::testing
