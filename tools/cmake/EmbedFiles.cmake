# Writes a C++ file with the contents of files, for code that is to carry them along.
# cmake -DFOLDER= -DFILES="a,b/c" -DOUTPUT= -P EmbedFiles.cmake
# OUTPUT defines garner::TemplateFiles(), see tools/garner/new_plugin/template_files.h.
cmake_minimum_required(VERSION 3.25)
set(code "// Generated from the templates of garner new-plugin.\n#include \"tools/garner/new_plugin/template_files.h\"\n\nnamespace garner {\n\nconst std::vector<TemplateFile>& TemplateFiles() {\n  static const std::vector<TemplateFile> files = {\n")
string(REPLACE "," ";" FILES "${FILES}")
foreach(name IN LISTS FILES)
  file(READ ${FOLDER}/${name} content)
  if(content MATCHES "\\)garner\"")
    message(FATAL_ERROR "${FOLDER}/${name}: holds ')garner\"', which ends the raw string that it is embedded as")
  endif()
  string(APPEND code "      {\"${name}\", R\"garner(${content})garner\"},\n")
endforeach()
string(APPEND code "  };\n  return files;\n}\n\n}  // namespace garner\n")
file(WRITE ${OUTPUT} "${code}")
