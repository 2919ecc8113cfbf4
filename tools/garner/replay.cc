// garner replay DIR/ID: one dead letter again. garner replay DIR: which letters there are.
#include "core/job/replay.h"

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include <filesystem>
#include <iostream>
#include <nlohmann/json.hpp>

#include "core/job/payload_name.h"
#include "core/job/replay_plan.h"
#include "core/job/outcome_words.h"
#include "garner/escape.h"
#include "tools/garner/command.h"

namespace garner {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::ordered_json;

struct ReplayArguments {
  std::string path;
  std::vector<std::string> sets;
  std::string output;
  bool json = false;
};

void PrintJson(const Json& value) { std::cout << value.dump(2, ' ', false, Json::error_handler_t::replace) << "\n"; }

int Refuse(const std::string& place, const std::string& why) {
  std::cerr << "garner: " << EscapeForTerminal(place) << ": " << EscapeForTerminal(why, 2000) << "\n";
  return kExitRefused;
}

std::string FailureWords(const std::string& stage, const std::string& kind, const std::string& message) {
  std::string words = "failed in " + EscapeForTerminal(stage, 200) + " (" + EscapeForTerminal(kind, 100) + ")";
  return message.empty() ? words : words + ": " + EscapeForTerminal(message, 1000);
}

// --- the list --------------------------------------------------------------------------------------------

Json JsonOf(const v1::DeadLetter& record) {
  return {{"id", record.id()},
          {"uri", record.source().uri()},
          {"stage", record.failure().stage()},
          {"kind", record.failure().kind()},
          {"message", record.failure().message()},
          {"payload", v1::DeadLetter::Payload_Name(record.payload())}};
}

void PrintList(const std::vector<ListedLetter>& letters) {
  for (const ListedLetter& letter : letters) {
    if (!letter.record.ok()) continue;
    const v1::Failure& failure = letter.record->failure();
    std::cout << letter.id << "  " << EscapeForTerminal(PayloadName(letter.record->source()), 500) << ": "
              << FailureWords(failure.stage(), failure.kind(), failure.message()) << "\n";
  }
}

int List(const ReplayArguments& arguments) {
  if (!arguments.sets.empty() || !arguments.output.empty())
    return Refuse(arguments.path, "--set and --output are for one letter: DIR/ID");
  const Result<std::vector<ListedLetter>> letters = ListLetters(arguments.path);
  if (!letters.ok()) return Refuse(arguments.path, letters.status().message());
  Json listed = {{"letters", Json::array()}, {"unreadable", Json::array()}};
  for (const ListedLetter& letter : *letters) {
    if (letter.record.ok()) {
      listed["letters"].push_back(JsonOf(*letter.record));
    } else {
      listed["unreadable"].push_back({{"id", letter.id}, {"reason", letter.record.status().message()}});
      std::cerr << "garner: " << letter.id << ": " << EscapeForTerminal(letter.record.status().message(), 1000) << "\n";
    }
  }
  if (arguments.json) {
    PrintJson(listed);
  } else {
    PrintList(*letters);
  }
  if (letters->empty()) std::cerr << "no letters in " << EscapeForTerminal(arguments.path) << "\n";
  return listed["unreadable"].empty() ? kExitOk : kExitSomeFailed;
}

// --- one letter ------------------------------------------------------------------------------------------

// The recorded sinks replace their whole output: among the results of a job that would leave one document of thousands.
std::string PrepareOutput(const std::string& folder) {
  std::error_code error;
  if (fs::exists(folder, error) && !fs::is_directory(folder, error)) return "is no folder; a new or empty one is wanted";
  if (fs::exists(folder, error) && !fs::is_empty(folder, error))
    return "is not empty; a new or empty folder is wanted for the results of one document";
  if (!error) fs::create_directories(folder, error);
  return error ? "cannot be the output folder: " + error.message() : std::string();
}

Json JsonOf(const Processed& done, const v1::DeadLetter& record, const std::vector<std::string>& differences) {
  const v1::Failure& before = record.failure();
  Json json = {{"id", record.id()},
               {"uri", record.source().uri()},
               {"outcome", WordOf(done.outcome.kind)},
               {"stage", done.outcome.stage},
               {"reason", done.outcome.reason},
               {"message", done.outcome.message},
               {"recorded", {{"stage", before.stage()}, {"kind", before.kind()}, {"message", before.message()}}},
               {"differences", differences}};
  if (done.outcome.kind == Outcome::Kind::kWritten) json["text"] = done.document->text();
  return json;
}

bool SameFailure(const Outcome& outcome, const v1::Failure& before) {
  return outcome.stage == before.stage() && outcome.reason == before.kind() && outcome.message == before.message();
}

void PrintWords(const Processed& done, const v1::DeadLetter& record, const std::string& output) {
  const std::string uri = EscapeForTerminal(PayloadName(record.source()), 500);
  const v1::Failure& before = record.failure();
  const Outcome& outcome = done.outcome;
  if (outcome.kind == Outcome::Kind::kDropped) {
    std::cerr << uri << ": dropped by " << outcome.stage << " (" << EscapeForTerminal(outcome.reason, 100) << ")\n";
  } else if (outcome.kind == Outcome::Kind::kFailed) {
    std::cerr << uri << ": " << FailureWords(outcome.stage, outcome.reason, outcome.message) << "\n";
    if (SameFailure(outcome, before)) {
      std::cerr << "the same as before\n";
    } else {
      std::cerr << "before it " << FailureWords(before.stage(), before.kind(), before.message()) << "\n";
    }
  } else if (!output.empty()) {
    std::cerr << uri << ": written to " << EscapeForTerminal(output) << "\n";
  } else {
    std::cerr << uri << ": no failure any more; its text:\n";
    if (!done.document->text().empty()) std::cout << done.document->text() << "\n";
  }
}

std::string WhyNotKept(const v1::DeadLetter& record) {
  if (record.payload() == v1::DeadLetter::KEPT) return {};
  const std::string why = record.payload() == v1::DeadLetter::TOO_LARGE ? "it was too large to be kept" : "it could not be read";
  return "the letter has no payload: " + why + " (" + record.failure().message() + "); run the job on the input itself";
}

int ReplayOne(const ReplayArguments& arguments, const GlobalOptions& global) {
  const Result<Letter> letter = ReadLetter(arguments.path);
  if (!letter.ok()) return Refuse(arguments.path, letter.status().message());
  if (const std::string why = WhyNotKept(letter->record); !why.empty()) return Refuse(arguments.path, why);
  const v1::RecordedPlan& recorded = letter->record.plan();
  PluginCatalog catalog(SearchOf(global).Folders({recorded.plugin_dirs().begin(), recorded.plugin_dirs().end()}));
  RequireProbe(catalog);
  const ReplayPlan planned = PlanReplay(letter->record, arguments.path, catalog, {arguments.sets, !arguments.output.empty()});
  for (const Mistake& mistake : planned.result.mistakes) std::cerr << mistake.ToString() << "\n";
  if (!planned.result.plan) return kExitRefused;
  for (const std::string& difference : planned.differences)
    std::cerr << "not as it was: " << EscapeForTerminal(difference, 500) << "\n";
  for (const StagePlan& transform : planned.result.plan->transforms)
    if (Decides(transform)) std::cerr << "not as it was: " << transform.label << " compares documents, and knows no other one here\n";
  std::string output;
  if (!arguments.output.empty()) {
    if (const std::string problem = PrepareOutput(arguments.output); !problem.empty()) return Refuse(arguments.output, problem);
    output = fs::absolute(arguments.output).lexically_normal().string();
  }
  const Result<Replayed> replayed = Replay(*letter, *planned.result.plan, catalog, output);
  if (!replayed.ok()) return Refuse(arguments.path, replayed.status().message());
  if (!replayed->delivered.ok()) {
    std::cerr << "garner: " << EscapeForTerminal(replayed->delivered.message(), 1000) << "\n";
    return kExitStopped;
  }
  if (arguments.json) {
    PrintJson(JsonOf(replayed->done, letter->record, planned.differences));
  } else {
    PrintWords(replayed->done, letter->record, output);
  }
  return replayed->done.outcome.kind == Outcome::Kind::kFailed ? kExitSomeFailed : kExitOk;
}

int RunReplay(const ReplayArguments& arguments, const GlobalOptions& global) {
  std::error_code error;
  // A link is refused as a letter, so it has to count as one.
  const bool list = fs::is_directory(arguments.path, error) && !HoldsLetter(arguments.path) && !IsLetterName(arguments.path);
  return list ? List(arguments) : ReplayOne(arguments, global);
}

}  // namespace

