// Properties of the applying of edits, over many thousands of random edits on random documents.
#include <google/protobuf/arena.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <string>
#include <vector>

#include "core/sdk/edit_applier.h"
#include "garner/testing/invariants.h"
#include "garner/utf8.h"
#include "tests/core/edits/random_documents.h"

namespace garner::testing {
namespace {

std::string WithoutSpace(std::string_view text) {
  std::string out;
  for (size_t at = 0; at < text.size();) {
    const CodePoint cp = NextCodePoint(text, at);
    if (!IsSpace(cp.value)) out.append(text.substr(at, cp.size));
    at += cp.size;
  }
  return out;
}

// What the edits mean, a byte at a time and without any cleverness. White space apart, the applier must give the same text. Only
// for edits without insertions: whether one is inside an erasure is a question that bytes cannot answer.
std::string NaiveText(const v1::Document& document, const v1::Edits& edits) {
  const std::string& text = document.text();
  std::vector<bool> gone(text.size() + 1, false);
  const auto take = [&](uint64_t begin, uint64_t end) {
    for (uint64_t i = begin; i < end; ++i) gone[i] = true;
  };
  for (const v1::Erase& erase : edits.erase()) take(erase.begin(), erase.end());
  for (const v1::Split& split : edits.split()) take(split.begin(), split.end());
  std::vector<std::string> inserted(text.size() + 1);
  for (const v1::Replace& replace : edits.replace()) {
    if (!gone[replace.begin()]) inserted[replace.begin()] = replace.text();
    take(replace.begin(), replace.end());
  }
  std::string out;
  for (size_t i = 0; i <= text.size(); ++i) {
    out += inserted[i];
    if (i < text.size() && !gone[i]) out += text[i];
  }
  return out;
}

bool HasInsertion(const v1::Edits& edits) {
  return std::any_of(edits.replace().begin(), edits.replace().end(), [](const v1::Replace& r) { return r.begin() == r.end(); });
}

void CheckQuotes(const v1::Document& document) {
  for (const v1::Annotation& annotation : document.annotations())
    if (annotation.set() == "quotes") {
      ASSERT_EQ(document.text().substr(annotation.begin(), annotation.end() - annotation.begin()), annotation.value());
    }
}

// A link that has lost some of its words is still inside one block.
void CheckLinks(const v1::Document& document) {
  for (const v1::Annotation& link : document.annotations()) {
    if (link.set() != "links") continue;
    const auto holds = [&](const v1::Block& block) { return block.begin() <= link.begin() && link.end() <= block.end(); };
    ASSERT_TRUE(std::any_of(document.blocks().begin(), document.blocks().end(), holds));
  }
}

// tools/soak asks for more.
uint64_t Documents() {
  const char* wanted = std::getenv("GARNER_PROPERTY_DOCUMENTS");
  return wanted != nullptr ? std::strtoull(wanted, nullptr, 10) : 4000;
}

TEST(EditProperties, EditsKeepEveryDocumentSound) {
  uint64_t applied = 0;
  uint64_t refused = 0;
  const uint64_t documents = Documents();
  for (uint64_t seed = 0; seed < documents; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    RandomSource random(seed);
    RandomDocument made = MakeRandomDocument(random);
    ASSERT_TRUE(Sound(made.document, made.payload));
    for (int round = 0; round < 5; ++round) {
      const v1::Document before = made.document;
      const Edits edits = MakeRandomEdits(made.document, random);
      const Status status = ApplyEdits(edits.proto(), "stage" + std::to_string(round), &made.document);
      if (!status.ok()) {
        ++refused;
        ASSERT_EQ(status.kind(), StatusKind::kInvalidEdits);
        ASSERT_EQ(before.SerializeAsString(), made.document.SerializeAsString());
        continue;
      }
      ++applied;
      ASSERT_TRUE(Sound(made.document, made.payload)) << edits.proto().DebugString() << before.DebugString() << made.document.DebugString();
      CheckQuotes(made.document);
      CheckLinks(made.document);
      if (HasInsertion(edits.proto())) continue;
      ASSERT_EQ(WithoutSpace(made.document.text()), WithoutSpace(NaiveText(before, edits.proto()))) << edits.proto().DebugString();
    }
  }
  EXPECT_GT(applied, documents * 4);
  EXPECT_GT(refused, documents / 40);  // contradicting replacements do occur, and are refused
}

TEST(EditProperties, GarbageIsRefusedAndChangesNothing) {
  int refused = 0;
  for (uint64_t seed = 0; seed < 5000; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    RandomSource random(seed);
    RandomDocument made = MakeRandomDocument(random);
    const std::string before = made.document.SerializeAsString();
    const Status status = ApplyEdits(MakeGarbageEdits(made.document, random).proto(), "stage", &made.document);
    ASSERT_TRUE(Sound(made.document, made.payload));
    if (status.ok()) continue;
    ++refused;
    ASSERT_FALSE(status.message().empty());
    ASSERT_EQ(before, made.document.SerializeAsString());
  }
  EXPECT_GT(refused, 1000);
}

TEST(EditProperties, TheSameEditsGiveTheSameBytes) {
  for (uint64_t seed = 0; seed < 300; ++seed) {
    std::string results[2];
    for (std::string& result : results) {
      RandomSource random(seed);
      RandomDocument made = MakeRandomDocument(random);
      (void)ApplyEdits(MakeRandomEdits(made.document, random).proto(), "stage", &made.document);
      result = made.document.SerializeAsString();
    }
    ASSERT_EQ(results[0], results[1]);
  }
}

// The host keeps documents on arenas, tests and tools on the heap.
TEST(EditProperties, ADocumentOnAnArenaComesOutTheSame) {
  for (uint64_t seed = 0; seed < 1000; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    RandomSource random(seed);
    RandomDocument made = MakeRandomDocument(random);
    google::protobuf::Arena arena;
    v1::Document& on_arena = *google::protobuf::Arena::CreateMessage<v1::Document>(&arena);
    on_arena = made.document;
    for (int round = 0; round < 3; ++round) {
      const Edits edits = MakeRandomEdits(made.document, random);
      const Status status = ApplyEdits(edits.proto(), "stage", &made.document);
      ASSERT_EQ(status.ok(), ApplyEdits(edits.proto(), "stage", &on_arena).ok());
      ASSERT_EQ(made.document.SerializeAsString(), on_arena.SerializeAsString());
    }
  }
}

}  // namespace
}  // namespace garner::testing
