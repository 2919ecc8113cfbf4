// The stages of a pipeline: what a plugin implements.
//
//   class Deduplicator final : public Transform<DeduplicatorOptions> {
//    public:
//     Status Process(const v1::Document& document, Edits& edits) override;
//   };
//   GARNER_PLUGIN(Deduplicator)          // in garner/plugin.h
//
// Life of a stage: constructor, Configure (once, by the template below), Open (once), then the work, then the destructor. The host
// makes one instance a worker; an instance is used by one thread at a time, several instances at once. An instance keeps no state
// from one document to the next that could show in its results. Exceptions that leave a call fail the document, not the job.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "garner/byte_stream.h"
#include "garner/children.h"
#include "garner/document_builder.h"
#include "garner/edits.h"
#include "garner/input_file.h"
#include "garner/status.h"
#include "garner/v1/document.pb.h"

namespace garner {

enum class LogLevel { kDebug, kInfo, kWarning, kError };

// The stage's line to the host. Owned by the host, outlives the stage. Safe from the thread that runs the stage.
class StageContext {
 public:
  virtual ~StageContext() = default;

  virtual void Log(LogLevel level, std::string_view message) = 0;
  // Something about the current document (or the stage's set-up) that its owner should hear of. Counted in the job's report.
  virtual void Warn(std::string_view message) = 0;
  // Adds to a named counter of the stage, summed over the job.
  virtual void Count(std::string_view metric, double by = 1) = 0;

  // The stage's label in the manifest (its `name:`, else the plugin's name).
  virtual const std::string& stage() const = 0;
  // The folder NAME.data beside the plugin's library, where garner_add_plugin(... DATA ...) puts data files. Absolute.
  virtual const std::string& data_dir() const = 0;
  // The manifest's folder: relative paths in options start there. Absolute.
  virtual const std::string& manifest_dir() const = 0;
  // The job's output folder: sinks write there, sources stay out of it. Empty where the job writes no files. Absolute, exists.
  virtual const std::string& output_dir() const = 0;
};

class Stage {
 public:
  virtual ~Stage() = default;
  Stage() = default;
  Stage(const Stage&) = delete;
  Stage& operator=(const Stage&) = delete;

  // Called once, first. `options` is the serialised options message, already checked against its rules.
  virtual Status Configure(StageContext& context, std::string_view options) = 0;
  // Called once after Configure: opens files, loads models, compiles lists. A failure refuses the job before any work. Of a sink that goes on
  // after an interruption, Reopen is called instead.
  virtual Status Open() { return OkStatus(); }
};

// Bytes on their way in. Movable, not copied.
struct Payload {
  v1::PayloadInfo info;
  std::string bytes;
};

// One thing that a source or an unpacker found: a payload, read or still to be read, or the reason why it could not be read.
struct SourceItem {
  // With `bytes`, transport compression undone; or without them, where there is a `stream`.
  Payload payload;
  // Not ok: payload.info names what failed; the document fails with this status and the job goes on.
  Status status;
  // The payload's bytes as they stand, compressed perhaps. The host hands them to an unpacker, where the payload holds others, or reads them
  // whole, compression undone, within `limits`. Good until the next call of Next.
  std::unique_ptr<ByteStream> stream;
  InputOptions limits;
};

// What became of a document.
struct Outcome {
  enum class Kind {
    kWritten,
    kDropped,
    kFailed,
    // Written, with the result that an earlier run kept: the payload and everything that its result rests on are as they were.
    kUnchanged,
    // It held others, which were handed out in its place: none of them failed.
    kUnpacked,
  };
  Kind kind = Kind::kWritten;
  // Dropped: the rule. Failed: the kind of trouble.
  std::string reason;
  // The stage that dropped or failed it.
  std::string stage;
  std::string message;
};

// Hands out payloads in a stable order. One instance a job, one thread.
class SourceStage : public Stage {
 public:
  // Fills `item` and returns true, or returns false at the end. A failed Result means that the source itself is broken: the job stops.
  virtual Result<bool> Next(SourceItem& item) = 0;
  // Called once for each item in the order of Next, when the job's results are durable and in their place; never where the job ended
  // before that: the next run is given the items again. `info` has what names the item (uri, container path, record key), its size and
  // its SHA-256. A job that goes on after an interruption acknowledges what earlier processes did, too; one that is interrupted while
  // it acknowledges may call it twice for an item. An item that held others has the outcome of its own document (kUnpacked
  // where an unpacker took it apart: then there is none), unless one of the others failed: then it has failed, with that one's reason.
  // Of an unpacked item neither size nor SHA-256 need be known.
  virtual void Acknowledge(const v1::PayloadInfo& info, const Outcome& outcome) {
    (void)info;
    (void)outcome;
  }
  // How many items Next gives in all, where that is known once the source is open; for the progress that is shown, and for nothing else.
  virtual std::optional<uint64_t> Total() const { return std::nullopt; }

