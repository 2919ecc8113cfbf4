#include "garner/testing/cases.h"

#include <google/protobuf/descriptor.pb.h>
#include <google/protobuf/dynamic_message.h>
#include <google/protobuf/text_format.h>
#include <google/protobuf/util/message_differencer.h>
#include <stdlib.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <system_error>

#include "core/sdk/edit_applier.h"
#include "garner/document_builder.h"
#include "garner/html_elements.h"
#include "garner/testing/case.pb.h"
#include "garner/testing/documents.h"
#include "garner/testing/invariants.h"
#include "garner/testing/unpack.h"
#include "garner/v1/plugin.pb.h"

namespace garner::testing {
namespace {

namespace fs = std::filesystem;

// For the output of a sink; gone with the case.
class ScratchFolder {
 public:
  ScratchFolder() : path_((fs::temp_directory_path() / "garner-case-XXXXXX").string()) { EXPECT_NE(mkdtemp(path_.data()), nullptr); }
  ~ScratchFolder() {
    std::error_code ignored;
    fs::remove_all(path_, ignored);
  }
  ScratchFolder(const ScratchFolder&) = delete;
  ScratchFolder& operator=(const ScratchFolder&) = delete;

  const std::string& path() const { return path_; }

 private:
  std::string path_;
};

std::string ReadFile(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  std::stringstream bytes;
  bytes << in.rdbuf();
  return bytes.str();
}

// Blocks joined as a document's are; the payload is the text itself.
TestDocument DocumentFromBlocks(const Case& test) {
  TestDocument made;
  for (const InputBlock& block : test.blocks()) made.payload += (made.payload.empty() ? "" : "\n\n") + block.text();
  made.document.mutable_source()->set_uri("test.html");
  made.document.mutable_source()->set_bytes(made.payload.size());
  const Result<DecodedText> decoded = DecodeText(made.payload, {});
  EXPECT_TRUE(decoded.ok());
  DocumentBuilder builder(*decoded, &made.document);
  uint64_t at = 0;
  for (const InputBlock& block : test.blocks()) {
    if (at > 0) {
      builder.Append({at, at + 2});
      at += 2;
    }
    v1::Block& added = builder.BeginBlock(block.role());
    if (block.has_level()) added.set_level(block.level());
    if (block.has_html()) *added.mutable_html() = block.html();
    if (block.has_html_path()) SetHtmlPath(&made.document, &added, block.html_path());
    if (block.has_tight()) added.set_tight(block.tight());
    builder.Append({at, at + block.text().size()});
    builder.EndBlock();
    at += block.text().size();
  }
  builder.Finish("whitespace");
  return made;
}

void AddMetadata(const Case& test, v1::Document& document) {
  for (const Field& field : test.metadata()) {
    v1::Metadata* added = document.add_metadata();
    added->set_key(field.key());
    added->set_value(field.value());
    added->set_origin("case");
    added->set_chosen(true);
  }
}

Expect Observe(const v1::Document& document, const std::string& payload) {
  Expect seen;
  seen.set_text(document.text());
  for (const v1::Metadata& metadata : document.metadata()) {
    if (!metadata.chosen() || metadata.origin() == "case") continue;
    Field* field = seen.add_metadata();
    field->set_key(metadata.key());
    field->set_value(metadata.value());
  }
  std::vector<v1::Annotation> annotations(document.annotations().begin(), document.annotations().end());
  std::stable_sort(annotations.begin(), annotations.end(), [](const v1::Annotation& a, const v1::Annotation& b) { return a.begin() < b.begin(); });
  for (const v1::Annotation& annotation : annotations) {
    ExpectedAnnotation* added = seen.add_annotations();
    added->set_text(document.text().substr(annotation.begin(), annotation.end() - annotation.begin()));
    added->set_label(annotation.label());
    if (annotation.has_canonical()) added->set_canonical(annotation.canonical());
    if (annotation.has_value()) added->set_value(annotation.value());
  }
  for (const v1::Removal& removal : document.removals()) {
    ExpectedRemoval* added = seen.add_removals();
    added->set_source(payload.substr(removal.source().begin(), removal.source().end() - removal.source().begin()));
    added->set_rule(removal.rule());
  }
  for (const v1::Block& block : document.blocks()) {
    ExpectedBlock* added = seen.add_blocks();
    added->set_text(document.text().substr(block.begin(), block.end() - block.begin()));
    if (block.has_role()) added->set_role(block.role());
    if (block.has_level()) added->set_level(block.level());
  }
  for (const v1::Signal& signal : document.signals()) {
    ExpectedSignal* added = seen.add_signals();
    added->set_name(signal.name());
    added->set_value(signal.value());
  }
  if (document.has_drop()) seen.set_drop(document.drop().rule());
  if (document.drop().has_value()) seen.set_drop_value(document.drop().value());
  if (document.drop().has_message()) seen.set_drop_message(document.drop().message());
  return seen;
}

// The parts that a case checks only where it lists some.
void LeaveOutUnlisted(const Expect& expect, Expect& seen) {
  if (expect.removals_size() == 0) seen.clear_removals();
  if (expect.blocks_size() == 0) seen.clear_blocks();
  if (expect.signals_size() == 0) seen.clear_signals();
}

void ObserveChildren(const Children& children, Expect& seen) {
  for (const Children::Child& child : children.all()) {
    ExpectedChild* added = seen.add_children();
    added->set_name(child.payload.name);
    if (!child.payload.declared_media_type.empty()) added->set_declared_media_type(child.payload.declared_media_type);
    if (!child.payload.declared_charset.empty()) added->set_declared_charset(child.payload.declared_charset);
    if (child.payload.status.ok()) {
      added->set_payload(child.payload.bytes);
    } else {
      added->set_error(child.payload.status.message());
    }
  }
}

void ObserveItem(const UnpackedItem& item, ExpectedItem* seen) {
  const v1::PayloadInfo& info = item.info;
  if (info.has_uri()) seen->set_uri(info.uri());
  if (info.has_container_path()) seen->set_container_path(info.container_path());
  if (info.has_record_key()) seen->set_record_key(info.record_key());
  if (info.has_declared_media_type()) seen->set_declared_media_type(info.declared_media_type());
  if (info.has_declared_charset()) seen->set_declared_charset(info.declared_charset());
  if (info.has_fetch()) *seen->mutable_fetch() = info.fetch();
  *seen->mutable_record_fields() = info.record_fields();
  if (item.status.ok()) {
    seen->set_payload(item.bytes);
  } else {
    seen->set_error(item.status.message());
  }
}

// What an unpacker or a source handed out, and what it counted.
Expect ObserveItems(const Unpacked& unpacked, const TestContext& context, const Case& test) {
  Expect seen;
  for (const UnpackedItem& item : unpacked.items) ObserveItem(item, seen.add_items());
  if (!unpacked.status.ok()) seen.set_error(unpacked.status.message());
  for (const auto& [name, value] : context.metrics) {
    ExpectedSignal* added = seen.add_metrics();
    added->set_name(name);
    added->set_value(value);
  }
  if (test.expect().metrics_size() == 0) seen.clear_metrics();
  return seen;
}

// For the documents before the one that a case is about.
TestDocument EarlierDocument(const Case& test, int index) {
  TestDocument earlier = DocumentFromText(test.earlier(index));
  const std::string number = std::to_string(index + 1);
  earlier.document.set_id("earlier-" + number);
  earlier.document.mutable_source()->set_uri("earlier/" + number + ".txt");
  return earlier;
}

Status WriteAll(SinkStage& sink, const Case& test, v1::Document& document) {
  for (int i = 0; i < test.earlier_size(); ++i)
    if (Status status = sink.Write(EarlierDocument(test, i).document); !status.ok()) return status;
  document.set_id("case");
  if (Status status = sink.Write(document); !status.ok()) return status;
  return sink.Finish();
}

// What a sink published.
Expect ObserveFiles(SinkStage& sink, const Case& test, v1::Document& document, const std::string& folder) {
  Expect seen;
  if (const Status status = WriteAll(sink, test, document); !status.ok()) seen.set_error(status.message());
  std::vector<fs::path> paths;
  for (const fs::directory_entry& entry : fs::recursive_directory_iterator(folder))
    if (entry.is_regular_file()) paths.push_back(entry.path());
  std::sort(paths.begin(), paths.end());
  for (const fs::path& path : paths) {
    ExpectedFile* file = seen.add_files();
    file->set_path(path.lexically_relative(folder).string());
    file->set_content(ReadFile(path));
  }
  return seen;
}

Status RunStage(Stage& stage, const Case& test, TestDocument& made, Children& children) {
  if (auto* decoder = dynamic_cast<DecoderStage*>(&stage)) {
    Payload payload{test.info(), made.payload};
    payload.info.set_bytes(payload.bytes.size());
    *made.document.mutable_source() = payload.info;
    return decoder->DecodeWithChildren(payload, &made.document, children);
  }
  for (int i = 0; i < test.earlier_size(); ++i) {
    TestDocument earlier = EarlierDocument(test, i);
    if (Status status = RunTransform(dynamic_cast<TransformStage&>(stage), earlier.document); !status.ok()) return status;
  }
  return RunTransform(dynamic_cast<TransformStage&>(stage), made.document);
}

// What a decoder or a transform made of it. An expected error is a part of the message.
Expect ObserveDocument(Stage& stage, const Case& test, TestDocument& made) {
  Children children;
  const Status status = RunStage(stage, test, made, children);
  Expect seen;
  if (status.ok()) {
    EXPECT_TRUE(Sound(made.document, made.payload));
    seen = Observe(made.document, made.payload);
    LeaveOutUnlisted(test.expect(), seen);
  } else {
    const bool expected = test.expect().has_error() && status.message().find(test.expect().error()) != std::string::npos;
    seen.set_error(expected ? test.expect().error() : status.message());
  }
  ObserveChildren(children, seen);
  return seen;
}

void Update(const fs::path& path, Case test, const Expect& seen) {
  *test.mutable_expect() = seen;
  std::string text;
  google::protobuf::TextFormat::Printer printer;
  printer.SetUseUtf8StringEscaping(true);
  printer.PrintToString(test, &text);
  std::ofstream(path, std::ios::binary) << text;
}

std::string Print(const google::protobuf::Message& message) {
  std::string text;
  google::protobuf::TextFormat::Printer printer;
  printer.SetUseUtf8StringEscaping(true);
  printer.PrintToString(message, &text);
  return text;
}

}  // namespace

std::vector<std::string> CaseFiles(const std::string& source_dir) {
  std::vector<std::string> files;
  std::error_code absent;
  for (const fs::directory_entry& entry : fs::directory_iterator(fs::path(source_dir) / "cases", absent))
    if (entry.path().extension() == ".textproto") files.push_back(entry.path().filename().string());
  std::sort(files.begin(), files.end());
  if (files.empty()) files.emplace_back("none.textproto");  // a test that fails, with words
  return files;
}

std::string SerializeOptions(const CasePlugin& plugin, const std::string& text) {
  google::protobuf::FileDescriptorSet files;
  v1::PluginManifest manifest;
  EXPECT_TRUE(files.ParseFromString(ReadFile(plugin.options_descriptor)));
  EXPECT_TRUE(manifest.ParseFromString(ReadFile(plugin.manifest)));
  (void)v1::PluginManifest::descriptor();  // so that plugin.proto is in the generated pool
  google::protobuf::DescriptorPool pool(google::protobuf::DescriptorPool::generated_pool());
  for (const google::protobuf::FileDescriptorProto& file : files.file()) EXPECT_NE(pool.BuildFile(file), nullptr);
  const google::protobuf::Descriptor* descriptor = pool.FindMessageTypeByName(manifest.options_message());
  if (descriptor == nullptr) {
    ADD_FAILURE() << "plugin.textproto names options_message '" << manifest.options_message() << "', which options.proto does not declare";
    return {};
  }
  google::protobuf::DynamicMessageFactory factory(&pool);
  const std::unique_ptr<google::protobuf::Message> message(factory.GetPrototype(descriptor)->New());
  EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(text, message.get())) << "options: " << text;
  return message->SerializeAsString();
}

