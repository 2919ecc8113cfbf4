#include "json_ld.h"

#include <string.h>

#include <algorithm>
#include <deque>
#include <map>
#include <nlohmann/json.hpp>
#include <string>

#include "ascii.h"
#include "garner/dates.h"
#include "references.h"

namespace garner::html {
namespace {

using nlohmann::json;

constexpr double kStated = 0.9;
constexpr double kDoubtful = 0.5;
constexpr int kArticle = 4;  // of the ranks of types

// What is read of all values together, in bytes: nodes may name the same long list or text again and again. No page that means well comes
// near. A value costs so much besides its own bytes.
constexpr size_t kMaxValueBytes = 16 << 20;
constexpr size_t kCostOfValue = 256;
// What is searched for the places of all values together; the evidence of those after that is their whole block.
constexpr size_t kMaxSearchedBytes = 64 << 20;

// What people put around the JSON: HTML comments and CDATA marks, and a semicolon behind it.
std::string_view Unwrapped(std::string_view body) {
  const size_t begin = body.find_first_of("{[");
  const size_t end = body.find_last_of("}]");
  if (begin == std::string_view::npos || end == std::string_view::npos || end < begin) return {};
  // The '[' of a CDATA mark is not the JSON's.
  if (const size_t cdata = body.find("<![CDATA["); cdata != std::string_view::npos && cdata < begin) {
    const std::string_view inner = body.substr(cdata + 9);
    return Unwrapped(inner.substr(0, inner.rfind("]]>")));
  }
  return body.substr(begin, end - begin + 1);
}

// Deepest nesting of brackets outside strings, found without parsing.
size_t Nesting(std::string_view body) {
  size_t depth = 0;
  size_t deepest = 0;
  bool in_string = false;
  for (size_t at = 0; at < body.size(); ++at) {
    const char c = body[at];
    if (in_string) {
      if (c == '\\') ++at;
      if (c == '"') in_string = false;
    } else if (c == '"') {
      in_string = true;
    } else if (c == '{' || c == '[') {
      deepest = std::max(deepest, ++depth);
    } else if ((c == '}' || c == ']') && depth > 0) {
      --depth;
    }
  }
  return deepest;
}

// JSON allows no raw control characters inside strings; pages have them, line breaks above all.
std::string WithoutControls(std::string_view body) {
  std::string out(body);
  for (char& c : out)
    if (static_cast<unsigned char>(c) < 0x20) c = ' ';
  return out;
}

const json* Member(const json& object, const char* key) {
  const auto found = object.find(key);
  return found == object.end() ? nullptr : &*found;
}

std::string StringOf(const json* value) { return value != nullptr && value->is_string() ? value->get<std::string>() : std::string(); }

// An address without what makes no difference: scheme, fragment, slash at the end.
std::string_view BareUrl(std::string_view url) {
  url = url.substr(0, url.find('#'));
  if (const size_t scheme = url.find("://"); scheme != std::string_view::npos) url.remove_prefix(scheme + 3);
  while (!url.empty() && url.back() == '/') url.remove_suffix(1);
  return url;
}

struct SchemaNode {
  const json* object = nullptr;
  Span block;
  int score = 0;
  bool is_text = false;  // an article, a product ... of its own, not the page as such or a part of something else
};

class Reader {
 public:
  Reader(std::string_view text, std::string_view canonical_url, const JsonLdLimits& limits, Candidates& out)
      : text_(text), canonical_url_(BareUrl(canonical_url)), limits_(limits), out_(out) {}

  JsonLdResult Run(const std::vector<Span>& blocks) {
    for (const Span& block : blocks) Parse(block);
    // Best first; among equals the one that the page has first.
    std::stable_sort(nodes_.begin(), nodes_.end(), [](const SchemaNode& a, const SchemaNode& b) { return a.score > b.score; });
    Gather();
    GatherTexts();
    return std::move(result_);
  }

 private:
  void Parse(Span block) {
    const std::string_view body = Unwrapped(text_.substr(block.begin, block.size()));
    if (body.size() > limits_.max_bytes || Nesting(body) > limits_.max_depth) {
      ++result_.refused;
      return;
    }
    json parsed = json::parse(WithoutControls(body), nullptr, false, true);
    if (parsed.is_discarded()) {
      ++result_.invalid;
      return;
    }
    roots_.push_back(std::move(parsed));
    Collect(roots_.back(), block);
  }

  struct Step {
    const json* value;
    int depth;  // objects above this one, graphs and arrays not counted
  };

