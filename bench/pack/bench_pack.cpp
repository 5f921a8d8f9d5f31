// firstline_bench_pack: a gate's pack of everybody in a directory that is there: built anew, built again
// when nothing has changed and when one thing has, signed, and compressed as it would be sent. One thread; milliseconds
// on the clock and of CPU, medians over the rounds. Writes readings: never over real data.

#include <algorithm>
#include <cstdlib>
#include <ctime>
#include <iostream>

#include "area/service.hpp"
#include "gate/service.hpp"
#include "health/service.hpp"
#include "http/gzip.hpp"
#include "issuing/service.hpp"
#include "json/json.hpp"
#include "ledger/fact.hpp"
#include "offline/service.hpp"
#include "policy/embedded.hpp"

namespace firstline::bench {
namespace {

using store::Session;

struct Times {
  double ms = 0, cpu_ms = 0;
};
BOOST_DESCRIBE_STRUCT(Times, (), (ms, cpu_ms))
struct Report {
  std::int64_t people = 0, homes = 0;
  Times anew;       // A node that has just been started: everything is opened, written and signed.
  Times unchanged;  // What the follower does every step.
  Times changed;    // One reading later, and the difference for a phone.
  Times compressed;
  std::int64_t text_kb = 0, sent_kb = 0, difference_bytes = 0;
  int rounds = 0;
  std::string engine;
};
BOOST_DESCRIBE_STRUCT(Report, (),
                      (people, homes, anew, unchanged, changed, compressed, text_kb, sent_kb, difference_bytes, rounds,
                       engine))

double seconds_of(clockid_t clock) {
  timespec now{};
  clock_gettime(clock, &now);
  return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) / 1e9;
}

// What one kind of work took, round by round.
class Stopwatch {
 public:
  template <class F>
  auto time(F work) {
    const double ms = seconds_of(CLOCK_MONOTONIC), cpu = seconds_of(CLOCK_PROCESS_CPUTIME_ID);
    auto done = work();
    ms_.push_back((seconds_of(CLOCK_MONOTONIC) - ms) * 1000);
    cpu_ms_.push_back((seconds_of(CLOCK_PROCESS_CPUTIME_ID) - cpu) * 1000);
    return done;
  }
  Times median() { return {middle(ms_), middle(cpu_ms_)}; }

 private:
  static double middle(std::vector<double>& all) {
    std::sort(all.begin(), all.end());
    return all.empty() ? 0 : all[all.size() / 2];
  }
  std::vector<double> ms_, cpu_ms_;
};

// A gate behind which everybody of the first community lives: generated compounds are smaller than some real ones.
Result<area::Gate> gate_of_all(Session& session) {
  FL_TRY(const auto communities, area::communities_with_gates(session));
  if (communities.empty()) return fail(FaultCode::not_found, "bench.no_people");
  FL_TRY(const auto gates, area::gates_of(session, communities.front()));
  FL_TRY(const auto community, area::find_community(session, communities.front()));
  area::Gate gate = gates.at(0);
  gate.path = community.path;
  return gate;
}

Result<Report> measure(const std::string& url, const std::string& key_file, int rounds) {
  FL_TRY(const auto key, person::FieldKey::load_or_create(key_file, system_random()));
  store::Options options;
  options.url = url;
  options.readers = 1;
  options.node = 1021;
  options.load_chain = ledger::load_chain;
  FL_TRY(const auto database, store::Database::open(options));
  const person::Directory people(key);
  const policy::RulesInForce rules{policy::embedded_library(), {"fl-base", "cn-8", "gs-2022-03", "lz-gate-2022"}};
  gate::RecentPassages recent;
  const movement::Ground movement{&people, &rules};
  const gate::Ground ground{&people, &rules, &recent, &movement};
  FL_TRY(const auto gate, database->read([&](Session& session) { return gate_of_all(session); }));
  Instant now = system_clock().now();
  FL_TRYV(database->write([&](Session& session) {
    return issuing::begin(session, {&people, &rules}, gate.community_id, now, system_random());
  }));
  Report report;
  report.rounds = rounds;
  report.engine = database->engine();
  Stopwatch anew, unchanged, changed, compressed;
  const auto ask = [&](offline::Packs& packs, std::optional<offline::PackVersion> since) {
    return database->read([&](Session& session) {
      http::Call call;
      call.session = &session;
      call.now = now;
      call.random = &system_random();
      return packs.pack(call, gate, since);
    });
  };
  for (int round = 0; round < rounds; ++round) {
    offline::Packs packs(nullptr, ground);
    FL_TRY(const auto whole, anew.time([&] { return ask(packs, {}); }));
    FL_TRY(const auto pack, json::read<offline::api::Pack>(whole.pack.text));
    report.homes = static_cast<std::int64_t>(pack.homes.size());
    report.people = 0;
    for (const auto& home : pack.homes) report.people += static_cast<std::int64_t>(home.people.size());
    now += std::chrono::seconds(3);
    FL_TRYV(unchanged.time([&] { return ask(packs, pack.version); }));
    const auto who = pack.homes.at(static_cast<std::size_t>(round) % pack.homes.size()).people.at(0).person_id;
    FL_TRYV(database->write([&](Session& session) {
      return health::record_code(session, gate.community_id, who,
                                 {health::CodeColour::red, health::EvidenceGrade::connector, now, "bench"}, {}, "",
                                 now);
    }));
    now += std::chrono::seconds(3);
    FL_TRY(const auto difference, changed.time([&] { return ask(packs, pack.version); }));
    report.difference_bytes = static_cast<std::int64_t>(difference.pack.text.size());
    const std::string text = json::write(whole);
    const std::string sent = compressed.time([&] { return http::gzip(text); });
    report.text_kb = static_cast<std::int64_t>(text.size() / 1024);
    report.sent_kb = static_cast<std::int64_t>(sent.size() / 1024);
  }
  report.anew = anew.median();
  report.unchanged = unchanged.median();
  report.changed = changed.median();
  report.compressed = compressed.median();
  return report;
}

}  // namespace
}  // namespace firstline::bench

int main(int count, char** words) {
  std::string url, key;
  int rounds = 5;
  for (int i = 1; i + 1 < count; i += 2) {
    const std::string word = words[i];
    if (word == "--database") url = words[i + 1];
    else if (word == "--key") key = words[i + 1];
    else if (word == "--rounds") rounds = std::atoi(words[i + 1]);
  }
  if (url.empty() || key.empty() || rounds < 1) {
    std::cerr << "firstline_bench_pack --database URL --key FILE [--rounds N]\n";
    return 2;
  }
  const auto report = firstline::bench::measure(url, key, rounds);
  if (!report) {
    std::cerr << "firstline_bench_pack: " << report.error().reason << ' ' << report.error().detail << '\n';
    return 3;
  }
  std::cout << firstline::json::write(*report) << '\n';
  return 0;
}
