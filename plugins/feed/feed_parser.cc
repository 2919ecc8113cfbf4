#include "feed_parser.h"

#include <libxml/HTMLparser.h>
#include <libxml/parser.h>
#include <libxml/parserInternals.h>
#include <libxml/uri.h>

#include <algorithm>
#include <cstring>
#include <utility>
#include <vector>

#include "garner/escape.h"
#include "garner/utf8.h"

namespace garner::feed {
namespace {

constexpr size_t kMaxMessage = 200;
constexpr size_t kTailBytes = 64;
// A longer address is none; to make a path of a million steps plain takes time.
constexpr size_t kMaxLinkBytes = 8192;

std::string_view View(const xmlChar* text) { return text == nullptr ? std::string_view() : reinterpret_cast<const char*>(text); }

// The attributes of a start tag, as SAX2 gives them.
class Attributes {
 public:
  Attributes(int count, const xmlChar** attributes) : count_(count), attributes_(attributes) {}

  std::string Get(std::string_view name, std::string_view prefix = "") const {
    for (int i = 0; i < count_; ++i)
      if (Name(i) == name && Prefix(i) == prefix) return Value(i);
    return {};
  }
  int count() const { return count_; }
  std::string_view Name(int i) const { return View(attributes_[5 * i]); }
  std::string_view Prefix(int i) const { return View(attributes_[5 * i + 1]); }
  // libxml2 leaves ampersands as references to themselves.
  std::string Value(int i) const {
    constexpr std::string_view kAmpersand = "&#38;";
    std::string value(reinterpret_cast<const char*>(attributes_[5 * i + 3]), reinterpret_cast<const char*>(attributes_[5 * i + 4]));
    size_t kept = 0;
    for (size_t at = 0; at < value.size(); ++kept) {
      const bool reference = value.compare(at, kAmpersand.size(), kAmpersand) == 0;
      value[kept] = value[at];
      at += reference ? kAmpersand.size() : 1;
    }
    value.resize(kept);
    return value;
  }

 private:
  int count_;
  const xmlChar** attributes_;
};

void AppendEscaped(std::string_view text, bool attribute, std::string& out) {
  for (const char c : text) {
    if (c == '<') {
      out += "&lt;";
    } else if (c == '&') {
      out += "&amp;";
    } else if (attribute && c == '"') {
      out += "&quot;";
    } else {
      out += c;
    }
  }
}

bool IsVoid(std::string_view name) {
  for (const std::string_view empty : {"br", "img", "hr", "wbr", "input", "source", "track", "embed", "area", "col", "link", "meta"})
    if (name == empty) return true;
  return false;
}

// `reference` as it is meant at `base`; as it stands where that cannot be said.
std::string Resolve(const std::string& reference, const std::string& base) {
  if (reference.empty() || base.empty() || reference.size() > kMaxLinkBytes || base.size() > kMaxLinkBytes) return reference;
  xmlChar* built = xmlBuildURI(reinterpret_cast<const xmlChar*>(reference.c_str()), reinterpret_cast<const xmlChar*>(base.c_str()));
  if (built == nullptr) return reference;
  std::string resolved = reinterpret_cast<const char*>(built);
  xmlFree(built);
  return resolved;
}

bool IsHtmlType(std::string_view type) { return type == "html" || type == "xhtml" || type == "text/html" || type == "application/xhtml+xml"; }

}  // namespace

// Takes what libxml2 sees, and makes entries of it.
class FeedParser::Handler {
 public:
  explicit Handler(const FeedLimits& limits) : limits_(limits) {
    xmlSAXHandler sax;
    std::memset(&sax, 0, sizeof sax);
    sax.initialized = XML_SAX2_MAGIC;
    sax.startElementNs = [](void* self, const xmlChar* name, const xmlChar* prefix, const xmlChar* uri, int, const xmlChar**, int count, int, const xmlChar** attributes) {
      static_cast<Handler*>(self)->Start(View(name), View(prefix), View(uri), Attributes(count, attributes));
    };
    sax.endElementNs = [](void* self, const xmlChar* name, const xmlChar* prefix, const xmlChar*) { static_cast<Handler*>(self)->Finish(View(name), View(prefix)); };
    sax.characters = [](void* self, const xmlChar* text, int size) { static_cast<Handler*>(self)->Text({reinterpret_cast<const char*>(text), static_cast<size_t>(size)}); };
    sax.ignorableWhitespace = sax.characters;
    sax.cdataBlock = sax.characters;
    sax.getEntity = [](void* self, const xmlChar* name) { return static_cast<Handler*>(self)->Entity(name); };
    sax.entityDecl = [](void* self, const xmlChar* name, int, const xmlChar*, const xmlChar*, xmlChar*) { static_cast<Handler*>(self)->RefuseEntity(View(name)); };
    sax.serror = [](void* self, xmlErrorPtr error) { static_cast<Handler*>(self)->Error(*error); };
    context_ = xmlCreatePushParserCtxt(&sax, this, nullptr, 0, nullptr);
    if (context_ != nullptr) xmlCtxtUseOptions(context_, XML_PARSE_NONET | XML_PARSE_RECOVER);
  }