  void Collect(const json& root, Span block) {
    std::vector<Step> todo{{&root, 0}};
    while (!todo.empty() && visited_ < limits_.max_nodes) {
      const Step step = todo.back();
      todo.pop_back();
      ++visited_;
      if (step.value->is_array()) {
        // Backwards, because the last one in is the first one out.
        for (auto item = step.value->rbegin(); item != step.value->rend(); ++item)
          if (item->is_structured()) todo.push_back({&*item, step.depth});
        continue;
      }
      if (!step.value->is_object()) continue;
      AddNode(*step.value, block, step.depth);
      for (auto item = step.value->rbegin(); item != step.value->rend(); ++item) {
        if (!item->is_structured()) continue;
        const bool same_level = item.key() == "@graph" || item.key() == "mainEntity" || item.key() == "mainEntityOfPage";
        todo.push_back({&*item, step.depth + !same_level});
      }
    }
  }

  void AddNode(const json& object, Span block, int depth) {
    if (const std::string id = StringOf(Member(object, "@id")); !id.empty() && object.size() > 1) by_id_.emplace(id, &object);
    const int rank = TypeRank(Member(object, "@type"));
    if (rank == 0) return;
    int score = 10 * rank - 25 * std::min(depth, 3);
    if (IsThisPage(object)) score += 15;
    answers_questions_ = answers_questions_ || IsType(object, "FAQPage");
    nodes_.push_back({&object, block, score, rank >= 3 && depth == 0});
  }

  static bool IsType(const json& object, std::string_view type) { return StringOf(Member(object, "@type")) == type; }

  bool IsThisPage(const json& object) const {
    if (canonical_url_.empty()) return false;
    for (const char* key : {"url", "@id", "mainEntityOfPage"}) {
      const json* value = Member(object, key);
      if (value != nullptr && value->is_object()) value = Member(*value, "@id");
      if (value != nullptr && value->is_string() && BareUrl(value->get_ref<const std::string&>()) == canonical_url_) return true;
    }
    return false;
  }

  static int TypeRank(const json* type) {
    if (type == nullptr) return 0;
    if (type->is_array()) {
      int best = 0;
      for (const json& one : *type)
        if (one.is_string()) best = std::max(best, TypeRank(&one));
      return best;
    }
    if (!type->is_string()) return 0;
    std::string_view name = type->get_ref<const std::string&>();
    name = name.substr(name.find_last_of("/:#") + 1);
    const auto ends = [&](std::string_view suffix) { return name.size() >= suffix.size() && name.substr(name.size() - suffix.size()) == suffix; };
    if (ends("Article") || ends("Posting") || name == "Report" || name == "OpinionPiece") return kArticle;
    for (const std::string_view content : {"Recipe", "Review", "Product", "ProductGroup", "Event", "Course", "Book", "Movie", "Dataset", "HowTo",
                                           "SoftwareApplication", "VideoObject", "PodcastEpisode", "Question", "CreativeWork", "Episode"})
      if (name == content) return 3;
    if (ends("Page")) return 2;
    return name == "WebSite" ? 1 : 0;
  }

  void Gather() {
    AddFirst("title", {"headline", "name"}, 2);
    AddFirst("authors", {"author", "creator"}, 2);
    AddFirst("date_published", {"datePublished", "dateCreated", "uploadDate"}, 2);
    AddFirst("publisher", {"publisher", "sourceOrganization"}, 2);
    AddFirst("description", {"description"}, 2);
    AddFirst("section", {"articleSection"}, 2);
    AddFirst("tags", {"keywords"}, 2);
    AddFirst("language", {"inLanguage"}, 1);
    AddFirst("licence", {"license"}, 2);
    AddFirst("canonical_url", {"url"}, 2);
    AddSiteName();
  }

  // From the best node that says it, apart from those that are only the site.
  void AddFirst(std::string_view key, std::initializer_list<const char*> members, int min_rank) {
    for (const SchemaNode& node : nodes_) {
      if (TypeRank(Member(*node.object, "@type")) < min_rank || (answers_questions_ && IsType(*node.object, "Question"))) continue;
      for (const char* member : members) {
        const size_t before = out_.all().size();
        if (const json* value = Member(*node.object, member)) AddValues(key, *value, node.block, 4, Confidence(key, member, node));
        if (out_.all().size() > before) return;
      }
    }
  }

  // The date of the page as such is often that of its address or its template, that of a part is the part's.
  static double Confidence(std::string_view key, std::string_view member, const SchemaNode& node) {
    const bool doubtful = key == "date_published" && (!node.is_text || member == "uploadDate");
    return doubtful ? kDoubtful : kStated;
  }

