// The stack of open elements as the HTML standard keeps it, reduced to what decides where text belongs: which elements a start tag
// ends by implication, which an end tag ends, and which end tags mean nothing.
//
//   OpenElements open(max_depth, [&](ElementId id) { out += "</" + name(id) + ">"; });
//   open.Start(tag::Li);     // calls back for an open li first
//   open.End(tag::Header);   // calls back for whatever was left open inside the header, then for the header
//
// The parser behind it ends `header` only where nothing is open inside; with every end tag written out it has nothing to guess.
// Each call takes constant time apart from the elements that it ends. One thread.
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <vector>

#include "elements.h"

namespace garner::html {

class OpenElements {
 public:
  // `close` is told every element that ends, innermost first, apart from those too deep to be shown.
  OpenElements(size_t max_depth, std::function<void(ElementId)> close) : max_depth_(max_depth), close_(std::move(close)) {}

  // A start tag. Returns false where the element is deeper than max_depth: it is tracked but not to be shown.
  bool Start(ElementId id);
  // An end tag. Ends nothing where no such element can be reached.
  void End(ElementId id);

  size_t depth() const { return stack_.size(); }
  // Start tags that were deeper than max_depth.
  uint64_t flattened() const { return flattened_; }

 private:
  // Kinds of barriers that an end tag does not reach past.
  enum Barrier { kSpecialBarrier, kScopeBarrier, kButtonBarrier, kListBarrier, kItemBarrier, kTableBarrier, kBarriers };
  static constexpr int32_t kNone = -1;

  struct Entry {
    ElementId id = 0;
    bool shown = false;
    int32_t previous_same = kNone;
    std::array<int32_t, kBarriers> previous_barrier{};
  };

  int32_t Innermost(ElementId id) const { return id < innermost_.size() ? innermost_[id] : kNone; }
  int32_t Innermost(std::initializer_list<ElementId> ids) const;
  // Ends the entry `at`, where it lies inside the innermost barrier of that kind, with all that is open inside it.
  bool CloseWithin(int32_t at, Barrier barrier);
  void CloseTo(int32_t at);
  void CloseImplied(ElementId starting);
  void Push(ElementId id, bool shown);

  size_t max_depth_;
  std::function<void(ElementId)> close_;
  std::vector<Entry> stack_;
  std::vector<int32_t> innermost_;  // by element: index of its innermost entry
  std::array<int32_t, kBarriers> barrier_{kNone, kNone, kNone, kNone, kNone, kNone};
  uint64_t flattened_ = 0;
};

}  // namespace garner::html