  ~Handler() {
    if (context_ == nullptr) return;
    xmlFreeDoc(context_->myDoc);
    xmlFreeParserCtxt(context_);
  }

  Handler(const Handler&) = delete;
  Handler& operator=(const Handler&) = delete;

  void Parse(std::string_view bytes, bool last) {
    if (context_ == nullptr) status_ = Status(StatusKind::kInternal, "the XML parser cannot be made");
    if (!status_.ok()) return;
    tail_.append(bytes.substr(bytes.size() - std::min(bytes.size(), kTailBytes)));
    tail_.erase(0, tail_.size() - std::min(tail_.size(), kTailBytes));
    xmlParseChunk(context_, bytes.data(), static_cast<int>(bytes.size()), last ? 1 : 0);
    if (!last || !status_.ok()) return;
    if (entry_) CloseEntry("the feed ends inside it");
    if (root_.empty()) {
      status_ = Status(StatusKind::kInvalidInput, "it is no feed: " + (tail_.empty() ? "it holds nothing" : first_error_.empty() ? "it holds no element" : first_error_));
      return;
    }
    // Where the parser gave up, what it had not read is lost. Where end tags are missing, nothing is.
    if (open_elements_ > 0 && !EndsWithRoot()) status_ = Status(StatusKind::kInvalidInput, "the feed breaks off: " + (first_error_.empty() ? "it has no end" : first_error_));
  }

  std::deque<Entry>& ready() { return ready_; }
  const Status& status() const { return status_; }
  uint64_t errors() const { return errors_; }

 private:
  bool EndsWithRoot() const {
    const std::string_view tail = Trim(tail_);
    const std::string end = "</" + root_ + ">";
    return tail.size() >= end.size() && tail.substr(tail.size() - end.size()) == end;
  }

  // What the text of an element belongs to.
  enum class Field { kNone, kTitle, kForm, kId, kLink, kOriginalLink, kAuthor, kAuthorName, kTag, kPublished, kUpdated, kPublisher, kLanguage, kFeedLink };

  void Stop(Status status) {
    if (!status_.ok()) return;
    status_ = std::move(status);
    xmlStopParser(context_);
  }

  std::string Line() const { return "line " + std::to_string(xmlSAX2GetLineNumber(context_)); }

  xmlEntityPtr Entity(const xmlChar* name) {
    if (xmlEntityPtr predefined = xmlGetPredefinedEntity(name)) return predefined;
    // Names of HTML are no XML without a DTD, and stand in feeds all the same. In an attribute libxml2 takes one byte of them at most.
    if (context_->instate == XML_PARSER_ATTRIBUTE_VALUE) return nullptr;
    const htmlEntityDesc* html = htmlEntityLookup(name);
    if (html == nullptr) return nullptr;
    entity_name_ = View(name);
    entity_text_.clear();
    AppendUtf8(static_cast<char32_t>(html->value), entity_text_);
    std::memset(&entity_, 0, sizeof entity_);
    entity_.type = XML_ENTITY_DECL;
    entity_.etype = XML_INTERNAL_PREDEFINED_ENTITY;
    entity_.name = reinterpret_cast<const xmlChar*>(entity_name_.c_str());
    entity_.content = entity_.orig = reinterpret_cast<xmlChar*>(entity_text_.data());
    entity_.length = static_cast<int>(entity_text_.size());
    return &entity_;
  }

  void RefuseEntity(std::string_view name) {
    Stop(Status(StatusKind::kInvalidInput, Line() + ": the feed declares an entity of its own, '" + EscapeForTerminal(name, 40) + "', which could stand for any amount of text; feeds without declarations are accepted"));
  }

  void Error(const xmlError& error) {
    if (error.level < XML_ERR_ERROR) return;
    ++errors_;
    if (!first_error_.empty()) return;
    const std::string_view message = error.message == nullptr ? "an error without words" : Trim(error.message);
    first_error_ = "line " + std::to_string(error.line) + ": " + EscapeForTerminal(message, kMaxMessage);
  }

