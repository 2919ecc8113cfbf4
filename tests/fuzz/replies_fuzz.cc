// Any bytes as what a worker process answers: frames, replies, children, documents, edits. Refused, or fit for the host. The first byte says
// what was asked: a decoder (odd) or a transform; the rest is the stream.
#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <iostream>
#include <string>

#include "core/isolation/frames.h"
#include "core/isolation/reply_children.h"
#include "core/sdk/document_check.h"
#include "core/sdk/edit_applier.h"
#include "garner/testing/invariants.h"
#include "garner/v1/worker.pb.h"
#include "tests/core/edits/random_documents.h"

namespace {

constexpr garner::ChildAllowance kAllowed{.payloads = 3, .bytes = 1000};

void Check(bool holds) {
  if (!holds) std::abort();
}

void TakeDocument(std::string_view bytes) {
  const std::string payload(300, 'x');
  garner::v1::Document document;
  if (!document.ParseFromArray(bytes.data(), static_cast<int>(bytes.size()))) return;
  if (!garner::CheckDocument(document, payload.size()).ok()) return;
  // What passed can be worked on: every run leads somewhere, and every block can be erased.
  garner::v1::Edits edits;
  for (const garner::v1::Block& block : document.blocks()) {
    garner::v1::Erase& erase = *edits.add_erase();
    erase.set_begin(block.begin());
    erase.set_end(block.end());
    erase.set_rule("all");
  }
  Check(garner::ApplyEdits(edits, "stage", &document).ok());
  Check(document.text().empty());
}

void TakeEdits(std::string_view bytes, uint8_t seed) {
  garner::v1::Edits edits;
  if (!edits.ParseFromArray(bytes.data(), static_cast<int>(bytes.size()))) return;
  garner::testing::RandomSource random(seed);
  garner::testing::RandomDocument made = garner::testing::MakeRandomDocument(random);
  (void)garner::ApplyEdits(edits, "stage", &made.document);
  if (const testing::AssertionResult sound = garner::testing::Sound(made.document, made.payload); !sound) {
    std::cerr << sound.message() << "\n";
    std::abort();
  }
}

// As the host takes the answer to a document (WorkerClient::Ask).
void TakeReply(const garner::FrameReader& reader, uint8_t asked) {
  garner::v1::WorkerReply reply;
  if (!reply.ParseFromArray(reader.head().data(), static_cast<int>(reader.head().size())) || !reply.has_done()) return;
  std::string_view body = reader.body();
  garner::Children children(kAllowed);
  const bool decoder = asked % 2 == 1;
  if (decoder && !garner::TakeChildren(reply.done(), body, children)) {
    Check(children.all().empty() && body.size() == reader.body().size());
    return;
  }
  Check(children.bytes() <= kAllowed.bytes && children.all().size() <= kAllowed.payloads + 1);
  // Those of a child that could not be had are left out.
  Check(body.size() + children.bytes() <= reader.body().size());
  if (reply.done().has_failure()) {
    Check(garner::KindNamed(reply.done().failure()) != garner::StatusKind::kOk);
    return;
  }
  decoder ? TakeDocument(body) : TakeEdits(body, asked);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  if (size == 0) return 0;
  garner::FrameReader reader;
  for (size_t at = 1; at < size && reader.state() != garner::FrameReader::State::kMalformed;) {
    const std::span<char> room = reader.Room();
    const size_t now = std::min(room.size(), size - at);
    std::memcpy(room.data(), data + at, now);
    reader.Advance(now);
    at += now;
    for (; reader.state() == garner::FrameReader::State::kComplete; reader.Next()) TakeReply(reader, data[0]);
  }
  return 0;
}
