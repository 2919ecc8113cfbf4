// The children in a worker's answer: garner.v1.WorkerReply.Done and the end of its body. Trusts nothing that it reads.
#pragma once

#include <string_view>

#include "garner/children.h"
#include "garner/v1/worker.pb.h"

namespace garner {

// Takes the children off the end of `body`. False, with `children` and `body` as they were, where they are not there, or are more
// than `children` takes. Pure function of its arguments.
bool TakeChildren(const v1::WorkerReply::Done& done, std::string_view& body, Children& children);

// "limit" -> kLimit; kInternal for a word that is none.
StatusKind KindNamed(std::string_view name);

}  // namespace garner