  void Start(std::string_view name, std::string_view prefix, std::string_view uri, const Attributes& attributes) {
    if (!status_.ok()) return;
    ++open_elements_;
    if (root_.empty() && !TakeRoot(name, prefix)) return;
    if (open_elements_ > limits_.max_depth)
      return Stop(Status(StatusKind::kLimit, Line() + ": elements stand more than " + std::to_string(limits_.max_depth) + " deep in each other: raise max_depth of the feed unpacker"));
    if (markup_depth_ > 0) return StartMarkup(name, prefix, attributes);
    if (name == "item" || name == "entry") {
      if (entry_) CloseEntry("");  // its end tag is missing
      return OpenEntry(attributes);
    }
    if (open_elements_ == 1 || name == "channel") TakeFeedAttributes(attributes);
    if (entry_) {
      if (open_elements_ == entry_depth_ + 1) StartField(name, prefix, uri, attributes);
      if (open_elements_ == entry_depth_ + 2 && field_ == Field::kAuthor && name == "name") {
        field_ = Field::kAuthorName;
        text_.clear();
      }
      return;
    }
    StartFeedField(name, prefix, attributes);
  }

  bool TakeRoot(std::string_view name, std::string_view prefix) {
    root_ = prefix.empty() ? std::string(name) : std::string(prefix) + ":" + std::string(name);
    for (const std::string_view known : {"rss", "feed", "RDF", "channel", "entry"})
      if (name == known) return true;
    Stop(Status(StatusKind::kInvalidInput, Line() + ": it is no feed: it begins with the element '" + EscapeForTerminal(root_, 60) + "'; rss, feed and rdf:RDF are accepted"));
    return false;
  }

  void TakeFeedAttributes(const Attributes& attributes) {
    if (std::string base = attributes.Get("base", "xml"); !base.empty()) feed_base_ = std::move(base);
    if (std::string language = attributes.Get("lang", "xml"); !language.empty()) feed_language_ = std::move(language);
  }

  void OpenEntry(const Attributes& attributes) {
    entry_ = std::make_unique<Entry>();
    entry_->number = ++entries_;
    entry_->line = static_cast<uint64_t>(std::max(0, xmlSAX2GetLineNumber(context_)));
    entry_->base = Resolve(attributes.Get("base", "xml"), feed_base_);
    if (entry_->base.empty()) entry_->base = feed_base_.empty() ? feed_link_ : feed_base_;
    entry_->language = attributes.Get("lang", "xml");
    if (entry_->language.empty()) entry_->language = feed_language_;
    entry_depth_ = open_elements_;
    field_ = Field::kNone;
  }

  // What the feed says of itself, as far as its entries need it.
  void StartFeedField(std::string_view name, std::string_view prefix, const Attributes& attributes) {
    if (field_ != Field::kNone || image_depth_ > 0) return;
    if (name == "image" || name == "textinput" || name == "textInput") {
      image_depth_ = open_elements_;
      return;
    }
    if (name == "language") Open(Field::kLanguage);
    if (name != "link" || !(prefix.empty() || prefix == "atom")) return;
    const std::string href = attributes.Get("href");
    const std::string rel = attributes.Get("rel");
    if (href.empty()) return Open(Field::kFeedLink);
    if (rel.empty() || rel == "alternate" || (rel == "self" && feed_link_.empty())) feed_link_ = Resolve(href, feed_base_);
  }

  void Open(Field field) {
    field_ = field;
    field_depth_ = open_elements_;
    text_.clear();
  }

  // A child of an entry.
  void StartField(std::string_view name, std::string_view prefix, std::string_view uri, const Attributes& attributes) {
    field_ = Field::kNone;
    const bool dublin_core = prefix == "dc" || uri.find("purl.org/dc/") != std::string_view::npos;
    const bool media = prefix == "media" || prefix == "itunes";
    if (name == "encoded") return OpenForm(Form::kEncoded, true, attributes);
    if (name == "content" && !media) return OpenContent(attributes);
    if (name == "body") return OpenMarkup(Form::kBody, attributes, true);
    if (name == "description" && !media && !dublin_core) return OpenForm(Form::kDescription, true, attributes);
    if (name == "summary" && !media) return OpenText(Form::kSummary, attributes);
    if (name == "title" && !media) return OpenTitle(attributes, dublin_core);
    if (name == "guid" || name == "id") {
      entry_->id_is_link = name == "guid" && attributes.Get("isPermaLink") != "false";
      return Open(Field::kId);
    }
    if (name == "link") return OpenLink(attributes);
    if (name == "origLink") return Open(Field::kOriginalLink);
    if (name == "author" || name == "creator") return Open(Field::kAuthor);
    if (name == "category" || name == "subject") return OpenTag(attributes);
    if (name == "pubDate" || name == "published" || name == "issued" || name == "created" || (name == "date" && dublin_core)) return Open(Field::kPublished);
    if (name == "updated" || name == "modified") return Open(Field::kUpdated);
    if (name == "publisher" && dublin_core) return Open(Field::kPublisher);
    if (name == "language" && dublin_core) return Open(Field::kLanguage);
  }

