// Runs an unpacker over any bytes, and checks what must hold for every container.
//
//   extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
//     static garner::testing::FuzzedUnpacker unpacker(garner_plugin, MySmallLimits().SerializeAsString());
//     unpacker.Run({reinterpret_cast<const char*>(data), size});
//     return 0;
//   }
//
// Not for several threads.
#pragma once

#include <cstdlib>
#include <iostream>
#include <memory>
#include <set>
#include <string>
#include <string_view>

#include "garner/plugin.h"
#include "garner/utf8.h"
#include "garner/testing/documents.h"
#include "garner/testing/unpack.h"

namespace garner::testing {

class FuzzedUnpacker {
 public:
  FuzzedUnpacker(const PluginDescriptor& plugin, const std::string& options) : stage_(plugin.make()) {
    Demand(stage_->Configure(context_, options).ok() && stage_->Open().ok(), "the stage does not open");
  }

  // Aborts where a failure has no words, two records have one key, a name of the record is no UTF-8, or bytes that come in pieces and cannot be
  // sought give other items than bytes in memory, unless `order_depends_on_seeking`.
  void Run(std::string_view bytes, bool order_depends_on_seeking = false) {
    MemoryStream memory(bytes);
    const Unpacked whole = UnpackAll(memory);
    OddStream odd(bytes, static_cast<uint32_t>(bytes.size()), 1 + bytes.size() % 300);
    const Unpacked pieces = UnpackAll(odd);
    if (!order_depends_on_seeking) Demand(Same(whole, pieces), "pieces give other items than the whole");
  }

 private:
  Unpacked UnpackAll(ByteStream& stream) {
    Unpacked unpacked = Unpack(dynamic_cast<UnpackerStage&>(*stage_), stream);
    Demand(unpacked.status.ok() || !unpacked.status.message().empty(), "a failure without words");
    std::set<std::string> keys;
    for (const UnpackedItem& item : unpacked.items) {
      Demand(item.status.ok() || !item.status.message().empty(), "an item's failure without words");
      Demand(IsValidUtf8(item.status.message()), "a message that is no UTF-8");
      Demand(IsValidUtf8(item.info.fetch().url() + item.info.container_path() + item.info.declared_media_type()), "a name that is no UTF-8");
      Demand(item.info.record_key().empty() || keys.insert(item.info.record_key()).second, "two records with one key");
    }
    return unpacked;
  }

  static bool Same(const Unpacked& a, const Unpacked& b) {
    if (a.items.size() != b.items.size() || a.status.message() != b.status.message()) return false;
    for (size_t i = 0; i < a.items.size(); ++i) {
      const UnpackedItem& x = a.items[i];
      const UnpackedItem& y = b.items[i];
      if (x.bytes != y.bytes || x.status.message() != y.status.message() || x.info.SerializeAsString() != y.info.SerializeAsString()) return false;
    }
    return true;
  }

  static void Demand(bool holds, const char* what) {
    if (holds) return;
    std::cerr << what << '\n';
    std::abort();
  }

  TestContext context_;
  std::unique_ptr<Stage> stage_;
};

}  // namespace garner::testing
