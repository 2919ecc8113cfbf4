#include "lists.h"

#include <gtest/gtest.h>
#include <stdlib.h>

#include <cstring>
#include <filesystem>
#include <fstream>

#include "list_builder.h"

namespace garner::entity_tagger {
namespace {

// Bytes at an address that Parse accepts.
class Aligned {
 public:
  explicit Aligned(const std::string& bytes) : size_(bytes.size()), words_(bytes.size() / 8 + 1) {
    if (!bytes.empty()) std::memcpy(words_.data(), bytes.data(), bytes.size());
  }
  std::string_view view() const { return {reinterpret_cast<const char*>(words_.data()), size_}; }

 private:
  size_t size_;
  std::vector<uint64_t> words_;
};

std::string Bytes() {
  ListBuilder builder;
  builder.Add("Halvoria", kCountry, "Halvoria", "HV");
  builder.Add("Republic of Halvoria", kCountry, "Halvoria", "HV");
  builder.Add("HVR", kCountry, "Halvoria", "HV");
  builder.AddForRepair("Halvoria");
  builder.Add("Tellmark", kSurname, {});
  builder.Add("Tellmark", kCity, "Tellmark", "HV/geonames:17");
  builder.AddForeign("de", "Insel", kCountry, "Halvoria", "HV");
  return builder.Build();
}

class ListsTest : public ::testing::Test {
 protected:
  void SetUp() override {
    Result<Lists> lists = Lists::Parse(bytes_.view(), "x");
    ASSERT_TRUE(lists.ok()) << lists.status().message();
    lists_ = std::make_unique<Lists>(*std::move(lists));
  }

  const Aligned bytes_{Bytes()};
  std::unique_ptr<Lists> lists_;
};

TEST_F(ListsTest, FindWordsPhrasesAndTheirBeginnings) {
  const Listed* phrase = lists_->Find(Hash("republic of halvoria"));
  ASSERT_NE(phrase, nullptr);
  EXPECT_EQ(phrase->kinds, kCountry);
  EXPECT_EQ(lists_->Canonical(*phrase), "Halvoria");
  EXPECT_EQ(lists_->Code(*phrase).value, "HV");
  const Listed* beginning = lists_->Find(Hash("republic of"));
  ASSERT_NE(beginning, nullptr);
  EXPECT_EQ(beginning->kinds, kPrefix);
  EXPECT_EQ(lists_->Canonical(*beginning), "");
  EXPECT_EQ(lists_->Find(Hash("of halvoria")), nullptr);
}

TEST_F(ListsTest, AWordMayBeSeveralThings) {
  const Listed* listed = lists_->Find(Hash("tellmark"));
  ASSERT_NE(listed, nullptr);
  EXPECT_EQ(listed->kinds, kSurname | kCity);
  EXPECT_EQ(lists_->Code(*listed).value, "geonames:17");
  EXPECT_EQ(lists_->Code(*listed).country, "HV");
}

TEST_F(ListsTest, CapitalsAreApart) {
  EXPECT_NE(lists_->FindCapitals("HVR"), nullptr);
  EXPECT_EQ(lists_->FindCapitals("Hvr"), nullptr);
  EXPECT_EQ(lists_->Find(Hash("hvr")), nullptr);
}

TEST_F(ListsTest, ForeignNamesAreFoundInTheirLanguageOnly) {
  EXPECT_EQ(lists_->Find(Hash("insel")), nullptr);
  EXPECT_EQ(lists_->Find(Hash("insel", LanguageSeed("fr"))), nullptr);
  ASSERT_NE(lists_->Find(Hash("insel", LanguageSeed("de"))), nullptr);
}

TEST_F(ListsTest, OneSlipIsForgiven) {
  for (const char* word : {"halvoria", "halvora", "hallvoria", "havloria", "halvorja"}) {
    const Listed* meant = lists_->FindMisspelt(word);
    ASSERT_NE(meant, nullptr) << word;
    EXPECT_EQ(lists_->Canonical(*meant), "Halvoria");
  }
  for (const char* word : {"halvo", "hallworia", "talvoria", "halvorians"})
    EXPECT_EQ(lists_->FindMisspelt(word), nullptr) << word;
}

TEST_F(ListsTest, PlacesAreFoundByTheirCanonicalNames) {
  ASSERT_NE(lists_->FindPlace("Halvoria"), nullptr);
  EXPECT_EQ(lists_->Code(*lists_->FindPlace("Halvoria")).country, "HV");
  EXPECT_NE(lists_->FindPlace("Tellmark"), nullptr);
  EXPECT_EQ(lists_->FindPlace("Republic of Halvoria"), nullptr);
  EXPECT_EQ(lists_->FindPlace("Insel"), nullptr);
}

std::string With(size_t at, std::string_view replacement) {
  std::string bytes = Bytes();
  return bytes.replace(at, replacement.size(), replacement);
}

TEST(Lists, RefuseWhatTheBuildDidNotMake) {
  const std::string sound = Bytes();
  ListsHeader header;
  std::memcpy(&header, sound.data(), sizeof header);
  const size_t entries = sizeof header + header.slots * size_t{8};
  const size_t ends = sound.size() - header.string_bytes - header.strings * size_t{4};
  std::string full = sound;
  for (size_t i = sizeof header; i < entries; ++i) full[i] = (i - sizeof header) % 8 == 0 ? '\1' : '\0';
  const struct {
    std::string bytes;
    const char* says;
  } cases[] = {{"", "too short"},
               {std::string(500, 'x'), "not lists"},
               {With(8, std::string(4, '\0')), "makes no sense"},
               {sound + "x", "where the header says"},
               {sound.substr(0, sound.size() - 1), "where the header says"},
               {With(sizeof header, "\xFF\xFF\xFF"), "slot 0 leads to no entry"},
               {full, "no slot is empty"},
               {With(entries + 4, "\xFF\xFF\xFF"), "entry 0 leads to no string"},
               {With(ends + 4, "\xFF\xFF\xFF"), "string 1 ends"},
               {With(sound.size() - 1, "\xFF"), "UTF-8"}};
  for (const auto& one : cases) {
    const Aligned bytes(one.bytes);
    const Result<Lists> lists = Lists::Parse(bytes.view(), "my.lists");
    ASSERT_FALSE(lists.ok()) << one.says;
    EXPECT_NE(lists.status().message().find(one.says), std::string::npos) << lists.status().message();
    EXPECT_EQ(lists.status().message().find("my.lists: "), 0U);
  }
}

TEST(Lists, SameFilesSameBytes) {
  const std::string data = std::string(GARNER_PLUGIN_SOURCE_DIR) + "/data";
  ListBuilder one, other;
  ASSERT_TRUE(one.ReadFolder(data).ok());
  ASSERT_TRUE(other.ReadFolder(data).ok());
  EXPECT_EQ(one.Build(), other.Build());
}

TEST(Lists, OneFolderIsMappedOnce) {
  const auto first = Lists::Load(GARNER_PLUGIN_DATA_DIR), second = Lists::Load(GARNER_PLUGIN_DATA_DIR);
  ASSERT_TRUE(first.ok()) << first.status().message();
  ASSERT_TRUE(second.ok());
  EXPECT_EQ(first->get(), second->get());
}

class ListSources : public ::testing::Test {
 protected:
  void SetUp() override {
    char folder[] = "/tmp/list_files_XXXXXX";
    ASSERT_NE(mkdtemp(folder), nullptr);
    folder_ = folder;
    for (const auto& file : std::filesystem::directory_iterator(std::string(GARNER_PLUGIN_SOURCE_DIR) + "/data"))
      if (file.path().extension() == ".txt" || file.path().extension() == ".tsv") Write(file.path().filename(), "# nothing\n");
  }
  void TearDown() override { std::filesystem::remove_all(folder_); }