  // Whether the class has an Acknowledge of its own. GARNER_PLUGIN finds out; outcomes are kept for nobody otherwise.
  bool acknowledges() const { return acknowledges_; }
  void set_acknowledges(bool acknowledges) { acknowledges_ = acknowledges; }

 private:
  bool acknowledges_ = true;
};

// Opens a payload that holds many others (an archive, a file of records) and hands them out one at a time, in the order in which they stand
// there. The host decides by the media types of the plugin's manifest what it gets, and opens containers inside containers by other
// instances. One thread an instance.
class UnpackerStage : public Stage {
 public:
  // Begins with a container; whatever the last one still held is forgotten. `stream` stands at its beginning, transport compression
  // undone but for the kinds that `raw_compressions` of the manifest names. It is there until Next says that there is no more, or fails;
  // after that, and in the next Begin or the destructor, it is not to be touched: a job may end in the middle of a container.
  // Failed: the container cannot be opened, and fails as a document.
  virtual Status Begin(const v1::PayloadInfo& container, ByteStream& stream) = 0;
  // Fills `item` and returns true, or returns false at the container's end. Of the item's info it sets container_path (the member's
  // name, as it stands; empty where members have none), record_key (unique where names are not: an offset, a number) and what is known of
  // the member; uri and all that names the container comes from the host, which makes names unique and fit to stand in a path.
  // A failed Result: what is left of the container cannot be read, and the container fails as a document; what it gave before stays. For
  // damage that can be got over, give an item with a status, and go on behind it.
  virtual Result<bool> Next(SourceItem& item) = 0;
};

// Turns one payload into one document.
class DecoderStage : public Stage {
 public:
  // Fills `document`; `source` is already there. Usually through DocumentBuilder.
  virtual Status Decode(const Payload& payload, v1::Document* document) = 0;
  // What the host calls. A decoder of payloads that hold others overrides it, by way of ParentDecoderStage.
  virtual Status DecodeWithChildren(const Payload& payload, v1::Document* document, Children& children) {
    (void)children;
    return Decode(payload, document);
  }
};

// Turns one payload into one document, and hands over the payloads inside it. They are worked on after their parent, also where it fails
// or is dropped: a mail without text may have attachments.
class ParentDecoderStage : public DecoderStage {
 public:
  Status DecodeWithChildren(const Payload& payload, v1::Document* document, Children& children) override = 0;
  // For callers that do not want them.
  Status Decode(const Payload& payload, v1::Document* document) final {
    Children none({.payloads = 0, .bytes = 0});
    return DecodeWithChildren(payload, document, none);
  }
};

// Reads a document and says what should change.
class TransformStage : public Stage {
 public:
  virtual Status Process(const v1::Document& document, Edits& edits) = 0;
};

// A transform that compares documents, in two halves. The plugin's manifest says `decides: true`.
//
// `Process` runs in parallel, as that of any transform, and leaves a note (edits.set_note). The host calls `Decide` for each document that
// came through all transforms and that Process had seen, in input order, before the sinks, with one instance and one thread for the job, in
// its own process. All that an instance remembers of earlier documents went through `Remember`, so its memory is the sum of its records:
// results do not depend on the number of workers, and an interrupted job goes on with the memory it had.
class DecidingStage : public TransformStage {
 public:
  // Proposes edits of `document` as it is now, after all transforms; often a drop. `note`: what Process left. What the stage wants to know
  // later it puts into `record`; empty: nothing. Changes no memory. It holds up everything behind it: leave the work to Process.
  virtual Status Decide(const v1::Document& document, std::string_view note, Edits& edits, std::string& record) = 0;
  // Takes a record into memory: after a Decide that succeeded and whose edits were applied, and again for each record in order when an
  // interrupted job goes on. A failure stops the job.
  virtual Status Remember(std::string_view record) = 0;
};

// Writes documents, in input order. One instance a job, one thread.
//
// A sink that is Resumable survives kill -9: the host commits on the way and keeps the positions in its journal; after an interruption it opens
// the sink by Reopen in place of Open, and writes again what came after that commit. The output is then what it would have been without
// an interruption, byte for byte. OutputFile does all of this for a sink that writes one file.
class SinkStage : public Stage {
 public:
  virtual Status Write(const v1::Document& document) = 0;

