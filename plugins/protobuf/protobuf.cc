// Writes whole documents as length-delimited Protobuf messages.
#include <memory>
#include <string>
#include <utility>

#include "delimited.h"
#include "garner/output_file.h"
#include "garner/plugin.h"
#include "garner_plugins/protobuf/options.pb.h"

namespace garner::protobuf_sink {

class ProtobufSink final : public Sink<ProtobufOptions> {
 public:
  Status Open() override {
    Result<std::unique_ptr<OutputFile>> file = OutputFile::Create(context().output_dir(), options().path());
    if (!file.ok()) return file.status();
    file_ = *std::move(file);
    return OkStatus();
  }

  Status Write(const v1::Document& document) override {
    record_.clear();
    if (Status status = AppendDelimited(document, &record_); !status.ok()) return status;
    return file_->Write(record_);
  }

  Status Finish() override { return file_->Finish(); }

 private:
  std::unique_ptr<OutputFile> file_;
  std::string record_;
};

}  // namespace garner::protobuf_sink

GARNER_PLUGIN(garner::protobuf_sink::ProtobufSink)
