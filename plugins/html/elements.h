// The element names of HTML as small numbers, and the few facts about each that parsing and reading it need.
//
//   ElementNames names;
//   const ElementId id = names.Find("Section");      // kSection; any letter case
//   Has(id, kBlockLevel)                             // ends a block of text
//   names.Name(id)                                   // "section"
//
// Names that HTML does not know get numbers of their own, in order of appearance. A name is at most 64 bytes of letters, digits,
// ':' and '_'; whatever else a page writes in one (`<p,"x>`) becomes '-', as in no HTML element. ElementNames: one thread.
#pragma once

#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <unordered_map>

namespace garner::html {

enum ElementTrait : uint32_t {
  kVoid = 1u << 0,         // has no content and no end tag
  kSpecial = 1u << 1,      // the standard's "special": an end tag of an inline element does not reach past it
  kScope = 1u << 2,        // an end tag of a block element does not reach past it
  kClosesP = 1u << 3,      // its start tag ends an open paragraph
  kBlockEnd = 1u << 4,     // its end tag ends what was left open inside it
  kBlockLevel = 1u << 5,   // stands alone: text before, in and after it are different blocks
  kSection = 1u << 6,      // names a landmark of the page
  kFormControl = 1u << 7,  // a control that a reader operates
  kFallback = 1u << 8,     // its content shows only where the element itself is not supported
};

// Every known element: X(identifier, name, traits).
#define GARNER_HTML_ELEMENTS(X)                                                                    \
  X(Html, "html", kSpecial | kScope | kBlockLevel)                                                 \
  X(Head, "head", kSpecial | kBlockLevel)                                                          \
  X(Body, "body", kSpecial | kBlockLevel)                                                          \
  X(A, "a", 0)                                                                                     \
  X(Address, "address", kSpecial | kClosesP | kBlockEnd | kBlockLevel)                             \
  X(Annotation, "annotation", kFallback)                                                           \
  X(Area, "area", kVoid | kSpecial)                                                                \
  X(Article, "article", kSpecial | kClosesP | kBlockEnd | kBlockLevel | kSection)                  \
  X(Aside, "aside", kSpecial | kClosesP | kBlockEnd | kBlockLevel | kSection)                      \
  X(Audio, "audio", kFallback)                                                                     \
  X(Base, "base", kVoid | kSpecial)                                                                \
  X(Blockquote, "blockquote", kSpecial | kClosesP | kBlockEnd | kBlockLevel)                       \
  X(Br, "br", kVoid | kSpecial)                                                                    \
  X(Button, "button", kSpecial | kBlockEnd | kBlockLevel | kFormControl)                           \
  X(Canvas, "canvas", kFallback)                                                                   \
  X(Caption, "caption", kSpecial | kScope | kBlockLevel)                                           \
  X(Center, "center", kSpecial | kClosesP | kBlockEnd | kBlockLevel)                               \
  X(Code, "code", 0)                                                                               \
  X(Col, "col", kVoid | kSpecial)                                                                  \
  X(Datalist, "datalist", kFormControl)                                                            \
  X(Dd, "dd", kSpecial | kClosesP | kBlockLevel)                                                   \
  X(Details, "details", kSpecial | kClosesP | kBlockEnd | kBlockLevel)                             \
  X(Dialog, "dialog", kClosesP | kBlockEnd | kBlockLevel)                                          \
  X(Dir, "dir", kSpecial | kClosesP | kBlockEnd | kBlockLevel)                                     \
  X(Div, "div", kSpecial | kClosesP | kBlockEnd | kBlockLevel)                                     \
  X(Dl, "dl", kSpecial | kClosesP | kBlockEnd | kBlockLevel)                                       \
  X(Dt, "dt", kSpecial | kClosesP | kBlockLevel)                                                   \
  X(Embed, "embed", kVoid | kSpecial)                                                              \
  X(Fieldset, "fieldset", kSpecial | kClosesP | kBlockEnd | kBlockLevel)                           \
  X(Figcaption, "figcaption", kSpecial | kClosesP | kBlockEnd | kBlockLevel)                       \
  X(Figure, "figure", kSpecial | kClosesP | kBlockEnd | kBlockLevel)                               \
  X(Footer, "footer", kSpecial | kClosesP | kBlockEnd | kBlockLevel | kSection)                    \
  X(Form, "form", kSpecial | kClosesP | kBlockEnd | kBlockLevel | kSection)                        \
  X(Frame, "frame", kVoid | kSpecial)                                                              \
  X(Frameset, "frameset", kSpecial | kBlockLevel)                                                  \
  X(H1, "h1", kSpecial | kClosesP | kBlockLevel)                                                   \
  X(H2, "h2", kSpecial | kClosesP | kBlockLevel)                                                   \
  X(H3, "h3", kSpecial | kClosesP | kBlockLevel)                                                   \
  X(H4, "h4", kSpecial | kClosesP | kBlockLevel)                                                   \
  X(H5, "h5", kSpecial | kClosesP | kBlockLevel)                                                   \
  X(H6, "h6", kSpecial | kClosesP | kBlockLevel)                                                   \
  X(Header, "header", kSpecial | kClosesP | kBlockEnd | kBlockLevel | kSection)                    \
  X(Hgroup, "hgroup", kSpecial | kClosesP | kBlockEnd | kBlockLevel)                               \
  X(Hr, "hr", kVoid | kSpecial | kClosesP | kBlockLevel)                                           \
  X(Iframe, "iframe", kSpecial)                                                                    \
  X(Img, "img", kVoid | kSpecial)                                                                  \
  X(Input, "input", kVoid | kSpecial)                                                              \
  X(Label, "label", kFormControl)                                                                  \
  X(Legend, "legend", kBlockLevel | kFormControl)                                                  \
  X(Li, "li", kSpecial | kClosesP | kBlockLevel)                                                   \
  X(Link, "link", kVoid | kSpecial)                                                                \
  X(Listing, "listing", kSpecial | kClosesP | kBlockEnd | kBlockLevel)                             \
  X(Main, "main", kSpecial | kClosesP | kBlockEnd | kBlockLevel | kSection)                        \
  X(Marquee, "marquee", kSpecial | kScope | kBlockEnd | kBlockLevel)                               \
  X(Math, "math", 0)                                                                               \
  X(Menu, "menu", kSpecial | kClosesP | kBlockEnd | kBlockLevel)                                   \
  X(Meta, "meta", kVoid | kSpecial)                                                                \
  X(Nav, "nav", kSpecial | kClosesP | kBlockEnd | kBlockLevel | kSection)                          \
  X(Noembed, "noembed", kSpecial)                                                                  \
  X(Noframes, "noframes", kSpecial)                                                                \
  X(Noscript, "noscript", kSpecial | kBlockLevel)                                                  \
  X(Object, "object", kSpecial | kScope | kBlockEnd)                                               \
  X(Ol, "ol", kSpecial | kClosesP | kBlockEnd | kBlockLevel)                                       \
  X(Optgroup, "optgroup", kBlockLevel | kFormControl)                                              \
  X(Option, "option", kBlockLevel | kFormControl)                                                  \
  X(P, "p", kSpecial | kClosesP | kBlockLevel)                                                     \
  X(Param, "param", kVoid | kSpecial)                                                              \
  X(Pre, "pre", kSpecial | kClosesP | kBlockEnd | kBlockLevel)                                     \
  X(Rp, "rp", 0)                                                                                   \
  X(Rt, "rt", 0)                                                                                   \
  X(Script, "script", kSpecial)                                                                    \
  X(Search, "search", kSpecial | kClosesP | kBlockEnd | kBlockLevel)                               \
  X(Section, "section", kSpecial | kClosesP | kBlockEnd | kBlockLevel)                             \
  X(Select, "select", kSpecial | kBlockLevel | kFormControl)                                       \
  X(Source, "source", kVoid | kSpecial)                                                            \
  X(Style, "style", kSpecial)                                                                      \
  X(Summary, "summary", kSpecial | kClosesP | kBlockEnd | kBlockLevel)                             \
  X(Svg, "svg", 0)                                                                                 \
  X(Table, "table", kSpecial | kScope | kClosesP | kBlockLevel)                                    \
  X(Tbody, "tbody", kSpecial | kBlockLevel)                                                        \
  X(Td, "td", kSpecial | kScope | kBlockLevel)                                                     \
  X(Template, "template", kSpecial | kScope | kBlockLevel)                                         \
  X(Textarea, "textarea", kSpecial | kBlockLevel | kFormControl)                                   \
  X(Tfoot, "tfoot", kSpecial | kBlockLevel)                                                        \
  X(Th, "th", kSpecial | kScope | kBlockLevel)                                                     \
  X(Thead, "thead", kSpecial | kBlockLevel)                                                        \
  X(Time, "time", 0)                                                                               \
  X(Title, "title", kSpecial)                                                                      \
  X(Tr, "tr", kSpecial | kBlockLevel)                                                              \
  X(Track, "track", kVoid | kSpecial)                                                              \
  X(Ul, "ul", kSpecial | kClosesP | kBlockEnd | kBlockLevel)                                       \
  X(Video, "video", kFallback)                                                                     \
  X(Wbr, "wbr", kVoid | kSpecial)                                                                  \
  X(Xmp, "xmp", kSpecial | kClosesP | kBlockEnd | kBlockLevel)

using ElementId = uint32_t;

#define GARNER_HTML_ENUM(identifier, name, traits) identifier,
// Scoped by hand: the values are ElementIds, and names unknown to HTML go on behind the last of them.
namespace tag {
enum : ElementId { GARNER_HTML_ELEMENTS(GARNER_HTML_ENUM) kKnown };
}  // namespace tag
#undef GARNER_HTML_ENUM

uint32_t TraitsOf(ElementId id);
inline bool Has(ElementId id, ElementTrait trait) { return (TraitsOf(id) & trait) != 0; }
inline bool IsHeading(ElementId id) { return id >= tag::H1 && id <= tag::H6; }

class ElementNames {
 public:
  ElementNames();
  // Names beyond the first `kMaxUnknown` unknown ones share one number.
  ElementId Find(std::string_view name);
  std::string_view Name(ElementId id) const { return names_[id]; }
  size_t size() const { return names_.size(); }

 private:
  static constexpr size_t kMaxUnknown = 1024;
  static constexpr size_t kMaxNameBytes = 64;

  std::deque<std::string> names_;  // a deque: the map's keys are views into it
  std::unordered_map<std::string_view, ElementId> ids_;
};

}  // namespace garner::html
