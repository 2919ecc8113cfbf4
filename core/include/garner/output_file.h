// A file of a sink that appears under its name only when it is complete: until then its bytes go to NAME.part beside it, and a sink
// that is destroyed early leaves what stood under the name as it was. A name in .gz or .zst is compressed.
//
//   Result<std::unique_ptr<OutputFile>> file = OutputFile::Create(context().output_dir(), options().path());
//   if (!file.ok()) return file.status();
//   (*file)->Write(bytes);       // any number of times
//   (*file)->Finish();           // durable and visible
//
// A file can be committed on the way and gone on with in a later process:
//
//   Result<std::string> position = (*file)->Commit();                            // durable so far; now kill -9
//   file = OutputFile::Reopen(context().output_dir(), options().path(), *position);   // in place of Create
//
// The same writes give the same bytes, wherever they were committed, cut off and gone on with: compressed files hold neither time nor
// name, and are a series of Zstandard frames (4 MiB of content each) or gzip members (1 MiB), whose ends depend on what is
// written alone (docs/decisions/0008). Standard tools read such a series as one content.
//
// One thread. Two writers of one name at a time, in this process or another, are refused while the first is open. Failures name
// the path: kConfig for a name that is not acceptable, kInvalidInput for a position that is not, kIo for everything else. A file that failed
// once fails again.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "garner/status.h"

namespace garner {

class OutputFile {
 public:
  // `path` is relative to `folder` and stays below it; folders on the way are made.
  static Result<std::unique_ptr<OutputFile>> Create(const std::string& folder, const std::string& path);
  // Takes the file up where that Commit left it; what was written later is cut off. `folder` may have moved meanwhile. Where the
  // file has its name already (Finish was completed, and nobody noted it), Finish has nothing left to do; where more than that
  // commit stands under the name, its beginning is copied back. Fails with kIo where neither NAME.part nor NAME holds what was committed.
  static Result<std::unique_ptr<OutputFile>> Reopen(const std::string& folder, const std::string& path, std::string_view position);
  // Removes what has been neither committed nor published.
  ~OutputFile();
  OutputFile(const OutputFile&) = delete;
  OutputFile& operator=(const OutputFile&) = delete;

  Status Write(std::string_view bytes);
  // Waits for the disk. Returns where the file stands, for Reopen; of a compressed file that includes what the last frame holds so far.
  // From now on NAME.part outlives this object.
  Result<std::string> Commit();
  // Writes out what is left, waits for the disk and gives the file its name. Nothing may follow.
  Status Finish();

  // All that was written so far, read from the file; not for a compressed one.
  Result<std::string> ReadBack();

  // Absolute, where the folder was.
  const std::string& path() const { return path_; }

 private:
  class Content;

  OutputFile(std::string path, int folders);
  static Result<std::unique_ptr<OutputFile>> Prepare(const std::string& folder, const std::string& path);
  Status Take();
  Status Empty();

  Status Resume(std::string_view position);
  Result<bool> ResumePart(uint64_t committed);
  Result<bool> ResumePublished(uint64_t committed);
  Status CopyBack(int published);
  Status BringBack();

  Status Append(std::string_view bytes);
  Status AppendToFrame(std::string_view bytes);
  Status Flush();
  Status WriteOut(std::string_view bytes);
  Status MakeDurable();
  Status Publish();
  Status SyncFolders();
  void Close();

  Status Remember(Status status);
  Status Failed(std::string_view what, int error) const;
  Status In(const Status& status) const;

  std::string path_;
  std::string part_;
  int folders_;  // between the output folder and the file
  int file_ = -1;
  bool pending_ = false;    // NAME.part goes with this object
  bool published_ = false;  // all there is stands under the name; NAME.part is empty and holds the lock
  bool entered_ = false;    // the folders on the way are durable
  Status failure_;          // the first one
  std::unique_ptr<Content> content_;
};

// What an OutputFile of this name would hold after these writes: for sinks that write small files of their own.
Result<std::string> ContentForName(std::string_view name, std::string_view bytes);

}  // namespace garner
