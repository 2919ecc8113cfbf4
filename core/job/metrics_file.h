// A file of metrics that others read while it changes: each new state takes the place of the last one in one step.
//
//   Result<MetricsFile> file = MetricsFile::Open("/var/lib/node_exporter/news.prom");
//   if (!file.ok()) return file.status();
//   Status status = file->Replace(MetricsText(report));
//
// Only a file that is absent, empty or begins like one of ours is replaced: results that were named by mistake stay. Not made durable:
// after a power cut the state before is as good. One thread. Fails with kConfig for a name that cannot be taken, kIo for everything else.
#pragma once

#include <string>
#include <string_view>

#include "garner/status.h"

namespace garner {

class MetricsFile {
 public:
  // Writes nothing. A link is followed once, here.
  static Result<MetricsFile> Open(const std::string& path);

  Status Replace(std::string_view text);
  const std::string& path() const { return path_; }

 private:
  explicit MetricsFile(std::string path) : path_(std::move(path)) {}

  std::string path_;  // absolute
};

}  // namespace garner
