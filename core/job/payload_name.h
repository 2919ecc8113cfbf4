// What a payload is called in logs and messages: its uri, and its place inside that.
#pragma once

#include <string>

#include "garner/v1/document.pb.h"

namespace garner {

// "mail/7.eml!/minutes.pdf", "crawl.warc#17". For people: ids are made of the parts, not of this.
std::string PayloadName(const v1::PayloadInfo& info);

}  // namespace garner
