// Tells tables of data from tables that lay out a page.
#pragma once

#include "page.h"

namespace garner::html {

// True for a row of at least two cells that hold short plain content: such a row reads as one line. A row with a nested table, a
// list, a heading, a form or several paragraphs in a cell lays out a page: its content stands in blocks of its own.
bool IsDataRow(const Page& page, NodeId row);

}  // namespace garner::html
