#include "app/commands.hpp"

#include <iostream>

#include "app/serve.hpp"
#include "app/wiring.hpp"
#include "gate/verdict_lines.hpp"
#include "http/openapi.hpp"
#include "policy/command.hpp"

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
  std::cout << http::openapi_text(routes_for_reading(), FIRSTLINE_VERSION) << '\n';
  return exit_good;
}

int version(const Arguments&) {
  std::cout << "firstline " << FIRSTLINE_VERSION << '\n';
  return exit_good;
}

}  // namespace

std::vector<Command> commands() {
  return {
      {"serve", "", "Runs the service until SIGTERM.", serve_flags(), &serve},
      {"init", "", "Creates or migrates the database, then ends.", data_flags(), &init},
      {"verdict", "--jsonl", "Answers gate questions line by line, from standard input.", {},
       [](const Arguments& a) { return gate::verdict_command(a.rest(), std::cin, std::cout, std::cerr); }, true},
      {"policy check", "FILE...", "Reads policy packs and says what is wrong with them.", {},
       [](const Arguments& a) { return policy::check_command(a.rest(), std::cout, std::cerr); }, true},
      {"policy show", "(--area CODE --date YYYY-MM-DD | --packs ID,...) [--folder DIR] [--json]",
       "Shows what is in force at a place on a day.", {},
       [](const Arguments& a) { return policy::show_command(a.rest(), std::cout, std::cerr); }, true},
      {"openapi", "", "Prints the API document.", {}, &openapi},
      {"version", "", "Prints the version.", {}, &version},
  };
}

}  // namespace firstline::app