void RunCase(const CasePlugin& plugin, const std::string& file) {
  const fs::path path = fs::path(plugin.source_dir) / "cases" / file;
  ASSERT_TRUE(fs::exists(path)) << path.parent_path() << " holds no case; a behaviour is a file NAME.textproto there, with input and expectation";
  Case test;
  ASSERT_TRUE(google::protobuf::TextFormat::ParseFromString(ReadFile(path), &test)) << path;
  SCOPED_TRACE(path.string() + "\nwhy: " + test.why());
  ASSERT_FALSE(test.why().empty()) << "a case says why it is there";

  TestContext context("stage_under_test", plugin.data_dir);
  context.set_manifest_dir(plugin.source_dir);
  const ScratchFolder output;
  context.set_output_dir(output.path());
  const std::unique_ptr<Stage> stage = plugin.make();
  ASSERT_TRUE(stage->Configure(context, SerializeOptions(plugin, test.options())).ok());
  const Status opened = stage->Open();
  ASSERT_TRUE(opened.ok()) << opened.message();

  TestDocument made;
  if (test.blocks_size() > 0) {
    made = DocumentFromBlocks(test);
  } else if (test.has_payload_file()) {
    made.payload = ReadFile(path.parent_path() / test.payload_file());
    ASSERT_FALSE(made.payload.empty()) << "there is no file '" << test.payload_file() << "' beside the case, or it is empty";
  } else if (test.has_payload()) {
    made.payload = test.payload();
  } else {
    made = DocumentFromText(test.text());
  }
  AddMetadata(test, made.document);

  Expect seen;
  if (auto* unpacker = dynamic_cast<UnpackerStage*>(stage.get())) {
    MemoryStream stream(made.payload);
    seen = ObserveItems(Unpack(*unpacker, stream, test.info()), context, test);
  } else if (auto* source = dynamic_cast<SourceStage*>(stage.get())) {
    seen = ObserveItems(ReadSource(*source), context, test);
  } else if (auto* sink = dynamic_cast<SinkStage*>(stage.get())) {
    seen = ObserveFiles(*sink, test, made.document, output.path());
  } else {
    seen = ObserveDocument(*stage, test, made);
  }
  if (std::getenv("GARNER_UPDATE_CASES") != nullptr) return Update(path, test, seen);
  EXPECT_TRUE(google::protobuf::util::MessageDifferencer::Equals(test.expect(), seen))
      << "expected:\n" << Print(test.expect()) << "seen:\n" << Print(seen);
}

}  // namespace garner::testing
