#include "core/conformance/input.h"

#include <google/protobuf/io/tokenizer.h>
#include <google/protobuf/text_format.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <system_error>
#include <utility>

#include "core/conformance/sample_documents.h"
#include "garner/input_file.h"

namespace garner {
namespace {

namespace fs = std::filesystem;
namespace pb = google::protobuf;

// Keeps the first thing that is wrong with a text.
class FirstError final : public pb::io::ErrorCollector {
 public:
  void AddError(int line, int, const std::string& message) override {
    if (text_.empty()) text_ = "line " + std::to_string(line + 1) + ": " + message;
  }
  const std::string& text() const { return text_; }

 private:
  std::string text_;
};

Status ParseText(const std::string& text, pb::Message& message) {
  FirstError errors;
  pb::TextFormat::Parser parser;
  parser.RecordErrorsTo(&errors);
  if (parser.ParseFromString(text, &message)) return OkStatus();
  return Status(StatusKind::kConfig, errors.text());
}

Result<std::string> SerializeOptions(const std::string& text, OptionsSchema& schema) {
  if (text.empty()) return std::string();
  const std::unique_ptr<pb::Message> message = schema.New();
  if (message == nullptr) return Status(StatusKind::kConfig, "has options, and the plugin takes none");
  if (Status status = ParseText(text, *message); !status.ok()) return Status(StatusKind::kConfig, "its options: " + status.message());
  return message->SerializeAsString();
}

Result<Input> ReadCase(const fs::path& path, OptionsSchema& schema) {
  const Result<InputContent> file = ReadInputFile(path.string(), {.place = path.filename().string()});
  if (!file.ok()) return file.status();
  testing::Case content;
  if (Status status = ParseText(file->bytes, content); !status.ok())
    return Status(StatusKind::kConfig, path.filename().string() + ": is no case (garner/testing/case.proto): " + status.message());
  if (content.has_payload_file()) {
    const fs::path beside = path.parent_path() / content.payload_file();
    std::ifstream in(beside, std::ios::binary);
    if (!in) return Status(StatusKind::kConfig, path.filename().string() + ": its payload_file " + content.payload_file() + " is not beside it");
    // As it stands: an unpacker may want to see the compression.
    content.set_payload(std::string(std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()));
    content.clear_payload_file();
  }
  Result<Input> input = MakeInput("case " + path.stem().string(), std::move(content), schema);
  if (!input.ok()) return Status(StatusKind::kConfig, path.filename().string() + ": " + input.status().message());
  return input;
}

}  // namespace

Result<Input> MakeInput(std::string name, testing::Case content, OptionsSchema& schema) {
  Input input;
  Result<std::string> options = SerializeOptions(content.options(), schema);
  if (!options.ok()) return options.status();
  input.name = std::move(name);
  input.options = *std::move(options);
  input.content = std::move(content);
  FillInput(input);
  return input;
}

void FillInput(Input& input) {
  if (!input.content.has_payload()) {
    input.document = DocumentOf(input.content);
    return;
  }
  input.payload.info = input.content.info();
  input.payload.info.set_bytes(input.content.payload().size());
  input.payload.bytes = input.content.payload();
}

Result<std::vector<Input>> ReadCases(const std::string& folder, OptionsSchema& schema) {
  std::error_code error;
  std::vector<fs::path> files;
  for (fs::directory_iterator entry(folder, error), end; !error && entry != end; entry.increment(error))
    if (entry->path().extension() == ".textproto") files.push_back(entry->path());
  if (error) return Status(StatusKind::kConfig, folder + ": the cases cannot be read: " + error.message());
  if (files.empty()) return Status(StatusKind::kConfig, folder + ": holds no cases; files NAME.textproto are accepted");
  std::sort(files.begin(), files.end());
  std::vector<Input> inputs;
  for (const fs::path& file : files) {
    Result<Input> input = ReadCase(file, schema);
    if (!input.ok()) return input.status();
    inputs.push_back(*std::move(input));
  }
  return inputs;
}

std::string CaseText(const testing::Case& content) {
  std::string text;
  pb::TextFormat::Printer printer;
  printer.SetUseUtf8StringEscaping(true);
  printer.PrintToString(content, &text);
  return text;
}

}  // namespace garner
