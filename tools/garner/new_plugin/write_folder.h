// Writes a folder with files: all of it, or nothing.
#pragma once

#include <map>
#include <string>

#include "garner/status.h"

namespace garner {

// Makes `parent`/`name` with the files (paths below it, contents). Nothing is overwritten: fails where anything stands there, also where it
// came into being meanwhile, and where `parent` is no folder. The folder appears under its name when it is complete.
Status WriteNewFolder(const std::string& parent, const std::string& name, const std::map<std::string, std::string>& files);

}  // namespace garner