  Construct& FormText(Form form) { return entry_->forms[static_cast<size_t>(form)]; }

  // RSS: HTML, whatever it looks like.
  void OpenForm(Form form, bool html, const Attributes& attributes) {
    if (std::string language = attributes.Get("lang", "xml"); !language.empty()) entry_->language = std::move(language);
    form_ = form;
    FormText(form) = {{}, html};
    Open(Field::kForm);
  }

  // Atom: the type says what it is.
  void OpenText(Form form, const Attributes& attributes) {
    const std::string type = attributes.Get("type");
    if (type == "xhtml" || type == "application/xhtml+xml") return OpenMarkup(form, attributes, false);
    OpenForm(form, IsHtmlType(type), attributes);
  }

  void OpenContent(const Attributes& attributes) {
    if (!attributes.Get("src").empty()) return;  // it stands elsewhere
    const std::string type = attributes.Get("type");
    if (!type.empty() && type != "text" && type.find('/') != std::string::npos && !IsHtmlType(type) && type != "text/plain") entry_->content_type = type;
    OpenText(Form::kContent, attributes);
  }

  // Elements of XHTML that stand in the feed itself; `outer`: with the element around them.
  void OpenMarkup(Form form, const Attributes& attributes, bool outer) {
    OpenForm(form, true, attributes);
    markup_depth_ = open_elements_;
    if (outer) FormText(form).text = "<div>";
    markup_outer_ = outer;
  }

  void StartMarkup(std::string_view name, std::string_view, const Attributes& attributes) {
    std::string tag = "<" + std::string(name);
    for (int i = 0; i < attributes.count(); ++i) {
      if (!attributes.Prefix(i).empty() && attributes.Prefix(i) != "xml") continue;
      tag += ' ' + std::string(attributes.Prefix(i).empty() ? "" : "xml:") + std::string(attributes.Name(i)) + "=\"";
      AppendEscaped(attributes.Value(i), true, tag);
      tag += '"';
    }
    AppendToForm(tag + ">");
  }

  void OpenTitle(const Attributes& attributes, bool dublin_core) {
    if (dublin_core && !entry_->title.text.empty()) return;
    const std::string type = attributes.Get("type");
    entry_->title.html = type.empty() ? true : IsHtmlType(type);
    Open(Field::kTitle);
  }

  void OpenLink(const Attributes& attributes) {
    const std::string href = attributes.Get("href");
    const std::string rel = attributes.Get("rel");
    if (href.empty()) return rel.empty() ? Open(Field::kLink) : void();
    if ((rel.empty() || rel == "alternate") && entry_->link.empty()) entry_->link = Resolve(href, entry_->base);
  }

  void OpenTag(const Attributes& attributes) {
    std::string label = attributes.Get("label");
    if (label.empty()) label = attributes.Get("term");
    if (!label.empty()) return AddTag(label);
    Open(Field::kTag);
  }

  void AddTag(std::string_view tag) {
    if (tag = Trim(tag); !tag.empty()) entry_->tags.emplace_back(tag);
  }

  void Text(std::string_view text) {
    if (!status_.ok() || field_ == Field::kNone) return;
    if (entry_) {
      entry_->bytes += text.size();
      if (entry_->bytes > limits_.max_entry_bytes) return GiveUp();
    } else if (text_.size() > limits_.max_entry_bytes) {
      return;
    }
    if (field_ == Field::kForm) {
      if (markup_depth_ > 0) return AppendEscaped(text, false, FormText(form_).text);
      FormText(form_).text += text;
    } else if (open_elements_ == field_depth_ || field_ == Field::kAuthorName || field_ == Field::kTitle) {
      text_ += text;
    }
  }

  void AppendToForm(const std::string& markup) {
    if (entry_ == nullptr) return;
    entry_->bytes += markup.size();
    if (entry_->bytes > limits_.max_entry_bytes) return GiveUp();
    FormText(form_).text += markup;
  }

  void GiveUp() {
    entry_->too_large = true;
    for (Construct& form : entry_->forms) form = {};
    entry_->title = {};
    text_.clear();
  }

