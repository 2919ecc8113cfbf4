#include "lists.h"

#include <algorithm>
#include <fstream>
#include <map>
#include <mutex>

#include "fold.h"
#include "garner/utf8.h"
#include "language.h"

namespace garner::entity_tagger {
namespace {

// Keys of names in capitals are apart from folded keys.
constexpr std::string_view kCapitalsMark = "\x01";
constexpr size_t kShortestRepaired = 6;

std::string_view NextField(std::string_view& rest, char separator) {
  const size_t at = rest.find(separator);
  const std::string_view field = rest.substr(0, at);
  rest = at == std::string_view::npos ? std::string_view() : rest.substr(at + 1);
  return field;
}

template <typename Visit>
void ForEachLine(std::string_view content, const Visit& visit) {
  while (!content.empty()) {
    const std::string_view line = NextField(content, '\n');
    if (!line.empty() && line.front() != '#') visit(line);
  }
}

// "UN", "U.S.", "G20": such a name matches in this spelling only.
bool InCapitals(std::string_view name) {
  if (name.size() > 8) return false;
  size_t upper = 0;
  for (const char c : name) {
    if (c >= 'A' && c <= 'Z')
      ++upper;
    else if (!(c >= '0' && c <= '9') && c != '.' && c != '&' && c != '/' && c != '+')
      return false;
  }
  return upper >= 1;
}

// Doubled letters as one: whoever doubles the wrong letter of "Philippines" makes two slips.
std::string Squeeze(std::string_view word) {
  std::string squeezed;
  for (const char c : word)
    if (squeezed.empty() || squeezed.back() != c) squeezed += c;
  return squeezed;
}

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

}  // namespace

bool OneSlipApart(std::string_view a, std::string_view b) {
  if (a.size() > b.size()) std::swap(a, b);
  if (b.size() - a.size() > 1) return false;
  size_t head = 0;
  while (head < a.size() && a[head] == b[head]) ++head;
  const std::string_view ra = a.substr(head), rb = b.substr(head);
  if (a.size() < b.size()) return ra == rb.substr(1);
  if (ra.size() <= 1 || ra.substr(1) == rb.substr(1)) return true;
  return ra[0] == rb[1] && ra[1] == rb[0] && ra.substr(2) == rb.substr(2);
}

Status Lists::Read(const std::string& path, std::string_view* content) {
  std::ifstream in(path, std::ios::binary);
  if (!in) return Status(StatusKind::kNotFound, path + ": this data file of entity_tagger is missing; reinstall the plugin");
  auto bytes = std::make_unique<std::string>();
  constexpr size_t kChunk = size_t{1} << 16;
  while (in) {
    const size_t before = bytes->size();
    bytes->resize(before + kChunk);
    in.read(bytes->data() + before, static_cast<std::streamsize>(kChunk));
    bytes->resize(before + static_cast<size_t>(in.gcount()));
  }
  if (!IsValidUtf8(*bytes)) return Status(StatusKind::kUnreadable, path + ": not valid UTF-8; reinstall the plugin");
  *content = *bytes;
  files_.push_back(std::move(bytes));
  return OkStatus();
}

Listed& Lists::Slot(uint64_t hash) {
  if ((used_ + 1) * 2 > slots_.size()) Grow();
  const size_t mask = slots_.size() - 1;
  size_t at = (hash ^ (hash >> 32)) & mask;
  while (slots_[at].kinds != 0 && slots_[at].hash != hash) at = (at + 1) & mask;
  if (slots_[at].kinds == 0) {
    slots_[at].hash = hash;
    ++used_;
  }
  return slots_[at];
}

void Lists::Grow() {
  std::vector<Listed> old(slots_.empty() ? size_t{1} << 19 : slots_.size() * 2);
  old.swap(slots_);
  const size_t mask = slots_.size() - 1;
  for (const Listed& entry : old) {
    if (entry.kinds == 0) continue;
    size_t at = (entry.hash ^ (entry.hash >> 32)) & mask;
    while (slots_[at].kinds != 0) at = (at + 1) & mask;
    slots_[at] = entry;
  }
}

const Listed* Lists::Find(uint64_t hash) const {
  const size_t mask = slots_.size() - 1;
  for (size_t at = (hash ^ (hash >> 32)) & mask; slots_[at].kinds != 0; at = (at + 1) & mask)
    if (slots_[at].hash == hash) return &slots_[at];
  return nullptr;
}

const Listed* Lists::FindCapitals(std::string_view word) const { return Find(Hash(word, Hash(kCapitalsMark))); }

void Lists::Add(std::string_view name, uint32_t kind, std::string_view canonical) {
  uint64_t hash = 0;
  if ((kind & kNamed) != 0 && InCapitals(name)) {
    hash = Hash(name, Hash(kCapitalsMark));
  } else {
    static thread_local std::string folded;
    Fold(name, folded);
    std::string_view rest = folded;
    hash = kHashSeed;
    while (true) {
      const std::string_view word = NextField(rest, ' ');
      // In a text the possessive ending is a word of its own: "People's Republic" begins with "people".
      if (const size_t owner = word.find('\'');
          owner != std::string_view::npos && (word.substr(owner) == "'s" || word.substr(owner) == "'"))
        Put(Hash(word.substr(0, owner), hash), kPrefix, {});
      hash = Hash(word, hash);
      if (rest.empty()) break;
      Put(hash, kPrefix, {});
      hash = Hash(" ", hash);
    }
    if ((kind & (kCountry | kMajorCity)) != 0 && folded.size() >= kShortestRepaired && folded.find(' ') == std::string::npos) {
      repair_names_.push_back({folded, hash});
    }
  }
  Put(hash, kind, canonical);
}

// The table is larger than a processor's cache: each slot is fetched while others are on their way.
void Lists::Put(uint64_t hash, uint32_t kinds, std::string_view canonical) {
  Pending& next = pending_[put_ % kInFlight];
  if (put_ >= kInFlight) Apply(next);
  ++put_;
  next = {hash, kinds, canonical};
  if (!slots_.empty()) __builtin_prefetch(&slots_[(hash ^ (hash >> 32)) & (slots_.size() - 1)], 1);
}

void Lists::Flush() {
  for (size_t at = put_ < kInFlight ? 0 : put_ - kInFlight; at < put_; ++at) Apply(pending_[at % kInFlight]);
  put_ = 0;
}

void Lists::Apply(const Pending& pending) {
  Listed& entry = Slot(pending.hash);
  entry.kinds |= pending.kinds;
  if ((pending.kinds & kNamed) == 0 || entry.canonical != 0) return;
  if (canonicals_.back() != pending.canonical) canonicals_.push_back(pending.canonical);
  entry.canonical = static_cast<uint32_t>(canonicals_.size() - 1);
}

void Lists::AddNames(std::string_view content, uint32_t kind) {
  ForEachLine(content, [&](std::string_view line) {
    std::string_view rest = line;
    const std::string_view canonical = rest.substr(0, rest.find('|'));
    while (!rest.empty()) {
      const std::string_view name = NextField(rest, '|');
      Add(name, kind, canonical);
      // "Johnson & Johnson" is written with the word as well.
      if (const size_t at = name.find(" & "); at != std::string_view::npos)
        Add(std::string(name.substr(0, at)) + " and " + std::string(name.substr(at + 3)), kind, canonical);
    }
  });
}

void Lists::AddTable(std::string_view content, uint32_t kind, int canonical_column) {
  ForEachLine(content, [&](std::string_view line) {
    std::string_view rest = line;
    const std::string_view name = NextField(rest, '\t');
    std::string_view canonical = name;
    for (int column = 1; column <= canonical_column; ++column) canonical = NextField(rest, '\t');
    Add(name, kind, canonical);
  });
}

void Lists::AddKeywords(std::string_view content) {
  ForEachLine(content, [&](std::string_view line) {
    const size_t colon = line.find(": ");
    if (colon == std::string_view::npos) return;
    for (const auto& [name, kind] : kKeywordClasses) {
      if (line.substr(0, colon) != name) continue;
      std::string_view rest = line.substr(colon + 2);
      while (!rest.empty()) Add(NextField(rest, '|'), kind, {});
    }
  });
}

// "de title: herr|frau": words of one language have keys of their own.
void Lists::AddLanguages(std::string_view content) {
  std::string folded;
  ForEachLine(content, [&](std::string_view line) {
    const size_t colon = line.find(": ");
    if (colon == std::string_view::npos || line.size() < 3 || line[2] != ' ') return;
    const uint64_t seed = MakeLanguage(line.substr(0, 2)).seed;
    for (const auto& [name, kind] : kKeywordClasses) {
      if (line.substr(3, colon - 3) != name) continue;
      for (std::string_view rest = line.substr(colon + 2); !rest.empty();) {
        Fold(NextField(rest, '|'), folded);
        Put(Hash(folded, seed), kind, {});
      }
    }
  });
}

void Lists::AddForRepair(std::string_view folded, uint32_t of) {
  repairs_.push_back({Hash(folded), of});
  if (const std::string squeezed = Squeeze(folded); squeezed.size() < folded.size()) repairs_.push_back({Hash(squeezed), of});
  for (size_t i = 0; i < folded.size(); ++i) repairs_.push_back({Hash(folded.substr(i + 1), Hash(folded.substr(0, i))), of});
}

const Listed* Lists::FindMisspelt(std::string_view folded) const {
  if (folded.size() < kShortestRepaired || folded.size() > 32) return nullptr;
  const Listed* found = nullptr;
  bool several = false;
  const auto look = [&](uint64_t hash) {
    auto at = std::lower_bound(repairs_.begin(), repairs_.end(), hash,
                               [](const Repair& repair, uint64_t value) { return repair.hash < value; });
    for (; at != repairs_.end() && at->hash == hash; ++at) {
      const RepairName& name = repair_names_[at->name];
      if (name.folded.front() != folded.front() ||
          (!OneSlipApart(folded, name.folded) && Squeeze(folded) != Squeeze(name.folded)))
        continue;
      const Listed* listed = Find(name.hash);
      if (found != nullptr && Canonical(*found) != Canonical(*listed)) several = true;
      found = listed;
    }
  };
  look(Hash(folded));
  look(Hash(Squeeze(folded)));
  for (size_t i = 0; i < folded.size(); ++i) look(Hash(folded.substr(i + 1), Hash(folded.substr(0, i))));
  return several ? nullptr : found;
}

Result<std::shared_ptr<const Lists>> Lists::Load(const std::string& data_dir) {
  static std::mutex mutex;
  static std::map<std::string, std::shared_ptr<const Lists>> loaded;  // for the life of the process, as the plugin itself
  const std::lock_guard<std::mutex> lock(mutex);
  if (const auto known = loaded.find(data_dir); known != loaded.end()) return known->second;

  const std::shared_ptr<Lists> lists(new Lists);
  const auto read = [&](const char* name, std::string_view* content) { return lists->Read(data_dir + "/" + name, content); };
  std::string_view content;
  // The order decides whose canonical name a spelling gets: countries before the towns that are named like one.
  if (Status s = read("countries_extra.txt", &content); !s.ok()) return s;
  lists->AddNames(content, kCountry);
  if (Status s = read("countries.tsv", &content); !s.ok()) return s;
  lists->AddTable(content, kCountry, 2);
  if (Status s = read("cities_major.txt", &content); !s.ok()) return s;
  lists->AddNames(content, kMajorCity);
  const std::pair<const char*, uint32_t> names[] = {
      {"groups.txt", kGroup}, {"organisations.txt", kOrganisation}, {"places.txt", kPlace}};
  for (const auto& [name, kind] : names) {
    if (Status s = read(name, &content); !s.ok()) return s;
    lists->AddNames(content, kind);
  }
  const std::pair<const char*, uint32_t> tables[] = {{"cities.tsv", kCity},
                                                     {"subdivisions.txt", kSubdivision},
                                                     {"first_names.txt", kFirstName},
                                                     {"surnames.txt", kSurname},
                                                     {"words.txt", kOrdinary}};
  for (const auto& [name, kind] : tables) {
    if (Status s = read(name, &content); !s.ok()) return s;
    lists->AddTable(content, kind, 0);
  }
  if (Status s = read("keywords.txt", &content); !s.ok()) return s;
  lists->AddKeywords(content);
  if (Status s = read("languages.txt", &content); !s.ok()) return s;
  lists->AddLanguages(content);
  if (Status s = read("known_surnames.txt", &content); !s.ok()) return s;
  lists->AddNames(content, kKnownSurname);
  lists->Flush();
  size_t letters = 0;
  for (const RepairName& name : lists->repair_names_) letters += name.folded.size() + 2;
  lists->repairs_.reserve(letters);
  // What is one slip away from two names is repaired to neither; foreign names of a country all lead to the same one.
  for (uint32_t i = 0; i < lists->repair_names_.size(); ++i) lists->AddForRepair(lists->repair_names_[i].folded, i);
  std::sort(lists->repairs_.begin(), lists->repairs_.end(),
            [](const Repair& a, const Repair& b) { return a.hash != b.hash ? a.hash < b.hash : a.name < b.name; });
  loaded[data_dir] = lists;
  return std::shared_ptr<const Lists>(lists);
}

}  // namespace garner::entity_tagger
