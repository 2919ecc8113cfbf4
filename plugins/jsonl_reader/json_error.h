// Where and why a text is no JSON.
#pragma once

#include <string>
#include <string_view>

namespace garner::jsonl_reader {

// "column 43: ...", the column counted in bytes from 1; empty where nothing is wrong. Much slower than the parser that refused it. Pure function.
std::string DescribeJsonError(std::string_view json);

}  // namespace garner::jsonl_reader
