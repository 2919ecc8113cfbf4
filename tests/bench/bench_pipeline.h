// The text pipeline taken apart: each stage with the documents that it would get, in this process and on this thread.
//
//   BenchPipeline pipeline(texts);
//   for (size_t i = 0; i < pipeline.stages().size(); ++i) {
//     pipeline.Process(i);        // seconds of processor time
//     pipeline.Apply(i);
//     pipeline.Advance(i);        // the documents are now as stage i leaves them
//   }
//
// What cannot be set up ends the program with a sentence. One thread.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "core/job/stage_set.h"
#include "garner/edits.h"
#include "garner/v1/document.pb.h"

namespace garner::bench {

// Processor time of this thread, in seconds.
double ThreadSeconds();

class BenchPipeline {
 public:
  explicit BenchPipeline(std::vector<std::string> texts);
  ~BenchPipeline();
  BenchPipeline(const BenchPipeline&) = delete;
  BenchPipeline& operator=(const BenchPipeline&) = delete;

  // Labels of the transforms that are installed, in the order of the news pipeline.
  const std::vector<std::string>& stages() const { return labels_; }
  // Bytes of the payloads, and of the documents' text at the present stage.
  uint64_t bytes() const { return bytes_; }
  uint64_t text_bytes() const;

  // Each takes every document and tells the seconds of processor time that it took.
  double Decode();        // detection, hashes, decoder, check
  double Dom();           // libxml2's tree of each payload as HTML, made and freed: what to compare decoding with
  double Process(size_t stage);
  double Apply(size_t stage);  // on copies; the copying is not counted
  double Write();         // the jsonl sink, to a folder in memory where there is one
  void Advance(size_t stage);
  // A whole job with one worker over the folder that the texts came from, in seconds of the process.
  double WholeJob(const std::string& folder);

 private:
  struct Parts;
  std::unique_ptr<Parts> parts_;
  std::vector<std::string> texts_;
  std::vector<std::string> labels_;
  std::vector<v1::Document> documents_;
  std::vector<Edits> edits_;
  uint64_t bytes_ = 0;
};

}  // namespace garner::bench
