#include "file_list.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "file_names.h"

namespace garner::text_files {
namespace {

using std::string_literals::operator""s;

const std::string kHead(kListHead);

TEST(FileList, ReadsWhatItWrites) {
  const std::vector<ListedFile> files = {{"news/harbour.txt", FingerprintOf("High water.")}, {"\xd0\xbc\xd0\xbe\xd1\x81\xd1\x82 2.txt", {0, 0}}, {"a", {UINT64_MAX, UINT64_MAX}}};
  std::string list = kHead;
  for (const ListedFile& file : files) list += ListLine(file);
  const Result<std::vector<ListedFile>> read = ParseList(list);
  ASSERT_TRUE(read.ok()) << read.status().message();
  ASSERT_EQ(read->size(), files.size());
  for (size_t i = 0; i < files.size(); ++i) {
    EXPECT_EQ((*read)[i].name, files[i].name);
    EXPECT_EQ((*read)[i].content, files[i].content);
  }
  EXPECT_TRUE(ParseList(kHead)->empty());
}

TEST(FileList, TakesEveryNameThatDocumentsGet) {
  FileNames names(".txt");
  std::string every_byte;
  for (int byte = 1; byte < 256; ++byte) every_byte.push_back(static_cast<char>(byte));
  std::string list = kHead;
  for (const std::string& origin : {std::string("../../etc/passwd"), "/a/./b"s, ""s, "///"s, ".hidden/.too"s, "nul\0byte"s, "line\nbreak\r"s, every_byte, std::string(500, '.'), " / "s,
                                    "\xe2\x80\xae\xe2\x80\xa8\xc2\x85\x7f"s, "a.txt/b"s, "a"s})
    for (const std::string& id : {std::string("id"), std::string("../\n")}) list += ListLine({names.Claim(origin, id), {}});
  const Result<std::vector<ListedFile>> read = ParseList(list);
  ASSERT_TRUE(read.ok()) << read.status().message();
  EXPECT_EQ(read->size(), 26u);
}

TEST(FileList, RefusesNamesThatLeadElsewhere) {
  for (const std::string& name : std::vector<std::string>{"/etc/passwd", "../a.txt", "a/../../b.txt", "a/..", ".", ".ssh/config", "a/.hidden", "a//b.txt", "a/", "",
                                                          "a\x1b[31m.txt", "nul\0byte"s, "tab\there", "cut\xc3"}) {
    const Result<std::vector<ListedFile>> read = ParseList(kHead + ListLine({"good.txt", {}}) + ListLine({name, {}}));
    ASSERT_FALSE(read.ok()) << name;
    EXPECT_EQ(read.status().kind(), StatusKind::kInvalidInput);
    EXPECT_EQ(read.status().message().rfind("line 3 names no file below the folder: '", 0), 0u) << read.status().message();
    EXPECT_EQ(read.status().message().find('\x1b'), std::string::npos);
  }
}

TEST(FileList, RefusesWhatIsNoList) {
  const std::string line = ListLine({"a.txt", FingerprintOf("x")});
  for (const std::string& list : std::vector<std::string>{"", "garner text_files 2\n" + line, line, kHead.substr(0, kHead.size() - 1), kHead + line.substr(0, line.size() - 1), kHead + "\n",
                                                          kHead + "0123 5 a.txt\n", kHead + "0123456789abcdeg 5 a.txt\n", kHead + "0123456789abcdef a.txt\n",
                                                          kHead + "0123456789abcdef -5 a.txt\n", kHead + "0123456789abcdef 5a a.txt\n",
                                                          kHead + "0123456789abcdef 99999999999999999999 a.txt\n", kHead + "0123456789abcdef  a.txt\n"}) {
    const Result<std::vector<ListedFile>> read = ParseList(list);
    ASSERT_FALSE(read.ok()) << list;
    EXPECT_EQ(read.status().kind(), StatusKind::kInvalidInput) << list;
  }
}

TEST(FileList, HasAnotherNameForEachFolder) {
  EXPECT_EQ(ListNameFor("text"), "text.files");
  EXPECT_EQ(ListNameFor("./text/"), "text.files") << "one folder, however it is written";
  EXPECT_EQ(ListNameFor("a/b"), "a%2fb.files");
  EXPECT_EQ(ListNameFor("a%2fb"), "a%252fb.files");
  EXPECT_EQ(ListNameFor("."), "%2e.files");
  EXPECT_EQ(ListNameFor("x.y"), "x.y.files");
  const std::string wide(300, 'w');
  EXPECT_LT(ListNameFor(wide + "1").size(), 150u);
  EXPECT_NE(ListNameFor(wide + "1"), ListNameFor(wide + "2"));
}

}  // namespace
}  // namespace garner::text_files