  void Finish(std::string_view name, std::string_view) {
    if (!status_.ok()) return;
    const uint32_t depth = open_elements_;
    if (open_elements_ > 0) --open_elements_;
    if (markup_depth_ > 0) {
      if (depth > markup_depth_) {
        if (!IsVoid(name)) AppendToForm("</" + std::string(name) + ">");
        return;
      }
      if (markup_outer_) AppendToForm("</div>");
      markup_depth_ = 0;
    }
    if (image_depth_ == depth) image_depth_ = 0;
    if (entry_ && depth == entry_depth_) return CloseEntry("");
    if (field_ == Field::kAuthorName && depth == field_depth_ + 1) {
      AddAuthor();
      author_named_ = true;
      field_ = Field::kAuthor;
      text_.clear();
      return;
    }
    if (field_ != Field::kNone && depth == field_depth_) CloseField();
  }

  void AddAuthor() {
    std::string_view name = Trim(text_);
    // RSS: "ada@harbour.example (Ada Brandt)".
    const size_t open = name.rfind(" (");
    if (open != std::string_view::npos && name.back() == ')' && name.substr(0, open).find('@') != std::string_view::npos) name = name.substr(open + 2, name.size() - open - 3);
    if (!Trim(name).empty()) entry_->authors.emplace_back(Trim(name));
  }

  void CloseField() {
    const std::string text(Trim(text_));
    switch (std::exchange(field_, Field::kNone)) {
      case Field::kTitle:
        if (entry_->title.text.empty()) entry_->title.text = text;
        break;
      case Field::kId: entry_->id = text; break;
      case Field::kLink:
        if (entry_->link.empty()) entry_->link = Resolve(text, entry_->base);
        break;
      case Field::kOriginalLink: entry_->original_link = text; break;
      case Field::kAuthor:
        if (!author_named_) AddAuthor();
        author_named_ = false;
        break;
      case Field::kTag: AddTag(text); break;
      case Field::kPublished:
        if (entry_->published.empty()) entry_->published = text;
        break;
      case Field::kUpdated: entry_->updated = text; break;
      case Field::kPublisher: entry_->publisher = text; break;
      case Field::kLanguage: (entry_ ? entry_->language : feed_language_) = text; break;
      case Field::kFeedLink: feed_link_ = Resolve(text, feed_base_); break;
      default: break;
    }
    text_.clear();
  }

  void CloseEntry(const std::string& broken) {
    entry_->broken = broken;
    if (!broken.empty() && !first_error_.empty()) entry_->broken += " (" + first_error_ + ")";
    if (entry_->original_link.empty() && entry_->link.empty() && entry_->id_is_link && entry_->id.find("://") != std::string::npos) entry_->link = entry_->id;
    ready_.push_back(std::move(*entry_));
    entry_.reset();
    field_ = Field::kNone;
    markup_depth_ = 0;
    author_named_ = false;
    text_.clear();
  }

  const FeedLimits limits_;
  xmlParserCtxtPtr context_ = nullptr;
  Status status_;
  std::deque<Entry> ready_;
  uint64_t errors_ = 0;
  std::string first_error_;
  std::string root_;  // the name of the outermost element
  std::string tail_;  // the last bytes

  xmlEntity entity_;  // the one that was asked for last
  std::string entity_name_;
  std::string entity_text_;

  uint32_t open_elements_ = 0;
  std::string feed_base_;
  std::string feed_link_;
  std::string feed_language_;
  uint32_t image_depth_ = 0;  // of the feed's picture, which has a title and a link of its own

  std::unique_ptr<Entry> entry_;
  uint32_t entry_depth_ = 0;
  uint64_t entries_ = 0;
  Field field_ = Field::kNone;
  uint32_t field_depth_ = 0;
  Form form_ = Form::kContent;
  std::string text_;          // of the field
  bool author_named_ = false;
  uint32_t markup_depth_ = 0;  // of the element whose content is XHTML; 0: none
  bool markup_outer_ = false;
};

FeedParser::FeedParser(const FeedLimits& limits) : handler_(std::make_unique<Handler>(limits)) {}
FeedParser::~FeedParser() = default;
void FeedParser::Feed(std::string_view bytes) { handler_->Parse(bytes, false); }
void FeedParser::End() { handler_->Parse({}, true); }
bool FeedParser::any() const { return !handler_->ready().empty(); }
const Status& FeedParser::status() const { return handler_->status(); }
uint64_t FeedParser::errors() const { return handler_->errors(); }

bool FeedParser::Next(Entry& entry) {
  if (handler_->ready().empty()) return false;
  entry = std::move(handler_->ready().front());
  handler_->ready().pop_front();
  return true;
}

}  // namespace garner::feed
