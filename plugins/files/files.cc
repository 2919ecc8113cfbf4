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
    Result<std::unique_ptr<ByteStream>> stream = OpenStream(file, item.limits);
    item.status = stream.status();
    if (stream.ok()) item.stream = *std::move(stream);
    return true;
  }

  std::optional<uint64_t> Total() const override { return listing_.files.size(); }

 private:
  Result<std::unique_ptr<ByteStream>> OpenStream(const FoundFile& file, InputOptions& limits) const {
    if (file.problem != nullptr) return *file.problem;
    const Input& input = listing_.inputs[file.input];
    limits.place = input.standard_input ? "standard input" : listing_.PlaceOf(file);
    limits.follow_symlinks = options().follow_symlinks() || input.single;
    limits.max_file_bytes = options().max_file_bytes();
    limits.max_expanded_bytes = options().max_expanded_bytes();
    if (input.standard_input) return StreamOfDescriptor(STDIN_FILENO, limits.place);
    return OpenInputFile(listing_.PathOf(file), limits);
  }

  Listing listing_;
  size_t next_ = 0;
};

}  // namespace garner::files

GARNER_PLUGIN(garner::files::Files)
