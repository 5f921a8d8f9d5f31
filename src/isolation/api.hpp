#pragma once

// Commands and answers about isolation orders, as they go over the wire. Lists hold masked names and no words.

#include "isolation/objections.hpp"
#include "isolation/watch_api.hpp"

namespace firstline::isolation::api {

struct ProposeIsolation {
  Uuid id;
  PersonId person_id;
  IsolationGround ground = IsolationGround::contact;
  std::string ground_ref;
  Category category = Category::close_contact;
  std::optional<Instant> exposed_at;  // Last exposure or arrival; needed where the days count from it.
  std::optional<IsolationKind> kind;  // Only where the rules leave it open, or by hand.
  std::optional<int> days;
  std::string reason;
};
BOOST_DESCRIBE_STRUCT(ProposeIsolation, (),
                      (id, person_id, ground, ground_ref, category, exposed_at, kind, days, reason))

// Longer or shorter, or by the rules that are in force now.
struct ProposeIsolationChange {
  Uuid id;
  std::optional<int> more_days;
  bool by_rules_now = false;
  std::string reason;
};
BOOST_DESCRIBE_STRUCT(ProposeIsolationChange, (), (id, more_days, by_rules_now, reason))
struct ProposeIsolationEnd {
  Uuid id;
  std::string reason;
};
BOOST_DESCRIBE_STRUCT(ProposeIsolationEnd, (), (id, reason))
struct DecideIsolationAct {
  Uuid id;
  bool approve = false;
  std::string issuer, document, note;
};
BOOST_DESCRIBE_STRUCT(DecideIsolationAct, (), (id, approve, issuer, document, note))
struct IsolationProposed {
  OrderId order_id;
  IsolationActId act_id;
};
BOOST_DESCRIBE_STRUCT(IsolationProposed, (), (order_id, act_id))

struct IsolationRow {
  OrderId order_id;
  person::PersonMasked person;
  std::string household_label;
  IsolationState state = IsolationState::proposed;
  IsolationGround ground = IsolationGround::contact;
  Category category = Category::close_contact;
  IsolationKind kind = IsolationKind::central;  // Now; of a proposal, its first.
  int day = 0;
  std::optional<int> days;
  std::optional<Instant> ends_at;
  std::optional<Instant> next_test_at;  // When its day begins, also if that is today.
  int tests_missed = 0;
  bool report_overdue = false;
  int reports_missed = 0;
  bool may_end = false;   // Nothing is missing any more.
  bool objected = false;  // Nobody has answered the person's objection yet.
  bool act_open = false;  // Something waits for a second person.
};
BOOST_DESCRIBE_STRUCT(IsolationRow, (),
                      (order_id, person, household_label, state, ground, category, kind, day, days, ends_at,
                       next_test_at, tests_missed, report_overdue, reports_missed, may_end, objected, act_open))
struct IsolationList {
  std::vector<IsolationRow> items;
  bool may_propose = false;
};
BOOST_DESCRIBE_STRUCT(IsolationList, (), (items, may_propose))

struct IsolationActView {
  IsolationActId act_id;
  IsolationActKind kind = IsolationActKind::impose;
  IsolationActState state = IsolationActState::proposed;
  std::optional<IsolationTerms> terms;
  std::string policy_version, reason, proposed_by_name;
  Instant proposed_at{};
  std::optional<std::string> decided_by_name;
  std::optional<Instant> decided_at;
  std::string issuer, document, note;
  bool may_decide = false, may_withdraw = false;
};
BOOST_DESCRIBE_STRUCT(IsolationActView, (),
                      (act_id, kind, state, terms, policy_version, reason, proposed_by_name, proposed_at,
                       decided_by_name, decided_at, issuer, document, note, may_decide, may_withdraw))

struct IsolationOrderView {
  IsolationRow row;
  std::string ground_ref;
  std::optional<Instant> exposed_at, day_one, effective_at, ended_at;
  std::string policy_version;
  bool rules_changed = false;                // Since the terms were decided.
  std::optional<Instant> ends_by_rules_now;  // What they would come to by the rules of today.
  std::optional<IsolationTerms> terms;
  std::optional<IsolationClock> clock;  // Once it is in force.
  std::vector<IsolationActView> acts;
  std::vector<ReportLine> report_lines;   // Owed so far, oldest first.
  std::vector<HealthReportView> reports;  // Newest first.
  std::vector<TransferView> transfers;
  std::vector<IsolationObjectionView> objections;
  bool may_propose = false;
  bool may_watch = false;   // Report for them, write down a transfer.
  bool may_answer = false;  // An objection.
};
BOOST_DESCRIBE_STRUCT(IsolationOrderView, (),
                      (row, ground_ref, exposed_at, day_one, effective_at, ended_at, policy_version, rules_changed,
                       ends_by_rules_now, terms, clock, acts, report_lines, reports, transfers, objections, may_propose,
                       may_watch, may_answer))

// What the person reads of their own order.
struct MyIsolation {
  OrderId order_id;
  IsolationState state = IsolationState::in_force;
  IsolationGround ground = IsolationGround::contact;
  Category category = Category::close_contact;
  std::string issuer, document, policy_version;
  std::optional<Instant> effective_at, ended_at;
  IsolationTerms terms;
  IsolationClock clock;
  std::vector<ReportLine> today;  // Reports that are owed today.
  std::vector<IsolationObjectionView> objections;
};
BOOST_DESCRIBE_STRUCT(MyIsolation, (),
                      (order_id, state, ground, category, issuer, document, policy_version, effective_at, ended_at,
                       terms, clock, today, objections))
struct MyIsolations {
  std::vector<MyIsolation> items;  // Newest first; those in force, and lately ended ones.
};
BOOST_DESCRIBE_STRUCT(MyIsolations, (), (items))

}  // namespace firstline::isolation::api
