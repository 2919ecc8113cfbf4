// Trains the model of entity_tagger.
//
//   entity_trainer LISTS_DIR OUT.model [--text FILE]... [--fit FILE.bio]... [--certainty SLOPE OFFSET] TRAIN.bio...
//
// LISTS_DIR is the data folder of the plugin. --text: running text, a paragraph a line, for the word classes, beside the training
// text itself. --fit: how sure the model may be is fitted on these files, which take no other part, and printed as "SLOPE
// OFFSET"; --certainty takes that from an earlier run. The same arguments and files give the same bytes.
#include <algorithm>
#include <cmath>
#include <cstdio>
#include <fstream>
#include <iostream>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "bio.h"
#include "fold.h"
#include "model_names.h"
#include "name_model.h"
#include "perceptron.h"
#include "reading.h"
#include "word_clustering.h"
#include "word_features.h"

namespace garner::entity_tagger {
namespace {

// One text in so many also stands there in capitals, one without any, one as headlines have it.
constexpr size_t kRewrittenEvery = 12;
constexpr uint32_t kMinFeatureCount = 2;
// What fits into 8 MB beside the word classes.
constexpr size_t kRows = 360000;
constexpr uint64_t kSeeds = 6;
constexpr size_t kFineClasses = 800, kCoarseClasses = 120;
constexpr uint32_t kMinClassCount = 3;
// Weights beyond this share of all are cut to the largest number that a byte has.
constexpr double kUncutShare = 0.99999;

struct Arguments {
  std::string lists, out;
  std::vector<std::string> texts, fit, train;
  float slope = 0.02F, offset = 0;
};

// Words and their features, with the tags that they should get.
struct Corpus {
  std::vector<uint64_t> starts{0};
  std::vector<uint64_t> hashes;
  std::vector<uint8_t> tags;
  std::vector<size_t> sentences{0};
};

// A name takes every token that it touches.
std::vector<uint8_t> TagsOf(const Tokens& tokens, const std::vector<MarkedName>& names) {
  std::vector<uint8_t> tags(tokens.size(), 0);
  size_t begin = 0;
  for (const MarkedName& name : names) {
    while (begin < tokens.size() && tokens[begin].end <= name.begin) ++begin;
    size_t end = begin;
    while (end < tokens.size() && tokens[end].begin < name.end) ++end;
    if (begin == end) continue;
    std::fill(tags.begin() + static_cast<std::ptrdiff_t>(begin), tags.begin() + static_cast<std::ptrdiff_t>(end),
              TagOf(name.type, kInside));
    tags[begin] = TagOf(name.type, kBegin);
    tags[end - 1] = TagOf(name.type, end == begin + 1 ? kAlone : kLast);
    begin = end;
  }
  return tags;
}

// A name that two sentences share is none.
void DropCutNames(const TokenRange& sentence, std::vector<uint8_t>* tags) {
  for (size_t i = sentence.begin; i < sentence.end; ++i)
    if (Continues((*tags)[i]) && (i == sentence.begin || !Opens((*tags)[i - 1]))) (*tags)[i] = 0;
  for (size_t i = sentence.end; i-- > sentence.begin;)
    if (Opens((*tags)[i]) && (i + 1 == sentence.end || !Continues((*tags)[i + 1]))) (*tags)[i] = 0;
}

void Read(const MarkedText& text, const Lists& lists, const WordClasses& classes, Corpus* corpus) {
  Reading reading(text.text, lists, Language(), {});
  for (const Span& block : text.blocks) reading.Add(block);
  const WordEvidence& evidence = reading.Evidence();
  FeatureList list;
  for (size_t b = 0; b < reading.size(); ++b) {
    BlockReading& block = reading.block(b);
    const Scene scene = reading.SceneOf(block);
    SentenceFeatures features(scene, block.names, evidence, classes);
    std::vector<uint8_t> tags = TagsOf(block.tokens, text.names[b]);
    for (const TokenRange& sentence : SentencesOf(block.tokens)) {
      DropCutNames(sentence, &tags);
      features.Read(sentence);
      for (size_t i = sentence.begin; i < sentence.end; ++i) {
        features.Write(i, &list);
        corpus->hashes.insert(corpus->hashes.end(), list.hashes.begin(),
                              list.hashes.begin() + static_cast<std::ptrdiff_t>(list.count));
        corpus->starts.push_back(corpus->hashes.size());
        corpus->tags.push_back(tags[i]);
      }
      corpus->sentences.push_back(corpus->tags.size());
    }
  }
}

Corpus ReadTraining(const Arguments& arguments, const Lists& lists, const WordClasses& classes) {
  Corpus corpus;
  for (const std::string& path : arguments.train) {
    for (const MarkedText& text : ReadBio(path, Writing::kAsItIs)) Read(text, lists, classes, &corpus);
    for (const auto& [writing, part] :
         {std::pair<Writing, size_t>{Writing::kCapitals, 0}, {Writing::kLowerCase, 1}, {Writing::kTitleCase, 2}}) {
      const std::vector<MarkedText> texts = ReadBio(path, writing);
      for (size_t i = part; i < texts.size(); i += kRewrittenEvery) Read(texts[i], lists, classes, &corpus);
    }
  }
  return corpus;
}

// --- word classes

uint64_t WordOf(std::string_view text, const Token& token) {
  constexpr uint64_t kNumber = 7;
  if (token.type == Token::kNumber) return kNumber;
  return token.type == Token::kWord ? ClassKey(token, false) : Hash(View(text, token));
}

void AddWords(std::string_view text, Span span, WordClustering* clustering) {
  Tokens tokens;
  Tokenize(text, span, tokens);
  std::vector<uint64_t> words;
  for (const Token& token : tokens) words.push_back(WordOf(text, token));
  clustering->AddSentence(words);
}

std::string ClassTable(const Arguments& arguments) {
  WordClustering clustering;
  for (const std::string& path : arguments.train)
    for (const MarkedText& text : ReadBio(path, Writing::kAsItIs))
      for (const Span& block : text.blocks) AddWords(text.text, block, &clustering);
  for (const std::string& path : arguments.texts) {
    std::ifstream in(path);
    if (!in) {
      std::cerr << path << ": cannot be read\n";
      std::exit(2);
    }
    for (std::string line; std::getline(in, line);) AddWords(line, {0, line.size()}, &clustering);
  }
  const auto fine = clustering.Run(kFineClasses, kMinClassCount), coarse = clustering.Run(kCoarseClasses, kMinClassCount);
  std::vector<std::pair<uint64_t, WordClasses::Classes>> words;
  for (size_t i = 0; i < fine.size(); ++i) words.push_back({fine[i].first, {fine[i].second, coarse[i].second}});
  return WordClasses::Build(words);
}

// --- training

// The features that occur often enough, by number.
std::vector<uint64_t> FrequentFeatures(const Corpus& corpus) {
  std::vector<uint64_t> sorted = corpus.hashes;
  std::sort(sorted.begin(), sorted.end());
  std::vector<uint64_t> kept;
  for (size_t i = 0; i < sorted.size();) {
    size_t end = i;
    while (end < sorted.size() && sorted[end] == sorted[i]) ++end;
    if (end - i >= kMinFeatureCount) kept.push_back(sorted[i]);
    i = end;
  }
  return kept;
}

TaggedData Numbered(const Corpus& corpus, const std::vector<uint64_t>& features) {
  std::unordered_map<uint64_t, uint32_t> numbers;
  numbers.reserve(features.size());
  for (uint32_t i = 0; i < features.size(); ++i) numbers.emplace(features[i], i);
  TaggedData data;
  data.starts.reserve(corpus.starts.size());
  for (size_t token = 0; token + 1 < corpus.starts.size(); ++token) {
    for (uint64_t f = corpus.starts[token]; f < corpus.starts[token + 1]; ++f)
      if (const auto at = numbers.find(corpus.hashes[f]); at != numbers.end()) data.features.push_back(at->second);
    data.starts.push_back(data.features.size());
  }
  data.tags = corpus.tags;
  data.sentences = corpus.sentences;
  return data;
}

float Largest(const TagRow<float>& row) {
  float largest = 0;
  for (size_t tag = 0; tag < kTags; ++tag) largest = std::max(largest, std::fabs(row[tag]));
  return largest;
}

// The features that a first training gives the largest weights.
std::vector<uint64_t> Weightiest(const std::vector<uint64_t>& features, const TaggedData& data) {
  Perceptron perceptron(data, features.size(), {});
  perceptron.Train(1);
  std::vector<std::pair<float, uint64_t>> order;
  for (size_t f = 0; f < features.size(); ++f) order.emplace_back(-Largest(perceptron.weights()[f]), features[f]);
  std::sort(order.begin(), order.end());
  std::vector<uint64_t> kept;
  for (size_t i = 0; i < order.size() && i < kRows && order[i].first < 0; ++i) kept.push_back(order[i].second);
  return kept;
}

std::string Quantised(const Perceptron& perceptron, const std::vector<uint64_t>& features, std::string_view classes, float slope,
                      float offset) {
  const std::vector<TagRow<float>>& weights = perceptron.weights();
  std::vector<std::pair<float, uint32_t>> order;  // largest weight first
  for (uint32_t f = 0; f < features.size(); ++f) order.emplace_back(-Largest(weights[f]), f);
  std::sort(order.begin(), order.end());
  const float top = -order[static_cast<size_t>(static_cast<double>(order.size()) * (1 - kUncutShare))].first;
  const float scale = 127.0F / std::max(top, 1e-6F);
  const auto whole = [&](float weight, float limit) { return std::round(std::clamp(weight * scale, -limit, limit)); };

  std::vector<NameModel::Row> rows;
  for (size_t i = 0; i < order.size(); ++i) {
    NameModel::Row row{features[order[i].second], {}};
    bool counts = false;
    for (size_t tag = 0; tag < kTags; ++tag) {
      row.weights[tag] = static_cast<int8_t>(whole(weights[order[i].second][tag], 127));
      counts = counts || row.weights[tag] != 0;
    }
    if (counts) rows.push_back(row);
  }
  Transitions<int16_t> transitions{};
  for (size_t before = 0; before < kTags; ++before)
    for (size_t tag = 0; tag < kTags; ++tag)
      transitions[before][tag] = static_cast<int16_t>(whole(perceptron.transitions()[before][tag], 32000));
  return NameModel::Build(rows, transitions, classes, slope, offset);
}

void Write(const std::string& path, const std::string& bytes) {
  std::ofstream out(path, std::ios::binary);
  out << bytes;
  if (!out.flush()) {
    std::cerr << path << ": cannot be written\n";
    std::exit(1);
  }
}

// --- how sure the model may be

struct Judged {
  float margin;
  bool right;
};

// Slope and offset under which the judged names are likeliest, by gradient descent on margins of unit size.
std::pair<float, float> Fit(const std::vector<Judged>& judged) {
  double mean = 1e-9;
  for (const Judged& one : judged) mean += std::fabs(one.margin) / static_cast<double>(judged.size());
  double slope = 1, offset = 0;
  for (int step = 0; step < 2000; ++step) {
    double by_slope = 0, by_offset = 0;
    for (const Judged& one : judged) {
      const double x = one.margin / mean;
      const double error = (one.right ? 1 : 0) - 1 / (1 + std::exp(-(offset + slope * x)));
      by_slope += error * x;
      by_offset += error;
    }
    slope += by_slope / static_cast<double>(judged.size());
    offset += by_offset / static_cast<double>(judged.size());
  }
  return {static_cast<float>(slope / mean), static_cast<float>(offset)};
}

float MarginOf(float confidence, const Arguments& arguments) {
  return (std::log(confidence / (1 - confidence)) - arguments.offset) / arguments.slope;
}

// The names that the model finds in the texts, and which of them are right.
std::vector<Judged> Judge(const Arguments& arguments, const Lists& lists, const NameModel& model) {
  constexpr std::string_view kLabels[] = {"PERSON", "ORG", "GPE"};
  std::vector<Judged> judged;
  for (const std::string& path : arguments.fit) {
    size_t right = 0, found = 0, wanted = 0;
    for (const MarkedText& text : ReadBio(path, Writing::kAsItIs)) {
      Reading reading(text.text, lists, Language(), {});
      for (const Span& block : text.blocks) reading.Add(block);
      const WordEvidence& evidence = reading.Evidence();
      for (size_t b = 0; b < reading.size(); ++b) {
        BlockReading& block = reading.block(b);
        const Scene scene = reading.SceneOf(block);
        wanted += text.names[b].size();
        for (const Name& name : ModelNames(scene, SentenceFeatures(scene, block.names, evidence, model.classes()), model)) {
          const bool hit = std::any_of(text.names[b].begin(), text.names[b].end(), [&](const MarkedName& gold) {
            return gold.begin == block.tokens[name.begin].begin && gold.end == block.tokens[name.end - 1].end &&
                   kLabels[gold.type] == name.label;
          });
          ++found;
          right += hit ? 1 : 0;
          judged.push_back({MarginOf(std::clamp(name.confidence, 1e-6F, 1 - 1e-6F), arguments), hit});
        }
      }
    }
    std::fprintf(stderr, "%s: P %.4f R %.4f F1 %.4f\n", path.c_str(),
                 static_cast<double>(right) / static_cast<double>(std::max<size_t>(1, found)),
                 static_cast<double>(right) / static_cast<double>(std::max<size_t>(1, wanted)),
                 2.0 * static_cast<double>(right) / static_cast<double>(std::max<size_t>(1, found + wanted)));
  }
  return judged;
}

bool Parse(int argc, char** argv, Arguments* arguments) {
  if (argc < 4) return false;
  arguments->lists = argv[1];
  arguments->out = argv[2];
  for (int i = 3; i < argc; ++i) {
    const std::string_view argument = argv[i];
    const int values = argument == "--certainty" ? 2 : (argument == "--text" || argument == "--fit" ? 1 : 0);
    if (i + values >= argc) return false;
    if (argument == "--text") {
      arguments->texts.emplace_back(argv[++i]);
    } else if (argument == "--fit") {
      arguments->fit.emplace_back(argv[++i]);
    } else if (argument == "--certainty") {
      arguments->slope = std::strtof(argv[++i], nullptr);
      arguments->offset = std::strtof(argv[++i], nullptr);
    } else {
      arguments->train.emplace_back(argument);
    }
  }
  return !arguments->train.empty();
}

int Run(int argc, char** argv) {
  Arguments arguments;
  if (!Parse(argc, argv, &arguments)) {
    std::cerr << "usage: entity_trainer LISTS_DIR OUT.model [--text FILE]... [--fit FILE.bio]... [--certainty SLOPE OFFSET] "
                 "TRAIN.bio...\n";
    return 2;
  }
  const Result<std::shared_ptr<const Lists>> lists = Lists::Load(arguments.lists);
  if (!lists.ok()) {
    std::cerr << lists.status().message() << "\n";
    return 2;
  }
  const std::string class_table = ClassTable(arguments);
  std::cerr << "word classes: " << class_table.size() << " bytes\n";
  Corpus corpus = ReadTraining(arguments, **lists, WordClasses(class_table));
  std::cerr << corpus.tags.size() << " tokens\n";
  const std::vector<uint64_t> frequent = FrequentFeatures(corpus);
  TaggedData data = Numbered(corpus, frequent);
  // Trained once to see which features count, then with these alone: what is left out later nobody makes up for.
  const std::vector<uint64_t> features = Weightiest(frequent, data);
  std::cerr << frequent.size() << " features, " << features.size() << " kept\n";
  data = Numbered(corpus, features);
  corpus = Corpus();
  Perceptron perceptron(data, features.size(), {});
  for (uint64_t seed = 1; seed <= kSeeds; ++seed) perceptron.Train(seed);
  std::string bytes = Quantised(perceptron, features, class_table, arguments.slope, arguments.offset);
  if (!arguments.fit.empty()) {
    const Result<NameModel> model = NameModel::Parse(bytes, arguments.out);
    const auto [slope, offset] = Fit(Judge(arguments, **lists, *model));
    std::printf("%.6f %.6f\n", static_cast<double>(slope), static_cast<double>(offset));
    bytes = Quantised(perceptron, features, class_table, slope, offset);
  }
  Write(arguments.out, bytes);
  return 0;
}

}  // namespace
}  // namespace garner::entity_tagger

int main(int argc, char** argv) { return garner::entity_tagger::Run(argc, argv); }
