// A transform that does nothing: tests of manifests and of `garner plugins` want its options.
#include "garner/plugin.h"
#include "garner_plugins/every_option/options.pb.h"

namespace garner::every_option {

class EveryOption final : public Transform<EveryOptionOptions> {
 public:
  Status Process(const v1::Document&, Edits&) override { return OkStatus(); }
};

}  // namespace garner::every_option

GARNER_PLUGIN(garner::every_option::EveryOption)
