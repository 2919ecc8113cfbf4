#include <gtest/gtest.h>

#include <memory>
#include <string>

#include "garner/plugin.h"
#include "garner/testing/cases.h"
#include "garner/testing/documents.h"
#include "garner/testing/unpack.h"

GARNER_CASES(Mbox)

namespace garner::mbox {
namespace {

class MboxTest : public ::testing::Test {
 protected:
  MboxTest() : stage_(garner_plugin.make()) {
    EXPECT_TRUE(stage_->Configure(context_, "").ok());
    EXPECT_TRUE(stage_->Open().ok());
  }

  UnpackerStage& unpacker() { return dynamic_cast<UnpackerStage&>(*stage_); }

  testing::TestContext context_;
  std::unique_ptr<Stage> stage_;
};

const std::string kEnvelope = "From ada@harbour.example Mon May  6 09:30:00 2024\n";

TEST_F(MboxTest, GivesTheSameForAnyPieces) {
  std::string mailbox;
  std::vector<std::string> mails;
  for (const size_t bytes : {0U, 10U, 65530U, 65536U, 70000U, 600000U, 3U}) {
    std::string mail = "Subject: " + std::to_string(bytes) + "\n\n" + std::string(bytes, 'x') + "\nFrom here on\n" + std::string(bytes % 100, '\n') + "x\n";
    mailbox += kEnvelope + mail + "\n";
    mails.push_back(std::move(mail));
  }
  for (uint32_t seed = 0; seed < 4; ++seed) {
    testing::OddStream stream(mailbox, seed, 40000);
    const testing::Unpacked seen = testing::Unpack(unpacker(), stream);
    ASSERT_TRUE(seen.status.ok());
    ASSERT_EQ(seen.items.size(), mails.size());
    for (size_t i = 0; i < mails.size(); ++i) EXPECT_TRUE(seen.items[i].bytes == mails[i]) << i;
  }
}

TEST_F(MboxTest, BearsHostileMailboxes) {
  for (const std::string& piece : {kEnvelope, "\n" + kEnvelope, "\n" + kEnvelope + "X: y\n", std::string("\n"), std::string("From "), std::string(">"), std::string("From :"), std::string("1:")}) {
    std::string mailbox = kEnvelope + "X: y\n";
    while (mailbox.size() < (1U << 20)) mailbox += piece;
    MemoryStream stream(mailbox);
    EXPECT_TRUE(testing::Unpack(unpacker(), stream).status.ok());
  }
}

}  // namespace
}  // namespace garner::mbox
