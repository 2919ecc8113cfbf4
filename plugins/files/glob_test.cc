#include "glob.h"

#include <gtest/gtest.h>

#include <string>

namespace garner::files {
namespace {

TEST(MatchesGlob, ComparesTheNameWhereThePatternHasNoSlash) {
  EXPECT_TRUE(MatchesGlob("*.txt", "a.txt"));
  EXPECT_TRUE(MatchesGlob("*.txt", "deep/down/a.txt"));
  EXPECT_FALSE(MatchesGlob("*.txt", "a.txt.gz"));
  EXPECT_FALSE(MatchesGlob("*.txt", "a.txt/b"));
}

TEST(MatchesGlob, ComparesTheWholePathWhereItHasOne) {
  EXPECT_TRUE(MatchesGlob("sub/*.txt", "sub/a.txt"));
  EXPECT_FALSE(MatchesGlob("sub/*.txt", "x/sub/a.txt"));
  EXPECT_FALSE(MatchesGlob("sub/*.txt", "sub/x/a.txt"));
  EXPECT_TRUE(MatchesGlob("sub/**", "sub/x/a.txt"));
  EXPECT_TRUE(MatchesGlob("**/a.txt", "a.txt"));
  EXPECT_TRUE(MatchesGlob("**/x/**/a.txt", "q/x/r/s/a.txt"));
  EXPECT_FALSE(MatchesGlob("**/x/**/a.txt", "q/y/r/s/a.txt"));
}

TEST(MatchesGlob, KnowsSetsAndEscapes) {
  EXPECT_TRUE(MatchesGlob("[a-c]?.md", "bß.md"));
  EXPECT_FALSE(MatchesGlob("[a-c].md", "d.md"));
  EXPECT_TRUE(MatchesGlob("[!a-c].md", "я.md"));
  EXPECT_TRUE(MatchesGlob("[а-я].md", "я.md"));
  EXPECT_TRUE(MatchesGlob("[]x].md", "].md"));
  EXPECT_TRUE(MatchesGlob("a[.md", "a[.md")) << "a bracket that is never closed stands for itself";
  EXPECT_TRUE(MatchesGlob("a\\*.md", "a*.md"));
  EXPECT_FALSE(MatchesGlob("a\\*.md", "ab.md"));
}

TEST(MatchesGlob, TakesNoExponentialTime) {
  std::string pattern;
  for (int i = 0; i < 200; ++i) pattern += "*a";
  EXPECT_FALSE(MatchesGlob(pattern + "b", std::string(5000, 'a')));
}

TEST(MayMatchBelow, PrunesFolders) {
  EXPECT_TRUE(MayMatchBelow(SplitPath("a*/b.txt"), SplitPath("abc")));
  EXPECT_FALSE(MayMatchBelow(SplitPath("a*/b.txt"), SplitPath("xyz")));
  EXPECT_FALSE(MayMatchBelow(SplitPath("*.txt"), SplitPath("sub")));
  EXPECT_TRUE(MayMatchBelow(SplitPath("**/*.txt"), SplitPath("sub/deep")));
}

}  // namespace
}  // namespace garner::files
