#pragma once

// Seal orders: proposed by the community, decided by the body with the power, announced; amended and released the same
// way. What they mean for a home at any moment is computed from the spans on its path. Facts: seal.proposed,
// seal.decided, seal.refused, seal.announced, seal.withdrawn, seal.recorded, seal.struck, seal.exit_checked,
// seal.objected, seal.objection_answered.
//
// Faults: seal.unknown, seal.act_unknown, seal.happening_unknown, seal.check_unknown, seal.objection_unknown
// (not_found); seal.no_power, seal.by_the_same (forbidden); seal.act_open, seal.act_decided, seal.not_decided,
// seal.not_in_force, seal.closed_above (conflict); seal.no_place, seal.too_many_places, seal.place_twice,
// seal.bad_level, seal.temporary_not_allowed, seal.reason_missing, seal.issuer_missing, seal.bad_time, seal.bad_ref,
// seal.bad_photo (invalid).

#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "http/route.hpp"
#include "person/service.hpp"
#include "policy/rules_in_force.hpp"
#include "seal/model.hpp"
#include "seal/spans.hpp"
#include "store/session.hpp"

namespace firstline::seal {

// By whom and when something is noted, with or without a request.
struct By {
  AccountId account;
  DeviceId device;
  Instant now{}, recorded_at{};
};

// What other modules do about it, in the same transaction.
struct Reactions {
  // An act of an order of this community has come into force, or will at its hour.
  std::function<Result<void>(store::Session&, AreaId community, const By&)> announced;
};

// What the routes depend on; all of it outlives the table.
struct Desk {
  const person::Directory* people;
  const policy::RulesInForce* rules;
  const Reactions* reactions = nullptr;
};

// A case of the disease as it stands now.
struct CaseNow {
  person::PersonRef who;
  std::string ref;  // Its number; never a name.
  Instant found_at{};
  std::optional<Instant> removed_at;  // Taken to hospital or isolation, or recovered.
  bool counts = true;                 // False: it was none.
};
// Notes it on every order that closes where the person lives, and corrects what was noted of it before; does nothing if
// nothing is new. For every change of a case, and for every case when an order comes into force.
Result<void> keep_case(store::Session& session, const CaseNow& known, const By& by);

// What holds in a community at a moment, now or in the past; a few rows of one index.
Result<std::vector<Span>> spans_at(store::Session& session, AreaId community, Instant at);

// GET and POST communities/{community}/seal-orders..., seal-cards/{card}, my/seal...
void add_routes(http::RouteTable& table, const Desk& desk);

}  // namespace firstline::seal
