// The files of templates/, embedded when garner is built (tools/cmake/EmbedFiles.cmake).
#pragma once

#include <string_view>
#include <vector>

namespace garner {

struct TemplateFile {
  std::string_view path;  // "decoder/NAME.cc.in"
  std::string_view content;
};

const std::vector<TemplateFile>& TemplateFiles();

}  // namespace garner