void AddReplay(CLI::App& app, const GlobalOptions& global, int& exit_status) {
  CLI::App* command =
      app.add_subcommand("replay", "Run a failed document again from its dead letter, or list the letters of a folder");
  command->footer(
      "Examples:\n"
      "  garner replay failed\n"
      "  garner replay failed/0f3a9c5d71e24b8896a1c07be4d2f518\n"
      "  garner replay failed/0f3a9c5d71e24b8896a1c07be4d2f518 --set html.max_depth=4096\n"
      "\n"
      "The stages are those of the job, with the options that the letter holds and the plugins that are installed now; its "
      "source is\n"
      "not run, its sinks only with --output. A letter is trusted like a manifest: replay none that a stranger may have "
      "written.\n"
      "\n"
      "Exit status: 0 the document did not fail; 1 it failed again; 2 refused; 3 a sink failed. Of a list: 1 where a letter is "
      "unreadable.");
  auto arguments = std::make_shared<ReplayArguments>();
  command->add_option("letter", arguments->path, "A letter, DIR/ID; or DIR, to list its letters")
      ->required()
      ->type_name("DIR[/ID]");
  command->add_option("--set", arguments->sets, "Set one option, as in `garner run`; may be given several times")
      ->type_name("STAGE.OPTION=VALUE")
      ->allow_extra_args(false);
  command->add_option("--output", arguments->output, "Run the job's sinks too, into this folder, which is new or empty")
      ->type_name("DIR");
  command->add_flag("--json", arguments->json, "One JSON object on standard output");
  command->callback([=, &global, &exit_status] { exit_status = RunReplay(*arguments, global); });
}

}  // namespace garner
