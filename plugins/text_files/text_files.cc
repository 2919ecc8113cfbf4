// Writes one text or Markdown file a document.
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "file_names.h"
#include "garner/markdown.h"
#include "garner/metadata.h"
#include "garner/output_file.h"
#include "garner/plugin.h"
#include "garner_plugins/text_files/options.pb.h"

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
    markdown_ = options().format() == TextFilesOptions::MARKDOWN;
    title_ = options().has_title() ? options().title() : markdown_;
    names_.emplace(options().has_suffix() ? options().suffix() : markdown_ ? ".md" : ".txt");
    // A folder that is not acceptable refuses the job now, not with its first document.
    const Result<std::unique_ptr<OutputFile>> probe = OutputFile::Create(context().output_dir(), options().folder() + "/.probe");
    return probe.ok() ? OkStatus() : probe.status();
  }

  Status Write(const v1::Document& document) override {
    const std::string name = names_->Claim(OriginPath(document.source()), document.id());
    Result<std::unique_ptr<OutputFile>> file = OutputFile::Create(context().output_dir(), options().folder() + "/" + name);
    if (!file.ok()) return file.status();
    if (Status status = (*file)->Write(markdown_ ? ToMarkdown(document, title_) : ToText(document, title_)); !status.ok()) return status;
    if (Status status = (*file)->Close(); !status.ok()) return status;
    written_.push_back(*std::move(file));
    return OkStatus();
  }

  Status Finish() override { return OutputFile::PublishAll(written_); }

 private:
  bool markdown_ = false;
  bool title_ = false;
  std::optional<FileNames> names_;
  std::vector<std::unique_ptr<OutputFile>> written_;
};

}  // namespace garner::text_files

GARNER_PLUGIN(garner::text_files::TextFiles)
