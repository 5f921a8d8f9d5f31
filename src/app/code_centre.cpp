#include "app/code_centre.hpp"

#include <iostream>
#include <string>

#include "app/serve.hpp"
#include "app/wiring.hpp"
#include "base/clock.hpp"
#include "json/json.hpp"

namespace firstline::app {
namespace {

using connector::CodeCentre;

struct Refused {
  std::string error, where, detail;
};
BOOST_DESCRIBE_STRUCT(Refused, (), (error, where, detail))

// Every line of the input through one verb. 1 if any was refused.
template <class In, class Out>
int speak(const Arguments& arguments, Result<Out> (CodeCentre::*verb)(const In&)) {
  Settings settings;
  if (const auto joined = join_centre(arguments, settings); !joined || settings.code_centre_url.empty()) {
    std::cerr << "firstline: "
              << (joined ? "usage.missing code-centre" : joined.error().reason + " " + joined.error().where) << '\n';
    return exit_usage;
  }
  connector::CurlTransfer transfer(connector::patience, arguments.text("authority"));
  connector::HttpCentre centre(centre_of(settings), transfer, system_clock());
  int code = exit_good;
  for (std::string line; std::getline(std::cin, line);) {
    if (line.empty()) continue;
    const auto input = json::read<In>(line);
    const auto said = input ? (centre.*verb)(*input) : Result<Out>(tl::unexpected(input.error()));
    if (!said) code = exit_no;
    std::cout << (said ? json::write(*said)
                       : json::write(Refused{said.error().reason, said.error().where, said.error().detail}))
              << '\n';
  }
  return code;
}

template <class In, class Out>
Command command_of(const char* word, const char* summary, Result<Out> (CodeCentre::*verb)(const In&)) {
  const std::vector<Flag> flags = {
      {"code-centre", "URL", "its address", ""},
      {"code-centre-name", "NAME", "stands with what it said", "health code centre"},
      {"code-centre-client", "NAME", "as which it knows this office", "community"},
      {"code-centre-secret-file", "FILE", "what it knows this office by", ""},
      {"authority", "FILE", "certificates to trust instead of the system's", ""},
  };
  return {std::string("code-centre ") + word, "< lines of JSON", summary, flags,
          [verb](const Arguments& arguments) { return speak(arguments, verb); }};
}

}  // namespace

std::vector<Command> code_centre_commands() {
  return {command_of("declare-health", "declares to the centre of health codes how people are",
                     &CodeCentre::declare_health),
          command_of("declare-travel", "declares journeys to it", &CodeCentre::declare_travel),
          command_of("query-health", "asks it how people stand", &CodeCentre::query_health),
          command_of("apply", "applies for the right to call", &CodeCentre::apply_to_call),
          command_of("make-code", "has codes made", &CodeCentre::make_code),
          command_of("verify-code", "asks whose codes these are", &CodeCentre::verify_code),
          command_of("correct", "says that a colour is wrong", &CodeCentre::correct_error)};
}

}  // namespace firstline::app
