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
  std::string subject;                 // "person:123", "passage:456".
  std::optional<Instant> recorded_at;  // Where it was written down later than it happened.
  std::optional<AccountId> actor_id;
  std::string actor_name;          // Of the post; empty: the system itself, or a phone without a keeper.
  std::optional<http::Role> role;  // In which they acted; none: not needed, or a fact of before roles were kept.
  std::string subject_name;        // Masked, where the subject is a person of the community.
  std::optional<AreaId> area_id;
  std::optional<std::string> area_name;
  std::string policy_version;
  boost::json::value body;
};
BOOST_DESCRIBE_STRUCT(FactView, (),
                      (fact_id, at, recorded_at, kind, subject, actor_id, actor_name, role, subject_name, area_id,
                       area_name, policy_version, body))

struct FactList {
  std::vector<FactView> items;
  std::optional<FactId> before;  // Ask for the next page with this; nothing: there is none.
};
BOOST_DESCRIBE_STRUCT(FactList, (), (items, before))

// The community's facts, newest first. The filter's community is the call's place.
Result<FactList> facts(http::Call& call, const person::Directory& people, ledger::FactFilter filter);
// Only those of an area of the community and of everything below it; above any community, of an office and those below
// it.
Result<FactList> facts_below(http::Call& call, const person::Directory& people, ledger::FactFilter filter, AreaId area);

// A rule, a number or a word of a document that a decision rests on.
struct Ground {
  std::string clause;     // "GATE-4"; empty outside the gate.
  std::string parameter;  // "gate.nat.window_hours_out"
  std::string pack, source;
  boost::json::value said;  // The reason or proposal itself.
};
BOOST_DESCRIBE_STRUCT(Ground, (), (clause, parameter, pack, source, said))
// Somebody with a part in it.
struct Hand {
  std::string name;
  std::optional<http::Role> role;
  Instant at{};
  std::string did;  // The kind of their fact.
};
BOOST_DESCRIBE_STRUCT(Hand, (), (name, role, at, did))
// A rule asked again with the arguments that were kept.
struct Again {
  bool equal = false;
  boost::json::value kept, again;
};
BOOST_DESCRIBE_STRUCT(Again, (), (equal, kept, again))

// Any decision, whatever decided it: what was weighed, by whom, under which rules.
struct Why {
  std::string kind;     // Of the fact; "gate.passage" for a passage that made none.
  std::string subject;  // "passage:1", "trip:2", "pass:3", ...
  Instant at{};
  std::string subject_name;  // Masked.
  std::string area_name;
  Hand by;                       // Whoever did this.
  std::vector<Hand> others;      // Whoever else decided about the same: the first of two persons, the second.
  boost::json::value arguments;  // What was weighed or said.
  std::optional<gate::Presented> presented;  // Of a passage: what the gate\'s rule saw.
  std::vector<Ground> grounds;               // Empty where no rule decided, only a person.
  std::string policy_version;
  std::optional<Again> again;     // Where a pure rule decided.
  bool version_gone = false;      // It did, but under packs that this program carries no more.
  std::vector<FactView> history;  // Everything about the same subject, oldest first.
};
BOOST_DESCRIBE_STRUCT(Why, (),
                      (kind, subject, at, subject_name, area_name, by, others, arguments, presented, grounds,
                       policy_version, again, version_gone, history))
// Faults: fact.unknown, passage.unknown: also for those of another community, or of another office.
Result<Why> why(http::Call& call, const person::Directory& people, const policy::Library& library, FactId fact);
Result<Why> why_passage(http::Call& call, const person::Directory& people, const policy::Library& library,
                        PassageId passage);

// Who opened my record, when and why; for the person's own page.
struct Look {
  Instant at{};
  std::string by;  // The post.
  std::optional<http::Role> role;
  person::RevealReason reason = person::RevealReason::tracing;
  bool trip = false;  // Plate and companions of a trip, not the record.
};
BOOST_DESCRIBE_STRUCT(Look, (), (at, by, role, reason, trip))
struct Looks {
  std::vector<Look> items;
};
BOOST_DESCRIBE_STRUCT(Looks, (), (items))
Result<Looks> looks_at_me(http::Call& call);

// `people` and `library` outlive the table.
void add_routes(http::RouteTable& table, const person::Directory& people, const policy::Library& library);

}  // namespace firstline::inquiry
