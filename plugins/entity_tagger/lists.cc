#include "lists.h"

#include <algorithm>
#include <cstring>
#include <map>
#include <mutex>
#include <utility>

#include "garner/utf8.h"

namespace garner::entity_tagger {
namespace {

// Takes `count` items off the front of `rest`, which is large enough.
template <typename Item>
const Item* Section(std::string_view& rest, size_t count) {
  const auto* items = reinterpret_cast<const Item*>(rest.data());
  rest.remove_prefix(count * sizeof(Item));
  return items;
}

uint64_t BytesOf(const ListsHeader& header) {
  return sizeof(ListsHeader) + uint64_t{header.slots} * sizeof(uint64_t) + uint64_t{header.entries} * sizeof(Listed) +
         uint64_t{header.repairs} * sizeof(Repair) + uint64_t{header.repair_names} * sizeof(RepairName) +
         uint64_t{header.strings} * sizeof(uint32_t) + header.string_bytes;
}

Status NoLists(const std::string& name, const std::string& what) {
  return Status(StatusKind::kUnreadable, name + ": " + what + "; reinstall the plugin, whose build makes this file");
}

std::string Counted(std::string_view what, size_t number, std::string_view leads_to) {
  return std::string(what) + " " + std::to_string(number) + " leads to no " + std::string(leads_to);
}

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

Result<Lists> Lists::Parse(std::string_view bytes, const std::string& name) {
  Lists lists;
  ListsHeader& header = lists.header_;
  if (bytes.size() < sizeof header) return NoLists(name, "too short for lists of entity_tagger");
  std::memcpy(&header, bytes.data(), sizeof header);
  if (std::string_view(header.magic, sizeof header.magic) != kListsMagic)
    return NoLists(name, "not lists of this version of entity_tagger");
  if (header.slots == 0 || header.slots > kMaxSlots || header.entries > kMaxEntries || header.strings == 0)
    return NoLists(name, "the header makes no sense");
  if (bytes.size() != BytesOf(header))
    return NoLists(name, std::to_string(bytes.size()) + " bytes where the header says " + std::to_string(BytesOf(header)));
  std::string_view rest = bytes.substr(sizeof header);
  lists.slots_ = Section<uint64_t>(rest, header.slots);
  lists.entries_ = Section<Listed>(rest, header.entries);
  lists.repairs_ = Section<Repair>(rest, header.repairs);
  lists.repair_names_ = Section<RepairName>(rest, header.repair_names);
  lists.ends_ = Section<uint32_t>(rest, header.strings);
  lists.strings_ = rest;
  if (const std::string wrong = lists.Wrong(); !wrong.empty()) return NoLists(name, wrong);
  return lists;
}

// Every number is looked at once, so that nobody has to later; empty: all are sound.
std::string Lists::Wrong() const {
  bool empty_slot = false;
  for (size_t i = 0; i < header_.slots; ++i) {
    const uint64_t entry = slots_[i] & kEntryMask;
    if (entry > header_.entries) return Counted("slot", i, "entry");
    empty_slot = empty_slot || entry == 0;
  }
  if (!empty_slot) return "no slot is empty";  // a search would not end
  for (size_t i = 0; i < header_.entries; ++i)
    if (entries_[i].canonical >= header_.strings || entries_[i].code >= header_.strings) return Counted("entry", i, "string");
  for (size_t i = 0; i < header_.repairs; ++i)
    if (repairs_[i].name >= header_.repair_names) return Counted("repair", i, "name");
  for (size_t i = 0; i < header_.repair_names; ++i)
    if (repair_names_[i].folded >= header_.strings || repair_names_[i].entry >= header_.entries)
      return Counted("repaired name", i, "string or entry");
  uint32_t last = 0;
  for (size_t i = 0; i < header_.strings; ++i) {
    const uint32_t end = ends_[i];
    const bool inside = end < header_.string_bytes && (static_cast<unsigned char>(strings_[end]) & 0xC0U) == 0x80U;
    if (end < last || end > header_.string_bytes || inside) return "string " + std::to_string(i) + " ends where none can end";
    last = end;
  }
  if (ends_[0] != 0 || last != header_.string_bytes) return "the strings end elsewhere than the file";
  return IsValidUtf8(strings_) ? std::string() : "the strings are not valid UTF-8";
}

Result<std::shared_ptr<const Lists>> Lists::Load(const std::string& data_dir) {
  static std::mutex mutex;
  static std::map<std::string, std::weak_ptr<const Lists>> loaded;
  const std::lock_guard<std::mutex> lock(mutex);
  if (std::shared_ptr<const Lists> shared = loaded[data_dir].lock()) return shared;

  const std::string path = data_dir + "/" + kListsFile;
  Result<MappedFile> file = MappedFile::Open(path, "the compiled lists of entity_tagger");
  if (!file.ok()) return Status(file.status().kind(), file.status().message() + "; reinstall the plugin");
  Result<Lists> lists = Parse(file->bytes(), path);
  if (!lists.ok()) return lists.status();
  auto shared = std::make_shared<Lists>(*std::move(lists));
  shared->file_ = *std::move(file);
  loaded[data_dir] = shared;
  return std::shared_ptr<const Lists>(std::move(shared));
}

const Listed* Lists::Find(uint64_t hash) const {
  const uint64_t key = SlotKey(hash);
  for (size_t at = SlotOf(hash, header_.slots);; at = at + 1 == header_.slots ? 0 : at + 1) {
    const uint64_t slot = slots_[at];
    const uint64_t entry = slot & kEntryMask;
    if (entry == 0) return nullptr;
    if ((slot & ~kEntryMask) == key) return &entries_[entry - 1];
  }
}

// In the file "FR", "US-CA", "FR/geonames:2988507".
PlaceCode Lists::Code(const Listed& listed) const {
  const std::string_view code = String(listed.code);
  const size_t slash = code.find('/');
  return {slash == std::string_view::npos ? code : code.substr(slash + 1), code.substr(0, 2)};
}

const Listed* Lists::FindPlace(std::string_view canonical) const {
  constexpr uint32_t kPlaces = kCountry | kMajorCity | kCity | kSubdivision;
  static thread_local std::string folded;
  Fold(canonical, folded);
  const Listed* listed = InCapitals(canonical) ? FindCapitals(canonical) : Find(Hash(folded));
  return listed != nullptr && (listed->kinds & kPlaces) != 0 && Canonical(*listed) == canonical ? listed : nullptr;
}

const Listed* Lists::FindMisspelt(std::string_view folded) const {
  if (folded.size() < kShortestRepaired || folded.size() > 32) return nullptr;
  const Listed* found = nullptr;
  bool several = false;
  const Repair* const end = repairs_ + header_.repairs;
  const auto look = [&](uint64_t hash) {
    const Repair* at = std::lower_bound(repairs_, end, RepairHash(hash),
                                        [](const Repair& repair, uint32_t value) { return repair.hash < value; });
    for (; at != end && at->hash == RepairHash(hash); ++at) {
      const RepairName& meant = repair_names_[at->name];
      const std::string_view name = String(meant.folded);
      if (name.empty() || name.front() != folded.front() || (!OneSlipApart(folded, name) && Squeeze(folded) != Squeeze(name)))
        continue;
      const Listed* listed = &entries_[meant.entry];
      if (found != nullptr && Canonical(*found) != Canonical(*listed)) several = true;
      found = listed;
    }
  };
  look(Hash(folded));
  look(Hash(Squeeze(folded)));
  for (size_t i = 0; i < folded.size(); ++i) look(Hash(folded.substr(i + 1), Hash(folded.substr(0, i))));
  return several ? nullptr : found;
}

}  // namespace garner::entity_tagger
