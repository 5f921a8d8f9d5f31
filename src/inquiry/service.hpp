#pragma once

// 查证: what was done, by whom, on what ground, and whether the rule would say so again. Reads only; names stay masked.

#include "gate/service.hpp"
#include "http/call.hpp"
#include "http/route.hpp"
#include "ledger/query.hpp"
#include "person/service.hpp"
#include "policy/library.hpp"

namespace firstline::inquiry {

struct FactView {
  FactId fact_id;
  Instant at{};
  std::string kind;
  std::string subject;  // "person:123", "passage:456".
  std::optional<AccountId> actor_id;
  std::string actor_name;    // Of the post; empty: the system itself, or a phone without a keeper.
  std::string subject_name;  // Masked, where the subject is a person of the community.
  std::optional<std::string> area_name;
  std::string policy_version;
  boost::json::value body;
};
BOOST_DESCRIBE_STRUCT(FactView, (),
                      (fact_id, at, kind, subject, actor_id, actor_name, subject_name, area_name, policy_version, body))

struct FactList {
  std::vector<FactView> items;
  std::optional<FactId> before;  // Ask for the next page with this; nothing: there is none.
};
BOOST_DESCRIBE_STRUCT(FactList, (), (items, before))

// The community's facts, newest first. The filter's community is the call's place.
Result<FactList> facts(http::Call& call, const person::Directory& people, ledger::FactFilter filter);

// A passage with everything that decided it, decided again.
struct Why {
  gate::Replay replay;
  std::string gate_name;
  std::string who_masked;  // Empty: nobody was looked up.
  std::string household_label;
  gate::Direction direction = gate::Direction::out;
  gate::RecognisedBy recognised_by = gate::RecognisedBy::room_pick;
  std::string actor_name;
  std::vector<FactView> afterwards;  // Overrides and alarms about it.
};
BOOST_DESCRIBE_STRUCT(Why, (),
                      (replay, gate_name, who_masked, household_label, direction, recognised_by, actor_name,
                       afterwards))
// Fault passage.unknown: also for a passage of another community.
Result<Why> why(http::Call& call, const person::Directory& people, const policy::Library& library, PassageId passage);

// Who opened my record, when and why; for the person's own page.
struct Look {
  Instant at{};
  std::string by;  // The post.
  person::RevealReason reason = person::RevealReason::tracing;
};
BOOST_DESCRIBE_STRUCT(Look, (), (at, by, reason))
struct Looks {
  std::vector<Look> items;
};
BOOST_DESCRIBE_STRUCT(Looks, (), (items))
Result<Looks> looks_at_me(http::Call& call);

// `people` and `library` outlive the table.
void add_routes(http::RouteTable& table, const person::Directory& people, const policy::Library& library);

}  // namespace firstline::inquiry
