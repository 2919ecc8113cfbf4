#include "tools/garner/job_record.h"

#include <google/protobuf/dynamic_message.h>
#include <google/protobuf/util/json_util.h>

#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>

#include "core/job/dead_letters.h"

namespace garner {
namespace {

namespace fs = std::filesystem;

// The values of the source's option `paths`, where it has such an option.
std::vector<std::string> SourcePaths(const StagePlan& source) {
  google::protobuf::DescriptorPool pool(google::protobuf::DescriptorPool::generated_pool());
  for (const google::protobuf::FileDescriptorProto& file : source.plugin->options.file()) pool.BuildFile(file);
  const google::protobuf::Descriptor* descriptor = pool.FindMessageTypeByName(source.plugin->manifest.options_message());
  if (descriptor == nullptr) return {};
  const google::protobuf::FieldDescriptor* field = descriptor->FindFieldByName("paths");
  if (field == nullptr || !field->is_repeated() || field->cpp_type() != google::protobuf::FieldDescriptor::CPPTYPE_STRING) return {};
  google::protobuf::DynamicMessageFactory factory(&pool);
  const std::unique_ptr<google::protobuf::Message> options(factory.GetPrototype(descriptor)->New());
  if (!options->ParsePartialFromString(source.options)) return {};
  std::vector<std::string> paths;
  for (int i = 0; i < options->GetReflection()->FieldSize(*options, field); ++i) paths.push_back(options->GetReflection()->GetRepeatedString(*options, field, i));
  return paths;
}

// The stages of a plan that say how containers are opened, without secrets.
nlohmann::ordered_json RecordUnpackers(const JobPlan& plan) {
  JobPlan part;
  part.name = plan.name;
  part.manifest_path = plan.manifest_path;
  part.manifest_dir = plan.manifest_dir;
  part.plugin_dirs = plan.plugin_dirs;
  part.source = plan.source;
  part.unpackers = plan.unpackers;
  const Result<v1::RecordedPlan> recorded = RecordPlan(part);
  std::string json;
  if (!recorded.ok() || !google::protobuf::util::MessageToJsonString(*recorded, &json).ok()) json = "{}";
  return nlohmann::ordered_json::parse(json, nullptr, false);
}

fs::path RecordPath(const std::string& output_dir) { return fs::path(output_dir) / ".garner" / "job.json"; }

}  // namespace

std::vector<std::string> SourcePlaces(const JobPlan& plan) {
  std::vector<std::string> places;
  for (const std::string& path : SourcePaths(plan.source)) {
    if (path == "-") continue;
    // A pattern's fixed part is a folder; a name that has no wildcard is a file or folder.
    const size_t wildcard = path.find_first_of("*?[");
    fs::path absolute = fs::path(plan.manifest_dir) / (wildcard == std::string::npos ? path : path.substr(0, path.rfind('/', wildcard)));
    absolute = absolute.lexically_normal();
    if (!absolute.has_filename()) absolute = absolute.parent_path();
    places.push_back(absolute.string());
  }
  return places;
}

void WriteJobRecord(const std::string& output_dir, const JobPlan& plan) {
  nlohmann::ordered_json record;
  record["source_folders"] = nlohmann::ordered_json::array();
  for (const std::string& place : SourcePlaces(plan)) record["source_folders"].push_back(fs::path(place).parent_path().string());
  record["unpackers"] = RecordUnpackers(plan);
  std::error_code ignored;
  fs::create_directories(RecordPath(output_dir).parent_path(), ignored);
  std::ofstream(RecordPath(output_dir)) << record.dump(2, ' ', false, nlohmann::ordered_json::error_handler_t::replace) << "\n";
}

JobRecord ReadJobRecord(const std::string& output_dir) {
  std::ifstream in(RecordPath(output_dir));
  const nlohmann::json record = nlohmann::json::parse(in, nullptr, false);
  JobRecord found;
  if (!record.is_object()) return found;
  if (const auto folders = record.find("source_folders"); folders != record.end() && folders->is_array())
    for (const auto& folder : *folders)
      if (folder.is_string()) found.source_folders.push_back(folder.get<std::string>());
  if (const auto unpackers = record.find("unpackers"); unpackers != record.end() && unpackers->is_object())
    (void)google::protobuf::util::JsonStringToMessage(unpackers->dump(), found.unpackers.mutable_plan());
  return found;
}

}  // namespace garner
