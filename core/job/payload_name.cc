#include "core/job/payload_name.h"

namespace garner {

std::string PayloadName(const v1::PayloadInfo& info) {
  std::string name = info.uri();
  if (info.has_container_path()) name += "!/" + info.container_path();
  if (info.has_record_key()) name += "#" + info.record_key();
  return name;
}

}  // namespace garner
