// How fast entity_tagger is, what it costs to start and to hold, and whether hostile text takes it longer than its length says.
//
//   entity_bench DATA_DIR [FILE...]    DATA_DIR: the data folder of the built plugin; FILE: texts to tag besides
//
// Prints a line a measurement, processor time of one core. The news text is made of invented sentences with names and amounts in
// the density of agency reports; real text takes about as long. Each hostile text is tagged at two sizes, the larger four times
// the smaller: in linear time the last column is about 4.
#include <sys/resource.h>

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <fstream>
#include <iterator>
#include <string>
#include <string_view>
#include <vector>

#include "garner/v1/document.pb.h"
#include "plugins/entity_tagger/tag.h"

namespace garner::bench {
namespace {

using entity_tagger::Lists;
using entity_tagger::NameModel;
using entity_tagger::Tokens;

constexpr size_t kNewsBytes = 10'000'000;

constexpr std::string_view kSentences[] = {
    "The mayor of Port Linden, Halvorra Drent, told reporters on Tuesday that the ferry would return by 14 July. ",
    "Shares in Quillon Freight fell 4.2 percent after the company said it had lost $3.1 million in the second quarter. ",
    "It had rained for three days, and the road along the river was closed to all but the buses of the relief service. ",
    "Officials in Germany and Brazil met the head of the World Health Organization in Geneva to discuss the shortage. ",
    "\"We did not expect so many people to come,\" said Osbin Vaquay, who has run the market for twenty years. ",
    "Residents say the noise starts before dawn and does not end until the last lorry has left the yard. ",
    "The Ministry of Fisheries rejected the report, which was written by the University of Drennoch and two unions. ",
    "Brackwater Rovers beat Tellmark Athletic 3-1 in front of a small crowd, with Imre Solt scoring twice late in the game. "};

double Seconds() {
  timespec time{};
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
  return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_nsec) * 1e-9;
}

// Megabytes that the process holds now.
double Resident() {
  std::ifstream status("/proc/self/status");
  for (std::string word; status >> word;)
    if (word == "VmRSS:") {
      double kilobytes = 0;
      status >> kilobytes;
      return kilobytes / 1024;
    }
  return 0;
}

v1::Document DocumentOf(const std::string& text) {
  v1::Document document;
  document.set_text(text);
  for (size_t begin = 0; begin < text.size();) {
    const size_t end = std::min(text.find("\n\n", begin), text.size());
    v1::Block* block = document.add_blocks();
    block->set_begin(begin);
    block->set_end(end);
    begin = end + 2;
  }
  v1::Metadata* language = document.add_metadata();
  language->set_key("language");
  language->set_value("en");
  language->set_chosen(true);
  return document;
}

size_t TokensOf(const v1::Document& document) {
  size_t count = 0;
  Tokens tokens;
  for (const v1::Block& block : document.blocks()) {
    entity_tagger::Tokenize(document.text(), {block.begin(), block.end()}, tokens);
    count += tokens.size();
  }
  return count;
}

// So many articles of some 5 KB, each sentence in another order.
std::vector<v1::Document> News(size_t bytes) {
  std::vector<v1::Document> documents;
  uint64_t state = 42;
  for (size_t made = 0; made < bytes;) {
    std::string text;
    while (text.size() < 5000) {
      if (!text.empty()) text += "\n\n";
      for (int sentences = 0; sentences < 4; ++sentences) {
        state = state * 6364136223846793005ULL + 1442695040888963407ULL;
        text += kSentences[(state >> 33) % std::size(kSentences)];
      }
    }
    made += text.size();
    documents.push_back(DocumentOf(text));
  }
  return documents;
}

std::string Repeated(std::string_view unit, size_t times) {
  std::string text;
  text.reserve(unit.size() * times);
  for (size_t i = 0; i < times; ++i) text += unit;
  return text;
}

class Bench {
 public:
  Bench(const Lists& lists, const NameModel& model) : lists_(lists), model_(model) {}

  void Speed(const char* name, const std::vector<v1::Document>& documents) const {
    size_t tokens = 0, bytes = 0, mentions = 0;
    for (const v1::Document& document : documents) {
      tokens += TokensOf(document);
      bytes += document.text().size();
    }
    const double begun = Seconds();
    for (const v1::Document& document : documents) mentions += entity_tagger::Tag(document, lists_, &model_, {}).size();
    const double seconds = Seconds() - begun;
    std::printf("%-40s %8.2f MB %9zu tokens %8zu names %7.2f s %9.0f tokens/s\n", name, static_cast<double>(bytes) / 1e6, tokens,
                mentions, seconds, static_cast<double>(tokens) / seconds);
  }

