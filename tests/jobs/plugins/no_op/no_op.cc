// A transform that leaves every document as it is: what is left is the host's own work.
#include <fstream>

#include "garner/plugin.h"
#include "garner_plugins/no_op/options.pb.h"

namespace garner::no_op {

class NoOp final : public Transform<Options> {
 public:
  Status Process(const v1::Document& document, Edits&) override {
    if (!options().trace().empty()) std::ofstream(options().trace(), std::ios::app) << document.source().uri() + "\n";
    return OkStatus();
  }
};

}  // namespace garner::no_op

GARNER_PLUGIN(garner::no_op::NoOp)
