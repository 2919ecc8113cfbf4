// The folder of dead letters on disk: DIR/ID/letter.json, DIR/ID/payload.
//
//   Result<LetterFolder> folder = LetterFolder::Open("failed");
//   folder->Write(record, payload);                      // all of it or nothing under the name ID
//   Result<Letter> letter = ReadLetter("failed/0123...");
//
// Records are outside bytes: whoever can write to the folder can change them. They name no file, symbolic links are not followed,
// and everything has a limit. One writer at a time for one document; readers see an old letter or a new one, never half of one.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "garner/status.h"
#include "garner/v1/dead_letter.pb.h"

namespace garner {

inline constexpr uint32_t kLetterFormat = 1;
// Larger payloads are left out of their letters; what the source `files` lets through by default is not larger.
inline constexpr uint64_t kMaxLetterPayloadBytes = uint64_t{256} << 20;
// Larger records are refused by readers.
inline constexpr uint64_t kMaxLetterRecordBytes = uint64_t{16} << 20;

class LetterFolder {
 public:
  // Makes the folder where there is none. Fails with kIo where it cannot be written to.
  static Result<LetterFolder> Open(const std::string& path);

  // Takes the place of an earlier letter of the document. `payload` is written where the record says KEPT. When it returns, the
  // letter is there whole, for whoever looks; where it fails (kIo), the earlier letter is as it was.
  Status Write(const v1::DeadLetter& record, std::string_view payload) const;

  // Waits until the letters that were written would survive a power cut. Before that one of them may come back damaged, which
  // readers see.
  Status Sync() const;

  const std::string& path() const { return path_; }

 private:
  explicit LetterFolder(std::string path) : path_(std::move(path)) {}
  std::string path_;
};

struct Letter {
  v1::DeadLetter record;
  // Empty where the record does not say KEPT.
  std::string payload;
};

// Checked: the format is known, the id is an id (that of the folder, where its name is one), the payload is the one that was
// recorded.
Result<Letter> ReadLetter(const std::string& folder);

// The record alone.
Result<v1::DeadLetter> ReadLetterRecord(const std::string& folder);

// JSON into a record; every field that is relied on is there and has a sound value. Pure function.
Result<v1::DeadLetter> ParseLetterRecord(const std::string& json);

// True where `path` holds a letter's record, sound or not.
bool HoldsLetter(const std::string& path);

// True where the last part of `path` is an id.
bool IsLetterName(const std::string& path);

struct ListedLetter {
  std::string id;                 // the folder's name
  Result<v1::DeadLetter> record;  // without its plan
};

// Every entry of the folder whose name is an id, in order of name. Unfinished letters begin with a dot and are none.
Result<std::vector<ListedLetter>> ListLetters(const std::string& folder);

}  // namespace garner
