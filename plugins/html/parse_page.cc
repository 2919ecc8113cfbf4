#include "parse_page.h"

#include <libxml/HTMLparser.h>
#include <libxml/parserInternals.h>

#include <cassert>
#include <exception>
#include <limits>
#include <memory>
#include <string>
#include <unordered_map>

namespace garner::html {
namespace {

// Collects the parser's events. Callbacks come through C frames, which no exception may cross: see Guarded.
class Collector {
 public:
  Collector(const Prepared& page, std::string_view text, ElementNames& names, uint64_t max_nodes)
      : page_(page), names_(names), max_nodes_(max_nodes), locator_(page, text) {
    tree_.nodes.reserve(2 * page.tags.size() + 16);
    tree_.pieces.reserve(page.text.size() + 16);
    tree_.nodes.push_back({tag::kKnown, kNoNode, kNoNode, kNoTag, 0});
    open_.push_back(0);
  }

  void Begin(htmlParserCtxtPtr parser) { parser_ = parser; }

  void StartElement(const xmlChar* name) {
    if (!Room()) return;
    const ElementId id = Find(name);
    open_.push_back(static_cast<NodeId>(tree_.nodes.size()));
    const NodeId parent = open_[open_.size() - 2];
    tree_.nodes.push_back({id, parent, kNoNode, TagAt(id), static_cast<uint32_t>(tree_.pieces.size())});
  }

  // The parser's ends match its starts; where one day they do not, ends of what is not open are ignored.
  void EndElement(const xmlChar* name) {
    if (open_.size() < 2 || failed_) return;
    const ElementId id = Find(name);
    size_t at = open_.size() - 1;
    while (at > 0 && tree_.nodes[open_[at]].element != id) --at;
    if (at == 0) return;
    while (open_.size() > at) Close();
  }

  void Characters(const xmlChar* text, int size) {
    if (size <= 0 || !Room()) return;
    const std::string_view run(reinterpret_cast<const char*>(text), static_cast<size_t>(size));
    const bool continues = tree_.nodes.back().is_text() && tree_.nodes.back().parent == open_.back();
    if (!continues) {
      const auto pieces = static_cast<uint32_t>(tree_.pieces.size());
      const auto next = static_cast<NodeId>(tree_.nodes.size() + 1);
      tree_.nodes.push_back({kTextNode, open_.back(), next, kNoTag, pieces});
    }
    locator_.Locate(run, Consumed(), tree_.pieces);
  }

  // Runs `work` so that no exception passes through the parser's C code.
  template <typename Work>
  void Guarded(Work work) noexcept {
    try {
      work();
    } catch (...) {
      failure_ = std::current_exception();
      Stop();
    }
  }

  Result<Tree> Finish() {
    if (failure_) std::rethrow_exception(failure_);
    if (failed_) {
      return Status(StatusKind::kLimit, "the page has more than " + std::to_string(max_nodes_) + " elements and texts; option 'max_nodes' allows more");
    }
    while (!open_.empty()) Close();
    tree_.rewritten = locator_.TakeRewritten();
    tree_.located_bytes = locator_.located_bytes();
    tree_.lost_bytes = locator_.lost_bytes();
    // A sentinel, so that the pieces of node i end where those of node i + 1 begin.
    tree_.nodes.push_back({kTextNode, kNoNode, static_cast<NodeId>(tree_.nodes.size() + 1), kNoTag, static_cast<uint32_t>(tree_.pieces.size())});
    return std::move(tree_);
  }

 private:
  bool Room() {
    if (tree_.nodes.size() < max_nodes_) return true;
    failed_ = true;
    Stop();
    return false;
  }

  void Stop() {
    failed_ = true;
    if (parser_ != nullptr) xmlStopParser(parser_);
  }

  void Close() {
    tree_.nodes[open_.back()].next = static_cast<NodeId>(tree_.nodes.size());
    open_.pop_back();
  }

  uint64_t Consumed() const {
    const long consumed = xmlByteConsumed(parser_);
    return consumed < 0 ? 0 : static_cast<uint64_t>(consumed);
  }

  // The parser hands out names from its dictionary: equal names have equal addresses.
  ElementId Find(const xmlChar* name) {
    const auto [entry, added] = ids_.try_emplace(name, 0);
    if (added) entry->second = names_.Find(reinterpret_cast<const char*>(name));
    return entry->second;
  }

  // The start tag that the parser has just read: the last one that begins before the place it has reached. An element that the
  // page implies is reported at the tag or text that implies it, and has none.
  uint32_t TagAt(ElementId id) {
    const uint64_t consumed = Consumed();
    while (next_tag_ < page_.tags.size() && page_.tags[next_tag_].markup_begin < consumed) ++next_tag_;
    const size_t at = next_tag_ - 1;
    if (next_tag_ == 0 || page_.tags[at].element != id || at == taken_tag_) return kNoTag;
    taken_tag_ = at;
    return static_cast<uint32_t>(at);
  }

  const Prepared& page_;
  ElementNames& names_;
  uint64_t max_nodes_;
  TextLocator locator_;
  htmlParserCtxtPtr parser_ = nullptr;
  Tree tree_;
  std::vector<NodeId> open_;
  std::unordered_map<const xmlChar*, ElementId> ids_;
  size_t next_tag_ = 0;
  size_t taken_tag_ = std::numeric_limits<size_t>::max();
  bool failed_ = false;
  std::exception_ptr failure_;
};

Collector& Self(void* context) { return *static_cast<Collector*>(context); }

void OnStartElement(void* context, const xmlChar* name, const xmlChar**) {
  Self(context).Guarded([&] { Self(context).StartElement(name); });
}
void OnEndElement(void* context, const xmlChar* name) {
  Self(context).Guarded([&] { Self(context).EndElement(name); });
}
void OnCharacters(void* context, const xmlChar* text, int size) {
  Self(context).Guarded([&] { Self(context).Characters(text, size); });
}

htmlSAXHandler Handler() {
  htmlSAXHandler handler{};
  handler.startElement = OnStartElement;
  handler.endElement = OnEndElement;
  handler.characters = OnCharacters;
  handler.ignorableWhitespace = OnCharacters;
  handler.cdataBlock = OnCharacters;
  return handler;
}

struct FreeParser {
  void operator()(htmlParserCtxtPtr parser) const { htmlFreeParserCtxt(parser); }
};

}  // namespace

Result<Tree> ParsePage(const Prepared& page, std::string_view text, ElementNames& names, uint64_t max_nodes) {
  Collector collector(page, text, names, max_nodes);
  if (page.markup.empty()) return collector.Finish();
  assert(page.markup.size() < static_cast<size_t>(std::numeric_limits<int>::max()));
  const std::unique_ptr<htmlParserCtxt, FreeParser> parser(htmlCreateMemoryParserCtxt(page.markup.data(), static_cast<int>(page.markup.size())));
  if (parser == nullptr) return Status(StatusKind::kInternal, "libxml2 cannot make a parser: out of memory");
  htmlSAXHandler handler = Handler();
  htmlSAXHandlerPtr own = parser->sax;
  parser->sax = &handler;
  parser->userData = &collector;
  htmlCtxtUseOptions(parser.get(), HTML_PARSE_RECOVER | HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING | HTML_PARSE_NONET |
                                       HTML_PARSE_NODEFDTD | HTML_PARSE_IGNORE_ENC);
  xmlSwitchEncoding(parser.get(), XML_CHAR_ENCODING_UTF8);
  collector.Begin(parser.get());
  htmlParseDocument(parser.get());
  parser->sax = own;
  return collector.Finish();
}

}  // namespace garner::html
