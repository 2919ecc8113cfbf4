#include "tests/pages/mutations.h"

#include <algorithm>
#include <iterator>

namespace garner::pages {
namespace {

constexpr std::string_view kSoup[] = {
    "<div>", "</div>", "<p>", "</p>", "<b>", "</b>", "<i>", "</i>", "<a href=x>", "</a>", "<table>", "<tr>", "<td>", "</td>", "</tr>",
    "</table>", "<ul>", "<li>", "</ul>", "<h1>", "</h1>", "<pre>", "</pre>", "<form>", "</form>", "<select>", "<option>", "</select>",
    "<button>", "</button>", "<textarea>", "</textarea>", "<title>", "</title>", "<header>", "</header>", "<article>", "</article>",
    "<main>", "</main>", "<br>", "</br>", "<svg>", "</svg>", "<math>", "<template>", "</template>", "<noscript>", "</noscript>",
    "<iframe>", "</iframe>", "<frameset>", "<plaintext>", "<body>", "</body>", "<html>", "</html>", "<head>", "</head>", "<!--", "-->",
    "<!", "<?", "<![CDATA[", "]]>", "</", "<", ">", "&", "&amp", "&#x", "&#0;", "&nbsp;", "&notit;", "&#xD800;", "<p class=",
    "<div style='display:none", "<p hidden>", "<x-y z>", "=\"", "'", "\"", "/>", "href=", " class='a b'", "\r\n", "\t", "\xC2\xA0",
    "\xE2\x80\x8B", "\xEF\xBB\xBF", "\xFF", "\xC3", "|", "<dialog open>", "<details>", "<video>", "</video>", "<object>"};

constexpr std::string_view kUnclosed[] = {
    "<!--", "<script>", "<style>", "<textarea>", "<title>", "<svg>", "<template>", "<noscript>", "<iframe>", "<xmp>", "<p title=\"",
    "<p title='", "<a href=\"", "<div class=", "<![CDATA[", "<?php ", "<select>", "<p hidden>", "<video>"};

constexpr std::string_view kDoctypes[] = {
    "", "<!doctype html>", "<!DOCTYPE html PUBLIC \"-//W3C//DTD XHTML 1.0 Strict//EN\">", "<!doctype svg>",
    "<?xml version='1.0' encoding='utf-16'?>", "<!doctype", "\xEF\xBB\xBF", "\xFF\xFE", "\xFE\xFF"};
constexpr std::string_view kCharsets[] = {
    "utf-8", "utf-16", "iso-8859-1", "windows-1251", "windows-1252", "koi8-r", "shift_jis", "euc-jp", "iso-2022-jp", "gb18030",
    "gb2312", "big5", "euc-kr", "utf-7", "x-user-defined", "iso-8859-8", "replacement", "none such", "windows-874", "macintosh", ""};

// Where what stands "near the start" begins: in the head, or not far into the body.
constexpr size_t kNearStart = 2000;
constexpr size_t kMaxRun = 4096;

template <typename List>
std::string_view OneOf(const List& list, Random& random) {
  return list[random.Below(std::size(list))];
}

std::string Truncate(std::string_view page, Random& random) { return std::string(page.substr(0, random.Below(page.size()))); }

// A place at or after a random one where one of `marks` stands; the end where none does.
size_t RandomMark(std::string_view page, std::string_view marks, Random& random) {
  const size_t at = page.find_first_of(marks, random.Below(page.size()));
  return at == std::string_view::npos ? page.size() : at;
}

// Inside a tag, a comment, an attribute value or a reference.
std::string TruncateInMarkup(std::string_view page, Random& random) {
  const size_t at = RandomMark(page, random.Below(3) == 0 ? "&" : "<=\"'", random);
  return std::string(page.substr(0, at + 1 + random.Below(8)));
}

std::string FlipBits(std::string_view page, Random& random) {
  std::string out(page);
  if (out.empty()) return out;
  for (size_t flips = 1 + random.Below(64); flips > 0; --flips) {
    char& byte = out[random.Below(out.size())];
    byte = static_cast<char>(byte ^ (1 << random.Below(8)));
  }
  return out;
}

std::string AddTagSoup(std::string_view page, Random& random) {
  std::vector<size_t> places(1 + random.Below(200));
  for (size_t& place : places) place = random.Below(page.size() + 1);
  std::sort(places.begin(), places.end());
  std::string out;
  size_t from = 0;
  for (const size_t place : places) {
    out.append(page.substr(from, place - from)).append(OneOf(kSoup, random));
    from = place;
  }
  return out.append(page.substr(from));
}

std::string MoveRuns(std::string_view page, Random& random) {
  std::string out(page);
  for (size_t moves = 1 + random.Below(16); moves > 0 && !out.empty(); --moves) {
    const size_t at = random.Below(out.size());
    const std::string run = out.substr(at, 1 + random.Below(kMaxRun));
    if (random.Below(4) != 0) out.erase(at, run.size());  // else it stands there twice
    out.insert(random.Below(out.size() + 1), run);
  }
  return out;
}

std::string LeaveOpen(std::string_view page, Random& random) {
  std::string out(page);
  const size_t body = std::min(page.find("<body"), page.size());
  const size_t begin = random.Below(2) == 0 ? 0 : body;
  const size_t end = std::min(page.find('>', begin + random.Below(kNearStart)), page.size());
  return out.insert(std::min(end + 1, page.size()), OneOf(kUnclosed, random));
}

void ReplaceCharset(std::string& page, Random& random) {
  const std::string_view label = OneOf(kCharsets, random);
  const size_t declared = page.find("charset=");
  if (declared == std::string::npos) {
    page.insert(0, "<meta charset=\"" + std::string(label) + "\">");
    return;
  }
  size_t begin = declared + 8;
  if (begin < page.size() && (page[begin] == '"' || page[begin] == '\'')) ++begin;
  const size_t end = std::min(page.find_first_of("\"'> ;/", begin), page.size());
  page.replace(begin, end - begin, label);
}

std::string SwapDeclarations(std::string_view page, Random& random) {
  std::string out(page);
  ReplaceCharset(out, random);
  if (random.Below(2) == 0) return out;
  const bool declared = out.size() > 1 && out[0] == '<' && out[1] == '!';
  const size_t end = declared ? std::min(out.find('>'), out.size() - 1) + 1 : 0;
  return out.replace(0, end, OneOf(kDoctypes, random));
}

// What a page holds once costs little; what it holds thousands of times shows what grows with the square.
std::string RepeatRun(std::string_view page, Random& random) {
  constexpr size_t kTimes = 4000;
  std::string run;
  for (size_t parts = 1 + random.Below(5); parts > 0; --parts) {
    const size_t at = random.Below(page.size());
    random.Below(3) == 0 ? run.append(page.substr(at, random.Below(80))) : run.append(OneOf(kSoup, random));
  }
  std::string repeated;
  repeated.reserve(run.size() * kTimes);
  for (size_t i = 0; i < kTimes; ++i) repeated.append(run);
  // Behind a tag at or after the body's, so that few of them are swallowed by scripts.
  const size_t body = std::min(page.find("<body"), page.size());
  const size_t tag = page.find('>', body + random.Below(page.size() - body));
  std::string out(page);
  return out.insert(tag == std::string_view::npos ? body : tag + 1, repeated);
}

// All of it, several times over.
std::string Mix(std::string_view page, Random& random) {
  constexpr std::string (*kParts[])(std::string_view, Random&) = {FlipBits, AddTagSoup, MoveRuns, LeaveOpen, SwapDeclarations};
  std::string out(page);
  for (size_t rounds = 2 + random.Below(4); rounds > 0; --rounds) out = kParts[random.Below(std::size(kParts))](out, random);
  return random.Below(3) == 0 ? Truncate(out, random) : out;
}

}  // namespace

const std::vector<Mutation>& Mutations() {
  static const std::vector<Mutation> kAll = {{"cut off anywhere", Truncate},
                                             {"cut off inside markup", TruncateInMarkup},
                                             {"1 to 64 bits flipped", FlipBits},
                                             {"tag soup", AddTagSoup},
                                             {"runs moved", MoveRuns},
                                             {"left open near the start", LeaveOpen},
                                             {"other declarations", SwapDeclarations},
                                             {"a run repeated 4,000 times", RepeatRun},
                                             {"several of these", Mix}};
  return kAll;
}

}  // namespace garner::pages
