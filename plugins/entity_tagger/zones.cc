#include "zones.h"

#include <algorithm>
#include <array>

namespace garner::entity_tagger {
namespace {

struct Zone {
  std::string_view name;
  std::string_view offset;
};
constexpr std::array<Zone, 48> kZones = {
    {{"GMT", "Z"},       {"UTC", "Z"},      {"UT", "Z"},        {"WET", "Z"},       {"WEST", "+01:00"}, {"BST", "+01:00"},
     {"CET", "+01:00"},  {"MEZ", "+01:00"}, {"CEST", "+02:00"}, {"MESZ", "+02:00"}, {"EET", "+02:00"},  {"EEST", "+03:00"},
     {"MSK", "+03:00"},  {"мск", "+03:00"}, {"МСК", "+03:00"},  {"TRT", "+03:00"},  {"EAT", "+03:00"},  {"CAT", "+02:00"},
     {"SAST", "+02:00"}, {"WAT", "+01:00"}, {"EST", "-05:00"},  {"EDT", "-04:00"},  {"ET", ""},         {"CST", "-06:00"},
     {"CDT", "-05:00"},  {"CT", ""},        {"MST", "-07:00"},  {"MDT", "-06:00"},  {"MT", ""},         {"PST", "-08:00"},
     {"PDT", "-07:00"},  {"PT", ""},        {"AKST", "-09:00"}, {"AKDT", "-08:00"}, {"HST", "-10:00"},  {"NST", "-03:30"},
     {"BRT", "-03:00"},  {"ART", "-03:00"}, {"IST", "+05:30"},  {"PKT", "+05:00"},  {"WIB", "+07:00"},  {"SGT", "+08:00"},
     {"HKT", "+08:00"},  {"JST", "+09:00"}, {"KST", "+09:00"},  {"AEST", "+10:00"}, {"AEDT", "+11:00"}, {"NZST", "+12:00"}}};

}  // namespace

std::optional<std::string_view> ZoneOffset(std::string_view name) {
  const auto at = std::find_if(kZones.begin(), kZones.end(), [&](const Zone& zone) { return zone.name == name; });
  return at == kZones.end() ? std::nullopt : std::optional<std::string_view>(at->offset);
}

}  // namespace garner::entity_tagger
