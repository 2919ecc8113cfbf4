// Runs of a sink, and what they leave on disk.
#pragma once

#include <map>
#include <string>

#include "core/conformance/checks.h"

namespace garner {

// Path below a folder -> bytes; folders end in '/'.
using Tree = std::map<std::string, std::string>;

// All that stands below a folder. `published`: without what the host keeps for itself (`.garner`) and what is not complete (`*.part`).
Tree ReadTree(const std::string& folder, bool published);

// "documents.jsonl is missing", "documents.jsonl differs at byte 17 (120 and 118 bytes)"; empty for equal ones.
std::string DescribeDifference(const Tree& one, const Tree& other);

// Opens a sink that writes below `output`.
Result<OpenStage> OpenSink(const CheckRun& run, const std::string& output);

// The documents that sinks are given: the inputs' that have text or metadata, each with an id of its own.
std::vector<v1::Document> SinkDocuments(const CheckRun& run);

Status WriteOne(const CheckRun& run, OpenStage& stage, const v1::Document& document);
Status FinishSink(const CheckRun& run, OpenStage& stage);
// Open, Write for each, Finish.
Status WriteAll(const CheckRun& run, const std::vector<v1::Document>& documents, const std::string& output);

}  // namespace garner
