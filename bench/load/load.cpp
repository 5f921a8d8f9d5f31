// firstline_load: sends one round of requests and prints what came back, one JSON object on stdout.

#include <cstdlib>
#include <iostream>
#include <map>

#include <fmt/format.h>
#include <sched.h>

#include "client.hpp"
#include "person/field_key.hpp"
#include "person/service.hpp"

namespace firstline::bench {
namespace {

constexpr const char* usage = R"(firstline_load --port N [--mode healthz|passages] [flags]
  --address ADDR       default 127.0.0.1
  --path PATH          of --mode healthz; default /healthz
  --connections N      default 64, one request in flight on each
  --seconds N          measured; default 5
  --offered N          open loop: so many requests a second fall due, whatever the server does
  --warm-seconds N     before that, not counted; default 0
  --core N             pin to this core
  --mode passages:
  --people FILE        made by firstline_bench_people
  --key FILE           the server's field key, for personal codes; without it only codes that the file holds
  --count N            requests written out beforehand; default 200000
  --skip N             people of the permutation that rounds before have used
  --seed N             of the permutation; default 1
  --personal-code N    percent; default 70
  --id-number N        percent; default 10; the rest is picked by room
  --emergencies N      of 1,000 requests that fall due, with --offered; default 0
  --emergency-connections N  kept for them, beside the others; default 16
  --patience-ms N      with --offered: what finds no connection for so long is given up; default 1000
  --acknowledged FILE  command and passage ids of all that was recorded, appended
  --stop-when-cut      a lost connection ends the round well
)";

using Flags = std::map<std::string, std::string>;

std::optional<Flags> flags_of(int count, char** words) {
  Flags flags{{"--address", "127.0.0.1"},
              {"--mode", "healthz"},
              {"--path", "/healthz"},
              {"--connections", "64"},
              {"--seconds", "5"},
              {"--warm-seconds", "0"},
              {"--core", "-1"},
              {"--count", "200000"},
              {"--offered", "0"},
              {"--emergencies", "0"},
              {"--skip", "0"},
              {"--seed", "1"},
              {"--personal-code", "70"},
              {"--id-number", "10"},
              {"--port", ""},
              {"--people", ""},
              {"--key", ""},
              {"--acknowledged", ""},
              {"--stop-when-cut", ""},
              {"--patience-ms", "1000"},
              {"--emergency-connections", "16"}};
  for (int i = 1; i < count; ++i) {
    const std::string word = words[i];
    if (!flags.contains(word)) return std::nullopt;
    if (word == "--stop-when-cut") flags[word] = "1";
    else if (++i < count) flags[word] = words[i];
    else return std::nullopt;
  }
  if (flags["--port"].empty()) return std::nullopt;
  return flags;
}

// The file outlives the requests, the key the codes.
struct Sources {
  LoadFile file;
  std::optional<person::FieldKey> key;
};

Result<void> add_requests(Flags& flags, Sources& sources, LoadPlan& plan) {
  if (flags["--mode"] == "healthz") {
    plan.requests = {get_request(flags["--path"])};
    return {};
  }
  FL_TRY(sources.file, read_load_file(flags["--people"]));
  PassageRequests wanted;
  wanted.file = &sources.file;
  wanted.seed = std::strtoull(flags["--seed"].c_str(), nullptr, 10);
  wanted.skip = std::strtoull(flags["--skip"].c_str(), nullptr, 10);
  wanted.count = std::strtoull(flags["--count"].c_str(), nullptr, 10);
  wanted.mix = {std::atoi(flags["--personal-code"].c_str()), std::atoi(flags["--id-number"].c_str())};
  if (flags["--key"].empty()) {
    if (sources.file.people.front().code.empty()) wanted.mix.personal_code = 0;
  } else {
    FL_TRY(sources.key, person::FieldKey::load_or_create(flags["--key"], system_random()));
    plan.personal_code = [&sources](const LoadPerson& person) {
      const person::PersonRef who{AreaId{person.community_id}, PersonId{person.person_id}};
      return person::personal_code(*sources.key, who, system_clock().now()).token;
    };
  }
  wanted.personal_code = plan.personal_code;
  plan.requests = passage_requests(wanted);
  plan.emergencies_per_second = plan.offered_per_second * std::atof(flags["--emergencies"].c_str()) / 1000;
  if (plan.emergencies_per_second > 0) {
    plan.emergencies = emergency_requests(sources.file, sources.file.gates.size());
    plan.emergency_connections = std::max(1, std::atoi(flags["--emergency-connections"].c_str()));
  }
  return {};
}

std::string json_of(const LoadOutcome& outcome) {
  std::string text = fmt::format(
      R"({{"answers":{},"seconds":{:.3f},"per_second":{:.1f},"p50_ms":{:.3f},"p99_ms":{:.3f},"p999_ms":{:.3f},"max_ms":{:.3f},)"
      R"("repeated":{},"wrapped":{},"cut":{},"offered":{},"given_up":{},"accepted":{},"accepted_p50_ms":{:.3f},)"
      R"("accepted_p99_ms":{:.3f},"emergencies":{},"emergencies_good":{},"emergency_p99_ms":{:.3f},"by_status":{{)",
      outcome.answers, outcome.seconds,
      outcome.seconds > 0 ? static_cast<double>(outcome.answers) / outcome.seconds : 0.0, outcome.p50_ms,
      outcome.p99_ms, outcome.p999_ms, outcome.max_ms, outcome.repeated, outcome.wrapped, outcome.cut, outcome.offered,
      outcome.given_up, outcome.accepted, outcome.accepted_p50_ms, outcome.accepted_p99_ms, outcome.emergencies,
      outcome.emergencies_good, outcome.emergency_p99_ms);
  const char* comma = "";
  for (const auto& [status, times] : outcome.by_status)
    text += fmt::format(R"({}"{}":{})", std::exchange(comma, ","), status, times);
  text += R"(},"by_outcome":{)";
  comma = "";
  for (const auto& [word, times] : outcome.by_outcome)
    text += fmt::format(R"({}"{}":{})", std::exchange(comma, ","), word, times);
  return text + "}}";
}

Result<void> load(Flags& flags) {
  LoadPlan plan;
  plan.address = flags["--address"];
  plan.port = static_cast<std::uint16_t>(std::atoi(flags["--port"].c_str()));
  plan.connections = std::max(1, std::atoi(flags["--connections"].c_str()));
  plan.seconds = std::atof(flags["--seconds"].c_str());
  plan.warm_seconds = std::atof(flags["--warm-seconds"].c_str());
  plan.offered_per_second = std::atof(flags["--offered"].c_str());
  plan.stop_when_cut = !flags["--stop-when-cut"].empty();
  if (const int core = std::atoi(flags["--core"].c_str()); core >= 0) {
    cpu_set_t set;
    CPU_ZERO(&set);
    CPU_SET(core, &set);
    if (sched_setaffinity(0, sizeof set, &set) != 0) return fail(FaultCode::unavailable, "load.cannot_pin");
  }
  plan.patience_ms = std::max(1, std::atoi(flags["--patience-ms"].c_str()));
  Sources sources;
  FL_TRYV(add_requests(flags, sources, plan));
  if (!flags["--acknowledged"].empty()) {
    plan.acknowledged = std::fopen(flags["--acknowledged"].c_str(), "a");
    if (!plan.acknowledged) return fail(FaultCode::unavailable, "load.cannot_write", {}, "acknowledged");
  }
  std::FILE* const acknowledged = plan.acknowledged;
  const auto outcome = run_load(std::move(plan));
  if (acknowledged && std::fclose(acknowledged) != 0) return fail(FaultCode::unavailable, "load.cannot_write");
  if (!outcome) return tl::unexpected(outcome.error());
  std::cout << json_of(*outcome) << std::endl;
  return {};
}

}  // namespace
}  // namespace firstline::bench

int main(int count, char** words) {
  auto flags = firstline::bench::flags_of(count, words);
  if (!flags) {
    std::cerr << firstline::bench::usage;
    return 2;
  }
  const auto done = firstline::bench::load(*flags);
  if (done) return 0;
  std::cerr << "firstline_load: " << done.error().reason << ' ' << done.error().detail << '\n';
  return 3;
}
