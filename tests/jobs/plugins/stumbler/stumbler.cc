// A transform that fails where it is told to, and where it lacks a secret.
#include <string>

#include "garner/plugin.h"
#include "garner_plugins/stumbler/options.pb.h"

namespace garner::stumbler {

class Stumbler final : public Transform<Options> {
 public:
  Status Process(const v1::Document& document, Edits&) override {
    for (const std::string& stone : options().stones())
      if (document.text().find(stone) != std::string::npos) return Status(StatusKind::kInternal, stone + ": " + options().cry());
    if (document.text().find("door") != std::string::npos && options().door().key() != "sesame")
      return Status(StatusKind::kInvalidInput, "the door stays shut");
    return OkStatus();
  }
};

}  // namespace garner::stumbler

GARNER_PLUGIN(garner::stumbler::Stumbler)
