#pragma once

// What a trip leads to: the risk of its destination by the lists in force here, and what the policy proposes on return.
// A fact about a trip keeps what both rest on, so that either can be worked out again. Decides nothing about a person.

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "movement/service.hpp"
#include "movement/trip_store.hpp"

namespace firstline::movement {

// The lists of the packs in force at a community, and its own table as the nearest of them.
struct Lists {
  std::shared_ptr<const policy::Rules> rules;
  std::vector<RiskList> lists;
};
Result<Lists> lists_in_force(store::Session& session, const Ground& ground, AreaId community, Instant now);
// The same, but of the own table only what could hold this destination.
Result<Lists> lists_about(store::Session& session, const Ground& ground, AreaId community, std::string_view code,
                          Instant now);

// The word that a risk rests on.
struct RiskWord {
  std::string code, source, pack;  // pack: empty for the community's own table.
};
BOOST_DESCRIBE_STRUCT(RiskWord, (), (code, source, pack))
struct Rating {
  Risk risk = Risk::low;
  std::optional<RiskWord> by;
};
Rating rate(const Lists& lists, std::string_view to_code, Date leaves_on, Date back_on);
Rating rate(const Lists& lists, const TripRow& trip);

// The body of a fact about a trip.
struct TripBody {
  TripState state = TripState::filed;
  Risk risk = Risk::low;
  TripSource source = TripSource::resident;
  Date leaves_on{}, back_on{};
  std::optional<RiskWord> risk_by;
  std::optional<std::vector<Proposal>> proposed;  // Of a trip that ended.
};
BOOST_DESCRIBE_STRUCT(TripBody, (), (state, risk, source, leaves_on, back_on, risk_by, proposed))
Result<void> note_trip(http::Call& call, const TripRow& trip, const Rating& rating, const char* kind, Instant at = {},
                       std::string policy_version = {}, std::optional<std::vector<Proposal>> proposed = {});
// Proposes what the policy says, and writes the fact.
Result<void> propose(http::Call& call, const Lists& lists, const TripRow& trip, const Rating& rating, const char* kind,
                     Instant at);
// The rule asked again under the packs that it was asked under. Fault policy.version_gone.
Result<std::vector<Proposal>> proposed_again(const policy::Library& library, std::string_view version,
                                             const TripBody& body);

}  // namespace firstline::movement
