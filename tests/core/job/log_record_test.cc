// Lines of the log: what comes from outside must not break them.
#include "core/job/log_record.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <nlohmann/json.hpp>

namespace garner {
namespace {

using Json = nlohmann::json;

constexpr std::chrono::system_clock::time_point kNow{std::chrono::milliseconds(1772357400250)};

TEST(LogRecord, AsTextNamesStageAndDocument) {
  EXPECT_EQ(ToText({LogLevel::kWarning, "html", "in/a.html", "odd"}), "html: in/a.html: odd");
  EXPECT_EQ(ToText({LogLevel::kWarning, "html", "", "odd"}), "html: odd");
  EXPECT_EQ(ToText({LogLevel::kInfo, "", "", "odd"}), "odd");
}

TEST(LogRecord, AsTextIsOneSafeLine) {
  EXPECT_EQ(ToText({LogLevel::kInfo, "s", "a\nb", "\x1b[2J\xff"}), "s: a\\nb: \\x1b[2J\\xff");
  EXPECT_LT(ToText({LogLevel::kInfo, "s", std::string(100000, 'x'), std::string(100000, 'y')}).size(), 3000u);
}

TEST(LogRecord, AsJsonHasAFieldForEachPart) {
  EXPECT_EQ(ToJson({LogLevel::kWarning, "html", "in/a.html", "odd"}, kNow),
            R"({"time":"2026-03-01T09:30:00.250Z","level":"warning","stage":"html","document":"in/a.html","message":"odd"})");
  EXPECT_EQ(ToJson({LogLevel::kInfo, "", "", "odd"}, kNow), R"({"time":"2026-03-01T09:30:00.250Z","level":"info","message":"odd"})");
}

TEST(LogRecord, AsJsonComesBackAsItWas) {
  for (const std::string message : {"a \"quoted\" \\ line\nand another\t\x01\x7f", "Каспий шуақты", "\xe2\x80\xae" "reversed", "\xc2\x9b" "2J"}) {
    const std::string line = ToJson({LogLevel::kError, "stage", message, message}, kNow);
    EXPECT_TRUE(std::all_of(line.begin(), line.end(), [](unsigned char c) { return c >= 0x20 && c < 0x80; })) << line;
    EXPECT_EQ(Json::parse(line).at("message"), message);
    EXPECT_EQ(Json::parse(line).at("document"), message);
  }
}

TEST(LogRecord, AsJsonIsValidWhateverTheBytes) {
  std::string bytes;
  for (int byte = 0; byte < 256; ++byte) bytes += static_cast<char>(byte);
  const std::string line = ToJson({LogLevel::kError, bytes, bytes, bytes}, kNow);
  EXPECT_EQ(line.find('\n'), std::string::npos);
  EXPECT_TRUE(Json::accept(line));
}

TEST(LogRecord, LevelsHaveNames) {
  EXPECT_EQ(LevelName(LogLevel::kDebug), "debug");
  EXPECT_EQ(LevelName(LogLevel::kInfo), "info");
  EXPECT_EQ(LevelName(LogLevel::kWarning), "warning");
  EXPECT_EQ(LevelName(LogLevel::kError), "error");
}

}  // namespace
}  // namespace garner
