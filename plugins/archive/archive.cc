// Hands out the members of archives.
#include <algorithm>
#include <cstring>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

#include "garner/plugin.h"
#include "garner_plugins/archive/options.pb.h"
#include "member_name.h"
#include "opened_archive.h"
#include "prepared_stream.h"
#include "utf8_locale.h"

namespace garner::archive {
namespace {

// What a member holds, until the archive goes on to the next one. Its failures name the place.
class MemberStream final : public ByteStream {
 public:
  // `head`: bytes of it that have been read.
  MemberStream(OpenedArchive& archive, std::string head, std::string place) : archive_(archive), head_(std::move(head)), place_(std::move(place)) {}

  Result<size_t> Read(char* buffer, size_t size) override {
    if (!head_.empty()) {
      const size_t count = std::min(size, head_.size());
      std::memcpy(buffer, head_.data(), count);
      head_.erase(0, count);
      return count;
    }
    Result<size_t> count = archive_.Read(buffer, size);
    return count.ok() ? count : Status(count.status().kind(), place_ + ": " + count.status().message());
  }

 private:
  OpenedArchive& archive_;
  std::string head_;
  const std::string place_;
};

ArchiveLimits LimitsOf(const ArchiveOptions& options) {
  ArchiveLimits limits;
  limits.max_bytes = options.max_bytes();
  limits.max_ratio = options.max_expansion_ratio();
  limits.max_compression_layers = options.max_compression_layers();
  return limits;
}

}  // namespace

class Archive final : public Unpacker<ArchiveOptions> {
 public:
  Status Begin(const v1::PayloadInfo& container, ByteStream& stream) override {
    archive_.reset();
    members_ = 0;
    file_name_ = NameWithoutCompression(container.container_path().empty() ? container.uri() : container.container_path());
    Result<PreparedStream> prepared = PrepareStream(stream, options().max_buffered_bytes());
    if (!prepared.ok()) return prepared.status();
    stream_ = std::move(prepared->stream);
    archive_ = std::make_unique<OpenedArchive>(*stream_, prepared->family, LimitsOf(options()));
    return archive_->Open();
  }

  Result<bool> Next(SourceItem& item) override {
    while (archive_ != nullptr) {
      const Result<OpenedArchive::Found> found = archive_->NextMember();
      if (!found.ok()) return found.status();
      if (*found == OpenedArchive::Found::kEnd) return false;
      if (++members_ > options().max_members())
        return Status(StatusKind::kLimit, "it has more than " + std::to_string(options().max_members()) + " members; raise max_members of the archive unpacker to read the rest");
      if (*found == OpenedArchive::Found::kBadMember ? TakeBadMember(item) : TakeMember(item)) return true;
    }
    return false;
  }

 private:
  bool TakeBadMember(SourceItem& item) {
    item.payload.info.set_container_path("member " + std::to_string(members_));
    item.status = Status(StatusKind::kInvalidInput, "the header of member " + std::to_string(members_) + " cannot be read: " + archive_->problem());
    return true;
  }

  // False where it is passed over.
  bool TakeMember(SourceItem& item) {
    struct archive_entry* const entry = archive_->entry();
    if (archive_entry_hardlink(entry) != nullptr) return PassOver("links");
    if (!archive_->raw()) switch (archive_entry_filetype(entry)) {
        case AE_IFREG: case 0: break;  // none: a file, of formats that have nothing else
        case AE_IFDIR: return PassOver("folders");
        case AE_IFLNK: return PassOver("links");
        default: return PassOver("devices");
      }
    const std::string name = archive_->raw() ? file_name_ : NameOf(entry);
    item.payload.info.set_container_path(name);
    if (archive_entry_is_encrypted(entry) != 0) {
      item.status = Status(StatusKind::kUnsupported, "it is encrypted; unpack it with its password, and give what is in it");
      return true;
    }
    std::string head;
    if (MayBeAppleDouble(name) && IsAppleDouble(head = ReadHead())) return PassOver("apple_double_files");
    item.stream = std::make_unique<MemberStream>(*archive_, std::move(head), name);
    item.limits.place = name;
    item.limits.max_file_bytes = options().max_member_bytes();
    item.limits.max_expanded_bytes = options().max_expanded_bytes();
    item.limits.file_limit_name = "max_member_bytes of the archive unpacker";
    item.limits.expanded_limit_name = "max_expanded_bytes of the archive unpacker";
    return true;
  }

  bool PassOver(const char* what) {
    context().Count(std::string("passed_over_") + what);
    return false;
  }

  std::string NameOf(struct archive_entry* entry) const {
    const Utf8Locale locale;
    const char* name = archive_entry_pathname(entry);
    if (name == nullptr) name = archive_entry_pathname_utf8(entry);
    return name == nullptr || *name == '\0' ? "member " + std::to_string(members_) : MemberName(name, options().name_charset());
  }

  // The first bytes of the member; what goes wrong shows again when the rest is read.
  std::string ReadHead() {
    std::string head(4, '\0');
    size_t size = 0;
    while (size < head.size()) {
      const Result<size_t> count = archive_->Read(head.data() + size, head.size() - size);
      if (!count.ok() || *count == 0) break;
      size += *count;
    }
    head.resize(size);
    return head;
  }

  std::string file_name_;
  std::unique_ptr<ByteStream> stream_;
  std::unique_ptr<OpenedArchive> archive_;
  uint64_t members_ = 0;
};

}  // namespace garner::archive

GARNER_PLUGIN(garner::archive::Archive)
