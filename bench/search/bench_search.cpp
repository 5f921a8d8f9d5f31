// firstline_bench_search --database URL --key FILE [--each N]: what a search takes inside the server, kind by kind, one
// after the other on one connection. The last line is one JSON object. Refuses people who are not marked generated.

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <iostream>
#include <map>
#include <string>

#include "access/service.hpp"
#include "area/service.hpp"
#include "drill/generate.hpp"
#include "gate/service.hpp"
#include "health/service.hpp"
#include "json/json.hpp"
#include "person/names.hpp"
#include "person/search.hpp"
#include "person/store.hpp"
#include "store/database.hpp"

namespace firstline::bench {
namespace {

// Pulls in the tables of the modules that made the directory, as bench/load/bench_people.cpp has them: a program that
// does not know a step of the schema refuses the database.
using Any = void (*)();
[[maybe_unused]] volatile Any used[] = {
    reinterpret_cast<Any>(&drill::generate_communities), reinterpret_cast<Any>(&access::add_routes),
    reinterpret_cast<Any>(&gate::add_routes), reinterpret_cast<Any>(&health::add_routes)};

using store::Session;
using Clock = std::chrono::steady_clock;

struct Figures {
  double p50_ms = 0, p99_ms = 0, max_ms = 0;
  std::int64_t searches = 0, found = 0;
};
BOOST_DESCRIBE_STRUCT(Figures, (), (p50_ms, p99_ms, max_ms, searches, found))
struct Report {
  std::string engine;
  std::int64_t people = 0, communities = 0;
  double p50_ms = 0, p99_ms = 0, max_ms = 0;
  std::map<std::string, Figures> kinds;
};
BOOST_DESCRIBE_STRUCT(Report, (), (engine, people, communities, p50_ms, p99_ms, max_ms, kinds))

struct Known {
  AreaId community;
  PersonId id;
};

// One in a hundred people, from all communities; `count` becomes that of all.
Result<std::vector<Known>> sample_of(store::Database& database, const std::vector<AreaId>& communities,
                                     std::int64_t& count) {
  constexpr int page = 2000, one_in = 100;
  std::vector<Known> sample;
  for (const AreaId community : communities) {
    for (PersonId after;;) {
      FL_TRY(const auto rows,
             database.read([&](Session& session) { return person::load_page(session, community, after, page); }));
      for (const auto& row : rows) {
        if (!row.generated) return fail(FaultCode::forbidden, "bench.not_generated");
        if (count++ % one_in == 0) sample.push_back({community, row.id});
      }
      if (rows.size() < page) break;
      after = rows.back().id;
    }
  }
  return sample;
}

// What somebody who looks for this person might type. "nobody" is the worst: many candidates, none of them right.
std::map<std::string, std::string> typed_for(const person::Resident& resident, const std::string& phone) {
  const auto spoken = person::spoken(resident.person.name);
  const std::string letters = spoken.letters();
  std::map<std::string, std::string> typed{
      {"name", resident.person.name},
      {"name of two characters", spoken.characters[0] + (spoken.characters.size() > 1 ? spoken.characters[1] : "")},
      {"initials", spoken.initials()},
      {"three letters", letters.substr(0, 3)},
      {"pinyin", letters},
      {"nobody", letters.substr(0, 5) + "zz"},
      {"room", resident.household_label}};
  if (phone.size() >= 4) typed["phone ending"] = phone.substr(phone.size() - 4);
  return typed;
}

double at(const std::vector<double>& sorted, double part) {
  if (sorted.empty()) return 0;
  return sorted[std::min(sorted.size() - 1, static_cast<std::size_t>(part * static_cast<double>(sorted.size())))];
}

template <class To>
void summarise(std::vector<double>& times, To& to) {
  std::sort(times.begin(), times.end());
  to.p50_ms = at(times, 0.5);
  to.p99_ms = at(times, 0.99);
  to.max_ms = times.empty() ? 0 : times.back();
}

Result<Report> measure(const std::string& url, const std::string& key_file, int each) {
  FL_TRY(const auto key, person::FieldKey::load_or_create(key_file, system_random()));
  store::Options options;
  options.url = url;
  options.readers = 1;
  options.node = 1022;
  FL_TRY(const auto database, store::Database::open(options));
  const person::Directory directory(key);
  FL_TRY(const auto communities,
         database->read([](Session& session) { return area::communities_with_gates(session); }));
  Report report;
  report.engine = database->engine();
  report.communities = static_cast<std::int64_t>(communities.size());
  FL_TRY(const auto sample, sample_of(*database, communities, report.people));
  SeededRandom random(5);
  const Date today = civil_date(system_clock().now());
  const person::Covers everywhere = [](const std::string&) -> Result<bool> { return true; };
  std::map<std::string, std::vector<double>> times;
  std::vector<double> all;
  const int warm = each / 10;
  for (int i = -warm; i < each && !sample.empty(); ++i) {
    const Known& known = sample[random.below(sample.size())];
    const person::PersonRef ref{known.community, known.id};
    FL_TRY(const auto resident, database->read([&](Session& session) { return directory.resident(session, ref); }));
    FL_TRY(const auto clear, database->read([&](Session& session) { return directory.find(session, ref); }));
    for (const auto& [kind, typed] : typed_for(resident, clear.phone.value_or(""))) {
      const auto wanted = person::wanted_of(typed);
      if (!wanted) continue;  // Two initials are too few.
      const auto begin = Clock::now();
      FL_TRY(const auto found, database->read([&](Session& session) {
        return person::search(session, directory, known.community, *wanted, everywhere, today);
      }));
      const double ms = std::chrono::duration<double, std::milli>(Clock::now() - begin).count();
      if (i < 0) continue;
      times[kind].push_back(ms);
      all.push_back(ms);
      report.kinds[kind].found += static_cast<std::int64_t>(found.people.size());
      ++report.kinds[kind].searches;
    }
  }
  for (auto& [kind, of_kind] : times) summarise(of_kind, report.kinds[kind]);
  summarise(all, report);
  return report;
}

}  // namespace
}  // namespace firstline::bench

int main(int count, char** words) {
  std::string url, key;
  int each = 1000;
  for (int i = 1; i + 1 < count; i += 2) {
    const std::string word = words[i];
    if (word == "--database") url = words[i + 1];
    else if (word == "--key") key = words[i + 1];
    else if (word == "--each") each = std::atoi(words[i + 1]);
  }
  if (url.empty() || key.empty() || each < 1) {
    std::cerr << "firstline_bench_search --database URL --key FILE [--each N]\n";
    return 2;
  }
  const auto report = firstline::bench::measure(url, key, each);
  if (!report) {
    std::cerr << "firstline_bench_search: " << report.error().reason << ' ' << report.error().detail << '\n';
    return 3;
  }
  std::cout << firstline::json::write(*report) << '\n';
  return 0;
}
