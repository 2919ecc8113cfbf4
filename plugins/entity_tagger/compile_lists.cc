// compile_lists DATA_FOLDER OUT: the text files of the plugin's lists as the one file that it maps. The build runs it.
#include <fstream>
#include <iostream>

#include "list_builder.h"

int main(int count, char** words) {
  using namespace garner::entity_tagger;
  if (count != 3) {
    std::cerr << "usage: compile_lists DATA_FOLDER OUT\n";
    return 2;
  }
  ListBuilder builder;
  if (const garner::Status status = builder.ReadFolder(words[1]); !status.ok()) {
    std::cerr << status.message() << "\n";
    return 1;
  }
  std::ofstream out(words[2], std::ios::binary);
  out << builder.Build();
  out.close();
  if (!out) {
    std::cerr << words[2] << ": cannot be written\n";
    return 1;
  }
  return 0;
}
