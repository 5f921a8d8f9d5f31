#pragma once

// What is kept of passes, and the one small table that a gate reads for everything of this module. SQL stands in
// pass_store_sql.cpp only.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/fault.hpp"
#include "movement/wire.hpp"
#include "person/model.hpp"
#include "store/session.hpp"

namespace firstline::movement {

// One row of movement_standing: of a compound (when its passes began), of a household, or of one person of it.
struct StandingRow {
  AreaId household_id;  // Or the compound.
  std::int64_t person_id = 0;
  std::optional<Instant> pass_from, pass_until;
  std::optional<Date> approved_on;  // The last such day: there may be others.
  TripId trip_id;
  std::optional<TripState> trip_state;
  std::optional<Risk> trip_risk;
  std::optional<Date> trip_leaves_on, trip_back_on;
};
// The compound's row and those of the household, by one statement over the table's own key.
Result<std::vector<StandingRow>> load_standing(store::Session& session, AreaId community, AreaId compound,
                                               AreaId household);
// Of every home below a path and its people.
Result<std::vector<StandingRow>> load_standings_below(store::Session& session, AreaId community, std::string_view path);
// Sets what a household's pass is now; a span that is over at once clears it.
Result<void> put_pass_standing(store::Session& session, AreaId community, AreaId household, std::optional<Instant> from,
                               std::optional<Instant> until);
Result<void> put_approval_standing(store::Session& session, const Approval& approval);

Result<void> add(store::Session& session, const HouseholdPass& pass);
Result<std::optional<HouseholdPass>> load_pass(store::Session& session, AreaId community, PassId id);
Result<std::optional<HouseholdPass>> load_pass_with_number(store::Session& session, AreaId community,
                                                           std::string_view number);
// Newest first.
Result<std::vector<HouseholdPass>> load_passes_of(store::Session& session, AreaId community, AreaId household);
// False if it has ended before.
Result<bool> end_pass(store::Session& session, const HouseholdPass& pass);

Result<void> add(store::Session& session, const Approval& approval);
Result<std::vector<Approval>> load_approvals(store::Session& session, AreaId community, AreaId household, Date from);
Result<std::vector<Approval>> load_approvals_below(store::Session& session, AreaId community, std::string_view path,
                                                   Date from);

// By name, newest first.
Result<std::vector<Approval>> load_approvals_of(store::Session& session, AreaId community, PersonId person);
// Whose approval it is, and of which home; what a gate reads follows.
Result<void> give_approval(store::Session& session, Approval approval, PersonId person, AreaId household);

// An approval by name as it stood before two records of one person were merged.
struct ApprovalHandedOver {
  AreaId community_id;
  person::MergeId merge_id;
  ApprovalId approval_id;
  PersonId person_id;
  AreaId household_id;
};
BOOST_DESCRIBE_STRUCT(ApprovalHandedOver, (), (community_id, merge_id, approval_id, person_id, household_id))
Result<void> add(store::Session& session, const ApprovalHandedOver& row);
Result<std::vector<ApprovalHandedOver>> load_approvals_handed_over(store::Session& session, AreaId community,
                                                                   person::MergeId merge);
Result<void> delete_approvals_handed_over(store::Session& session, AreaId community, person::MergeId merge);

// A home as the desk finds it.
struct HomeRow {
  AreaId household_id;
  std::string label;
  store::Bytes path;
};
// By the room on its door ("3-2-502"), in whichever compound.
Result<std::vector<HomeRow>> load_homes(store::Session& session, AreaId community, std::string_view label);
// Live passes below a path, for printing, with the homes' labels.
struct CardRow {
  std::string number;
  std::string label;
  Instant valid_until{};
};
Result<std::vector<CardRow>> load_cards(store::Session& session, AreaId community, std::string_view path);

BOOST_DESCRIBE_STRUCT(StandingRow, (),
                      (household_id, person_id, pass_from, pass_until, approved_on, trip_id, trip_state, trip_risk,
                       trip_leaves_on, trip_back_on))
BOOST_DESCRIBE_STRUCT(HomeRow, (), (household_id, label, path))
BOOST_DESCRIBE_STRUCT(CardRow, (), (number, label, valid_until))

}  // namespace firstline::movement
