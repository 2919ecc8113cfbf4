#include "open_elements.h"

#include <algorithm>

namespace garner::html {
namespace {

bool IsTableSection(ElementId id) { return id == tag::Tbody || id == tag::Thead || id == tag::Tfoot; }

}  // namespace

int32_t OpenElements::Innermost(std::initializer_list<ElementId> ids) const {
  int32_t at = kNone;
  for (const ElementId id : ids) at = std::max(at, Innermost(id));
  return at;
}

bool OpenElements::Start(ElementId id) {
  CloseImplied(id);
  if (Has(id, kVoid)) return stack_.size() < max_depth_;
  const bool shown = stack_.size() < max_depth_;
  flattened_ += !shown;
  Push(id, shown);
  return shown;
}

void OpenElements::CloseImplied(ElementId starting) {
  if (starting == tag::Li) CloseWithin(Innermost(tag::Li), kItemBarrier);
  if (starting == tag::Dd || starting == tag::Dt) CloseWithin(Innermost({tag::Dd, tag::Dt}), kItemBarrier);
  if (Has(starting, kClosesP)) CloseWithin(Innermost(tag::P), kButtonBarrier);
  if (stack_.empty()) return;
  const ElementId current = stack_.back().id;
  const auto top = static_cast<int32_t>(stack_.size()) - 1;
  if (IsHeading(starting) && IsHeading(current)) return CloseTo(top);
  if ((starting == tag::Option || starting == tag::Optgroup) && current == tag::Option) return CloseTo(top);
  switch (starting) {
    case tag::A: CloseWithin(Innermost(tag::A), kSpecialBarrier); break;
    case tag::Button: CloseWithin(Innermost(tag::Button), kScopeBarrier); break;
    case tag::Td:
    case tag::Th: CloseWithin(Innermost({tag::Td, tag::Th}), kTableBarrier); break;
    case tag::Tr: CloseWithin(Innermost({tag::Tr, tag::Caption}), kTableBarrier); break;
    default:
      if (IsTableSection(starting)) CloseWithin(Innermost({tag::Tbody, tag::Thead, tag::Tfoot, tag::Caption}), kTableBarrier);
  }
}

void OpenElements::End(ElementId id) {
  if (IsHeading(id)) {
    CloseWithin(Innermost({tag::H1, tag::H2, tag::H3, tag::H4, tag::H5, tag::H6}), kScopeBarrier);
  } else if (id == tag::P) {
    CloseWithin(Innermost(id), kButtonBarrier);
  } else if (id == tag::Li) {
    CloseWithin(Innermost(id), kListBarrier);
  } else if (id == tag::Table || id == tag::Select) {
    CloseWithin(Innermost(id), kBarriers);
  } else if (id == tag::Td || id == tag::Th || id == tag::Tr || id == tag::Caption || IsTableSection(id)) {
    CloseWithin(Innermost(id), kTableBarrier);
  } else if (Has(id, kBlockEnd) || id == tag::Dd || id == tag::Dt) {
    CloseWithin(Innermost(id), kScopeBarrier);
  } else {
    CloseWithin(Innermost(id), kSpecialBarrier);
  }
}

bool OpenElements::CloseWithin(int32_t at, Barrier barrier) {
  if (at == kNone) return false;
  if (barrier != kBarriers && at < barrier_[barrier]) return false;
  CloseTo(at);
  return true;
}

void OpenElements::CloseTo(int32_t at) {
  while (static_cast<int32_t>(stack_.size()) > at) {
    const Entry& entry = stack_.back();
    if (entry.shown) close_(entry.id);
    innermost_[entry.id] = entry.previous_same;
    barrier_ = entry.previous_barrier;
    stack_.pop_back();
  }
}

void OpenElements::Push(ElementId id, bool shown) {
  if (id >= innermost_.size()) innermost_.resize(std::max<size_t>(id + 1, tag::kKnown), kNone);
  const auto at = static_cast<int32_t>(stack_.size());
  stack_.push_back({id, shown, innermost_[id], barrier_});
  innermost_[id] = at;
  const bool scope = Has(id, kScope);
  const bool list = id == tag::Ol || id == tag::Ul;
  const bool transparent = id == tag::Address || id == tag::Div || id == tag::P || id == tag::Li || id == tag::Dd || id == tag::Dt;
  if (Has(id, kSpecial)) barrier_[kSpecialBarrier] = at;
  if (scope) barrier_[kScopeBarrier] = at;
  if (scope || id == tag::Button) barrier_[kButtonBarrier] = at;
  if (scope || list) barrier_[kListBarrier] = at;
  if (Has(id, kSpecial) && !transparent) barrier_[kItemBarrier] = at;
  if (id == tag::Table || id == tag::Template) barrier_[kTableBarrier] = at;
}

}  // namespace garner::html
