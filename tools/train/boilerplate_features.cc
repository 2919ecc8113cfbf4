// Writes the features of every block of the documents in a job's lossless output: what boilerplate_stripper's model is trained on.
//
//   boilerplate_features text|page DOCUMENTS.pb LEXICON_FOLDER OUT
//
// `text`: for the model for plain text; `page`: for that for HTML. OUT.f32: the features, blocks in order, little-endian floats. OUT.jsonl: first the features' names, then a line a document: its uri and the
// text of its blocks.
#include <google/protobuf/io/zero_copy_stream_impl.h>
#include <google/protobuf/util/delimited_message_util.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <nlohmann/json.hpp>

#include "analysis.h"
#include "model_features.h"
#include "page_features.h"

namespace garner::boilerplate_stripper {
namespace {

Result<std::shared_ptr<const Lexicon>> LoadLexicons(const std::string& folder) {
  std::vector<std::string> files;
  for (const auto& entry : std::filesystem::directory_iterator(folder))
    if (entry.path().extension() == ".lexicon") files.push_back(entry.path().string());
  std::sort(files.begin(), files.end());
  return Lexicon::Load(files);
}

template <typename Features>
void WriteDocument(const v1::Document& document, const Lexicon& lexicon, std::ofstream& values, std::ofstream& lines) {
  const Analysis analysis(document, lexicon);
  const Features features(analysis);
  nlohmann::json blocks = nlohmann::json::array();
  std::vector<float> row(Features::Names().size());
  for (size_t i = 0; i < analysis.facts.size(); ++i) {
    features.WriteRow(i, row.data());
    values.write(reinterpret_cast<const char*>(row.data()), static_cast<std::streamsize>(row.size() * sizeof(float)));
    const v1::Block& block = document.blocks(static_cast<int>(i));
    blocks.push_back(document.text().substr(block.begin(), block.end() - block.begin()));
  }
  lines << nlohmann::json{{"uri", document.source().uri()}, {"blocks", blocks}}.dump() << "\n";
}

template <typename Features>
int Run(const std::string& documents, const std::string& lexicons, const std::string& out) {
  const Result<std::shared_ptr<const Lexicon>> lexicon = LoadLexicons(lexicons);
  if (!lexicon.ok()) {
    std::cerr << lexicon.status().message() << "\n";
    return 2;
  }
  std::ifstream in(documents, std::ios::binary);
  google::protobuf::io::IstreamInputStream stream(&in);
  std::ofstream values(out + ".f32", std::ios::binary);
  std::ofstream lines(out + ".jsonl");
  lines << nlohmann::json(Features::Names()).dump() << "\n";
  v1::Document document;
  for (bool ended = false; google::protobuf::util::ParseDelimitedFromZeroCopyStream(&document, &stream, &ended); document.Clear())
    WriteDocument<Features>(document, **lexicon, values, lines);
  return in.bad() || !values || !lines ? 1 : 0;
}

}  // namespace
}  // namespace garner::boilerplate_stripper

int main(int argc, char** argv) {
  using namespace garner::boilerplate_stripper;
  const std::string kind = argc == 5 ? argv[1] : "";
  if (kind == "text") return Run<ModelFeatures>(argv[2], argv[3], argv[4]);
  if (kind == "page") return Run<PageFeatures>(argv[2], argv[3], argv[4]);
  std::cerr << "usage: boilerplate_features text|page DOCUMENTS.pb LEXICON_FOLDER OUT\n";
  return 2;
}
