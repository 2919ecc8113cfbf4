#include "core/conformance/sink_writing.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "core/sdk/guarded.h"

namespace garner {
namespace {

namespace fs = std::filesystem;

std::string ReadFile(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

bool IsUnfinished(const fs::path& path) {
  return path.extension() == ".part" || std::any_of(path.begin(), path.end(), [](const fs::path& part) {
           return part == ".garner" || part.extension() == ".part";
         });
}

}  // namespace

Tree ReadTree(const std::string& folder, bool published) {
  Tree tree;
  std::error_code error;
  for (fs::recursive_directory_iterator entry(folder, error), end; !error && entry != end; entry.increment(error)) {
    const fs::path below = fs::relative(entry->path(), folder, error);
    if (published && IsUnfinished(below)) continue;
    if (entry->is_directory()) {
      if (!published) tree[below.string() + "/"] = "";
    } else {
      tree[below.string()] = ReadFile(entry->path());
    }
  }
  return tree;
}

std::string DescribeDifference(const Tree& one, const Tree& other) {
  for (const auto& [path, bytes] : one) {
    const auto at = other.find(path);
    if (at == other.end()) return path + " is missing once";
    if (at->second == bytes) continue;
    const auto [a, b] = std::mismatch(bytes.begin(), bytes.end(), at->second.begin(), at->second.end());
    return path + " differs from byte " + std::to_string(a - bytes.begin()) + " on (" + std::to_string(bytes.size()) + " and " + std::to_string(at->second.size()) + " bytes)";
  }
  for (const auto& [path, bytes] : other)
    if (one.count(path) == 0) return path + " is missing once";
  return {};
}

Result<OpenStage> OpenSink(const CheckRun& run, const std::string& output) {
  run.Step("opening the sink");
  return run.subject.Open(run.options, {run.Folders().manifest_dir, output});
}

std::vector<v1::Document> SinkDocuments(const CheckRun& run) {
  std::vector<v1::Document> documents;
  for (const Input& input : run.inputs) {
    if (input.document.text().empty()) continue;
    documents.push_back(input.document);
    documents.back().mutable_source()->set_uri("input/" + std::to_string(documents.size()) + ".txt");
  }
  return documents;
}

Status WriteOne(const CheckRun& run, OpenStage& stage, const v1::Document& document) {
  run.Step("Write of " + document.source().uri());
  return Guarded([&] { return stage.As<SinkStage>().Write(document); });
}

Status FinishSink(const CheckRun& run, OpenStage& stage) {
  run.Step("Finish");
  return Guarded([&] { return stage.As<SinkStage>().Finish(); });
}

Status WriteAll(const CheckRun& run, const std::vector<v1::Document>& documents, const std::string& output) {
  Result<OpenStage> stage = OpenSink(run, output);
  if (!stage.ok()) return Status(stage.status().kind(), "cannot be opened: " + stage.status().message());
  for (const v1::Document& document : documents)
    if (Status status = WriteOne(run, *stage, document); !status.ok()) return Status(status.kind(), "Write: " + status.message());
  if (Status status = FinishSink(run, *stage); !status.ok()) return Status(status.kind(), "Finish: " + status.message());
  return OkStatus();
}

}  // namespace garner
