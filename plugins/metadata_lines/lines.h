// The blocks of a document as lines, each with what it could be. What it is depends on the lines around it: see head.h.
//
//   WordStore store;
//   std::vector<Line> lines = ReadLines(document, lists, NumericOrder::kUnknown, &store);
//   lines[0].title_like; lines[1].byline->authors;
//
// Views point into the document, which must outlive them. Pure functions.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "credits.h"
#include "datelines.h"
#include "dates.h"
#include "garner/span.h"
#include "garner/v1/document.pb.h"
#include "names.h"
#include "notes.h"
#include "rare.h"
#include "tags.h"
#include "word_lists.h"

namespace garner::metadata_lines {

struct Line {
  Span span;
  std::string_view text;
  v1::Block::Role role = v1::Block::PARAGRAPH;
  bool html = false;
  bool figure = false;  // HTML says that it is the caption of a figure
  bool tight = false;
  // Empty for lines that are too long to be anything but body. Plain prose has words that the lists have not seen (no hashes).
  Words words;

  bool prose = false;        // reads as body text
  bool body_role = false;    // list item, code, table ...: never head matter
  bool ui = false;           // a button or widget: the boilerplate stage takes it
  bool widget_like = false;  // a button that names what it acts on: one where other buttons stand beside it
  bool title_like = false;
  bool section = false;       // the whole line is a section's name
  bool section_word = false;  // holds a word from the names of sections, or joins two with "and"
  bool question = false;
  bool teaser_label = false;
  bool byline_label = false;
  bool tag_label = false;
  bool credit_label = false;
  std::string date_label;  // a label of dates alone: the kind of date it announces
  bool affiliation = false;
  std::vector<std::string> names;
  bool known_name = false;
  Rare<LabelledDate> date;
  Rare<Byline> byline;
  Rare<Byline> unlabelled_byline;
  Rare<LabelledDate> second_date;  // "12 May 2021 - updated 14 May 2021"
  Rare<Byline> loose_byline;       // a name beside a place or a paper
  Rare<Tags> tags;
  Rare<Credit> credit;
  Rare<Dateline> place;
  Rare<Note> note;

  bool taken = false;  // some rule has used it

  // It says something about the article rather than being part of it.
  bool IsMeta() const {
    return static_cast<bool>(byline) || byline_label || static_cast<bool>(date) || static_cast<bool>(unlabelled_byline);
  }
};

// The words of the lines, in chunks that stay where they are.
class WordStore {
 public:
  // The words of a line, and the marks of them all.
  std::span<Word> Split(std::string_view text, Marks* marks);
  // Forgets all words. The memory stays for the next document.
  void Clear();

 private:
  std::vector<std::vector<Word>> chunks_;
  size_t used_ = 0;  // chunks
};

// `store` keeps the words that the lines refer to. An unknown order is guessed from the text.
std::vector<Line> ReadLines(const v1::Document& document, const WordLists& lists, NumericOrder order, WordStore* store);

}  // namespace garner::metadata_lines
