#include "detect.h"

#include <cstdio>  // the next header needs it and does not say so

#include <cld2/public/compact_lang_det.h>
#include <cld2/public/encodings.h>

#include <algorithm>

namespace garner::language {
namespace {

// CLD2 looks a few bytes ahead.
constexpr size_t kPadding = 16;

// CLD2's older codes, and what is no language: scripts without one ("xx-Zyyy"), jokes.
struct Renamed {
  std::string_view cld2;
  std::string_view code;
};
constexpr Renamed kRenamed[] = {{"iw", "he"}, {"jw", "jv"}, {"mo", "ro"}, {"sh", "sr"}, {"un", ""}, {"xx", ""},
                                {"zzb", ""},  {"zzh", ""},  {"zze", ""},  {"zzp", ""},  {"tlh", ""}};

std::string CodeOf(CLD2::Language language) {
  if (language == CLD2::UNKNOWN_LANGUAGE || language == CLD2::TG_UNKNOWN_LANGUAGE) return {};
  const std::string_view code = CLD2::LanguageCode(language);
  const std::string_view primary = code.substr(0, code.find('-'));
  for (const Renamed& renamed : kRenamed)
    if (renamed.cld2 == primary) return std::string(renamed.code);
  return std::string(primary);
}

// Each text is one group.
constexpr std::string_view kCloseGroups[] = {
    " bs hr sr ",    " da no nb nn ", " cs sk ", " id ms jv su ", " es gl ca ", " pt gl ",          " ru bg mk ",
    " ru be ",       " uk be ",       " kk ky ", " tt ba ",       " az tr tk ", " hi mr ne bh sa ", " nl af ",
    " xh zu ss nr ", " st tn nso ",   " rn rw ", " fr oc ",       " de lb ",    " gd ga ",          " en sco "};

}  // namespace

bool AreClose(std::string_view a, std::string_view b) {
  if (a == b) return true;
  const auto holds = [](std::string_view group, std::string_view code) {
    return group.find(" " + std::string(code) + " ") != std::string_view::npos;
  };
  return std::any_of(std::begin(kCloseGroups), std::end(kCloseGroups),
                     [&](std::string_view group) { return holds(group, a) && holds(group, b); });
}

Detection Detect(std::string_view text) {
  std::string padded;
  padded.reserve(text.size() + kPadding);
  padded.append(text).append(kPadding, '\0');

  CLD2::Language languages[3];
  int percents[3];
  double scores[3];
  int text_bytes = 0;
  bool reliable = false;
  const CLD2::CLDHints hints{nullptr, nullptr, CLD2::UNKNOWN_ENCODING, CLD2::UNKNOWN_LANGUAGE};
  CLD2::ResultChunkVector chunks;
  CLD2::ExtDetectLanguageSummary(padded.data(), static_cast<int>(text.size()), true, &hints, 0, languages, percents, scores, &chunks,
                                 &text_bytes, &reliable);

  Detection detection;
  if (reliable) detection.code = CodeOf(languages[0]);
  if (!detection.code.empty()) detection.share = percents[0] / 100.0;
  for (const CLD2::ResultChunk& chunk : chunks) {
    const auto begin = static_cast<uint64_t>(std::max(0, chunk.offset));
    const uint64_t end = std::min<uint64_t>(text.size(), begin + static_cast<uint64_t>(std::max(0, chunk.bytes)));
    if (begin < end) detection.stretches.push_back({{begin, end}, CodeOf(static_cast<CLD2::Language>(chunk.lang1))});
  }
  return detection;
}

}  // namespace garner::language
