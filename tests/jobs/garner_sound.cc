// garner_sound DOCUMENTS.pb FOLDER: checks every document of a stream against its payload, which stands at FOLDER/URI. Prints what is
// wrong and how many documents were checked; exit status 1 where something is wrong.
#include <google/protobuf/io/zero_copy_stream_impl.h>
#include <google/protobuf/util/delimited_message_util.h>

#include <iostream>

#include "garner/hash.h"
#include "garner/input_file.h"
#include "garner/testing/invariants.h"
#include "garner/v1/document.pb.h"

int main(int argc, char** argv) {
  if (argc != 3) {
    std::cerr << "usage: garner_sound DOCUMENTS.pb FOLDER\n";
    return 2;
  }
  const auto bytes = garner::ReadInputFile(argv[1], {});
  if (!bytes.ok()) {
    std::cerr << bytes.status().message() << "\n";
    return 2;
  }
  google::protobuf::io::ArrayInputStream stream(bytes->bytes.data(), static_cast<int>(bytes->bytes.size()));
  int checked = 0;
  int wrong = 0;
  for (;;) {
    garner::v1::Document document;
    bool clean_end = false;
    if (!google::protobuf::util::ParseDelimitedFromZeroCopyStream(&document, &stream, &clean_end)) {
      if (!clean_end) ++wrong;
      break;
    }
    ++checked;
    const auto payload = garner::ReadInputFile(std::string(argv[2]) + "/" + document.source().uri(), {});
    if (!payload.ok() || garner::Sha256Hex(payload->bytes) != document.source().sha256()) {
      ++wrong;
      std::cerr << document.source().uri() << ": the payload is not the one that was read\n";
      continue;
    }
    const testing::AssertionResult sound = garner::testing::Sound(document, payload->bytes);
    if (sound) continue;
    ++wrong;
    std::cerr << document.source().uri() << ": " << sound.message() << "\n";
  }
  std::cout << checked << " documents checked, " << wrong << " wrong\n";
  return wrong == 0 && checked > 0 ? 0 : 1;
}
