// Why something was decided. Two rules are pure and are asked again: the gate's verdict, and what follows a trip.
// Behind everything else stands a person, and perhaps a second one.

#include <utility>

#include "area/service.hpp"
#include "inquiry/service.hpp"
#include "inquiry/view.hpp"
#include "json/json.hpp"
#include "movement/consequences.hpp"

namespace firstline::inquiry {
namespace {

constexpr std::string_view passage_prefix = "passage:", trip_prefix = "trip:";
constexpr int history_max = 200;

template <class T>
Result<boost::json::value> as_json(const T& value) {
  return json::read<boost::json::value>(json::write(value));
}

// What this program no longer has the packs for is said, not hidden.
template <class T>
Result<std::optional<T>> unless_gone(Result<T> found, bool& gone) {
  if (found) return std::optional<T>(std::move(*found));
  gone = found.error().reason == "policy.version_gone";
  if (gone) return std::optional<T>();
  return tl::unexpected(std::move(found).error());
}

Result<void> by_the_gate(http::Call& call, const person::Directory& people, const policy::Library& library,
                         PassageId id, Names& names, Why& why) {
  FL_TRY(const auto passage, gate::passage_of(*call.session, call.place.community, id));
  why.subject = std::string(passage_prefix) + format_id(id.value);
  why.policy_version = passage.policy_version;
  FL_TRY(const auto gate, area::find_gate(*call.session, passage.gate_id));
  why.area_name = gate.name;
  if (passage.person_id) {
    FL_TRY(const auto resident, people.resident(*call.session, {passage.person_community_id, passage.person_id}));
    why.subject_name = person::mask_name(resident.person.name) + " " + resident.household_label;
  }
  if (why.kind.empty()) {
    why.kind = "gate.passage";
    why.at = passage.at;
    FL_TRY(why.by.name, names.of(passage.account_id));
    why.by.at = passage.at;
    why.by.did = why.kind;
  }
  FL_TRY(const auto replay, unless_gone(gate::replay(*call.session, library, id), why.version_gone));
  if (!replay) return {};
  why.presented = replay->presented;
  if (!why.arguments.is_object()) why.arguments = boost::json::object();
  auto& weighed = why.arguments.as_object();
  FL_TRY(weighed["recognised_by"], as_json(passage.recognised_by));
  FL_TRY(const auto set, library.of_version(passage.policy_version));
  for (const gate::Reason& reason : replay->kept.reasons) {
    Ground ground;
    ground.clause = reason.clause;
    ground.parameter = reason.parameter;
    if (const auto found = set.parameters.find(reason.parameter); found != set.parameters.end()) {
      ground.pack = found->second.pack;
      ground.source = found->second.parameter.source;
    }
    FL_TRY(ground.said, as_json(reason));
    why.grounds.push_back(std::move(ground));
  }
  Again again;
  again.equal = replay->equal;
  FL_TRY(again.kept, as_json(replay->kept));
  FL_TRY(again.again, as_json(replay->again));
  why.again = std::move(again);
  return {};
}

// What the policy proposed when the trip ended, proposed again.
Result<void> by_the_trip(const policy::Library& library, const std::vector<FactView>& history, Why& why) {
  const FactView* ended = nullptr;
  for (const FactView& fact : history)
    if (fact.body.is_object() && fact.body.get_object().contains("proposed") &&
        !fact.body.get_object().at("proposed").is_null())
      ended = &fact;
  if (!ended) return {};
  FL_TRY(const auto body, json::from_value<movement::TripBody>(ended->body));
  why.policy_version = ended->policy_version;
  for (const movement::Proposal& each : *body.proposed) {
    Ground ground{{}, each.parameter, each.pack, each.source, {}};
    FL_TRY(ground.said, as_json(each));
    why.grounds.push_back(std::move(ground));
  }
  FL_TRY(const auto proposed,
         unless_gone(movement::proposed_again(library, ended->policy_version, body), why.version_gone));
  if (!proposed) return {};
  Again again;
  again.equal = *proposed == *body.proposed;
  FL_TRY(again.kept, as_json(*body.proposed));
  FL_TRY(again.again, as_json(*proposed));
  why.again = std::move(again);
  return {};
}

Hand hand_of(const FactView& fact) { return {fact.actor_name, fact.role, fact.at, fact.kind}; }

// Everything about the subject, oldest first; and of other people's acts about it those that decide, not looks.
Result<void> fill_history(http::Call& call, const person::Directory& people, Names& names,
                          std::optional<AccountId> actor, Why& why) {
  ledger::FactFilter about;
  about.community = call.place.community;
  about.subject = why.subject;
  about.limit = history_max;
  FL_TRY(auto rows, ledger::facts(*call.session, about));
  for (auto row = rows.rbegin(); row != rows.rend(); ++row) {
    FL_TRY(auto view, view_of(call, people, names, std::move(*row)));
    why.history.push_back(std::move(view));
  }
  for (const FactView& fact : why.history) {
    const bool look = fact.kind.find("revealed") != fact.kind.npos;
    if (fact.actor_id && fact.actor_id != actor && !look) why.others.push_back(hand_of(fact));
  }
  return {};
}

// Above the communities many offices share one shard: only what lies at the asking one, or below it, is theirs.
Result<void> in_reach(http::Call& call, const ledger::FactRow& row) {
  if (call.place.community) return {};
  const auto where = area::find(*call.session, {}, AreaId{row.area});
  if (where && http::path_covers(call.place.path, where->path)) return {};
  return fail(FaultCode::not_found, "fact.unknown");
}

}  // namespace

Result<Why> why_passage(http::Call& call, const person::Directory& people, const policy::Library& library,
                        PassageId id) {
  Why why;
  Names names(*call.session);
  FL_TRYV(by_the_gate(call, people, library, id, names, why));
  FL_TRY(const auto passage, gate::passage_of(*call.session, call.place.community, id));
  const auto actor = passage.account_id ? std::optional(passage.account_id) : std::nullopt;
  FL_TRYV(fill_history(call, people, names, actor, why));
  return why;
}

Result<Why> why(http::Call& call, const person::Directory& people, const policy::Library& library, FactId id) {
  FL_TRY(auto row, ledger::find_fact(*call.session, call.place.community, id));
  if (!row) return fail(FaultCode::not_found, "fact.unknown");
  FL_TRYV(in_reach(call, *row));
  Names names(*call.session);
  FL_TRY(const FactView fact, view_of(call, people, names, std::move(*row)));
  Why why;
  why.kind = fact.kind;
  why.subject = fact.subject;
  why.at = fact.at;
  why.subject_name = fact.subject_name;
  why.area_name = fact.area_name.value_or("");
  why.by = hand_of(fact);
  why.arguments = fact.body;
  why.policy_version = fact.policy_version;
  FL_TRYV(fill_history(call, people, names, fact.actor_id, why));
  if (const auto passage = id_in(why.subject, passage_prefix)) {
    FL_TRYV(by_the_gate(call, people, library, PassageId{*passage}, names, why));
  } else if (id_in(why.subject, trip_prefix)) {
    FL_TRYV(by_the_trip(library, why.history, why));
  }
  return why;
}

}  // namespace firstline::inquiry
