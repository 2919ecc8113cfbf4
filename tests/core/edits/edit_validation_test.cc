// Each way in which edits can be wrong is refused in words that name the edit.
#include "core/sdk/edit_validation.h"

#include <gtest/gtest.h>

#include <functional>
#include <limits>
#include <string>

#include "garner/edits.h"
#include "garner/testing/documents.h"

namespace garner::testing {
namespace {

struct WrongEdits {
  const char* what;
  std::function<void(Edits&)> make;
  const char* message;
};

TEST(EditValidation, NamesTheEditAndTheProblem) {
  // "Caf\u00e9 one." is 0..10, "Second." is 12..19.
  const TestDocument made = DocumentFromText("Caf\xC3\xA9 one.\n\nSecond.");
  const double nan = std::numeric_limits<double>::quiet_NaN();
  const WrongEdits cases[] = {
      {"outside", [](Edits& e) { e.Erase({0, 99}, {.rule = "r"}); }, "erase[0]: span 0..99 is not in the text of 19 bytes"},
      {"backwards", [](Edits& e) { e.Erase({5, 2}, {.rule = "r"}); }, "erase[0]: span 5..2 is not in the text"},
      {"cut character", [](Edits& e) { e.Erase({0, 4}, {.rule = "r"}); }, "cuts a character"},
      {"no rule", [](Edits& e) { e.Erase({0, 3}, {.rule = ""}); }, "names no rule"},
      {"score", [nan](Edits& e) { e.Erase({0, 3}, {.rule = "r", .score = nan}); }, "finite"},
      {"across blocks", [](Edits& e) { e.Replace({5, 14}, "x", "r"); }, "replace[0]: does not lie within one block"},
      {"empty replacement", [](Edits& e) { e.Replace({0, 3}, "", "r"); }, "use an erasure"},
      {"bad utf-8", [](Edits& e) { e.Replace({0, 3}, "\xFF", "r"); }, "not valid UTF-8"},
      {"line break", [](Edits& e) { e.Replace({0, 3}, "a\nb", "r"); }, "use a split"},
      {"control", [](Edits& e) { e.Replace({0, 3}, std::string_view("\0", 1), "r"); }, "control character"},
      {"split across", [](Edits& e) { e.Split({5, 14}, "r"); }, "split[0]: does not lie within one block"},
      {"empty annotation", [](Edits& e) { e.Annotate({.span = {3, 3}, .set = "s", .label = "l"}); }, "covers no text"},
      {"annotation across", [](Edits& e) { e.Annotate({.span = {5, 14}, .set = "s", .label = "l"}); }, "within one block"},
      {"label", [](Edits& e) { e.Annotate({.span = {0, 3}, .set = "s", .label = ""}); }, "needs a set and a label"},
      {"metadata", [](Edits& e) { e.AddMetadata({.key = "title", .value = "", .origin = "o"}); }, "needs a key and a value"},
      {"choice", [](Edits& e) { e.ChooseMetadata(3); }, "candidate 3 of 0"},
      {"block", [](Edits& e) { e.SetBlock(2, v1::Block::QUOTE); }, "block 2 of 2"},
      {"signal", [nan](Edits& e) { e.Signal("s", nan); }, "not a finite number"},
      {"drop", [](Edits& e) { e.Drop(""); }, "names no rule"},
  };
  for (const WrongEdits& wrong : cases) {
    Edits edits;
    wrong.make(edits);
    const Status status = ValidateEdits(edits.proto(), made.document);
    EXPECT_EQ(status.kind(), StatusKind::kInvalidEdits) << wrong.what;
    EXPECT_NE(status.message().find(wrong.message), std::string::npos) << wrong.what << ": " << status.message();
  }
}

}  // namespace
}  // namespace garner::testing
