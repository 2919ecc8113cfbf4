// A source of three items that does one thing wrong.
#include <chrono>
#include <string>

#include "badness.h"
#include "garner/plugin.h"
#include "garner_plugins/bad/options.pb.h"

namespace garner::bad {

class BadSource final : public Source<BadOptions> {
 public:
  Result<bool> Next(SourceItem& item) override {
    constexpr int kItems = 3;
    const int number = next_++;
    if (number == kItems || (number > kItems && !Bad("goes_on_after_the_end"))) return false;
    std::string name = "item" + std::to_string(Bad("repeats_names") ? 0 : number);
    if (Bad("mixes_order")) name += "-" + std::to_string(std::chrono::steady_clock::now().time_since_epoch().count());
    item.payload.info.set_uri(name);
    item.payload.bytes = "the bytes of " + name;
    return true;
  }

 private:
  int next_ = 0;
};

}  // namespace garner::bad

GARNER_PLUGIN(garner::bad::BadSource)