  // Of the best node that is a text: what it says, then its answers and comments. An article's description is no part of it.
  void GatherTexts() {
    const auto node = std::find_if(nodes_.begin(), nodes_.end(), [](const SchemaNode& one) { return one.is_text; });
    if (node == nodes_.end()) return;
    const bool article = TypeRank(Member(*node->object, "@type")) == kArticle;
    result_.texts_block = node->block;
    AddTextOf(*node->object, !article);
    for (const char* replies : {"acceptedAnswer", "suggestedAnswer", "comment"}) {
      const json* value = Member(*node->object, replies);
      if (value == nullptr) continue;
      if (value->is_object()) AddTextOf(*value, false);
      if (!value->is_array()) continue;
      for (const json& reply : *value)
        if (reply.is_object()) AddTextOf(reply, false);
    }
  }

  void AddTextOf(const json& object, bool description) {
    for (const char* property : {"articleBody", "text", "reviewBody", "description"}) {
      const std::string value = StringOf(Member(object, property));
      if (value.empty() || (!description && property == std::string_view("description"))) continue;
      result_.texts.push_back({property, value});
      return;
    }
  }

  void AddSiteName() {
    for (const SchemaNode& node : nodes_)
      if (IsType(*node.object, "WebSite")) return AddText("publisher", StringOf(Member(*node.object, "name")), node.block, 0.6);
  }

  // A value is a text, an object with a name, a reference to one, or a list of these. `budget` bounds how deep lists and references go.
  void AddValues(std::string_view key, const json& value, Span block, int budget, double confidence) {
    if (budget == 0 || !MayRead(kCostOfValue)) return;
    if (value.is_string()) return AddText(key, value.get_ref<const std::string&>(), block, confidence);
    if (value.is_array()) {
      for (const json& item : value) {
        AddValues(key, item, block, budget - 1, confidence);
        if (key != "authors" && key != "tags") return;
      }
      return;
    }
    if (!value.is_object()) return;
    const char* member = key == "language" ? "alternateName" : key == "licence" || key == "canonical_url" ? "url" : "name";
    if (const json* name = Member(value, member)) return AddValues(key, *name, block, budget - 1, confidence);
    const auto referred = by_id_.find(StringOf(Member(value, "@id")));
    if (referred != by_id_.end() && referred->second != &value) AddValues(key, *referred->second, block, budget - 1, confidence);
  }

  bool MayRead(size_t bytes) {
    value_bytes_ += bytes;
    return value_bytes_ <= kMaxValueBytes;
  }

  void AddText(std::string_view key, const std::string& raw, Span block, double confidence) {
    if (!MayRead(raw.size())) return;
    const std::string value = raw.find('&') == std::string::npos ? raw : DecodeReferences(raw, false);
    const Span evidence = EvidenceOf(raw, block);
    if (key == "date_published") return out_.Add(key, NormalizeDate(value), "json_ld", confidence, evidence);
    if (key == "authors" && LooksLikeUrl(value)) return;
    if (key != "tags") return out_.Add(key, value, "json_ld", confidence, evidence);
    for (size_t at = 0; at < value.size();) {
      const size_t end = std::min(value.find(',', at), value.size());
      out_.Add(key, std::string_view(value).substr(at, end - at), "json_ld", confidence, evidence);
      at = end + 1;
    }
  }

  // Where the block has the value as it is (without escapes), else the whole block.
  Span EvidenceOf(const std::string& value, Span block) {
    if (searched_bytes_ > kMaxSearchedBytes) return block;
    const char* const begin = text_.data() + block.begin;
    // Not string_view's find, which takes the product of the sizes where the value repeats itself.
    const auto* const found = static_cast<const char*>(memmem(begin, block.size(), value.data(), value.size()));
    const size_t at = found == nullptr ? block.size() : static_cast<size_t>(found - begin);
    searched_bytes_ += at;
    return found == nullptr ? block : Span{block.begin + at, block.begin + at + value.size()};
  }

  std::string_view text_;
  std::string_view canonical_url_;
  const JsonLdLimits& limits_;
  Candidates& out_;
  std::deque<json> roots_;  // a deque: nodes point into them
  std::vector<SchemaNode> nodes_;
  std::map<std::string, const json*> by_id_;
  size_t visited_ = 0;
  size_t value_bytes_ = 0;
  size_t searched_bytes_ = 0;
  bool answers_questions_ = false;  // a list of frequent questions: none of them is the page's title
  JsonLdResult result_;
};

}  // namespace

JsonLdResult AddJsonLdCandidates(std::string_view text, const std::vector<Span>& blocks, std::string_view canonical_url, const JsonLdLimits& limits,
                                 Candidates& candidates) {
  return Reader(text, canonical_url, limits, candidates).Run(blocks);
}

}  // namespace garner::html
