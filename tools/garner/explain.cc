// garner explain OUTPUT [ID]: why each stretch of a document was kept, changed or removed, against its source.
#include <CLI/CLI.hpp>
#include <google/protobuf/io/zero_copy_stream_impl.h>
#include <google/protobuf/util/delimited_message_util.h>

#include <algorithm>
#include <filesystem>
#include <functional>
#include <iostream>
#include <limits>
#include <sstream>

#include "core/job/payload_finder.h"
#include "core/job/payload_name.h"
#include "core/job/replay_plan.h"
#include "garner/escape.h"
#include "garner/input_file.h"
#include "tools/garner/command.h"
#include "tools/garner/explain_document.h"
#include "tools/garner/job_record.h"
#include "tools/garner/terminal.h"

namespace garner {
namespace {

namespace fs = std::filesystem;

struct ExplainArguments {
  std::string output;
  std::string id;
  std::vector<std::string> sources;
  bool json = false;
  bool full = false;
};

// Explains whoever asks for it, even where the limits of the job were lifted.
const InputOptions kNoLimits{.place = "", .follow_symlinks = true, .max_file_bytes = uint64_t{1} << 40, .max_expanded_bytes = uint64_t{1} << 40};

bool HasForm(const fs::path& path, std::string_view suffix) {
  const std::string name = path.filename().string();
  for (const char* compression : {"", ".gz", ".zst"}) {
    const std::string ending = std::string(suffix) + compression;
    if (name.size() > ending.size() && name.compare(name.size() - ending.size(), ending.size(), ending) == 0) return true;
  }
  return false;
}

// The results to read: the lossless form where there is one.
fs::path FindResults(const fs::path& output) {
  std::error_code error;
  if (!fs::is_directory(output, error)) return output;
  for (const char* suffix : {".pb", ".jsonl"}) {
    std::vector<fs::path> found;
    for (fs::directory_iterator entry(output, error), end; !error && entry != end; entry.increment(error)) {
      std::error_code ignored;
      if (entry->is_regular_file(ignored) && HasForm(entry->path(), suffix)) found.push_back(entry->path());
    }
    std::sort(found.begin(), found.end());
    if (!found.empty()) return found.front();
  }
  return {};
}

// Calls `use` for each document until it returns false.
Status ForEachDocument(const fs::path& results, const std::function<bool(Explained)>& use) {
  const Result<InputContent> content = ReadInputFile(results.string(), kNoLimits);
  if (!content.ok()) return content.status();
  const std::string& bytes = content->bytes;
  if (HasForm(results, ".pb")) {
    for (size_t at = 0; at < bytes.size();) {
      // A stream for each document: streams count with int, and results may be larger.
      const size_t rest = std::min<size_t>(bytes.size() - at, std::numeric_limits<int>::max());
      google::protobuf::io::ArrayInputStream stream(bytes.data() + at, static_cast<int>(rest));
      v1::Document document;
      if (!google::protobuf::util::ParseDelimitedFromZeroCopyStream(&document, &stream, nullptr))
        return Status(StatusKind::kInvalidInput, results.string() + ": is no stream of documents, or is cut off");
      at += static_cast<size_t>(stream.ByteCount());
      if (!use(FromDocument(std::move(document)))) return OkStatus();
    }
    return OkStatus();
  }
  std::istringstream lines(bytes);
  int number = 0;
  for (std::string line; std::getline(lines, line);) {
    ++number;
    Result<Explained> explained = FromRecord(line);
    if (!explained.ok()) return Status(StatusKind::kInvalidInput, results.string() + ":" + std::to_string(number) + ": " + explained.status().message());
    if (!use(*std::move(explained))) return OkStatus();
  }
  return OkStatus();
}

// By id, by a part of it from its beginning, by uri, or by the file's name with or without its ending.
bool Matches(const v1::Document& document, const std::string& wanted) {
  if (wanted.empty()) return true;
  const fs::path uri(document.source().uri());
  return PayloadName(document.source()) == wanted || (wanted.size() >= 4 && document.id().compare(0, wanted.size(), wanted) == 0) || uri.string() == wanted || uri.filename().string() == wanted ||
         uri.stem().string() == wanted;
}

bool ExplainOne(const Explained& explained, PayloadFinder& finder, const ExplainArguments& arguments) {
  const v1::PayloadInfo& info = explained.document.source();
  if (info.has_parent_id() && arguments.id.empty()) {
    std::cerr << EscapeForTerminal(PayloadName(info)) << ": stands inside another payload, and is not shown\n";
    return true;
  }
  const Result<std::string> bytes = finder.Find(info);
  if (!bytes.ok()) {
    std::cerr << "garner: " << EscapeForTerminal(bytes.status().message()) << "\n";
    return false;
  }
  const Result<DecodedText> decoded = DecodeText(*bytes, {.declared = info.charset(), .declared_inside = ""});
  if (!decoded.ok()) {
    std::cerr << "garner: " << EscapeForTerminal(info.uri() + ": " + decoded.status().message()) << "\n";
    return false;
  }
  std::cout << (arguments.json ? ExplainJson(explained, *decoded) : ExplainText(explained, *decoded, Style{ShowsColour(1)}, arguments.full) + "\n");
  return true;
}

int Explain(const ExplainArguments& arguments, const GlobalOptions& global) {
  const fs::path results = FindResults(arguments.output);
  if (results.empty()) {
    std::cerr << "garner: no *.pb and no *.jsonl in '" << EscapeForTerminal(arguments.output) << "'; name the folder that `garner run --output` filled\n";
    return kExitRefused;
  }
  const JobRecord job = ReadJobRecord(results.parent_path().string());
  const v1::RecordedPlan& recorded = job.unpackers.plan();
  PluginCatalog catalog(SearchOf(global).Folders({recorded.plugin_dirs().begin(), recorded.plugin_dirs().end()}));
  RequireProbe(catalog);
  // What cannot be planned any more opens no containers; files are shown all the same.
  const ReplayPlan planned = PlanReplay(job.unpackers, "the record of the job", catalog, {});
  PayloadFinder finder(arguments.sources.empty() ? job.source_folders : arguments.sources, planned.result.plan.value_or(JobPlan()), catalog);
  int shown = 0;
  bool ok = true;
  const Status status = ForEachDocument(results, [&](const Explained& explained) {
    if (!Matches(explained.document, arguments.id)) return true;
    ++shown;
    ok = ExplainOne(explained, finder, arguments) && ok;
    return static_cast<bool>(std::cout);
  });
  if (!status.ok()) {
    std::cerr << "garner: " << EscapeForTerminal(status.message()) << "\n";
    return kExitRefused;
  }
  if (shown == 0 && !arguments.id.empty()) {
    std::cerr << "garner: no document '" << EscapeForTerminal(arguments.id) << "' in " << results.string() << "; an id (or its beginning), a uri or a file name is accepted\n";
    return kExitRefused;
  }
  return ok ? kExitOk : kExitRefused;
}

}  // namespace

void AddExplain(CLI::App& app, const GlobalOptions& global, int& exit_status) {
  CLI::App* command = app.add_subcommand("explain", "Why each stretch of a document was kept, changed or removed, against its source");
  command->footer(
      "Without colours removed text stands in [-...-] and changed text in {~...~}; entities are underlined on a terminal.\n"
      "The margin names stage, rule, score and threshold.\n"
      "Examples:\n"
      "  garner explain out                  every document of a job\n"
      "  garner explain out harbour-bridge   one, by id, uri or file name\n"
      "  garner explain out/documents.jsonl --json");
  auto arguments = std::make_shared<ExplainArguments>();
  command->add_option("output", arguments->output, "A job's output folder, or one of its files (.pb, .jsonl)")->required()->type_name("OUTPUT");
  command->add_option("id", arguments->id, "Only this document: its id or the beginning of it, its uri, its file name, or its place in a container (\"crawl.warc#1072\")")->type_name("ID");
  command->add_option("--source", arguments->sources, "Folder that the documents' uris are relative to (default: where the job found them)")
      ->type_name("DIR")
      ->allow_extra_args(false);
  command->add_flag("--full", arguments->full, "Show long removed stretches whole");
  command->add_flag("--json", arguments->json, "One JSON object a document");
  command->callback([=, &global, &exit_status] { exit_status = Explain(*arguments, global); });
}

}  // namespace garner
