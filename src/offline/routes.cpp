// HTTP to service and back; no rule, no SQL.

#include "offline/records.hpp"
#include "offline/service.hpp"

namespace firstline::offline {
namespace {

using http::Access;
using http::Call;
using http::Method;
using http::Role;

constexpr http::RoleSet keepers{Role::keeper, Role::volunteer, Role::secretary};

void add_pack_route(http::RouteTable& table, const Outpost& outpost) {
  http::RouteSpec spec{
      Method::get,
      "/api/v1/gates/{gate}/pack",
      "gate_pack",
      Access::role_or_device(keepers, area::at_gate("gate")),
      "What a gate's phone holds for the time without a network, whole or since a version: a text, and the "
      "community's signature of it.",
      {"since"}};
  spec.compressed = true;
  spec.urgency = store::Urgency::duty;
  table.query<api::SignedPack>(std::move(spec), [&outpost](Call& call) -> Result<api::SignedPack> {
    std::optional<PackVersion> since;
    if (const auto text = call.query("since")) {
      const auto version = parse_id(*text);
      if (!version) return fail(FaultCode::invalid, "json.unknown_value", {}, "since");
      since = PackVersion{*version};
    }
    return outpost.packs->pack(call, area::gate_met(call), since);
  });
}

void add_record_route(http::RouteTable& table, const Outpost& outpost) {
  http::RouteSpec spec{Method::post, "/api/v1/gates/{gate}/offline-records", "take_offline_records",
                       Access::role_or_device(keepers, area::at_gate("gate")),
                       "Takes in what a phone recorded without the network; each record is answered for itself."};
  spec.body_bytes_max = 1024 * 1024;
  table.task<api::Batch, api::BatchAnswer>(std::move(spec), [&outpost](Call& call, const api::Batch& batch) {
    return take(call, outpost, area::gate_met(call), batch);
  });
}

void add_desk_routes(http::RouteTable& table, const Outpost& outpost) {
  const auto here = area::at_community("community");
  table.query<api::Overview>({Method::get, "/api/v1/communities/{community}/offline", "offline_overview",
                              Access::role({Role::secretary, Role::grid_worker, Role::health_officer}, here),
                              "Verdicts of phones that the server would not have given, conflicts to decide, and what "
                              "phones have not handed in."},
                             overview);
  table.command<http::CommandId, http::Empty>(
      {Method::post, "/api/v1/communities/{community}/offline/differences/{record}/seen", "mark_difference_seen",
       Access::role({Role::secretary, Role::grid_worker}, here), "Somebody has looked at a difference."},
      [](Call& call, const http::CommandId&) -> Result<http::Empty> {
        FL_TRY(const auto record, call.id_parameter<RecordId>("record"));
        FL_TRYV(mark_seen(call, record));
        return http::Empty{};
      });
  table.command<api::DecideConflict, http::Empty>(
      {Method::post, "/api/v1/communities/{community}/offline/conflicts/{conflict}/decide", "decide_conflict",
       Access::role({Role::secretary, Role::grid_worker}, here), "Which of two contradicting values holds."},
      [&outpost](Call& call, const api::DecideConflict& command) -> Result<http::Empty> {
        FL_TRY(const auto conflict, call.id_parameter<ConflictId>("conflict"));
        FL_TRYV(decide(call, outpost, conflict, command.take));
        return http::Empty{};
      });
}

}  // namespace

void add_routes(http::RouteTable& table, const Outpost& outpost) {
  add_pack_route(table, outpost);
  add_record_route(table, outpost);
  add_desk_routes(table, outpost);
}

}  // namespace firstline::offline
