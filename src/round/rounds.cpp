// Rounds as a whole: opening, points, the roll, how far it is.

#include <algorithm>
#include <set>

#include "ledger/fact.hpp"
#include "movement/service.hpp"
#include "round/parts.hpp"

namespace firstline::round {
namespace {

using area::AreaKind;
using http::Call;

constexpr int rounds_shown = 30;
constexpr std::size_t name_bytes_max = 90;
constexpr std::chrono::days round_length_max{7};

struct RoundFact {
  std::int64_t number = 0;
  int tube_size = 10;
};
BOOST_DESCRIBE_STRUCT(RoundFact, (), (number, tube_size))
struct ExemptFact {
  Exemption ground = Exemption::medical;
  std::int64_t round = 0;
};
BOOST_DESCRIBE_STRUCT(ExemptFact, (), (ground, round))

// "…/901/c1/b03/u2/f05/502" > "…/901/c1/b03": two codes below the community's three.
constexpr std::size_t compound_depth = 4, building_depth = 5;
std::string prefix_of(const std::string& path, std::size_t depth) {
  const auto prefixes = area::path_prefixes(path);
  return prefixes.size() >= depth ? prefixes[depth - 1] : std::string();
}

// The nodes of a community, to go up from a home.
struct Tree {
  std::map<std::string, area::Area> by_path;
  std::map<AreaId, std::string> path_of_home;
  static Result<Tree> load(store::Session& session, AreaId community) {
    Tree tree;
    FL_TRY(const auto root, area::find_community(session, community));
    FL_TRY(const auto nodes, area::below(session, community, root.path));
    for (const area::Area& node : nodes) {
      if (node.kind == AreaKind::household) tree.path_of_home.emplace(node.id, node.path);
      else tree.by_path.emplace(node.path, node);
    }
    return tree;
  }
  const area::Area* building_of(AreaId home) const {
    const auto path = path_of_home.find(home);
    if (path == path_of_home.end()) return nullptr;
    const auto found = by_path.find(prefix_of(path->second, building_depth));
    return found == by_path.end() ? nullptr : &found->second;
  }
  std::string name_of(const std::string& path) const {
    const auto found = by_path.find(path);
    return found == by_path.end() ? std::string() : found->second.name;
  }
};

struct Enrolled {
  person::ResidentMasked who;
  const area::Area* building = nullptr;
  OnRoll on_roll = OnRoll::missed;
  std::optional<Exemption> ground;
  std::optional<std::string> tube;
};

// Whoever lives there and is not away: the roll, and how each stands. In the order of their homes.
Result<std::vector<Enrolled>> enrolled(Call& call, const Ground& ground, const Round& round, const Tree& tree,
                                       const std::string& path) {
  store::Session& session = *call.session;
  FL_TRY(auto people, ground.people->masked_below(session, round.community_id, path, ground.people->tag_key({})));
  FL_TRY(auto samples, last_samples(session, round));
  FL_TRY(const auto exempted, load_exempt(session, round.community_id, round.id));
  std::map<PersonId, Exemption> exempt;
  for (const Exempt& each : exempted) exempt.emplace(each.person_id, each.ground);
  FL_TRY(const auto moves, movement::standings_below(session, round.community_id, {}, path, civil_date(call.now)));
  // What was taken under a record that was merged into somebody's is theirs.
  std::set<PersonId> here;
  for (const auto& who : people) here.insert(who.id);
  for (const auto& [record, sample] : std::map(samples)) {
    if (here.contains(record)) continue;
    FL_TRY(const auto counted, person::counted_as(session, {round.community_id, record}));
    const auto [mine, added] = samples.try_emplace(counted.person_id, sample);
    if (!added && mine->second.sample.id < sample.sample.id) mine->second = sample;
  }
  std::vector<Enrolled> all;
  for (auto& who : people) {
    Enrolled one;
    one.building = tree.building_of(who.household_id);
    const auto sample = samples.find(who.id);
    const bool sampled = sample != samples.end() && sample->second.tube.state != TubeState::invalid;
    if (sample != samples.end()) one.tube = sample->second.tube.label;
    if (const auto found = exempt.find(who.id); found != exempt.end()) one.ground = found->second;
    const auto trip = moves.trips.find(who.id);
    const bool away = trip != moves.trips.end() && trip->second.state == movement::TripState::open;
    one.on_roll = on_roll(sampled, one.ground.has_value(), away);
    one.who = std::move(who);
    all.push_back(std::move(one));
  }
  return all;
}

person::PersonMasked shown(const person::ResidentMasked& who, Date today) {
  return {who.id, who.name_masked, person::age_band(who.born_on, today), {}, false};
}

Result<std::string> area_name(store::Session& session, const Round& round) {
  FL_TRY(const auto area, area::find_on_path(session, round.area_path));
  return area.name;
}

Result<void> check(const api::OpenRound& command) {
  if (command.name.empty() || command.name.size() > name_bytes_max)
    return fail(FaultCode::invalid, "round.bad_name", {}, "/name");
  if (command.ends_at <= command.starts_at || command.ends_at - command.starts_at > round_length_max)
    return fail(FaultCode::invalid, "round.bad_times", {}, "/ends_at");
  if (std::find(std::begin(tube_sizes), std::end(tube_sizes), command.tube_size) == std::end(tube_sizes))
    return fail(FaultCode::invalid, "round.bad_size", {}, "/tube_size");
  return {};
}

}  // namespace

Result<Round> met(Call& call, RoundId id) {
  FL_TRY(const auto round, load(*call.session, call.place.community, id));
  if (!round) return fail(FaultCode::not_found, "round.unknown");
  return *round;
}
Result<void> must_be_open(const Round& round) {
  if (round.state != RoundState::open) return fail(FaultCode::conflict, "round.closed");
  return {};
}
std::string subject_of(const Round& round) { return "round:" + format_id(round.id.value); }

Result<void> write_fact(Call& call, AreaId community, std::string kind, std::string subject, std::string body) {
  ledger::Draft fact;
  fact.community = fact.area = community;
  fact.at = call.now;
  fact.recorded_at = call.recorded_at();
  fact.actor = call.actor.account;
  fact.device = call.actor.device;
  fact.kind = std::move(kind);
  fact.subject = std::move(subject);
  fact.body = std::move(body);
  FL_TRYV(ledger::write(*call.session, fact));
  return {};
}

api::RoundView view_of(const Round& round, std::string area_name) {
  return {round.id,        round.number,  round.name,      std::move(area_name),
          round.starts_at, round.ends_at, round.tube_size, round.state};
}
api::ManifestView view_of(const Manifest& manifest) {
  return {manifest.id, manifest.laboratory, manifest.tubes, manifest.people, manifest.at};
}
Result<api::PointView> point_view(store::Session& session, const Point& point) {
  FL_TRY(const auto compound, area::find(session, point.community_id, point.area_id));
  return api::PointView{point.id,        point.round_id,  point.area_id,      point.name,           compound.name,
                        point.opens_at,  point.closes_at, point.slot_minutes, point.homes_per_slot, point.waiting,
                        point.waiting_at};
}

Result<std::map<PersonId, LastSample>> last_samples(store::Session& session, const Round& round) {
  FL_TRY(const auto tubes, load_tubes(session, round.community_id, round.id));
  std::map<TubeId, const Tube*> by_id;
  for (const Tube& tube : tubes) by_id.emplace(tube.id, &tube);
  FL_TRY(const auto samples, load_samples(session, round.community_id, round.id));
  std::map<PersonId, LastSample> last;
  for (const Sample& sample : samples) {
    const auto tube = by_id.find(sample.tube_id);
    FL_CHECK(tube != by_id.end());
    last.insert_or_assign(sample.person_id, LastSample{sample, *tube->second});
  }
  return last;
}

Result<std::optional<Sample>> last_sample(store::Session& session, RoundId round, person::PersonRef who) {
  FL_TRY(const auto records, person::records_of(session, who));
  std::optional<Sample> last;
  for (const PersonId record : records) {
    FL_TRY(const auto samples, load_samples(session, who.community_id, round, record));
    if (!samples.empty() && (!last || last->id < samples.back().id)) last = samples.back();
  }
  return last;
}

Result<api::RoundList> rounds(Call& call) {
  FL_TRY(const auto found, load_newest(*call.session, call.place.community, rounds_shown));
  api::RoundList list;
  for (const Round& round : found) {
    FL_TRY(auto name, area_name(*call.session, round));
    list.items.push_back(view_of(round, std::move(name)));
  }
  return list;
}

Result<api::RoundDetail> detail(Call& call, const Ground& ground, RoundId id) {
  FL_TRY(const auto round, met(call, id));
  store::Session& session = *call.session;
  FL_TRY(auto name, area_name(session, round));
  api::RoundDetail shown;
  shown.round = view_of(round, std::move(name));
  FL_TRY(const auto tree, Tree::load(session, round.community_id));
  FL_TRY(const auto people, enrolled(call, ground, round, tree, round.area_path));
  std::map<std::string, api::BuildingProgress> buildings;
  for (const Enrolled& one : people) {
    count(shown.progress, one.on_roll);
    if (!one.building) continue;
    auto& building = buildings[one.building->path];
    building.building_id = one.building->id;
    building.building_name = one.building->name;
    building.compound_name = tree.name_of(prefix_of(one.building->path, compound_depth));
    count(building.progress, one.on_roll);
  }
  for (auto& [path, building] : buildings) shown.buildings.push_back(std::move(building));
  FL_TRY(const auto points, load_points(session, round.community_id, round.id));
  for (const Point& point : points) {
    FL_TRY(auto view, point_view(session, point));
    shown.points.push_back(std::move(view));
  }
  FL_TRY(const auto tubes, load_tubes(session, round.community_id, round.id));
  for (const Tube& tube : tubes) {
    int* const counts[] = {&shown.tubes.empty,    &shown.tubes.filling,  &shown.tubes.closed, &shown.tubes.handed_over,
                           &shown.tubes.negative, &shown.tubes.abnormal, &shown.tubes.invalid};
    ++*counts[static_cast<std::size_t>(tube.state)];
  }
  FL_TRY(const auto manifests, load_manifests(session, round.community_id, round.id));
  for (const Manifest& each : manifests) shown.manifests.push_back(view_of(each));
  return shown;
}

Result<api::RoundDetail> open(Call& call, const Ground& ground, const api::OpenRound& command) {
  FL_TRYV(check(command));
  const AreaId community = call.place.community;
  FL_TRY(const auto whole, area::find_community(*call.session, community));
  auto place =
      command.area_id == community ? Result<area::Area>(whole) : area::find(*call.session, community, command.area_id);
  const bool fits = place && (place->kind == AreaKind::community || place->kind == AreaKind::compound ||
                              place->kind == AreaKind::building);
  if (!fits) return fail(FaultCode::invalid, "round.bad_area", {}, "/area_id");
  FL_TRY(const auto last, last_number(*call.session, community));
  // A label has three digits for it.
  if (last >= round_number_max) return fail(FaultCode::conflict, "round.too_many_tubes");
  Round round;
  round.community_id = community;
  round.id = call.session->new_id<RoundId>(call.now);
  round.number = last + 1;
  round.area_id = place->id;
  round.area_path = place->path;
  round.name = command.name;
  round.starts_at = command.starts_at;
  round.ends_at = command.ends_at;
  round.tube_size = command.tube_size;
  round.opened_by = call.actor.account;
  FL_TRYV(add(*call.session, round));
  FL_TRYV(write_fact(call, community, "round.opened", subject_of(round),
                     json::write(RoundFact{round.number, round.tube_size})));
  return detail(call, ground, round.id);
}

Result<api::RoundDetail> close(Call& call, const Ground& ground, RoundId id) {
  FL_TRY(auto round, met(call, id));
  FL_TRYV(must_be_open(round));
  round.state = RoundState::closed;
  FL_TRYV(save_state(*call.session, round));
  FL_TRYV(write_fact(call, round.community_id, "round.closed", subject_of(round),
                     json::write(RoundFact{round.number, round.tube_size})));
  return detail(call, ground, id);
}

Result<api::RoundDetail> add_point(Call& call, const Ground& ground, RoundId id, const api::AddSamplingPoint& command) {
  FL_TRY(const auto round, met(call, id));
  FL_TRYV(must_be_open(round));
  if (command.name.empty() || command.name.size() > name_bytes_max)
    return fail(FaultCode::invalid, "round.bad_name", {}, "/name");
  if (command.closes_at <= command.opens_at || command.closes_at - command.opens_at > round_length_max)
    return fail(FaultCode::invalid, "round.bad_times", {}, "/closes_at");
  if (command.slot_minutes < 5 || command.slot_minutes > 600 || command.homes_per_slot < 1 ||
      command.homes_per_slot > 10'000)
    return fail(FaultCode::invalid, "round.bad_count", {}, "/slot_minutes");
  const auto compound = area::find(*call.session, round.community_id, command.compound_id);
  const bool fits =
      compound && compound->kind == AreaKind::compound &&
      (http::path_covers(round.area_path, compound->path) || http::path_covers(compound->path, round.area_path));
  if (!fits) return fail(FaultCode::invalid, "round.bad_area", {}, "/compound_id");
  Point point;
  point.community_id = round.community_id;
  point.id = call.session->new_id<PointId>(call.now);
  point.round_id = round.id;
  point.area_id = compound->id;
  point.area_path = compound->path;
  point.name = command.name;
  point.opens_at = command.opens_at;
  point.closes_at = command.closes_at;
  point.slot_minutes = command.slot_minutes;
  point.homes_per_slot = command.homes_per_slot;
  FL_TRYV(add(*call.session, point));
  return detail(call, ground, id);
}

Result<api::RoundDetail> exempt(Call& call, const Ground& ground, RoundId id, const api::ExemptPerson& command) {
  FL_TRY(const auto round, met(call, id));
  FL_TRYV(must_be_open(round));
  FL_TRY(const auto person, ground.people->find(*call.session, {round.community_id, command.person_id}));
  FL_TRYV(put(*call.session, {round.community_id, round.id, person.id, command.ground, call.actor.account, call.now}));
  FL_TRYV(write_fact(call, round.community_id, "round.exempted", "person:" + format_id(person.id.value),
                     json::write(ExemptFact{command.ground, round.number})));
  return detail(call, ground, id);
}

namespace {

Result<api::Roll> roll_below(Call& call, const Ground& ground, const Round& round, const std::string& path,
                             bool missed_only) {
  FL_TRY(const auto tree, Tree::load(*call.session, round.community_id));
  FL_TRY(const auto people, enrolled(call, ground, round, tree, path));
  api::Roll list;
  for (const Enrolled& one : people) {
    if (missed_only && one.on_roll != OnRoll::missed) continue;
    list.items.push_back({shown(one.who, civil_date(call.now)), one.who.household_id, one.who.household_label,
                          one.on_roll, one.ground, one.tube});
  }
  return list;
}

}  // namespace

Result<api::Roll> roll(Call& call, const Ground& ground, RoundId id, std::optional<AreaId> building, bool missed_only) {
  FL_TRY(const auto round, met(call, id));
  std::string path = round.area_path;
  if (building) {
    FL_TRY(const auto node, area::find(*call.session, round.community_id, *building));
    if (!http::path_covers(round.area_path, node.path)) return fail(FaultCode::invalid, "round.bad_area");
    path = node.path;
  }
  return roll_below(call, ground, round, path, missed_only);
}

Result<api::Roll> point_roll(Call& call, const Ground& ground, const Point& point) {
  FL_TRY(const auto round, met(call, point.round_id));
  // The smaller of the two: a round over one building has points in its compound.
  const bool inside = http::path_covers(point.area_path, round.area_path);
  return roll_below(call, ground, round, inside ? round.area_path : point.area_path, false);
}

Result<api::MyRounds> my_rounds(Call& call, const Ground& ground) {
  if (!call.actor.person) return fail(FaultCode::not_found, "person.none_of_this_account");
  const AreaId community = call.actor.person_community;
  store::Session& session = *call.session;
  FL_TRY(const auto me, ground.people->resident(session, {community, call.actor.person}));
  api::MyRounds mine;
  FL_TRY(const auto found, load_newest(session, community, rounds_shown));
  for (const Round& round : found) {
    if (round.state != RoundState::open || !http::path_covers(round.area_path, me.household_path)) continue;
    api::MyRound one;
    FL_TRY(auto name, area_name(session, round));
    one.round = view_of(round, std::move(name));
    FL_TRY(const auto points, load_points(session, community, round.id));
    for (const Point& point : points) {
      if (!http::path_covers(point.area_path, me.household_path)) continue;
      FL_TRY(const auto view, point_view(session, point));
      api::MyPoint shown{view.name, view.compound_name, view.opens_at,  view.closes_at,
                         {},        view.waiting,       view.waiting_at};
      FL_TRY(const auto homes, area::below(session, community, point.area_path));
      const auto before = std::count_if(homes.begin(), homes.end(), [&](const area::Area& home) {
        return home.kind == AreaKind::household && home.path < me.household_path &&
               http::path_covers(round.area_path, home.path);
      });
      shown.slot = slot_for(point, before);
      one.points.push_back(std::move(shown));
    }
    FL_TRY(const auto exempted, load_exempt(session, community, round.id));
    FL_TRY(const auto household, ground.people->household(session, community, me.person.household_id));
    for (const person::Person& person : household) {
      FL_TRY(const auto sample, last_sample(session, round.id, {community, person.id}));
      api::MyMember member{person.id, OnRoll::missed, {}};
      if (sample) {
        FL_TRY(const auto tube, load(session, community, sample->tube_id));
        FL_CHECK(tube);
        member.tube = tube->state;
      }
      const bool is_exempt = std::any_of(exempted.begin(), exempted.end(),
                                         [&](const Exempt& each) { return each.person_id == person.id; });
      member.on_roll = on_roll(member.tube && *member.tube != TubeState::invalid, is_exempt, false);
      one.household.push_back(member);
    }
    mine.items.push_back(std::move(one));
  }
  return mine;
}

}  // namespace firstline::round
