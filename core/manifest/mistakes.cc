#include "core/manifest/mistakes.h"

#include <fmt/format.h>

#include <algorithm>
#include <tuple>

#include "core/manifest/quote.h"

namespace garner {
namespace {

auto SortKey(const Place& place) { return std::make_tuple(place.origin, place.argument, place.line, place.column); }

}  // namespace

std::string Mistake::ToString() const {
  std::string out = EscapeControls(file);
  if (line > 0) out += fmt::format(":{}:{}", line, column);
  if (!out.empty()) out += ": ";
  if (!path.empty()) out += EscapeControls(path) + ": ";
  return out + EscapeControls(message);
}

Mistakes::Mistakes(std::string manifest_path, const Overrides& overrides)
    : manifest_path_(std::move(manifest_path)), overrides_(&overrides) {}

void Mistakes::Add(const Place& place, const std::string& path, std::string message) {
  if (found_.size() == kMaxKept) {
    ++left_out_;
    return;
  }
  Mistake mistake{manifest_path_, place.line, place.column, path, std::move(message)};
  if (place.origin == Place::Origin::kInput) mistake.file = "--input";
  if (place.origin == Place::Origin::kSet) {
    mistake.file = "--set";
    mistake.path = SetTarget(overrides_->sets.at(static_cast<size_t>(place.argument)));
  }
  if (place.origin != Place::Origin::kManifest) mistake.line = mistake.column = 0;
  found_.push_back({place, std::move(mistake)});
}

std::vector<Mistake> Mistakes::Take() {
  std::stable_sort(found_.begin(), found_.end(),
                   [](const Found& a, const Found& b) { return SortKey(a.place) < SortKey(b.place); });
  std::vector<Mistake> out;
  for (Found& found : found_) {
    // An alias shows the same mistake at the same place once for each use.
    const bool seen = std::any_of(out.begin(), out.end(), [&](const Mistake& other) {
      return other.line == found.mistake.line && other.column == found.mistake.column && other.file == found.mistake.file &&
             other.path == found.mistake.path && other.message == found.mistake.message;
    });
    if (!seen) out.push_back(std::move(found.mistake));
  }
  if (left_out_ > 0) out.push_back({manifest_path_, 0, 0, "", fmt::format("{} more mistakes are not shown", left_out_)});
  found_.clear();
  left_out_ = 0;
  return out;
}

std::string SetTarget(std::string_view argument) {
  constexpr size_t kMaxTarget = 200;
  return std::string(argument.substr(0, std::min(argument.find('='), kMaxTarget)));
}

}  // namespace garner
