// Writes one text or Markdown file a document.
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "file_names.h"
#include "garner/markdown.h"
#include "garner/metadata.h"
#include "garner/output_file.h"
#include "garner/plugin.h"
#include "garner_plugins/text_files/options.pb.h"
#include "pending_files.h"

namespace garner::text_files {
namespace {

std::string ToText(const v1::Document& document, bool title) {
  std::string text;
  if (const std::string_view words = ChosenValue(document, "title"); title && !words.empty()) text.append(words).append("\n");
  if (!text.empty() && !document.text().empty()) text.append("\n");
  text.append(document.text());
  if (!document.text().empty()) text.push_back('\n');
  return text;
}

}  // namespace

class TextFiles final : public Sink<TextFilesOptions> {
 public:
  Status Open() override {
    Start();
    return files_->Open();
  }

  Status Write(const v1::Document& document) override {
    const std::string name = names_->Claim(OriginPath(document.source()), document.id());
    const Result<std::string> content = ContentForName(name, markdown_ ? ToMarkdown(document, title_) : ToText(document, title_));
    if (!content.ok()) return Status(content.status().kind(), name + ": " + content.status().message());
    return files_->Write(name, *content);
  }

  bool Resumable() const override { return true; }
  Result<std::string> Commit() override { return files_->Commit(); }

  Status Reopen(std::string_view position) override {
    Start();
    if (Status status = files_->Reopen(position); !status.ok()) return status;
    for (const ListedFile& file : files_->files())
      if (!names_->Take(file.name)) return Status(StatusKind::kInvalidInput, "the list of the files written so far has '" + file.name + "' twice");
    return OkStatus();
  }

  Status Finish() override {
    const Result<std::vector<std::string>> notes = files_->Finish();
    if (!notes.ok()) return notes.status();
    for (const std::string& note : *notes) context().Warn(note);
    return OkStatus();
  }

 private:
  void Start() {
    markdown_ = options().format() == TextFilesOptions::MARKDOWN;
    title_ = options().has_title() ? options().title() : markdown_;
    names_.emplace(options().has_suffix() ? options().suffix() : markdown_ ? ".md" : ".txt");
    files_.emplace(context().output_dir(), options().folder());
  }

  bool markdown_ = false;
  bool title_ = false;
  std::optional<FileNames> names_;
  std::optional<PendingFiles> files_;
};

}  // namespace garner::text_files

GARNER_PLUGIN(garner::text_files::TextFiles)
