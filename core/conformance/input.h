// One thing that a plugin is given: a payload, a container or a document, and the options that go with it. Made from a case, so that
// what breaks a plugin can be saved as a case file and be given to it again.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "core/manifest/options_schema.h"
#include "garner/stage.h"
#include "garner/status.h"
#include "garner/testing/case.pb.h"
#include "garner/v1/document.pb.h"

namespace garner {

struct Input {
  std::string name;  // for messages: "case shouted_paragraph"
  testing::Case content;
  std::string options;    // serialised
  Payload payload;        // for decoders and unpackers
  v1::Document document;  // for transforms and sinks

  size_t bytes() const { return payload.bytes.size() + document.text().size(); }
};

// Fails where the options do not parse as the plugin's. `schema` may have no message: then there are no options to give.
Result<Input> MakeInput(std::string name, testing::Case content, OptionsSchema& schema);

// Fills payload or document from the content.
void FillInput(Input& input);

// Every *.textproto of a folder, in order of name. Fails with what is wrong and in which file.
Result<std::vector<Input>> ReadCases(const std::string& folder, OptionsSchema& schema);

// The text of a case file that holds this input.
std::string CaseText(const testing::Case& content);

}  // namespace garner
