#include "drill/generate.hpp"

#include <algorithm>
#include <map>

#include "area/service.hpp"
#include "drill/plan.hpp"
#include "drill/store.hpp"
#include "health/service.hpp"
#include "person/service.hpp"

namespace firstline::drill {
namespace {

using store::Session;

constexpr int people_in_a_transaction = 4000;
constexpr int communities_max = 99;
constexpr std::string_view home_street = "620102/020";  // A real street; the communities put below it are not.

std::string two_digits(int number) { return (number < 10 ? "0" : "") + std::to_string(number); }

class Writer {
 public:
  Writer(store::Database& database, const person::FieldKey& key, const GenerateOptions& options)
      : database_(database), directory_(key), options_(options) {}

  Result<Generated> run();

 private:
  Result<AreaId> make_community(int number, int people, int of);
  Result<void> make_grounds(Session& session, const CommunityShape& shape);
  Result<void> write(Session& session, const PlannedBuilding& building);
  Result<void> write(Session& session, const PlannedPerson& planned, const area::Area& home);
  void reported(std::int64_t more);

  store::Database& database_;
  person::Directory directory_;
  const GenerateOptions& options_;
  area::Area community_;
  std::vector<area::Area> compounds_, grids_;
  Generated made_;
};

// The demo's grounds: compounds, grids, one gate a compound and a second one in every other.
Result<void> Writer::make_grounds(Session& session, const CommunityShape& shape) {
  compounds_.clear();
  grids_.clear();
  for (int i = 1; i <= shape.grids; ++i) {
    FL_TRY(auto grid,
           area::add(session, &community_,
                     {area::AreaKind::grid, "g" + std::to_string(i), "第" + std::to_string(i) + "网格", {}, {}, true},
                     options_.now));
    grids_.push_back(std::move(grid));
  }
  // Venue codes are drawn from the seed as well, so that posters of a demo stay good.
  SeededRandom random(options_.seed * 10'000 + 5'000 + static_cast<std::uint64_t>(community_.code.back()) +
                      static_cast<std::uint64_t>(community_.code[1]) * 256);
  for (int i = 1; i <= shape.compounds; ++i) {
    const std::string name = "示范" + std::to_string(i) + "号院";
    FL_TRY(auto compound,
           area::add(session, &community_, {area::AreaKind::compound, "c" + std::to_string(i), name, {}, {}, true},
                     options_.now));
    const area::Area& grid = grids_[static_cast<std::size_t>(shape.grid_of(i - 1))];
    FL_TRYV(area::add_gate(session, compound, &grid, "北门", options_.now, random));
    if (i % 2 == 0) FL_TRYV(area::add_gate(session, compound, &grid, "南门", options_.now, random));
    compounds_.push_back(std::move(compound));
  }
  return {};
}

Result<void> Writer::write(Session& session, const PlannedPerson& planned, const area::Area& home) {
  person::Person made;
  made.community_id = community_.id;
  made.household_id = home.id;
  made.name = planned.name;
  made.id_number = planned.id_number;
  made.phone = planned.phone;
  made.born_on = planned.born_on;
  made.marks = planned.marks;
  made.generated = true;
  FL_TRY(const auto ref, directory_.add(session, std::move(made), options_.now, system_random()));
  if (planned.code)
    FL_TRYV(health::record_code(session, community_.id, ref.person_id, *planned.code, {}, "generated", options_.now));
  for (const PlannedNat& test : planned.tests) {
    FL_TRYV(health::record_nat(session, community_.id, ref.person_id,
                               {test.sampled_at, test.reported_at, test.state, "generated"}, options_.now));
  }
  return {};
}

Result<void> Writer::write(Session& session, const PlannedBuilding& planned) {
  const area::Area& compound = compounds_[static_cast<std::size_t>(planned.compound)];
  const std::string number = std::to_string(planned.number);
  FL_TRY(const auto building, area::add(session, &compound,
                                        {area::AreaKind::building, "b" + two_digits(planned.number), number + "号楼",
                                         number, grids_[static_cast<std::size_t>(planned.grid)].id, true},
                                        options_.now));
  std::map<int, area::Area> units;
  std::map<std::pair<int, int>, area::Area> floors;
  for (const PlannedHome& home : planned.homes) {
    if (!units.contains(home.unit)) {
      const std::string unit = std::to_string(home.unit);
      FL_TRY(units[home.unit],
             area::add(session, &building,
                       {area::AreaKind::unit, "u" + unit, unit + "单元", number + "-" + unit, {}, true}, options_.now));
    }
    const area::Area& unit = units[home.unit];
    if (!floors.contains({home.unit, home.floor})) {
      const std::string floor = std::to_string(home.floor);
      FL_TRY((floors[{home.unit, home.floor}]), area::add(session, &unit,
                                                          {area::AreaKind::floor,
                                                           "f" + two_digits(home.floor),
                                                           floor + "层",
                                                           unit.label + "-" + floor + "F",
                                                           {},
                                                           true},
                                                          options_.now));
    }
    const std::string room = std::to_string(home.floor) + two_digits(home.door);
    FL_TRY(const auto household,
           area::add(session, &floors[{home.unit, home.floor}],
                     {area::AreaKind::household, room, room + "室", unit.label + "-" + room, {}, true}, options_.now));
    for (const PlannedPerson& person : home.people) FL_TRYV(write(session, person, household));
  }
  return {};
}

void Writer::reported(std::int64_t more) {
  made_.people += more;
  if (options_.progress) options_.progress(made_.people, options_.people);
}

Result<AreaId> Writer::make_community(int number, int people, int of) {
  CommunityPlan plan(people, number, options_.seed, options_.now);
  const auto grounds = database_.write([&](Session& session) -> Result<void> {
    FL_TRY(const auto street, area::find_by_path(session, {}, home_street));
    const std::string name = number == 1 ? std::string("示范社区") : "示范社区" + std::to_string(number);
    FL_TRY(community_,
           area::add(session, &street, {area::AreaKind::community, "9" + two_digits(number), name, {}, {}, true},
                     options_.now));
    FL_TRYV(save(session, MadeCommunity{number, community_.id, static_cast<std::int64_t>(options_.seed), people, of,
                                        false, options_.now, options_.now}));
    return make_grounds(session, plan.shape());
  });
  FL_TRYV(grounds);
  for (bool more = true; more;) {
    std::vector<PlannedBuilding> batch;
    int in_batch = 0;
    while (in_batch < people_in_a_transaction) {
      auto building = plan.next_building();
      if (!building) break;
      in_batch += building->people();
      batch.push_back(std::move(*building));
    }
    more = !batch.empty();
    const auto written = database_.write([&](Session& session) -> Result<void> {
      for (const PlannedBuilding& building : batch) FL_TRYV(write(session, building));
      return more ? Result<void>() : finish(session, number);
    });
    FL_TRYV(written);
    if (more) reported(in_batch);
  }
  made_.households += plan.shape().homes;
  return community_.id;
}

Result<Generated> Writer::run() {
  if (options_.communities < 1 || options_.communities > communities_max || options_.people < options_.communities ||
      options_.people > 10'000'000) {
    return fail(FaultCode::invalid, "generate.bad_numbers");
  }
  FL_TRYV(database_.write(
      [&](Session& session) { return area::load_divisions(session, area::embedded_divisions(), options_.now); }));
  FL_TRY(const auto known, database_.read([&](Session& session) { return load_made(session); }));
  const int of = options_.communities;
  for (const MadeCommunity& one : known) {
    const bool same = one.finished && one.seed == static_cast<std::int64_t>(options_.seed) && one.of_communities == of;
    if (!same) continue;
    made_.communities.push_back(one.community_id);
    made_.people += one.people;
    made_.households += shape_of(static_cast<int>(one.people)).homes;
  }
  if (static_cast<int>(made_.communities.size()) == of && made_.people == options_.people) {
    made_.was_there = true;
    return made_;
  }
  made_ = {};
  const int first = known.empty() ? 1 : static_cast<int>(known.back().number) + 1;
  if (first + of - 1 > communities_max) return fail(FaultCode::conflict, "generate.no_free_code");
  for (int i = 0; i < of; ++i) {
    const int people = options_.people / of + (i < options_.people % of ? 1 : 0);
    FL_TRY(const AreaId community, make_community(first + i, people, of));
    made_.communities.push_back(community);
  }
  return made_;
}

}  // namespace

Result<Generated> generate_communities(store::Database& database, const person::FieldKey& key,
                                       const GenerateOptions& options) {
  return Writer(database, key, options).run();
}

}  // namespace firstline::drill
