#include "list_builder.h"

#include <algorithm>
#include <fstream>
#include <iterator>

#include "fields.h"
#include "garner/utf8.h"

namespace garner::entity_tagger {
namespace {

// The languages whose names are repaired: the names of all the others are a slip away from too many words.
constexpr std::string_view kRepaired[] = {"en", "de", "fr", "es", "ru", "kk"};
// Two slots of three are filled: a search for what is not there ends after a few.
constexpr size_t kSlotsForTwo = 3;

const std::pair<std::string_view, uint32_t> kKeywordClasses[] = {{"org_head", kOrgHead},
                                                                 {"org_suffix", kOrgSuffix},
                                                                 {"org_of", kOrgOf},
                                                                 {"fac_head", kFacHead},
                                                                 {"loc_head", kLocHead},
                                                                 {"loc_prefix", kLocPrefix},
                                                                 {"gpe_head", kGpeHead},
                                                                 {"gpe_prefix", kGpePrefix},
                                                                 {"event_head", kEventHead},
                                                                 {"event_prefix", kEventPrefix},
                                                                 {"law_head", kLawHead},
                                                                 {"law_prefix", kLawPrefix},
                                                                 {"title", kTitle},
                                                                 {"role", kRole},
                                                                 {"say", kSay},
                                                                 {"in", kLocative},
                                                                 {"kin", kKin},
                                                                 {"not_org", kNotOrg},
                                                                 {"particle", kParticle},
                                                                 {"function", kFunction},
                                                                 {"first_name", kFirstName}};

Status Bad(const std::string& place, const std::string& what) { return Status(StatusKind::kConfig, place + ": " + what); }

// "FR 2988507" as the code of a city of GeoNames in France, which Lists takes apart again.
std::string CityCode(std::string_view code) {
  const size_t space = code.find(' ');
  return space == std::string_view::npos
             ? std::string()
             : std::string(code.substr(0, space)) + "/geonames:" + std::string(code.substr(space + 1));
}

void Append(const void* bytes, size_t size, std::string* out) { out->append(static_cast<const char*>(bytes), size); }

// "everywhere" and the languages of "* de fr": a star is for all texts, two letters for those of one language.
bool Everywhere(std::string_view languages) { return languages.empty() || languages.find('*') != std::string_view::npos; }

}  // namespace

template <typename Take>
Status ListBuilder::ForEachLine(const std::string& file, const Take& take) {
  const std::string path = folder_ + "/" + file;
  std::ifstream in(path, std::ios::binary);
  if (!in) return Bad(path, "cannot be read");
  const std::string content(std::istreambuf_iterator<char>(in), {});
  if (!IsValidUtf8(content)) return Bad(path, "not valid UTF-8");
  std::string_view rest = content;
  for (size_t number = 1; !rest.empty(); ++number) {
    const std::string_view text = NextField(rest, '\n');
    if (text.empty() || text.front() == '#') continue;
    if (Status s = take(Line{path + ":" + std::to_string(number), text}); !s.ok()) return s;
  }
  return OkStatus();
}

uint32_t ListBuilder::StringNumber(std::string_view text) {
  if (text.empty()) return 0;
  const auto [at, added] = numbers_.emplace(std::string(text), static_cast<uint32_t>(strings_.size()));
  if (added) strings_.emplace_back(text);
  return at->second;
}

void ListBuilder::Put(uint64_t hash, uint32_t kinds, std::string_view canonical, std::string_view code) {
  Entry& entry = keys_[hash];
  entry.kinds |= kinds;
  if ((kinds & kNamed) == 0) return;
  if (entry.canonical == 0) entry.canonical = StringNumber(canonical);
  // A city without a number may be a province that has one code.
  if (entry.code == 0 && strings_[entry.canonical] == canonical) entry.code = StringNumber(code);
}

void ListBuilder::AddWords(std::string_view name, uint64_t seed, uint32_t kind, std::string_view canonical,
                           std::string_view code) {
  std::string folded;
  Fold(name, folded);
  std::string_view rest = folded;
  uint64_t hash = seed;
  while (true) {
    const std::string_view word = NextField(rest, ' ');
    // In a text the possessive ending is a word of its own: "People's Republic" begins with "people".
    if (const size_t owner = word.find('\'');
        owner != std::string_view::npos && (word.substr(owner) == "'s" || word.substr(owner) == "'"))
      Put(Hash(word.substr(0, owner), hash), kPrefix, {}, {});
    hash = Hash(word, hash);
    if (rest.empty()) break;
    Put(hash, kPrefix, {}, {});
    hash = Hash(" ", hash);
  }
  Put(hash, kind, canonical, code);
}

void ListBuilder::Add(std::string_view name, uint32_t kind, std::string_view canonical, std::string_view code) {
  if ((kind & kNamed) != 0 && InCapitals(name))
    Put(CapitalsKey(name), kind, canonical, code);
  else
    AddWords(name, kHashSeed, kind, canonical, code);
}

void ListBuilder::AddForeign(std::string_view language, std::string_view name, uint32_t kind, std::string_view canonical,
                             std::string_view code) {
  AddWords(name, LanguageSeed(language), kind, canonical, code);
}

void ListBuilder::AddForRepair(std::string_view name) {
  std::string folded;
  Fold(name, folded);
  if (InCapitals(name) || folded.size() < kShortestRepaired || folded.find(' ') != std::string::npos) return;
  repaired_.push_back(Hash(folded));
  repaired_names_.push_back(StringNumber(folded));
}

// "Canonical|other name|...", and behind a tab the code of a place.
Status ListBuilder::ReadNames(const std::string& file, uint32_t kind) {
  return ForEachLine(file, [&](const Line& line) {
    std::string_view written = line.text;
    std::string_view rest = NextField(written, '\t');
    const std::string code = kind == kMajorCity ? CityCode(written) : std::string(written);
    const std::string_view canonical = rest.substr(0, rest.find('|'));
    if (canonical.empty()) return Bad(line.place, "a name without letters");
    while (!rest.empty()) {
      const std::string_view name = NextField(rest, '|');
      Add(name, kind, canonical, code);
      if ((kind & (kCountry | kMajorCity)) != 0) AddForRepair(name);
      // "Johnson & Johnson" is written with the word as well.
      if (const size_t at = name.find(" & "); at != std::string_view::npos)
        Add(std::string(name.substr(0, at)) + " and " + std::string(name.substr(at + 3)), kind, canonical, code);
    }
    return OkStatus();
  });
}

// name, code, canonical name, languages.
Status ListBuilder::ReadCountries(const std::string& file) {
  return ForEachLine(file, [&](const Line& line) {
    std::string_view languages = line.text;
    const std::string_view name = NextField(languages, '\t'), code = NextField(languages, '\t'),
                           canonical = NextField(languages, '\t');
    if (canonical.empty()) return Bad(line.place, "name, code and canonical name are wanted, with tabs between");
    if (!Everywhere(languages)) return AddToLanguages(line, name, kCountry, canonical, code, languages);
    Add(name, kCountry, canonical, code);
    const auto repaired = [&](std::string_view language) { return languages.find(language) != std::string_view::npos; };
    if (languages.empty() || std::any_of(std::begin(kRepaired), std::end(kRepaired), repaired)) AddForRepair(name);
    return OkStatus();
  });
}

// "de fr": the languages whose texts a name is found in.
Status ListBuilder::AddToLanguages(const Line& line, std::string_view name, uint32_t kind, std::string_view canonical,
                                   std::string_view code, std::string_view languages) {
  while (!languages.empty()) {
    const std::string_view language = NextField(languages, ' ');
    if (language.size() != 2) return Bad(line.place, "'" + std::string(language) + "' is no language; two letters are wanted");
    AddForeign(language, name, kind, canonical, code);
  }
  return OkStatus();
}

// name, canonical name, languages.
Status ListBuilder::ReadForeignCities(const std::string& file) {
  return ForEachLine(file, [&](const Line& line) {
    std::string_view languages = line.text;
    const std::string_view name = NextField(languages, '\t'), canonical = NextField(languages, '\t');
    std::string folded;
    Fold(canonical, folded);
    const auto known = keys_.find(Hash(folded));
    if (known == keys_.end() || (known->second.kinds & kMajorCity) == 0)
      return Bad(line.place, "'" + std::string(canonical) + "' is not in cities_major.txt");
    const std::string code = strings_[known->second.code];
    return AddToLanguages(line, name, kMajorCity, canonical, code, languages);
  });
}

// name, and its code where it is the name of one place only.
Status ListBuilder::ReadCoded(const std::string& file, uint32_t kind) {
  return ForEachLine(file, [&](const Line& line) {
    std::string_view code = line.text;
    const std::string_view name = NextField(code, '\t');
    Add(name, kind, name, kind == kCity ? CityCode(code) : std::string(code));
    return OkStatus();
  });
}

Status ListBuilder::ReadWords(const std::string& file, uint32_t kind) {
  return ForEachLine(file, [&](const Line& line) {
    Add(line.text, kind, {});
    return OkStatus();
  });
}

Status ListBuilder::AddKeywords(const Line& line, std::string_view name_of_class, std::string_view words, uint64_t seed) {
  for (const auto& [name, kind] : kKeywordClasses) {
    if (name != name_of_class) continue;
    while (!words.empty()) AddWords(NextField(words, '|'), seed, kind, {}, {});
    return OkStatus();
  }
  std::string known;
  for (const auto& [name, kind] : kKeywordClasses) known += (known.empty() ? "" : ", ") + std::string(name);
  return Bad(line.place, "no class '" + std::string(name_of_class) + "'; accepted: " + known);
}

// "org_head: agency|airlines|..."
Status ListBuilder::ReadKeywords(const std::string& file) {
  return ForEachLine(file, [&](const Line& line) {
    const size_t colon = line.text.find(": ");
    if (colon == std::string_view::npos) return Bad(line.place, "'class: word|word' is wanted");
    return AddKeywords(line, line.text.substr(0, colon), line.text.substr(colon + 2), kHashSeed);
  });
}

// "de title: herr|frau": words of one language have keys of their own.
Status ListBuilder::ReadLanguages(const std::string& file) {
  return ForEachLine(file, [&](const Line& line) {
    const size_t colon = line.text.find(": ");
    if (colon == std::string_view::npos || colon < 4 || line.text[2] != ' ')
      return Bad(line.place, "'language class: word|word' is wanted, the language in two letters");
    return AddKeywords(line, line.text.substr(3, colon - 3), line.text.substr(colon + 2), LanguageSeed(line.text.substr(0, 2)));
  });
}

// The order decides whose canonical name a spelling gets: countries before the towns that are named like one.
Status ListBuilder::ReadFolder(const std::string& folder) {
  folder_ = folder;
  Status s = ReadNames("countries_extra.txt", kCountry);
  const auto then = [&](Status next) {
    if (s.ok()) s = std::move(next);
  };
  if (s.ok()) then(ReadCountries("countries.tsv"));
  if (s.ok()) then(ReadNames("cities_major.txt", kMajorCity));
  if (s.ok()) then(ReadForeignCities("cities_abroad.tsv"));
  if (s.ok()) then(ReadNames("groups.txt", kGroup));
  if (s.ok()) then(ReadNames("organisations.txt", kOrganisation));
  if (s.ok()) then(ReadNames("places.txt", kPlace));
  if (s.ok()) then(ReadCoded("cities.tsv", kCity));
  if (s.ok()) then(ReadCoded("subdivisions.txt", kSubdivision));
  if (s.ok()) then(ReadWords("first_names.txt", kFirstName));
  if (s.ok()) then(ReadWords("surnames.txt", kSurname));
  if (s.ok()) then(ReadWords("words.txt", kOrdinary));
  if (s.ok()) then(ReadKeywords("keywords.txt"));
  if (s.ok()) then(ReadLanguages("languages.txt"));
  if (s.ok()) then(ReadNames("known_surnames.txt", kKnownSurname));
  return s;
}

std::string ListBuilder::Build() const {
  std::map<Entry, uint32_t> entries;  // and their numbers
  for (const auto& [hash, entry] : keys_) entries.emplace(entry, 0);
  uint32_t count = 0;
  for (auto& [entry, number] : entries) number = count++;

  ListsHeader header{};
  std::copy(kListsMagic.begin(), kListsMagic.end(), header.magic);
  header.slots = static_cast<uint32_t>(keys_.size() / 2 * kSlotsForTwo + kSlotsForTwo);
  header.entries = count;
  header.repair_names = static_cast<uint32_t>(repaired_.size());
  header.strings = static_cast<uint32_t>(strings_.size());
  for (const std::string& text : strings_) header.string_bytes += static_cast<uint32_t>(text.size());

  std::vector<uint64_t> hashes;
  for (const auto& [hash, entry] : keys_) hashes.push_back(hash);
  std::sort(hashes.begin(), hashes.end());
  std::vector<uint64_t> slots(header.slots);
  for (const uint64_t hash : hashes) {
    size_t at = SlotOf(hash, slots.size());
    while (slots[at] != 0) at = at + 1 == slots.size() ? 0 : at + 1;
    slots[at] = SlotKey(hash) | (entries.at(keys_.at(hash)) + 1);
  }

  std::vector<Repair> repairs;
  std::vector<RepairName> names;
  for (size_t i = 0; i < repaired_.size(); ++i) {
    const auto number = static_cast<uint32_t>(i);
    names.push_back({repaired_names_[i], entries.at(keys_.at(repaired_[i]))});
    const std::string& folded = strings_[repaired_names_[i]];
    repairs.push_back({RepairHash(Hash(folded)), number});
    if (const std::string squeezed = Squeeze(folded); squeezed.size() < folded.size())
      repairs.push_back({RepairHash(Hash(squeezed)), number});
    for (size_t k = 0; k < folded.size(); ++k)
      repairs.push_back(
          {RepairHash(Hash(std::string_view(folded).substr(k + 1), Hash(std::string_view(folded).substr(0, k)))), number});
  }
  std::sort(repairs.begin(), repairs.end(),
            [](const Repair& a, const Repair& b) { return a.hash != b.hash ? a.hash < b.hash : a.name < b.name; });
  header.repairs = static_cast<uint32_t>(repairs.size());

  std::string bytes;
  Append(&header, sizeof header, &bytes);
  Append(slots.data(), slots.size() * sizeof slots[0], &bytes);
  for (const auto& [entry, number] : entries) {
    const Listed listed{entry.kinds, entry.canonical, entry.code};
    Append(&listed, sizeof listed, &bytes);
  }
  Append(repairs.data(), repairs.size() * sizeof repairs[0], &bytes);
  Append(names.data(), names.size() * sizeof names[0], &bytes);
  uint32_t end = 0;
  for (const std::string& text : strings_) {
    end += static_cast<uint32_t>(text.size());
    Append(&end, sizeof end, &bytes);
  }
  for (const std::string& text : strings_) bytes += text;
  return bytes;
}

}  // namespace garner::entity_tagger
