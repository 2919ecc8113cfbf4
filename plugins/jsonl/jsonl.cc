// Writes JSON Lines: one object a document.
#include <memory>
#include <string>
#include <string_view>
#include <utility>

#include "garner/output_file.h"
#include "garner/plugin.h"
#include "garner_plugins/jsonl/options.pb.h"
#include "record.h"

namespace garner::jsonl {
namespace {

RecordOptions ToRecordOptions(const JsonlOptions& options) {
  RecordOptions record;
  if (options.offsets() == JsonlOptions::BYTES) record.offsets = OffsetUnit::kBytes;
  if (options.offsets() == JsonlOptions::UTF16) record.offsets = OffsetUnit::kUtf16;
  if (options.removed() == JsonlOptions::NONE) record.removed = RemovedDetail::kNone;
  if (options.removed() == JsonlOptions::SUMMARY) record.removed = RemovedDetail::kSummary;
  record.markdown = options.render() == JsonlOptions::MARKDOWN;
  return record;
}

}  // namespace

class Jsonl final : public Sink<JsonlOptions> {
 public:
  Status Open() override { return Use(OutputFile::Create(context().output_dir(), options().path())); }

  bool Resumable() const override { return true; }
  Result<std::string> Commit() override { return file_->Commit(); }
  Status Reopen(std::string_view position) override {
    return Use(OutputFile::Reopen(context().output_dir(), options().path(), position));
  }

  Status Write(const v1::Document& document) override {
    line_.clear();
    AppendRecord(document, record_options_, &line_);
    return file_->Write(line_);
  }

  Status Finish() override { return file_->Finish(); }

 private:
  Status Use(Result<std::unique_ptr<OutputFile>> file) {
    if (!file.ok()) return file.status();
    file_ = *std::move(file);
    record_options_ = ToRecordOptions(options());
    return OkStatus();
  }

  RecordOptions record_options_;
  std::unique_ptr<OutputFile> file_;
  std::string line_;
};

}  // namespace garner::jsonl

GARNER_PLUGIN(garner::jsonl::Jsonl)
