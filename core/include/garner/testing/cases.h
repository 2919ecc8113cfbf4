// Runs a plugin's case files as GoogleTest cases, one test a file.
//
//   GARNER_CASES(Deduplicator)       // in deduplicator_test.cc, runs every cases/*.textproto of the plugin's folder
//
// Of a source a case shows the items it hands out, of a sink the files it publishes (garner/testing/case.proto has it all).
// Besides what the case expects, every document must be sound (garner/testing/invariants.h). GARNER_UPDATE_CASES=1 rewrites the
// expectations; read that diff like code.
#pragma once

#include <gtest/gtest.h>

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "garner/stage.h"

namespace garner::testing {

struct CasePlugin {
  std::string source_dir;          // the plugin's folder
  std::string data_dir;            // its NAME.data
  std::string options_descriptor;  // its serialised FileDescriptorSet
  std::string manifest;            // its serialised PluginManifest
  std::function<std::unique_ptr<Stage>()> make;
};

// File names in `cases/`, sorted; fails where there are none.
std::vector<std::string> CaseFiles(const std::string& source_dir);

// Runs one case and reports through GoogleTest.
void RunCase(const CasePlugin& plugin, const std::string& file);

// Serialises options given in text format; an empty text gives the defaults.
std::string SerializeOptions(const CasePlugin& plugin, const std::string& text);

}  // namespace garner::testing

#define GARNER_CASE_PLUGIN(StageClass)                                                                             \
  ::garner::testing::CasePlugin {                                                                                  \
    GARNER_PLUGIN_SOURCE_DIR, GARNER_PLUGIN_DATA_DIR, GARNER_PLUGIN_OPTIONS_DESCRIPTOR, GARNER_PLUGIN_MANIFEST,    \
        [] { return std::unique_ptr<::garner::Stage>(garner_plugin.make()); }                                      \
  }

#define GARNER_CASES(StageClass)                                                                                          \
  extern "C" const ::garner::PluginDescriptor garner_plugin;                                                              \
  class StageClass##Cases : public ::testing::TestWithParam<std::string> {};                                              \
  TEST_P(StageClass##Cases, Holds) { ::garner::testing::RunCase(GARNER_CASE_PLUGIN(StageClass), GetParam()); }            \
  INSTANTIATE_TEST_SUITE_P(Files, StageClass##Cases, ::testing::ValuesIn(::garner::testing::CaseFiles(GARNER_PLUGIN_SOURCE_DIR)), \
                           [](const ::testing::TestParamInfo<std::string>& file) {                                        \
                             std::string name = file.param.substr(0, file.param.find('.'));                               \
                             for (char& c : name)                                                                         \
                               if (!isalnum(static_cast<unsigned char>(c))) c = '_';                                      \
                             return name;                                                                                 \
                           });
