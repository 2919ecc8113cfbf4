// Writes whole documents as length-delimited Protobuf messages.
#include <memory>
#include <string>
#include <string_view>
#include <utility>

#include "delimited.h"
#include "garner/output_file.h"
#include "garner/plugin.h"
#include "garner_plugins/protobuf/options.pb.h"

namespace garner::protobuf_sink {

class ProtobufSink final : public Sink<ProtobufOptions> {
 public:
  Status Open() override { return Use(OutputFile::Create(context().output_dir(), options().path())); }

  bool Resumable() const override { return true; }
  Result<std::string> Commit() override { return file_->Commit(); }
  Status Reopen(std::string_view position) override {
    return Use(OutputFile::Reopen(context().output_dir(), options().path(), position));
  }

  Status Write(const v1::Document& document) override {
    record_.clear();
    if (Status status = AppendDelimited(document, &record_); !status.ok()) return status;
    return file_->Write(record_);
  }

  Status Finish() override { return file_->Finish(); }

 private:
  Status Use(Result<std::unique_ptr<OutputFile>> file) {
    if (!file.ok()) return file.status();
    file_ = *std::move(file);
    return OkStatus();
  }

  std::unique_ptr<OutputFile> file_;
  std::string record_;
};

}  // namespace garner::protobuf_sink

GARNER_PLUGIN(garner::protobuf_sink::ProtobufSink)
