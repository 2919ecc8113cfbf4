// Writes what boilerplate_stripper's models are trained on, for every block of the documents in a job's lossless output.
//
//   boilerplate_features text|page DOCUMENTS.pb LEXICON_FOLDER OUT
//   boilerplate_features words DOCUMENTS.pb LEXICON_FOLDER OUT
//   boilerplate_features odds DOCUMENTS.pb LEXICON_FOLDER OUT WEIGHTS
//
// `text`: for the model for plain text; `page`: for that for HTML. OUT.f32: the features, blocks in order, little-endian floats. OUT.jsonl: first the
// features' names, then a line a document: its uri and the text of its blocks.
// `words`: the features of words. OUT.words: 32 bits each; OUT.ends: for each block how many there are up to its end, 64 bits.
// `odds`: the last features of `page`, those that rest on the weights of words, with these weights (the head of a model for pages). OUT.odds: floats.
#include <google/protobuf/io/zero_copy_stream_impl.h>
#include <google/protobuf/util/delimited_message_util.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <functional>
#include <iostream>
#include <nlohmann/json.hpp>
#include <sstream>

#include "analysis.h"
#include "model_features.h"
#include "model_file.h"
#include "page_features.h"
#include "page_model.h"
#include "page_words.h"

namespace garner::boilerplate_stripper {
namespace {

Result<std::shared_ptr<const Lexicon>> LoadLexicons(const std::string& folder) {
  std::vector<std::string> files;
  for (const auto& entry : std::filesystem::directory_iterator(folder))
    if (entry.path().extension() == ".lexicon") files.push_back(entry.path().string());
  std::sort(files.begin(), files.end());
  return Lexicon::Load(files);
}

Result<WordWeights> LoadWeights(const std::string& path) {
  std::stringstream bytes;
  bytes << std::ifstream(path, std::ios::binary).rdbuf();
  const std::string text = bytes.str();
  ModelReader reader(text);
  return TakeWordWeights(reader, path);
}

template <typename T>
void Write(std::ofstream& out, const T* values, size_t count) {
  out.write(reinterpret_cast<const char*>(values), static_cast<std::streamsize>(count * sizeof(T)));
}

// A line of the texts of the blocks, and a row of numbers for each.
class FeatureWriter {
 public:
  FeatureWriter(const std::string& out, const std::vector<std::string_view>& names)
      : values_(out + ".f32", std::ios::binary), lines_(out + ".jsonl"), row_(names.size()) {
    lines_ << nlohmann::json(names).dump() << "\n";
  }

  template <typename Features>
  void Add(const Analysis& analysis, const Features& features) {
    nlohmann::json blocks = nlohmann::json::array();
    for (size_t i = 0; i < analysis.facts.size(); ++i) {
      features.WriteRow(i, row_.data());
      Write(values_, row_.data(), row_.size());
      const v1::Block& block = analysis.document.blocks(static_cast<int>(i));
      blocks.push_back(analysis.document.text().substr(block.begin(), block.end() - block.begin()));
    }
    lines_ << nlohmann::json{{"uri", analysis.document.source().uri()}, {"blocks", blocks}}.dump() << "\n";
  }
  bool ok() const { return values_.good() && lines_.good(); }

 private:
  std::ofstream values_;
  std::ofstream lines_;
  std::vector<float> row_;
};

class WordWriter {
 public:
  explicit WordWriter(const std::string& out) : words_(out + ".words", std::ios::binary), ends_(out + ".ends", std::ios::binary) {}

  void Add(const Analysis& analysis) {
    const PageWords features(analysis);
    for (size_t i = 0; i < analysis.facts.size(); ++i) {
      features.Visit(i, [&](uint32_t feature) {
        Write(words_, &feature, 1);
        ++count_;
      });
      Write(ends_, &count_, 1);
    }
  }
  bool ok() const { return words_.good() && ends_.good(); }

 private:
  std::ofstream words_;
  std::ofstream ends_;
  uint64_t count_ = 0;
};

class OddsWriter {
 public:
  explicit OddsWriter(const std::string& out) : values_(out + ".odds", std::ios::binary), row_(PageFeatures::NamesOfWords().size()) {}

  void Add(const Analysis& analysis, const WordWeights& weights) {
    const PageFeatures features(analysis, weights);
    for (size_t i = 0; i < analysis.facts.size(); ++i) {
      features.WriteRowOfWords(i, row_.data());
      Write(values_, row_.data(), row_.size());
    }
  }
  bool ok() const { return values_.good(); }

 private:
  std::ofstream values_;
  std::vector<float> row_;
};

bool ForEach(const std::string& documents, const Lexicon& lexicon, const std::function<void(const Analysis&)>& use) {
  std::ifstream in(documents, std::ios::binary);
  google::protobuf::io::IstreamInputStream stream(&in);
  v1::Document document;
  for (bool ended = false; google::protobuf::util::ParseDelimitedFromZeroCopyStream(&document, &stream, &ended); document.Clear())
    use(Analysis(document, lexicon));
  return !in.bad();
}

int Fail(const std::string& message) {
  std::cerr << message << "\n";
  return 2;
}

int Run(const std::vector<std::string>& arguments) {
  const std::string kind = arguments.empty() ? "" : arguments[0];
  if (arguments.size() != (kind == "odds" ? 5U : 4U))
    return Fail("usage: boilerplate_features text|page|words DOCUMENTS.pb LEXICON_FOLDER OUT\n       boilerplate_features odds DOCUMENTS.pb LEXICON_FOLDER OUT WEIGHTS");
  const std::string& documents = arguments[1];
  const std::string& out = arguments[3];
  const Result<std::shared_ptr<const Lexicon>> lexicon = LoadLexicons(arguments[2]);
  if (!lexicon.ok()) return Fail(lexicon.status().message());
  if (kind == "text") {
    FeatureWriter writer(out, ModelFeatures::Names());
    return ForEach(documents, **lexicon, [&](const Analysis& analysis) { writer.Add(analysis, ModelFeatures(analysis)); }) && writer.ok() ? 0 : 1;
  }
  if (kind == "page") {
    FeatureWriter writer(out, PageFeatures::Names());
    const WordWeights none;
    return ForEach(documents, **lexicon, [&](const Analysis& analysis) { writer.Add(analysis, PageFeatures(analysis, none)); }) && writer.ok() ? 0 : 1;
  }
  if (kind == "words") {
    WordWriter writer(out);
    return ForEach(documents, **lexicon, [&](const Analysis& analysis) { writer.Add(analysis); }) && writer.ok() ? 0 : 1;
  }
  if (kind != "odds") return Fail("'" + kind + "': text, page, words or odds is accepted");
  const Result<WordWeights> weights = LoadWeights(arguments[4]);
  if (!weights.ok()) return Fail(weights.status().message());
  OddsWriter writer(out);
  return ForEach(documents, **lexicon, [&](const Analysis& analysis) { writer.Add(analysis, *weights); }) && writer.ok() ? 0 : 1;
}

}  // namespace
}  // namespace garner::boilerplate_stripper

int main(int argc, char** argv) { return garner::boilerplate_stripper::Run({argv + 1, argv + argc}); }