  void Write(const std::string& name, const std::string& content) const {
    std::ofstream(folder_ + "/" + name, std::ios::binary) << content;
  }
  std::string Message() const {
    ListBuilder builder;
    return builder.ReadFolder(folder_).message();
  }

  std::string folder_;
};

TEST_F(ListSources, MistakesAreToldWithTheirPlace) {
  EXPECT_EQ(Message(), "");
  Write("keywords.txt", "# words\n\ntitel: herr\n");
  EXPECT_EQ(Message().find(folder_ + "/keywords.txt:3: no class 'titel'; accepted: org_head, "), 0U) << Message();
  Write("keywords.txt", "title herr\n");
  EXPECT_EQ(Message(), folder_ + "/keywords.txt:1: 'class: word|word' is wanted");
  Write("keywords.txt", "\xFF");
  EXPECT_EQ(Message(), folder_ + "/keywords.txt: not valid UTF-8");
  Write("countries.tsv", "Halvoria\tHV\n");
  EXPECT_EQ(Message(), folder_ + "/countries.tsv:1: name, code and canonical name are wanted, with tabs between");
  Write("countries.tsv", "Halvoria\tHV\tHalvoria\tde fra\n");
  EXPECT_EQ(Message(), folder_ + "/countries.tsv:1: 'fra' is no language; two letters are wanted");
  Write("countries.tsv", "Halvoria\tHV\tHalvoria\t*\n");
  Write("cities_abroad.tsv", "Tellmarque\tTellmark\tfr\n");
  EXPECT_EQ(Message(), folder_ + "/cities_abroad.tsv:1: 'Tellmark' is not in cities_major.txt");
  std::filesystem::remove(folder_ + "/countries.tsv");
  EXPECT_EQ(Message(), folder_ + "/countries.tsv: cannot be read");
}

}  // namespace
}  // namespace garner::entity_tagger
