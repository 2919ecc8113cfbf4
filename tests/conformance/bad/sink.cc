// A sink that writes a line a document, and does one thing wrong.
#include <fstream>
#include <memory>
#include <string>

#include "badness.h"
#include "garner/output_file.h"
#include "garner/plugin.h"
#include "garner_plugins/bad/options.pb.h"

namespace garner::bad {

class BadSink final : public Sink<BadOptions> {
 public:
  Status Open() override {
    if (Bad("writes_elsewhere")) std::ofstream(context().output_dir() + "/../elsewhere.txt") << "here\n";
    if (Bad("writes_at_once")) std::ofstream(context().output_dir() + "/lines.txt") << "";
    return Use(OutputFile::Create(context().output_dir(), "lines.txt"));
  }
  Status Write(const v1::Document& document) override { return file_->Write(document.source().uri() + "\n"); }
  bool Resumable() const override { return true; }
  Result<std::string> Commit() override {
    if (Bad("shows_commits"))
      if (Status status = file_->Write("-- committed --\n"); !status.ok()) return status;
    return file_->Commit();
  }
  Status Reopen(std::string_view position) override { return Use(OutputFile::Reopen(context().output_dir(), "lines.txt", position)); }
  Status Finish() override { return file_->Finish(); }

 private:
  Status Use(Result<std::unique_ptr<OutputFile>> file) {
    if (!file.ok()) return file.status();
    file_ = *std::move(file);
    return OkStatus();
  }

  std::unique_ptr<OutputFile> file_;
};

}  // namespace garner::bad

GARNER_PLUGIN(garner::bad::BadSink)
