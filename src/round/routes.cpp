// Rounds over HTTP: the office's side under communities/{community}/rounds, the sampling point's under .../points.

#include "area/service.hpp"
#include "round/service.hpp"

namespace firstline::round {
namespace {

using http::Access;
using http::Call;
using http::CommandId;
using http::Method;
using http::Role;

constexpr http::RoleSet may_see{Role::grid_worker, Role::secretary, Role::health_officer, Role::commander};
constexpr http::RoleSet may_lead{Role::secretary, Role::health_officer};
constexpr http::RoleSet may_sample{Role::keeper, Role::volunteer, Role::grid_worker, Role::secretary,
                                   Role::health_officer};

// The compound that the point stands in: who works there works at the point.
http::PlaceOf at_point() {
  return [](Call& call) -> Result<http::Place> {
    FL_TRY(const auto community, call.id_parameter<AreaId>("community"));
    FL_TRY(const auto id, call.id_parameter<PointId>("point"));
    FL_TRY(const auto point, load(*call.session, community, id));
    if (!point) return fail(FaultCode::not_found, "round.unknown_point");
    call.met = *point;
    return http::Place{community, point->area_path, {}};
  };
}
const Point& point_met(const Call& call) { return *std::any_cast<Point>(&call.met); }

std::string label_in(const Call& call) { return std::string(call.parameter("tube")); }

}  // namespace

void add_routes(http::RouteTable& table, const Ground& ground) {
  const std::string here = "/api/v1/communities/{community}", all = here + "/rounds", one = all + "/{round}";
  const auto seeing = Access::role(may_see, area::at_community("community"));
  const auto leading = Access::role(may_lead, area::at_community("community"));
  // A command about one round: `work(call, round, command)`.
  const auto of_round = [](auto work) {
    return [work](Call& call, const auto& command) -> decltype(work(call, RoundId{}, command)) {
      FL_TRY(const auto id, call.id_parameter<RoundId>("round"));
      return work(call, id, command);
    };
  };
  table.query<api::RoundList>({Method::get, all, "rounds", seeing, "Test rounds, newest first."}, rounds);
  table.query<api::RoundDetail>(
      {Method::get, one, "round", seeing, "One round: how far it is by building, its points, tubes and manifests."},
      [&ground](Call& call) -> Result<api::RoundDetail> {
        FL_TRY(const auto id, call.id_parameter<RoundId>("round"));
        return detail(call, ground, id);
      });
  table.command<api::OpenRound, api::RoundDetail>(
      {Method::post, all, "open_round", leading, "Opens a round over the community, a compound or a building."},
      [&ground](Call& call, const api::OpenRound& command) { return open(call, ground, command); });
  table.command<CommandId, api::RoundDetail>(
      {Method::post, one + "/close", "close_round", leading, "Ends the sampling."},
      of_round([&ground](Call& call, RoundId id, const CommandId&) { return close(call, ground, id); }));
  table.command<api::AddSamplingPoint, api::RoundDetail>(
      {Method::post, one + "/points", "add_round_point", leading, "A sampling point with its hours and slots."},
      of_round([&ground](Call& call, RoundId id, const api::AddSamplingPoint& command) {
        return add_point(call, ground, id, command);
      }));
  table.command<api::ExemptPerson, api::RoundDetail>(
      {Method::post, one + "/exempt", "exempt_from_round", leading,
       "Somebody need not come, on a ground of a closed list."},
      of_round([&ground](Call& call, RoundId id, const api::ExemptPerson& command) {
        return exempt(call, ground, id, command);
      }));
  table.query<api::Roll>({Method::get,
                          one + "/roll",
                          "round_roll",
                          seeing,
                          "Who is to be tested and who is missed at this moment, in the order of their homes; masked.",
                          {"building", "missed"}},
                         [&ground](Call& call) -> Result<api::Roll> {
                           FL_TRY(const auto id, call.id_parameter<RoundId>("round"));
                           std::optional<AreaId> building;
                           if (const auto said = call.query("building")) {
                             const auto value = parse_id(*said);
                             if (!value) return fail(FaultCode::invalid, "round.bad_area");
                             building = AreaId{*value};
                           }
                           return roll(call, ground, id, building, call.query("missed") == "1");
                         });
  table.command<api::MakeTubes, api::TubeList>(
      {Method::post, one + "/tubes", "make_tubes", leading, "Labels for so many tubes, to be printed."},
      of_round([](Call& call, RoundId id, const api::MakeTubes& command) { return make_tubes(call, id, command); }));
  table.query<api::TubeList>({Method::get, one + "/tubes", "round_tubes", seeing, "Every tube of the round."},
                             [](Call& call) -> Result<api::TubeList> {
                               FL_TRY(const auto id, call.id_parameter<RoundId>("round"));
                               return tubes(call, id);
                             });
  table.command<api::HandTubesOver, api::ManifestContent>(
      {Method::post, one + "/manifests", "hand_tubes_over", leading, "Hands every closed tube to a laboratory."},
      of_round([](Call& call, RoundId id, const api::HandTubesOver& command) { return hand_over(call, id, command); }));
  table.query<api::ManifestContent>({Method::get, one + "/manifests/{manifest}", "round_manifest", seeing,
                                     "The tubes that went together, for the laboratory; nobody's name."},
                                    [](Call& call) -> Result<api::ManifestContent> {
                                      FL_TRY(const auto id, call.id_parameter<RoundId>("round"));
                                      FL_TRY(const auto which, call.id_parameter<ManifestId>("manifest"));
                                      return manifest(call, id, which);
                                    });
  table.command<api::TellResults, api::TubeList>(
      {Method::post, one + "/results", "tell_tube_results", leading,
       "What was found in each tube: all are taken or none; a second result of a tube corrects the first."},
      of_round([&ground](Call& call, RoundId id, const api::TellResults& command) {
        return tell_results(call, ground, id, command);
      }));
  table.query<api::HeldList>({Method::get, one + "/held", "round_held", seeing,
                              "Positive people, and those of abnormal tubes whose single retest is not negative yet."},
                             [&ground](Call& call) -> Result<api::HeldList> {
                               FL_TRY(const auto id, call.id_parameter<RoundId>("round"));
                               return held(call, ground, id);
                             });
  table.query<api::MyRounds>({Method::get, "/api/v1/my/rounds", "my_rounds", Access::signed_in(),
                              "Open rounds of the caller's home: where, when, how long the queue is, who was sampled."},
                             [&ground](Call& call) { return my_rounds(call, ground); });

  const std::string point = here + "/points/{point}", tube = point + "/tubes/{tube}";
  const auto sampling = Access::role(may_sample, at_point());
  table.query<api::PointView>({Method::get, point, "sampling_point", sampling, "One sampling point."},
                              [](Call& call) { return point_view(*call.session, point_met(call)); });
  table.query<api::Roll>({Method::get, point + "/roll", "point_roll", sampling,
                          "Who is to be tested in the point's compound, in the order of their homes; masked."},
                         [&ground](Call& call) { return point_roll(call, ground, point_met(call)); });
  table.command<api::TakeSample, api::TubeContent>(
      {Method::post, point + "/samples", "take_sample", sampling,
       "Somebody is sampled into a tube, known by code, ID number or room; a full tube is closed by itself."},
      [&ground](Call& call, const api::TakeSample& command) {
        return take_sample(call, ground, point_met(call), command);
      });
  table.query<api::TubeContent>(
      {Method::get, tube, "tube_content", sampling, "Who is in a tube, in order; masked."},
      [&ground](Call& call) { return tube_content(call, ground, point_met(call), label_in(call)); });
  table.command<CommandId, api::TubeContent>(
      {Method::post, tube + "/undo", "undo_sample", sampling,
       "Takes the last sample out of a tube that is not closed."},
      [&ground](Call& call, const CommandId&) { return undo_sample(call, ground, point_met(call), label_in(call)); });
  table.command<CommandId, api::TubeContent>(
      {Method::post, tube + "/close", "close_tube", sampling, "Closes a tube that is not full."},
      [&ground](Call& call, const CommandId&) { return close_tube(call, ground, point_met(call), label_in(call)); });
  table.command<api::CountQueue, api::PointView>(
      {Method::post, point + "/queue", "count_queue", sampling, "How many wait here now; residents see it."},
      [](Call& call, const api::CountQueue& command) { return count_queue(call, point_met(call), command.waiting); });
}

}  // namespace firstline::round
