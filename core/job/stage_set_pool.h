// Stage sets that no worker is using. Not tied to threads: a worker takes one for one document. Any thread.
#pragma once

#include <memory>
#include <mutex>
#include <utility>
#include <vector>

#include "core/job/stage_set.h"

namespace garner {

class StageSetPool {
 public:
  void Add(std::unique_ptr<StageSet> set) {
    all_.push_back(std::move(set));
    free_.push_back(all_.back().get());
  }
  StageSet* Take() {
    const std::lock_guard<std::mutex> lock(mutex_);
    StageSet* set = free_.back();
    free_.pop_back();
    return set;
  }
  void Return(StageSet* set) {
    const std::lock_guard<std::mutex> lock(mutex_);
    free_.push_back(set);
  }
  const std::vector<std::unique_ptr<StageSet>>& all() const { return all_; }

 private:
  std::mutex mutex_;
  std::vector<std::unique_ptr<StageSet>> all_;
  std::vector<StageSet*> free_;
};

}  // namespace garner