  // Whether Commit and Reopen work. Asked after Configure. A job with one sink that says no starts over after an interruption.
  virtual bool Resumable() const { return false; }
  // Everything written so far becomes durable, still not visible under its name. Returns where the output stands: bytes of the sink's
  // own, for Reopen. May be called at any moment between two writes (also by the clock): the bytes of the output must not depend on
  // when, or how often. What was committed outlives the sink: without Finish it stays, invisible, for a later process.
  virtual Result<std::string> Commit() { return Status(StatusKind::kUnsupported, "the sink cannot be committed"); }
  // In place of Open, in a later process with the same options and output folder: cuts off what was written after that Commit and goes
  // on from there. It must also work where Finish was begun or completed after that Commit (the process died before the journal
  // heard of it): then Finish does what is left to do. The position comes from a file and may be damaged or of another version:
  // a sink that cannot go on from it says so in a Status.
  virtual Status Reopen(std::string_view position) {
    (void)position;
    return Status(StatusKind::kUnsupported, "the sink cannot go on after an interruption");
  }

  // Everything written is complete: makes it durable and visible under its name. Called once, after the last Write; of a process
  // that died in it, another one may call it again after Reopen. A sink that is destroyed without it leaves earlier output under
  // that name as it was.
  virtual Status Finish() = 0;
};

// Adds the typed options to a stage kind. `Options` is the plugin's generated message.
template <typename Kind, typename Options>
class Configured : public Kind {
 public:
  Status Configure(StageContext& context, std::string_view options) final {
    context_ = &context;
    if (!options_.ParseFromArray(options.data(), static_cast<int>(options.size())))
      return Status(StatusKind::kConfig, "the options do not parse as " + options_.GetTypeName());
    return OkStatus();
  }

 protected:
  const Options& options() const { return options_; }
  StageContext& context() const { return *context_; }

 private:
  Options options_;
  StageContext* context_ = nullptr;
};

template <typename Options>
using Source = Configured<SourceStage, Options>;
template <typename Options>
using Unpacker = Configured<UnpackerStage, Options>;
template <typename Options>
using Decoder = Configured<DecoderStage, Options>;
template <typename Options>
using ParentDecoder = Configured<ParentDecoderStage, Options>;
template <typename Options>
using Transform = Configured<TransformStage, Options>;
template <typename Options>
using DecidingTransform = Configured<DecidingStage, Options>;
template <typename Options>
using Sink = Configured<SinkStage, Options>;

}  // namespace garner