  template <typename Make>
  void Growth(const char* name, size_t size, const Make& make) const {
    double seconds[2];
    for (const size_t turn : {size_t{0}, size_t{1}}) {
      const v1::Document document = DocumentOf(make(turn == 0 ? size / 4 : size));
      const double begun = Seconds();
      (void)entity_tagger::Tag(document, lists_, &model_, {});
      seconds[turn] = Seconds() - begun;
    }
    std::printf("%-40s %10zu %8.3f s, a quarter of it %8.3f s: x %.1f\n", name, size, seconds[1], seconds[0],
                seconds[1] / seconds[0]);
  }

  // Reading a list of so many entries that begin alike, and finding none of them in as many words that are all a beginning.
  void OwnLists(size_t size) const {
    double seconds[2];
    for (const size_t turn : {size_t{0}, size_t{1}}) {
      const size_t entries = turn == 0 ? size / 4 : size;
      const std::string begin = Repeated("lamp ", 30);
      std::string content;
      for (size_t i = 0; i < entries; ++i) content += begin + std::to_string(i) + "\n";
      const v1::Document document = DocumentOf(Repeated("lamp ", entries));
      const double begun = Seconds();
      entity_tagger::UserLists own;
      if (!own.Add({"own.tsv", "PRODUCT", 0}, content).ok()) std::abort();
      (void)entity_tagger::Tag(document, lists_, &model_, {true, &own});
      seconds[turn] = Seconds() - begun;
    }
    std::printf("%-40s %10zu %8.3f s, a quarter of it %8.3f s: x %.1f\n", "entries of the user's own", size, seconds[1],
                seconds[0], seconds[1] / seconds[0]);
  }

 private:
  const Lists& lists_;
  const NameModel& model_;
};

// "Quillon Freight Bureau 17 (QFBR) ...": each defines a name of its own.
std::string Aliases(size_t count) {
  std::string text;
  for (size_t i = 0; i < count; ++i) {
    std::string word = "Q";
    for (size_t rest = i; rest > 0; rest /= 26) word += static_cast<char>('a' + rest % 26);
    text += "The " + word + " Freight Council (" + std::string(1, word[0]) + "FC" + std::to_string(i) + ") met. ";
  }
  return text;
}

int Main(const std::vector<std::string>& words) {
  if (words.empty()) {
    std::fprintf(stderr, "usage: entity_bench DATA_DIR [FILE...]\n");
    return 2;
  }
  const double before = Resident();
  double begun = Seconds();
  const auto model = NameModel::Load(words[0] + "/entities.model");
  const double model_seconds = Seconds() - begun;
  begun = Seconds();
  const auto lists = Lists::Load(words[0]);
  const double list_seconds = Seconds() - begun;
  if (!model.ok() || !lists.ok()) {
    std::fprintf(stderr, "%s\n", (model.ok() ? lists.status() : model.status()).message().c_str());
    return 2;
  }
  std::printf("opening the model %.2f ms, the lists %.1f ms\n", model_seconds * 1e3, list_seconds * 1e3);
  const Bench bench(**lists, **model);
  {
    std::vector<v1::Document> few = News(200'000);
    bench.Speed("warm-up", few);
  }
  std::printf("resident %.1f MB more than without the plugin's data\n", Resident() - before);
  bench.Speed("news of invented sentences", News(kNewsBytes));
  std::vector<v1::Document> files;
  for (size_t i = 1; i < words.size(); ++i) {
    std::ifstream in(words[i], std::ios::binary);
    files.push_back(DocumentOf(std::string(std::istreambuf_iterator<char>(in), {})));
  }
  if (!files.empty()) bench.Speed("the files", files);
  bench.Growth("capitals", 1'000'000, [](size_t size) { return Repeated("A", size); });
  bench.Growth("capitals, each a word", 1'000'000, [](size_t size) { return Repeated("A ", size); });
  bench.Growth("one token (bytes)", 10'000'000, [](size_t size) { return Repeated("abcdefghij", size / 10); });
  bench.Growth("one token of letters and stops (bytes)", 10'000'000, [](size_t size) { return Repeated("a.B-c'd", size / 7); });
  bench.Growth("names with acronyms", 100'000, Aliases);
  bench.Growth("one block of prose (bytes)", 20'000'000,
               [](size_t size) { return Repeated(kSentences[0], size / kSentences[0].size()); });
  bench.OwnLists(100'000);
  return 0;
}

}  // namespace
}  // namespace garner::bench

int main(int argc, char** argv) { return garner::bench::Main(std::vector<std::string>(argv + 1, argv + argc)); }
