#include "app/commands.hpp"

#include <iostream>

#include <unistd.h>

#include "access/totp.hpp"
#include "app/case_lists.hpp"
#include "app/code_centre.hpp"
#include "app/codes.hpp"
#include "app/duty.hpp"
#include "app/lists.hpp"
#include "app/office.hpp"
#include "app/results.hpp"
#include "app/serve.hpp"
#include "app/tracing.hpp"
#include "app/wiring.hpp"
#include "area/service.hpp"
#include "base/clock.hpp"
#include "drill/generate.hpp"
#include "gate/replay.hpp"
#include "gate/seal.hpp"
#include "gate/verdict_lines.hpp"
#include "http/openapi.hpp"
#include "json/json.hpp"
#include "ledger/audit.hpp"
#include "person/service.hpp"
#include "policy/command.hpp"
#include "seal/lines.hpp"

namespace firstline::app {
namespace {

int say(const Fault& fault) {
  std::cerr << "firstline: " << fault.reason << (fault.where.empty() ? "" : " ") << fault.where
            << (fault.detail.empty() ? "" : ": ") << fault.detail << '\n';
  return fault.reason.starts_with("usage.") ? exit_usage : exit_fault;
}

int init(const Arguments& arguments) {
  const auto settings = settings_of(arguments);
  if (!settings) return say(settings.error());
  const auto database = open_database(*settings);
  if (!database) return say(database.error());
  if (const auto probed = (*database)->probe(); !probed) return say(probed.error());
  std::cout << (*database)->engine() << '\n';
  return exit_good;
}

int openapi(const Arguments&) {
  std::cout << http::openapi_text(application_for_reading()->table, FIRSTLINE_VERSION) << '\n';
  return exit_good;
}

int generate_community(const Arguments& arguments) {
  const auto settings = settings_of(arguments);
  const auto people = arguments.number("people", 1, 2'000'000), communities = arguments.number("communities", 1, 99),
             seed = arguments.number("seed", 0, INT64_MAX);
  for (const auto* number : {&people, &communities, &seed})
    if (!*number) return say(number->error());
  if (!settings) return say(settings.error());
  const auto key = open_field_key(*settings);
  if (!key) return say(key.error());
  const auto database = open_database(*settings);
  if (!database) return say(database.error());
  drill::GenerateOptions options;
  options.people = static_cast<int>(*people);
  options.communities = static_cast<int>(*communities);
  options.seed = static_cast<std::uint64_t>(*seed);
  options.now = system_clock().now();
  options.progress = [](std::int64_t done, std::int64_t all) {
    if (isatty(STDERR_FILENO)) std::cerr << "\r" << done << " / " << all << (done == all ? "\n" : "") << std::flush;
  };
  const auto made = drill::generate_communities(**database, *key, options);
  if (!made) return say(made.error());
  std::cout << (made->was_there ? "was there: " : "made: ") << made->people << " people in " << made->households
            << " households, " << made->communities.size() << " communities\n";
  return exit_good;
}

// For databases that are older than the search index, or after the readings of names changed.
int reindex(const Arguments& arguments) {
  const auto settings = settings_of(arguments);
  if (!settings) return say(settings.error());
  const auto key = open_field_key(*settings);
  if (!key) return say(key.error());
  const auto database = open_database(*settings);
  if (!database) return say(database.error());
  const person::Directory people(*key);
  const auto communities =
      (*database)->read([](store::Session& session) { return area::communities_with_gates(session); });
  if (!communities) return say(communities.error());
  std::int64_t all = 0;
  for (const AreaId community : *communities) {
    const auto done = person::reindex(**database, people, community);
    if (!done) return say(done.error());
    all += *done;
  }
  std::cout << all << " people in " << communities->size() << " communities\n";
  return exit_good;
}

// 0: the rule gives the kept answer again. 1: it does not.
int replay(const Arguments& arguments) {
  const auto settings = settings_of(arguments);
  if (!settings) return say(settings.error());
  const auto id = arguments.rest().size() == 1 ? parse_id(arguments.rest().front()) : std::nullopt;
  if (!id) return say({FaultCode::invalid, "usage.passage_id", "PASSAGE", {}});
  const auto database = open_database(*settings);
  if (!database) return say(database.error());
  const auto library = library_of(*settings);
  if (!library) return say(library.error());
  const auto again =
      (*database)->read([&](store::Session& session) { return gate::replay(session, *library, PassageId{*id}); });
  if (!again) return say(again.error());
  std::cout << json::write(*again) << '\n';
  return again->equal ? exit_good : exit_no;
}

// 0: every chain is whole. 1: it is not; the findings name the places.
int audit_verify(const Arguments& arguments) {
  const auto settings = settings_of(arguments);
  if (!settings) return say(settings.error());
  const auto database = open_database(*settings);
  if (!database) return say(database.error());
  const auto report =
      (*database)->read([](store::Session& session) { return ledger::verify(session, {gate::sealed_passages()}); });
  if (!report) return say(report.error());
  std::cout << json::write(*report) << '\n';
  return report->findings.empty() ? exit_good : exit_no;
}

int totp(const Arguments& arguments) {
  const auto secret = arguments.rest().size() == 1 ? access::totp_from_base32(arguments.rest().front()) : std::nullopt;
  if (!secret || secret->empty()) return say({FaultCode::invalid, "usage.base32_secret", "SECRET", {}});
  const std::string at = arguments.text("at");
  const auto moment = at.empty() ? std::optional(system_clock().now()) : parse_instant(at);
  if (!moment) return say({FaultCode::invalid, "usage.bad_instant", {}, "at"});
  std::cout << access::totp_digits(*secret, access::totp_step(*moment)) << '\n';
  return exit_good;
}

int version(const Arguments&) {
  std::cout << "firstline " << FIRSTLINE_VERSION << '\n';
  return exit_good;
}

}  // namespace

std::vector<Command> commands() {
  std::vector<Command> all{
      {"serve", "", "Runs the service until SIGTERM.", serve_flags(), &serve},
      {"init", "", "Creates or migrates the database, then ends.", data_flags(), &init},
      {"verdict",
       "--jsonl",
       "Answers gate questions line by line, from standard input.",
       {},
       [](const Arguments& a) { return gate::verdict_command(a.rest(), std::cin, std::cout, std::cerr); },
       true},
      {"project-release",
       "--jsonl",
       "Says line by line when a sealed place may open and what is missing, from standard input.",
       {},
       [](const Arguments& a) { return seal::release_command(a.rest(), std::cin, std::cout, std::cerr); },
       true},
      {"policy check",
       "FILE...",
       "Reads policy packs and says what is wrong with them.",
       {},
       [](const Arguments& a) { return policy::check_command(a.rest(), std::cout, std::cerr); },
       true},
      {"policy show",
       "(--area CODE --date YYYY-MM-DD | --packs ID,...) [--folder DIR] [--json]",
       "Shows what is in force at a place on a day.",
       {},
       [](const Arguments& a) { return policy::show_command(a.rest(), std::cout, std::cerr); },
       true},
      {"generate community", "", "Makes communities that never existed, for demos and benchmarks; marked as generated.",
       [] {
         auto flags = data_flags();
         flags.insert(flags.end(), {{"people", "N", "in all", "10000"},
                                    {"communities", "N", "1..99", "1"},
                                    {"seed", "S", "the same seed makes the same people", "1"}});
         return flags;
       }(),
       &generate_community},
      {"reindex", "", "Makes the search index anew; for databases older than it. Safe while serving.", data_flags(),
       &reindex},
      {"replay", "PASSAGE", "Decides a kept passage again from its kept arguments; exit 1 if the answer differs.",
       data_flags(), &replay},
      {"audit verify", "",
       "Proves every chain of facts; exit 1 if one was changed. Prints the heads: keep them elsewhere.", data_flags(),
       &audit_verify},
      {"totp",
       "SECRET",
       "Prints the six digits of a base32 secret now; for the demo's deciding roles.",
       {{"at", "INSTANT", "another moment than now, where the demo has a clock of its own", ""}},
       &totp},
      {"openapi", "", "Prints the API document.", {}, &openapi},
      {"version", "", "Prints the version.", {}, &version},
  };
  for (const auto& more : {code_centre_commands, code_commands, office_commands, duty_commands, list_commands,
                           result_commands, case_list_commands, trace_commands})
    for (Command& command : more()) all.push_back(std::move(command));
  return all;
}

}  // namespace firstline::app
