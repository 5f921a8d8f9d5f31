#pragma once

// Test rounds: opened over an area with sampling points, people sampled into tubes, tubes handed to a laboratory, and
// what came of each. Keeps every result with health, by which a gate holds the people of an abnormal tube and lets go
// whoever had a negative single retest; decides nothing at a gate. Opens no case: a positive is a fact that others act
// on.
//
// Facts: round.opened, round.closed, round.exempted, round.handed_over, round.tube_abnormal, round.positive,
// round.result_corrected. Samples are rows only; a manifest's fact counts them.
//
// Faults: round.unknown, round.unknown_point, round.unknown_tube, round.unknown_manifest (not_found); round.closed,
// round.sampled_already, round.single_only, round.tube_full, round.tube_closed, round.tube_elsewhere,
// round.tube_not_handed_over, round.nothing_to_hand_over, round.too_many_tubes (conflict); round.bad_area,
// round.bad_times, round.bad_size, round.bad_name, round.bad_label, round.not_of_this_community, round.bad_count
// (invalid).

#include "gate/service.hpp"
#include "health/results.hpp"
#include "round/api.hpp"
#include "round/store.hpp"

namespace firstline::round {

// What the use cases depend on; it outlives them. Without reactions nobody else is told of a positive.
struct Ground : gate::Ground {
  const health::Reactions* results = nullptr;
};

Result<api::RoundList> rounds(http::Call& call);
Result<api::RoundDetail> detail(http::Call& call, const Ground& ground, RoundId id);
Result<api::RoundDetail> open(http::Call& call, const Ground& ground, const api::OpenRound& command);
Result<api::RoundDetail> close(http::Call& call, const Ground& ground, RoundId id);
Result<api::RoundDetail> add_point(http::Call& call, const Ground& ground, RoundId id,
                                   const api::AddSamplingPoint& command);
Result<api::RoundDetail> exempt(http::Call& call, const Ground& ground, RoundId id, const api::ExemptPerson& command);
// Of one building, or of everybody; only those who are missed, or all.
Result<api::Roll> roll(http::Call& call, const Ground& ground, RoundId id, std::optional<AreaId> building,
                       bool missed_only);
Result<api::MyRounds> my_rounds(http::Call& call, const Ground& ground);

Result<api::TubeList> make_tubes(http::Call& call, RoundId id, const api::MakeTubes& command);
Result<api::TubeList> tubes(http::Call& call, RoundId id);
Result<api::TubeContent> take_sample(http::Call& call, const Ground& ground, const Point& point,
                                     const api::TakeSample& command);
// The last sample of a tube that is not closed: the wrong person was tapped.
Result<api::TubeContent> undo_sample(http::Call& call, const Ground& ground, const Point& point,
                                     const std::string& label);
Result<api::TubeContent> close_tube(http::Call& call, const Ground& ground, const Point& point,
                                    const std::string& label);
Result<api::TubeContent> tube_content(http::Call& call, const Ground& ground, const Point& point,
                                      const std::string& label);
Result<api::PointView> point_view(store::Session& session, const Point& point);
// Of the round's people, those who live in the point's compound.
Result<api::Roll> point_roll(http::Call& call, const Ground& ground, const Point& point);
Result<api::PointView> count_queue(http::Call& call, Point point, int waiting);
// Every tube of the round that is closed and was not handed over.
Result<api::ManifestContent> hand_over(http::Call& call, RoundId id, const api::HandTubesOver& command);
Result<api::ManifestContent> manifest(http::Call& call, RoundId id, ManifestId manifest);
// All of them or none. A second result of a tube corrects the first.
Result<api::TubeList> tell_results(http::Call& call, const Ground& ground, RoundId id, const api::TellResults& command);
Result<api::HeldList> held(http::Call& call, const Ground& ground, RoundId id);

// For tracing: who gave a sample where, in order of id, both ends left out.
struct SampleTaken {
  std::int64_t id = 0;
  PersonId person_id;
  PointId point_id;
  Instant taken_at{};
};
BOOST_DESCRIBE_STRUCT(SampleTaken, (), (id, person_id, point_id, taken_at))
Result<std::vector<SampleTaken>> samples_taken(store::Session& session, AreaId community, std::int64_t after_id,
                                               std::int64_t until_id, int limit);
// Nothing: the community has no such point.
Result<std::optional<std::string>> point_name(store::Session& session, AreaId community, PointId id);

// Under communities/{community}/rounds and .../points; my/rounds. `ground` outlives the table.
void add_routes(http::RouteTable& table, const Ground& ground);

}  // namespace firstline::round
