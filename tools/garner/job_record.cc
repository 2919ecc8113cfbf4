#include "tools/garner/job_record.h"

#include <google/protobuf/dynamic_message.h>

#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>

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
  std::error_code ignored;
  fs::create_directories(RecordPath(output_dir).parent_path(), ignored);
  std::ofstream(RecordPath(output_dir)) << record.dump(2, ' ', false, nlohmann::ordered_json::error_handler_t::replace) << "\n";
}

std::vector<std::string> ReadSourceFolders(const std::string& output_dir) {
  std::ifstream in(RecordPath(output_dir));
  const nlohmann::json record = nlohmann::json::parse(in, nullptr, false);
  std::vector<std::string> folders;
  if (!record.is_object() || !record.contains("source_folders") || !record["source_folders"].is_array()) return folders;
  for (const auto& folder : record["source_folders"])
    if (folder.is_string()) folders.push_back(folder.get<std::string>());
  return folders;
}

}  // namespace garner
