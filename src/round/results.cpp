// What a laboratory found, tube by tube, and who is held because of it.

#include <algorithm>

#include "round/parts.hpp"
#include "round/tubes.hpp"

namespace firstline::round {
namespace {

using health::NatState;
using http::Call;

constexpr std::size_t results_max = 500;

struct TubeFact {
  std::string tube;
  int people = 0;
  std::optional<TubeState> before;  // What the result said first, if this corrects it.
};
BOOST_DESCRIBE_STRUCT(TubeFact, (), (tube, people, before))

TubeState state_of(api::TubeResult result) {
  switch (result) {
    case api::TubeResult::negative:
      return TubeState::negative;
    case api::TubeResult::abnormal:
      return TubeState::abnormal;
    case api::TubeResult::invalid:
      return TubeState::invalid;
  }
  FL_CHECK(false);
  return TubeState::invalid;
}
NatState state_of(TubeState state, int people) {
  if (state == TubeState::negative) return NatState::negative;
  if (state == TubeState::invalid) return NatState::invalid;
  return people > 1 ? NatState::pool_abnormal : NatState::positive;
}
bool has_result(TubeState state) {
  return state == TubeState::negative || state == TubeState::abnormal || state == TubeState::invalid;
}

Result<void> tell_one(Call& call, const Ground& ground, const Round& round, const api::OneResult& told) {
  if (!valid_label(told.tube)) return fail(FaultCode::invalid, "round.bad_label", {}, "/results");
  FL_TRY(const auto before, load_by_label(*call.session, round.community_id, told.tube));
  if (!before || before->round_id != round.id) return fail(FaultCode::not_found, "round.unknown_tube", {}, told.tube);
  const bool corrects = has_result(before->state);
  if (!corrects && before->state != TubeState::handed_over)
    return fail(FaultCode::conflict, "round.tube_not_handed_over", {}, told.tube);
  Tube tube = *before;
  tube.state = state_of(told.result);
  if (tube.state == before->state) return {};  // Told before.
  tube.results = before->results + 1;
  tube.result_at = call.now;
  FL_TRY(const bool mine, save(*call.session, tube, before->people, before->state));
  if (!mine) return fail(FaultCode::conflict, "round.tube_closed", {}, told.tube);
  FL_TRYV(tell_health(call, tube, state_of(tube.state, tube.people), version_testing + tube.results, ground.results));
  TubeFact body{tube.label, tube.people, {}};
  const std::string subject = "tube:" + format_id(tube.id.value);
  if (corrects) {
    body.before = before->state;
    FL_TRYV(write_fact(call, round.community_id, "round.result_corrected", subject, json::write(body)));
  }
  if (tube.state != TubeState::abnormal) return {};
  return write_fact(call, round.community_id, tube.people > 1 ? "round.tube_abnormal" : "round.positive", subject,
                    json::write(body));
}

}  // namespace

Result<api::TubeList> tell_results(Call& call, const Ground& ground, RoundId id, const api::TellResults& command) {
  FL_TRY(const auto round, met(call, id));
  if (command.results.empty() || command.results.size() > results_max)
    return fail(FaultCode::invalid, "round.bad_count", {}, "/results");
  for (const api::OneResult& each : command.results) FL_TRYV(tell_one(call, ground, round, each));
  return tubes(call, id);
}

Result<api::HeldList> held(Call& call, const Ground& ground, RoundId id) {
  FL_TRY(const auto round, met(call, id));
  FL_TRY(const auto all_tubes, load_tubes(*call.session, round.community_id, round.id));
  std::map<TubeId, const Tube*> by_id;
  for (const Tube& tube : all_tubes) by_id.emplace(tube.id, &tube);
  FL_TRY(const auto samples, load_samples(*call.session, round.community_id, round.id));
  struct Way {
    const Tube* abnormal = nullptr;  // The tube that they are held for,
    const Tube* last = nullptr;      // and their last one.
  };
  std::map<PersonId, Way> ways;
  for (const Sample& sample : samples) {
    const Tube* tube = by_id.at(sample.tube_id);
    Way& way = ways[sample.person_id];
    if (tube->state == TubeState::abnormal) way.abnormal = tube;
    way.last = tube;
  }
  api::HeldList list;
  for (const auto& [person, way] : ways) {
    if (!way.abnormal || way.last->state == TubeState::negative) continue;
    FL_TRY(const auto resident, ground.people->resident(*call.session, {round.community_id, person}));
    api::HeldPerson one;
    one.person = person::masked(resident.person, civil_date(call.now));
    one.household_id = resident.person.household_id;
    one.household_label = resident.household_label;
    one.tube = way.abnormal->label;
    one.positive = way.abnormal->people == 1;
    if (way.last != way.abnormal) one.retest = way.last->state;
    list.items.push_back(std::move(one));
  }
  std::stable_sort(list.items.begin(), list.items.end(), [](const api::HeldPerson& a, const api::HeldPerson& b) {
    return std::pair(!a.positive, a.household_label) < std::pair(!b.positive, b.household_label);
  });
  return list;
}

}  // namespace firstline::round
