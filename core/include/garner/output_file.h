// A file of a sink that appears under its name only when it is complete: until then its bytes go to NAME.part beside it, and a sink
// that is destroyed early leaves what stood under the name as it was. A name in .gz or .zst is compressed.
//
//   Result<std::unique_ptr<OutputFile>> file = OutputFile::Create(context().output_dir(), options().path());
//   if (!file.ok()) return file.status();
//   (*file)->Write(bytes);       // any number of times
//   (*file)->Finish();           // durable and visible
//
// The same writes give the same bytes: compressed files hold neither time nor name. One thread. Two writers of one name at a time, in
// this process or another, are refused while the first is open. Failures name the path: kConfig for a name that is not acceptable, kIo for everything else.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "garner/status.h"

namespace garner {

class Compressor;

class OutputFile {
 public:
  // `path` is relative to `folder` and stays below it; folders on the way are made.
  static Result<std::unique_ptr<OutputFile>> Create(const std::string& folder, const std::string& path);
  // Removes what has not been published.
  ~OutputFile();
  OutputFile(const OutputFile&) = delete;
  OutputFile& operator=(const OutputFile&) = delete;

  Status Write(std::string_view bytes);
  // Writes out what is buffered, waits for the disk and gives the file its name. Nothing may follow.
  Status Finish();

  // Finish in two steps, for sinks that write many files: Close ends each one without waiting for the disk, PublishAll waits once and
  // gives all of them their names. Between the two a file costs no descriptor.
  Status Close();
  static Status PublishAll(const std::vector<std::unique_ptr<OutputFile>>& files);

  // Absolute, where the folder was.
  const std::string& path() const { return path_; }

 private:
  explicit OutputFile(std::string path);
  Status Open();
  Status Flush();
  Status EndStream();
  Status CloseFile();
  Status Publish();
  Status Failed(std::string_view what, int error) const;

  std::string path_;
  std::string part_;
  int file_ = -1;
  bool pending_ = false;  // part_ is ours and not published
  std::string buffer_;
  std::unique_ptr<Compressor> compressor_;  // none: plain
};

}  // namespace garner
