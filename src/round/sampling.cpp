// At the sampling point: labels, samples into tubes in order, tubes closed and handed over.

#include <algorithm>

#include "health/results.hpp"
#include "round/parts.hpp"
#include "round/tubes.hpp"

namespace firstline::round {
namespace {

using http::Call;

constexpr int tubes_in_a_print_max = 500;
constexpr std::size_t laboratory_bytes_max = 90;

struct HandOverFact {
  std::string laboratory;
  int tubes = 0, people = 0;
};
BOOST_DESCRIBE_STRUCT(HandOverFact, (), (laboratory, tubes, people))

// Fault round.tube_elsewhere: another point has begun it, or it is another round's.
Result<Tube> tube_at(Call& call, const Point& point, const std::string& label) {
  if (!valid_label(label)) return fail(FaultCode::invalid, "round.bad_label", {}, "/tube");
  FL_TRY(const auto tube, load_by_label(*call.session, point.community_id, label));
  if (!tube) return fail(FaultCode::not_found, "round.unknown_tube", {}, "/tube");
  if (tube->round_id != point.round_id || (tube->point_id && tube->point_id != point.id))
    return fail(FaultCode::conflict, "round.tube_elsewhere", {}, "/tube");
  return *tube;
}

Result<person::PersonRef> recognised(const Call& call, const Ground& ground, AreaId community,
                                     const api::TakeSample& command) {
  person::PersonRef who{community, {}};
  if (command.known == Known::personal_code) {
    if (!command.token) return fail(FaultCode::invalid, "json.missing_field", {}, "/token");
    FL_TRY(who, gate::person_of_code(call, ground, *command.token));
  } else if (command.known == Known::id_number) {
    if (!command.id_number) return fail(FaultCode::invalid, "json.missing_field", {}, "/id_number");
    FL_TRY(who, ground.people->by_id_number(*call.session, *command.id_number, civil_date(call.now)));
  } else {
    if (!command.person_id) return fail(FaultCode::invalid, "json.missing_field", {}, "/person_id");
    who.person_id = *command.person_id;
  }
  FL_TRY(const auto person, ground.people->find(*call.session, who));
  if (person.community_id != community) return fail(FaultCode::invalid, "round.not_of_this_community");
  return person::PersonRef{person.community_id, person.id};
}

tl::unexpected<Fault> refused(MayTake why) {
  switch (why) {
    case MayTake::single_only:
      return fail(FaultCode::conflict, "round.single_only");
    case MayTake::tube_full:
      return fail(FaultCode::conflict, "round.tube_full", {}, "/tube");
    case MayTake::tube_closed:
      return fail(FaultCode::conflict, "round.tube_closed", {}, "/tube");
    default:
      return fail(FaultCode::conflict, "round.sampled_already");
  }
}

Result<std::optional<Last>> last_of(store::Session& session, RoundId round, person::PersonRef who) {
  FL_TRY(const auto last, last_sample(session, round, who));
  if (!last) return std::optional<Last>();
  FL_TRY(const auto tube, load(session, who.community_id, last->tube_id));
  FL_CHECK(tube);
  return std::optional(Last{tube->state, tube->people});
}

Result<api::TubeContent> content_of(Call& call, const Ground& ground, const Tube& tube) {
  api::TubeContent content;
  content.tube = view_of(tube);
  FL_TRY(const auto samples, load_samples_in(*call.session, tube.community_id, tube.id));
  for (const Sample& sample : samples) {
    FL_TRY(const auto resident, ground.people->resident(*call.session, {tube.community_id, sample.person_id}));
    content.people.push_back({sample.place, person::masked(resident.person, civil_date(call.now)),
                              resident.household_label, sample.taken_at});
  }
  return content;
}

Result<void> change(store::Session& session, const Tube& tube, const Tube& before) {
  FL_TRY(const bool mine, save(session, tube, before.people, before.state));
  if (!mine) return fail(FaultCode::conflict, "round.tube_closed", {}, "/tube");
  return {};
}

Result<Round> open_round(Call& call, const Point& point) {
  FL_TRY(const auto round, met(call, point.round_id));
  FL_TRYV(must_be_open(round));
  return round;
}

}  // namespace

api::TubeView view_of(const Tube& tube) {
  api::TubeView view{tube.label, tube.size, tube.people, tube.state, {}, tube.closed_at, tube.result_at};
  if (tube.point_id) view.point_id = tube.point_id;
  return view;
}

Result<void> tell_health(Call& call, const Tube& tube, health::NatState state, std::int64_t version,
                         const health::Reactions* reactions) {
  FL_TRY(const auto samples, load_samples_in(*call.session, tube.community_id, tube.id));
  const bool told = state != health::NatState::sampled && state != health::NatState::testing;
  for (const Sample& sample : samples) {
    FL_TRY(const auto who, person::counted_as(*call.session, {sample.community_id, sample.person_id}));
    health::TestResult result;
    result.community_id = who.community_id;
    result.person_id = who.person_id;
    result.state = state;
    result.sampled_at = sample.taken_at;
    if (told) result.reported_at = call.now;
    result.source = "round";
    result.external_id = format_id(tube.community_id.value) + "/" + tube.label + "/" + std::to_string(sample.place);
    result.version = version;
    result.tube = tube.label;
    FL_TRYV(health::take_result(*call.session, result, call.actor.account, call.now, reactions));
  }
  return {};
}

Result<api::TubeList> make_tubes(Call& call, RoundId id, const api::MakeTubes& command) {
  FL_TRY(auto round, met(call, id));
  FL_TRYV(must_be_open(round));
  if (std::find(std::begin(tube_sizes), std::end(tube_sizes), command.size) == std::end(tube_sizes))
    return fail(FaultCode::invalid, "round.bad_size", {}, "/size");
  if (command.count < 1 || command.count > tubes_in_a_print_max)
    return fail(FaultCode::invalid, "round.bad_count", {}, "/count");
  const std::int64_t before = round.tubes_made;
  if (before + command.count > tube_serial_max) return fail(FaultCode::conflict, "round.too_many_tubes");
  round.tubes_made = before + command.count;
  FL_TRY(const bool mine, save_made(*call.session, round, before));
  if (!mine) return fail(FaultCode::conflict, "round.too_many_tubes");
  api::TubeList made;
  for (std::int64_t serial = before + 1; serial <= round.tubes_made; ++serial) {
    Tube tube;
    tube.community_id = round.community_id;
    tube.id = call.session->new_id<TubeId>(call.now);
    tube.round_id = round.id;
    tube.label = label_of(round.number, serial);
    tube.size = command.size;
    FL_TRYV(add(*call.session, tube));
    made.items.push_back(view_of(tube));
  }
  return made;
}

Result<api::TubeList> tubes(Call& call, RoundId id) {
  FL_TRY(const auto round, met(call, id));
  FL_TRY(const auto found, load_tubes(*call.session, round.community_id, round.id));
  api::TubeList list;
  for (const Tube& tube : found) list.items.push_back(view_of(tube));
  return list;
}

Result<api::TubeContent> take_sample(Call& call, const Ground& ground, const Point& point,
                                     const api::TakeSample& command) {
  FL_TRYV(open_round(call, point));
  FL_TRY(const auto before, tube_at(call, point, command.tube));
  FL_TRY(const auto who, recognised(call, ground, point.community_id, command));
  FL_TRY(const auto last, last_of(*call.session, point.round_id, who));
  if (const MayTake may = may_take(last, before); may != MayTake::yes) return refused(may);
  Tube tube = before;
  tube.point_id = point.id;
  tube.people = before.people + 1;
  tube.state = TubeState::filling;
  FL_TRYV(change(*call.session, tube, before));
  FL_TRYV(
      add(*call.session, Sample{point.community_id, point.round_id, who.person_id, call.session->ids().next(call.now),
                                tube.id, tube.people, call.now, command.known, call.actor.account}));
  // A full tube is closed by itself: nobody can be put into it any more.
  if (tube.people == tube.size) return close_tube(call, ground, point, tube.label);
  return content_of(call, ground, tube);
}

Result<api::TubeContent> undo_sample(Call& call, const Ground& ground, const Point& point, const std::string& label) {
  FL_TRY(const auto before, tube_at(call, point, label));
  if (before.state != TubeState::filling) return fail(FaultCode::conflict, "round.tube_closed", {}, "/tube");
  FL_TRY(const auto samples, load_samples_in(*call.session, point.community_id, before.id));
  FL_CHECK(!samples.empty());
  FL_TRYV(remove(*call.session, samples.back()));
  Tube tube = before;
  tube.people = before.people - 1;
  if (tube.people == 0) tube.state = TubeState::empty;
  FL_TRYV(change(*call.session, tube, before));
  return content_of(call, ground, tube);
}

Result<api::TubeContent> close_tube(Call& call, const Ground& ground, const Point& point, const std::string& label) {
  FL_TRY(const auto before, tube_at(call, point, label));
  if (before.state != TubeState::filling) return fail(FaultCode::conflict, "round.tube_closed", {}, "/tube");
  Tube tube = before;
  tube.state = TubeState::closed;
  tube.closed_at = call.now;
  FL_TRYV(change(*call.session, tube, before));
  FL_TRYV(tell_health(call, tube, health::NatState::sampled, version_sampled));
  return content_of(call, ground, tube);
}

Result<api::TubeContent> tube_content(Call& call, const Ground& ground, const Point& point, const std::string& label) {
  FL_TRY(const auto tube, tube_at(call, point, label));
  return content_of(call, ground, tube);
}

Result<api::PointView> count_queue(Call& call, Point point, int waiting) {
  if (waiting < 0 || waiting > 5000) return fail(FaultCode::invalid, "round.bad_count", {}, "/waiting");
  point.waiting = waiting;
  point.waiting_at = call.now;
  FL_TRYV(save_waiting(*call.session, point));
  return point_view(*call.session, point);
}

Result<api::ManifestContent> hand_over(Call& call, RoundId id, const api::HandTubesOver& command) {
  FL_TRY(const auto round, met(call, id));
  if (command.laboratory.empty() || command.laboratory.size() > laboratory_bytes_max)
    return fail(FaultCode::invalid, "round.bad_name", {}, "/laboratory");
  Manifest manifest;
  manifest.community_id = round.community_id;
  manifest.id = call.session->new_id<ManifestId>(call.now);
  manifest.round_id = round.id;
  manifest.laboratory = command.laboratory;
  manifest.at = call.now;
  manifest.account_id = call.actor.account;
  FL_TRY(const auto all, load_tubes(*call.session, round.community_id, round.id));
  api::ManifestContent content;
  for (const Tube& before : all) {
    if (before.state != TubeState::closed) continue;
    Tube tube = before;
    tube.state = TubeState::handed_over;
    tube.manifest_id = manifest.id;
    FL_TRYV(change(*call.session, tube, before));
    FL_TRYV(tell_health(call, tube, health::NatState::testing, version_testing));
    ++manifest.tubes;
    manifest.people += tube.people;
    content.tubes.push_back(view_of(tube));
  }
  if (manifest.tubes == 0) return fail(FaultCode::conflict, "round.nothing_to_hand_over");
  FL_TRYV(add(*call.session, manifest));
  FL_TRYV(write_fact(call, round.community_id, "round.handed_over", "manifest:" + format_id(manifest.id.value),
                     json::write(HandOverFact{manifest.laboratory, manifest.tubes, manifest.people})));
  content.manifest = view_of(manifest);
  return content;
}

Result<api::ManifestContent> manifest(Call& call, RoundId id, ManifestId manifest_id) {
  FL_TRY(const auto round, met(call, id));
  FL_TRY(const auto manifests, load_manifests(*call.session, round.community_id, round.id));
  for (const Manifest& each : manifests) {
    if (each.id != manifest_id) continue;
    api::ManifestContent content{view_of(each), {}};
    FL_TRY(const auto tubes, load_tubes_of(*call.session, round.community_id, each.id));
    for (const Tube& tube : tubes) content.tubes.push_back(view_of(tube));
    return content;
  }
  return fail(FaultCode::not_found, "round.unknown_manifest");
}

}  // namespace firstline::round
