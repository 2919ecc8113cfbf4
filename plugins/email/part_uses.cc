#include "part_uses.h"

#include "ascii.h"

namespace garner::email {
namespace {

bool IsOneOf(std::string_view type, std::initializer_list<std::string_view> types) {
  for (const std::string_view other : types)
    if (type == other) return true;
  return false;
}

bool HoldsText(std::string_view payload, const Part& part) {
  for (const char c : payload.substr(part.body.begin, part.body.size()))
    if (!IsBlank(c) && !IsLineEnd(c)) return true;
  return false;
}

class UseFinder {
 public:
  UseFinder(std::string_view payload, const std::vector<Part>& parts, bool prefer_html) : payload_(payload), parts_(parts), prefer_html_(prefer_html), uses_(parts.size()) {}

  std::vector<Use> Find() {
    for (size_t i = 0; i < parts_.size(); ++i) uses_[i] = UseOf(i);
    plain_ = Holding(Use::kText);
    html_ = Holding(Use::kHtml);
    LeaveOutAlternatives();
    return std::move(uses_);
  }

 private:
  Use UseOf(size_t i) const {
    const Part& part = parts_[i];
    if (part.children > 0) return Use::kContainer;
    const bool attached = i > 0 && part.disposition.value == "attachment";
    if (IsOneOf(part.media_type, {"application/pgp-signature", "application/pkcs7-signature", "application/x-pkcs7-signature"})) return Use::kSeal;
    if (IsOneOf(part.media_type, {"message/delivery-status", "message/disposition-notification", "message/feedback-report", "text/rfc822-headers"})) return Use::kReport;
    if (attached) return Use::kAttachment;
    // A multipart without parts is a text with a wrong name.
    if (part.media_type == "text/plain" || part.IsMultipart()) return Use::kText;
    return part.media_type == "text/html" ? Use::kHtml : Use::kAttachment;
  }

  // For each part whether it, or what is in it, has that use. Parts stand behind the one that holds them.
  std::vector<bool> Holding(Use use) const {
    std::vector<bool> holds(parts_.size());
    for (size_t i = parts_.size(); i-- > 0;) {
      holds[i] = holds[i] || (uses_[i] == use && HoldsText(payload_, parts_[i]));
      if (holds[i] && parts_[i].parent >= 0) holds[static_cast<size_t>(parts_[i].parent)] = true;
    }
    return holds;
  }

  // The last form is the one that the sender thinks best.
  std::vector<int> ChosenForms() const {
    std::vector<int> chosen(parts_.size(), -1);
    for (const bool wanted : {false, true})
      for (size_t i = 0; i < parts_.size(); ++i) {
        const int parent = parts_[i].parent;
        const std::vector<bool>& holds = wanted == prefer_html_ ? html_ : plain_;
        if (parent >= 0 && parts_[static_cast<size_t>(parent)].media_type == "multipart/alternative" && holds[i]) chosen[static_cast<size_t>(parent)] = static_cast<int>(i);
      }
    return chosen;
  }

  // What is attached to a form that is left out stays.
  void LeaveOutAlternatives() {
    const std::vector<int> chosen = ChosenForms();
    std::vector<bool> left_out(parts_.size());
    for (size_t i = 0; i < parts_.size(); ++i) {
      if (parts_[i].parent < 0) continue;
      const auto parent = static_cast<size_t>(parts_[i].parent);
      left_out[i] = left_out[parent] || (chosen[parent] >= 0 && chosen[parent] != static_cast<int>(i));
      if (left_out[i] && (uses_[i] == Use::kText || uses_[i] == Use::kHtml)) uses_[i] = Use::kAlternative;
    }
  }

  const std::string_view payload_;
  const std::vector<Part>& parts_;
  const bool prefer_html_;
  std::vector<Use> uses_;
  std::vector<bool> plain_;
  std::vector<bool> html_;
};

}  // namespace

std::vector<Use> FindUses(std::string_view payload, const std::vector<Part>& parts, bool prefer_html) { return UseFinder(payload, parts, prefer_html).Find(); }

std::string PartName(const Part& part, Use use, size_t number) {
  if (std::string name = part.disposition.Get("filename"); !name.empty()) return name;
  if (std::string name = part.content_type.Get("name"); !name.empty()) return name;
  if (use == Use::kHtml) return "body.html";
  if (part.media_type == "message/rfc822") return "message.eml";
  return "part-" + std::to_string(number);
}

}  // namespace garner::email
