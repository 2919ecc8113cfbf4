// Runs libxml2's HTML parser over a prepared page and keeps what it reports as a tree with the place of every piece of text.
//
//   Result<Tree> tree = ParsePage(prepared, text, names, max_nodes);
//
// The parser is used through its SAX callbacks: it builds no tree of its own, opens no file and no connection. Fails with kLimit at
// max_nodes. Safe from several threads once garner::InitializeLibraries has run.
#pragma once

#include <string_view>

#include "elements.h"
#include "garner/status.h"
#include "prepared.h"
#include "tree.h"

namespace garner::html {

// `text` is the decoded text that `page` was prepared from.
Result<Tree> ParsePage(const Prepared& page, std::string_view text, ElementNames& names, uint64_t max_nodes);

}  // namespace garner::html
