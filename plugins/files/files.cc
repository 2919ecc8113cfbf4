// Hands out files, folders and globs of them, and standard input, in the order of their uris.
#include <unistd.h>

#include <optional>
#include <string>
#include <utility>

#include "garner/input_file.h"
#include "garner/plugin.h"
#include "garner_plugins/files/options.pb.h"
#include "listing.h"

namespace garner::files {

class Files final : public Source<FilesOptions> {
 public:
  Status Open() override {
    ListRequest request;
    request.paths.assign(options().paths().begin(), options().paths().end());
    request.include.assign(options().include().begin(), options().include().end());
    request.exclude.assign(options().exclude().begin(), options().exclude().end());
    request.manifest_dir = context().manifest_dir();
    request.output_dir = context().output_dir();
    request.follow_symlinks = options().follow_symlinks();
    request.hidden = options().hidden();
    if (request.paths.empty()) return Status(StatusKind::kConfig, "paths: empty; files, folders, globs or '-' are accepted");
    Result<Listing> listing = ListFiles(request);
    if (!listing.ok()) return listing.status();
    listing_ = *std::move(listing);
    if (listing_.filtered > 0) context().Count("files_filtered", static_cast<double>(listing_.filtered));
    if (listing_.hidden > 0) context().Count("files_hidden", static_cast<double>(listing_.hidden));
    if (listing_.files.empty()) context().Warn("the paths hold no file that include, exclude and hidden let through");
    return OkStatus();
  }

  Result<bool> Next(SourceItem& item) override {
    item = SourceItem();
    if (next_ == listing_.files.size()) return false;
    const FoundFile& file = listing_.files[next_++];
    item.payload.info.set_uri(file.uri);
    Result<InputContent> content = Read(file);
    if (!content.ok()) {
      item.status = content.status();
      return true;
    }
    if (content->ignored_bytes > 0)
      context().Warn(listing_.PlaceOf(file) + ": " + std::to_string(content->ignored_bytes) + " bytes after the end of the compressed data are ignored");
    item.payload.bytes = std::move(content->bytes);
    item.payload.info.set_bytes(item.payload.bytes.size());
    return true;
  }

  std::optional<uint64_t> Total() const override { return listing_.files.size(); }

 private:
  Result<InputContent> Read(const FoundFile& file) const {
    if (file.problem != nullptr) return *file.problem;
    const Input& input = listing_.inputs[file.input];
    InputOptions how;
    how.place = input.standard_input ? "standard input" : listing_.PlaceOf(file);
    how.follow_symlinks = options().follow_symlinks() || input.single;
    how.max_file_bytes = options().max_file_bytes();
    how.max_expanded_bytes = options().max_expanded_bytes();
    return input.standard_input ? ReadInputDescriptor(STDIN_FILENO, how) : ReadInputFile(listing_.PathOf(file), how);
  }

  Listing listing_;
  size_t next_ = 0;
};

}  // namespace garner::files

GARNER_PLUGIN(garner::files::Files)
