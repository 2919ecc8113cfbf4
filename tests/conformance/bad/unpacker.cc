// An unpacker whose items are the lines of its container, and that does one thing wrong.
#include <string>

#include "badness.h"
#include "garner/plugin.h"
#include "garner_plugins/bad/options.pb.h"

namespace garner::bad {

class BadUnpacker final : public Unpacker<BadOptions> {
 public:
  Status Begin(const v1::PayloadInfo&, ByteStream& stream) override {
    stream_ = &stream;
    if (!Bad("keeps_the_last_container")) rest_.clear();
    line_ = 0;
    if (Bad("reads_once")) return ReadSome().status();
    return OkStatus();
  }

  Result<bool> Next(SourceItem& item) override {
    while (rest_.find('\n') == std::string::npos && !Bad("reads_once")) {
      const Result<bool> more = ReadSome();
      if (!more.ok()) return more;
      if (!*more) break;
    }
    if (rest_.empty()) return false;
    const size_t end = std::min(rest_.find('\n'), rest_.size() - 1) + 1;
    item.payload.info.set_record_key(std::to_string(Bad("repeats_keys") ? 1 : ++line_));
    item.payload.bytes = rest_.substr(0, end);
    rest_.erase(0, end);
    return true;
  }

 private:
  Result<bool> ReadSome() {
    char buffer[65536];
    const Result<size_t> read = stream_->Read(buffer, sizeof buffer);
    if (!read.ok()) return read.status();
    rest_.append(buffer, *read);
    return *read > 0;
  }

  ByteStream* stream_ = nullptr;
  std::string rest_;
  int line_ = 0;
};

}  // namespace garner::bad

GARNER_PLUGIN(garner::bad::BadUnpacker)
