// Which lines state when a text was published.
#include "dateline.h"

#include <gtest/gtest.h>

namespace garner::html {
namespace {

TEST(DateOfLine, FindsTheDayInABylineOfAnyOrder) {
  for (const char* line : {"September 4, 2025", "4 September 2025", "04.09.2025", "2025-09-04", "By Ida Strand | Sep 4, 2025",
                           "Sep 4, 2025 · 5 min read", "5 min read · Sep 4, 2025", "5 min read, Sep 4, 2025",
                           "Posted on September 4th, 2025 in Ropes", "Von Ida Strand – 04.09.2025", "Опубликовано: 04.09.2025",
                           "Publicado el 04.09.2025 por Ida", "Topic begun by Ole in the room of ropes, Thu Sep 4, 2025",
                           "(2025-09-04)", "Published 4 September 2025, updated 5 October 2025"})
    EXPECT_EQ(DateOfLine(line), "2025-09-04") << line;
}

TEST(DateOfLine, KeepsTheTime) {
  EXPECT_EQ(DateOfLine("2025-09-04T10:00"), "2025-09-04T10:00");
  EXPECT_EQ(DateOfLine("By Ida, Sep 4, 2025 10:30"), "2025-09-04T10:30");
}

TEST(DateOfLine, StatesNothingWithoutADay) {
  for (const char* line : {"", "Ida Strand", "12 comments", "2025", "September 2025", "5 min read", "Page 3 of 12", "04/05/2025",
                           "4 May", "|", "· | –", "3 of 2025 ropes held in May"})
    EXPECT_EQ(DateOfLine(line), "") << line;
}

TEST(DateOfLine, DaysOfChangesAreNone) {
  for (const char* line : {"Updated September 4, 2025", "Last modified: 2025-09-04", "By Ida Strand | Updated Sep 4, 2025",
                           "Zuletzt aktualisiert am 04.09.2025", "Stand: 04.09.2025", "Mis à jour le 04.09.2025",
                           "Actualizado: 04.09.2025", "Обновлено 04.09.2025", "Жаңартылған: 04.09.2025"})
    EXPECT_EQ(DateOfLine(line), "") << line;
}

TEST(TellsOfChange, InTextAndInNamesOfClasses) {
  EXPECT_TRUE(TellsOfChange("entry-date updated"));
  EXPECT_TRUE(TellsOfChange("dateModified"));
  EXPECT_TRUE(TellsOfChange("GEÄNDERT AM"));
  EXPECT_FALSE(TellsOfChange("entry-date published"));
  EXPECT_FALSE(TellsOfChange("Edited by Ida Strand"));
  EXPECT_FALSE(TellsOfChange(""));
}

}  // namespace
}  // namespace garner::html
