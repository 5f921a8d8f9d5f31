#pragma once

// Which rules hold here, what is about to change, and how an office changes it: proposed by one, confirmed by another,
// withdrawn before its hour. Decided changes reach policy::RulesInForce, which every verdict asks. Facts:
// rulebook.proposed, rulebook.confirmed, rulebook.withdrawn.
//
// Faults: rulebook.unknown_pack, rulebook.pack_elsewhere, rulebook.no_difference, rulebook.bad_start,
// rulebook.order_missing (invalid), rulebook.unknown (not_found), rulebook.by_the_same (forbidden), rulebook.too_late,
// rulebook.decided (conflict); policy.parameter_missing, policy.incoherent: what would hold then is no whole rule.

#include <string>
#include <vector>

#include "http/route.hpp"
#include "policy/rules_in_force.hpp"
#include "policy/shown.hpp"
#include "rulebook/model.hpp"
#include "store/database.hpp"

namespace firstline::rulebook {

// Who decides which rules hold. 疾控人员 指挥部
inline constexpr http::RoleSet deciding{http::Role::health_officer, http::Role::commander};

// What the routes depend on; all of it outlives the table.
struct Book {
  store::Database* database;
  policy::RulesInForce* rules;
};

struct Difference {
  std::string name, zh, en, unit;
  boost::json::value now, then;  // null: not set.
};
BOOST_DESCRIBE_STRUCT(Difference, (), (name, zh, en, unit, now, then))
struct ChangeView {
  ChangeId change_id;
  AreaId area_id;
  std::string area_name;
  policy::PackShown pack;
  bool put_in = true;
  Instant starts_at{};
  std::string order_text;
  State state = State::proposed;
  std::string proposed_by_name;
  std::optional<std::string> confirmed_by_name, withdrawn_by_name;
  std::vector<Difference> differences;  // Of one still to come, against what holds now.
  bool may_confirm = false, may_withdraw = false;
};
BOOST_DESCRIBE_STRUCT(ChangeView, (),
                      (change_id, area_id, area_name, pack, put_in, starts_at, order_text, state, proposed_by_name,
                       confirmed_by_name, withdrawn_by_name, differences, may_confirm, may_withdraw))
struct PackChoice {
  policy::PackShown pack;
  bool in_force = false;
};
BOOST_DESCRIBE_STRUCT(PackChoice, (), (pack, in_force))
struct RuleBook {
  std::string version;
  std::vector<PackChoice> packs;          // That apply to this place.
  std::vector<ChangeView> changes;        // To come first, soonest first; then past ones, latest first.
  std::optional<Instant> next_change_at;  // By a decision or by a pack's own dates.
  std::vector<Difference> next_differences;
  bool may_propose = false;
};
BOOST_DESCRIBE_STRUCT(RuleBook, (), (version, packs, changes, next_change_at, next_differences, may_propose))
Result<RuleBook> book_of(http::Call& call, const Book& book, AreaId area);

struct Propose {
  Uuid id;
  std::string pack;
  bool put_in = true;
  std::optional<Instant> starts_at;  // None: next midnight in Shanghai.
  std::string order_text;
};
BOOST_DESCRIBE_STRUCT(Propose, (), (id, pack, put_in, starts_at, order_text))
Result<ChangeId> propose(http::Call& call, const Book& book, AreaId area, const Propose& command);
// The second person. In force on this node with the commit, on others within follow_step.
Result<void> confirm(http::Call& call, const Book& book, ChangeId change);
// Before its hour.
Result<void> withdraw(http::Call& call, const Book& book, ChangeId change);

// Hands the decided changes to the rules. Once before the first request; then the follower does it.
Result<void> refresh(store::Session& session, policy::RulesInForce& rules);

// GET areas/{area}/rule-book; POST areas/{area}/rule-changes, rule-changes/{change}/confirm, .../withdraw.
void add_routes(http::RouteTable& table, const Book& book);

}  // namespace firstline::rulebook
