// The JSON Schema against descriptions that no file of this repository has; tests/jobs/schema_test.py holds it against manifests.
#include "core/manifest/manifest_schema.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "tests/core/manifest/test_plugins.h"

namespace garner {
namespace {

using Json = nlohmann::json;

Json SchemaOf(const PluginFile& plugin) { return Json::parse(ManifestSchema({&plugin})); }

// A plugin with `count` messages, each inside the one before.
PluginFile Chain(int count) {
  PluginFile plugin;
  plugin.manifest.set_name("chain");
  plugin.manifest.set_kind(v1::PluginManifest::TRANSFORM);
  plugin.manifest.set_options_message("chain.M0");
  google::protobuf::FileDescriptorProto& file = *plugin.options.add_file();
  file.set_name("chain.proto");
  file.set_package("chain");
  for (int i = 0; i < count; ++i) {
    google::protobuf::DescriptorProto& message = *file.add_message_type();
    message.set_name("M" + std::to_string(i));
    google::protobuf::FieldDescriptorProto& field = *message.add_field();
    field.set_name("next");
    field.set_number(1);
    field.set_label(google::protobuf::FieldDescriptorProto::LABEL_OPTIONAL);
    field.set_type(i + 1 < count ? google::protobuf::FieldDescriptorProto::TYPE_MESSAGE
                                 : google::protobuf::FieldDescriptorProto::TYPE_STRING);
    if (i + 1 < count) field.set_type_name(".chain.M" + std::to_string(i + 1));
  }
  return plugin;
}

TEST(ManifestSchema, OfNoPluginsIsOneAllTheSame) {
  const Json schema = Json::parse(ManifestSchema({}));
  EXPECT_EQ(schema["required"], Json({"source", "sinks"}));
  EXPECT_EQ(schema["additionalProperties"], false);
}

TEST(ManifestSchema, AMessageThatHoldsItselfRefersToItself) {
  const Json schema = SchemaOf(*TestPlugins().Find("all_kinds"));
  const Json& scoring = schema["$defs"]["options.all_kinds.Scoring"];
  EXPECT_EQ(scoring["properties"]["fallback"]["$ref"], "#/$defs/options.all_kinds.Scoring");
  EXPECT_EQ(scoring["properties"]["min_score"]["description"], "Least score that counts.\n\nTakes: number, 0 to 1");
}

TEST(ManifestSchema, ADefaultIsWhatOneWouldWrite) {
  const Json options = SchemaOf(*TestPlugins().Find("all_kinds"))["$defs"]["options.all_kinds"]["properties"];
  EXPECT_EQ(options["share"]["default"].dump(), "0.1");
  EXPECT_EQ(options["favor"]["default"], "balanced");
  EXPECT_EQ(options["min_words"]["default"], 8);
  EXPECT_TRUE(options["token"]["writeOnly"]);
}

TEST(ManifestSchema, APluginWithoutOptionsTakesAnEmptyMap) {
  const Json schema = SchemaOf(*TestPlugins().Find("nothing"));
  EXPECT_EQ(schema["$defs"]["options.nothing"]["properties"], Json::object());
  EXPECT_EQ(schema["$defs"]["options.nothing"]["additionalProperties"], false);
}

TEST(ManifestSchema, IsBoundedWhateverAPluginDescribes) {
  const Json schema = SchemaOf(Chain(5000));
  EXPECT_LT(schema["$defs"].size(), 220u);
  EXPECT_EQ(schema["$defs"]["options.chain.any"], Json({{"type", "object"}}));
}

TEST(ManifestSchema, ADescriptionThatCannotBeReadTakesAnyMap) {
  PluginFile plugin = Chain(2);
  plugin.options.mutable_file(0)->mutable_message_type(0)->mutable_field(0)->set_type_name(".chain.Nothing");
  EXPECT_EQ(SchemaOf(plugin)["$defs"]["options.chain"], Json({{"type", "object"}}));
}

}  // namespace
}  // namespace garner
