#include "core/conformance/recorder.h"

#include <fcntl.h>
#include <unistd.h>

#include <cstdint>
#include <cstring>
#include <fstream>
#include <iterator>

namespace garner {
namespace {

// Of the file: two lengths, the name, the case. A length of 0 for the case: a step.
struct Lengths {
  uint64_t name = 0;
  uint64_t content = 0;
};

}  // namespace

Recorder::Recorder(const std::string& path) : file_(open(path.c_str(), O_CREAT | O_RDWR | O_CLOEXEC, 0600)) {}

void Recorder::Note(const Input& input) { Write(input.name, input.content.SerializeAsString()); }

void Recorder::NoteStep(std::string_view name) { Write(name, {}); }

void Recorder::Write(std::string_view name, std::string_view content) {
  const Lengths lengths{name.size(), content.size()};
  std::string record(sizeof lengths, '\0');
  std::memcpy(record.data(), &lengths, sizeof lengths);
  record += name;
  record += content;
  // In one call: a process that dies does not leave half of it.
  if (pwrite(file_.get(), record.data(), record.size(), 0) < 0) return;  // then a crash stays without its input
}

std::optional<Noted> Recorder::Read(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  const std::string record{std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
  Lengths lengths;
  if (record.size() < sizeof lengths) return std::nullopt;
  std::memcpy(&lengths, record.data(), sizeof lengths);
  if (lengths.name > record.size() - sizeof lengths || lengths.content > record.size() - sizeof lengths - lengths.name) return std::nullopt;
  Noted noted{record.substr(sizeof lengths, lengths.name), std::nullopt};
  testing::Case content;
  if (lengths.content > 0 && content.ParseFromArray(record.data() + sizeof lengths + lengths.name, static_cast<int>(lengths.content)))
    noted.content = std::move(content);
  return noted;
}

}  // namespace garner
