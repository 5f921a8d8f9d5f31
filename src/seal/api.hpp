#pragma once

// What the routes of seal orders take and give. A staff view may name people by masked name; a card never names
// anybody.

#include <string>
#include <vector>

#include <boost/describe.hpp>

#include "area/wire.hpp"
#include "http/route.hpp"
#include "seal/record.hpp"

namespace firstline::seal::api {

struct ProposeSeal {
  Uuid id;
  std::vector<PlaceChange> places;
  Ground ground = Ground::case_inside;
  std::string ground_ref, justification, smaller_scope;
  Instant review_at{};
  std::optional<Instant> starts_at;  // None: with the announcement.
  std::optional<policy::ClockAnchor> clock_anchor;
  std::optional<Instant> clock_at;
};
BOOST_DESCRIBE_STRUCT(ProposeSeal, (),
                      (id, places, ground, ground_ref, justification, smaller_scope, review_at, starts_at, clock_anchor,
                       clock_at))
struct ProposeSealAmendment {
  Uuid id;
  std::vector<PlaceChange> places;
  std::string reason;
  std::optional<Instant> starts_at, review_at, not_before;
};
BOOST_DESCRIBE_STRUCT(ProposeSealAmendment, (), (id, places, reason, starts_at, review_at, not_before))
struct ProposeSealRelease {
  Uuid id;
  std::string reason;
  std::optional<Instant> starts_at;
};
BOOST_DESCRIBE_STRUCT(ProposeSealRelease, (), (id, reason, starts_at))
struct DecideSealAct {
  Uuid id;
  bool approve = true;
  std::string issuer, document, note;
};
BOOST_DESCRIBE_STRUCT(DecideSealAct, (), (id, approve, issuer, document, note))
struct SealProposed {
  OrderId order_id;
  ActId act_id;
};
BOOST_DESCRIBE_STRUCT(SealProposed, (), (order_id, act_id))

struct RecordHappening {
  Uuid id;
  HappeningKind kind = HappeningKind::case_found;
  std::string ref;
  std::optional<AreaId> area_id;
  std::optional<PersonId> person_id;
  Instant at{};
  std::optional<Instant> reported_at;
  std::optional<bool> outside_unit, kept_at_home, new_contacts;
};
BOOST_DESCRIBE_STRUCT(RecordHappening, (),
                      (id, kind, ref, area_id, person_id, at, reported_at, outside_unit, kept_at_home, new_contacts))
struct HappeningRecorded {
  HappeningId happening_id;
};
BOOST_DESCRIBE_STRUCT(HappeningRecorded, (), (happening_id))
struct SealHappeningView {
  HappeningId happening_id;
  HappeningKind kind = HappeningKind::case_found;
  std::string ref;
  std::optional<std::string> area_label;
  Instant at{};
  std::optional<Instant> reported_at;
  std::optional<bool> outside_unit, kept_at_home, new_contacts;
  std::string recorded_by_name;
  Instant recorded_at{};
  bool struck = false;
};
BOOST_DESCRIBE_STRUCT(SealHappeningView, (),
                      (happening_id, kind, ref, area_label, at, reported_at, outside_unit, kept_at_home, new_contacts,
                       recorded_by_name, recorded_at, struck))

struct RecordCheck {
  Uuid id;
  AreaId area_id;
  ExitKind kind = ExitKind::fire_exit;
  bool open = true;
  std::string note;
  std::string photo_base64;  // JPEG.
};
BOOST_DESCRIBE_STRUCT(RecordCheck, (), (id, area_id, kind, open, note, photo_base64))
struct SealCheckView {
  ExitCheckId check_id;
  std::string area_label;
  ExitKind kind = ExitKind::fire_exit;
  bool open = true;
  std::string note, checked_by_name;
  Instant checked_at{};
};
BOOST_DESCRIBE_STRUCT(SealCheckView, (), (check_id, area_label, kind, open, note, checked_by_name, checked_at))
struct SealCheckPhoto {
  std::string photo_base64;
};
BOOST_DESCRIBE_STRUCT(SealCheckPhoto, (), (photo_base64))

enum class OrderState { proposed, refused, withdrawn, decided, in_force, released };
BOOST_DESCRIBE_ENUM(OrderState, proposed, refused, withdrawn, decided, in_force, released)

// Why somebody should act: counted in public, and raised level by level.
enum class WaitKind { conditions_met, review_passed };
BOOST_DESCRIBE_ENUM(WaitKind, conditions_met, review_passed)
enum class WaitLevel { community, subdistrict, district };
BOOST_DESCRIBE_ENUM(WaitLevel, community, subdistrict, district)
struct SealWaiting {
  WaitKind kind = WaitKind::conditions_met;
  Instant since{};
  int hours = 0;
  WaitLevel level = WaitLevel::community;
};
BOOST_DESCRIBE_STRUCT(SealWaiting, (), (kind, since, hours, level))

struct SealMissingPerson {
  PersonId person_id;
  std::string name_masked, household_label;
};
BOOST_DESCRIBE_STRUCT(SealMissingPerson, (), (person_id, name_masked, household_label))
struct SealPlaceView {
  AreaId area_id;
  std::optional<AreaId> building_id;  // That it is or lies in.
  std::string label, name, path;
  Level level = Level::sealed;
  Instant from{};
  std::optional<Instant> until;
  int people = 0, households = 0;
  std::optional<Projection> projection;          // Of a place that is closed now.
  std::optional<Instant> earliest_by_old_rules;  // Where the rules have changed since the order was proposed.
  std::vector<SealMissingPerson> missing;
};
BOOST_DESCRIBE_STRUCT(SealPlaceView, (),
                      (area_id, building_id, label, name, path, level, from, until, people, households, projection,
                       earliest_by_old_rules, missing))
struct SealChangeView {
  AreaId area_id;
  std::string label;
  Level level = Level::none;
};
BOOST_DESCRIBE_STRUCT(SealChangeView, (), (area_id, label, level))
struct SealActView {
  ActId act_id;
  ActKind kind = ActKind::impose;
  ActState state = ActState::proposed;
  std::vector<SealChangeView> places;
  std::string reason;
  std::optional<Instant> starts_at, review_at, not_before;
  std::string proposed_by_name;
  Instant proposed_at{};
  std::optional<std::string> decided_by_name;
  std::optional<Instant> decided_at;
  std::string issuer, document, note;
  std::optional<std::string> announced_by_name;
  std::optional<Instant> announced_at, effective_at;
  bool may_decide = false, may_announce = false, may_withdraw = false;
};
BOOST_DESCRIBE_STRUCT(SealActView, (),
                      (act_id, kind, state, places, reason, starts_at, review_at, not_before, proposed_by_name,
                       proposed_at, decided_by_name, decided_at, issuer, document, note, announced_by_name,
                       announced_at, effective_at, may_decide, may_announce, may_withdraw))

struct SealOrderView {
  OrderId order_id;
  std::string code;
  OrderState state = OrderState::proposed;
  Ground ground = Ground::case_inside;
  std::string ground_ref, justification, smaller_scope;
  Instant review_at{};
  std::optional<policy::ClockAnchor> clock_anchor;
  std::optional<Instant> clock_at, not_before;
  std::string policy_version;
  bool rules_changed = false;
  std::vector<SealPlaceView> places;
  std::vector<SealActView> acts;
  std::vector<SealHappeningView> happenings;
  std::vector<SealCheckView> checks;
  std::vector<SealWaiting> waiting;
  bool may_propose = false;
};
BOOST_DESCRIBE_STRUCT(SealOrderView, (),
                      (order_id, code, state, ground, ground_ref, justification, smaller_scope, review_at, clock_anchor,
                       clock_at, not_before, policy_version, rules_changed, places, acts, happenings, checks, waiting,
                       may_propose))

struct SealOrderRow {
  OrderId order_id;
  std::string code;
  OrderState state = OrderState::proposed;
  std::vector<SealChangeView> places;
  std::optional<Instant> since, earliest;
  Sureness sureness = Sureness::no_rule;
  Instant review_at{};
  std::vector<SealWaiting> waiting;
  bool act_open = false;  // Something is proposed or decided and not announced yet.
};
BOOST_DESCRIBE_STRUCT(SealOrderRow, (),
                      (order_id, code, state, places, since, earliest, sureness, review_at, waiting, act_open))
struct SealOrders {
  std::vector<SealOrderRow> items;
  bool may_propose = false;
};
BOOST_DESCRIBE_STRUCT(SealOrders, (), (items, may_propose))

// What was raised to an office above the communities: met or due, and undecided for so long.
struct SealRaised {
  AreaId community_id;
  std::string community_name;
  SealOrderRow order;
};
BOOST_DESCRIBE_STRUCT(SealRaised, (), (community_id, community_name, order))
struct SealsRaised {
  std::vector<SealRaised> items;  // Longest waiting first.
};
BOOST_DESCRIBE_STRUCT(SealsRaised, (), (items))

struct SealStateThen {
  AreaId area_id;
  std::string label;
  Instant at{};
  Level level = Level::none;
  std::vector<OrderId> orders;
};
BOOST_DESCRIBE_STRUCT(SealStateThen, (), (area_id, label, at, level, orders))

// The public card of one order.
struct SealCardPlace {
  std::string label, name;
  Level level = Level::sealed;
  Instant since{};
  std::vector<ConditionState> conditions;  // Counts; never people.
  std::optional<Instant> earliest;
  Sureness sureness = Sureness::no_rule;
  std::optional<policy::StepsDownTo> then;
  std::vector<SealStep> steps;
  std::vector<PlannedDay> plan;
  std::vector<Sensitivity> sensitivity;
  std::optional<Date> next_test_on;
  std::optional<Instant> met_since;
};
BOOST_DESCRIBE_STRUCT(SealCardPlace, (),
                      (label, name, level, since, conditions, earliest, sureness, then, steps, plan, sensitivity,
                       next_test_on, met_since))
struct SealCard {
  std::string code;
  std::string community_name;
  AreaId community_id;
  OrderState state = OrderState::in_force;
  Ground ground = Ground::case_inside;
  std::string issuer, document;
  std::optional<Instant> announced_at, since, released_at;
  Instant review_at{};
  std::vector<SealCardPlace> places;
  std::vector<SealWaiting> waiting;
  std::optional<Instant> exits_checked_at;
  bool exits_open = true;
  bool rules_changed = false;
  std::string policy_version;
  std::string sms_zh, sms_en;  // One segment each: 70 characters.
  Instant updated_at{};
  bool generated = false;
};
BOOST_DESCRIBE_STRUCT(SealCard, (),
                      (code, community_name, community_id, state, ground, issuer, document, announced_at, since,
                       released_at, review_at, places, waiting, exits_checked_at, exits_open, rules_changed,
                       policy_version, sms_zh, sms_en, updated_at, generated))
struct MySeal {
  AreaId household_id;
  std::string label;
  Level level = Level::none;
  std::vector<SealCard> cards;
};
BOOST_DESCRIBE_STRUCT(MySeal, (), (household_id, label, level, cards))
struct SealEvent {
  OrderId order_id;
  std::string kind;
};
BOOST_DESCRIBE_STRUCT(SealEvent, (), (order_id, kind))

struct ObjectToSeal {
  Uuid id;
  std::string code;
  std::string text;
};
BOOST_DESCRIBE_STRUCT(ObjectToSeal, (), (id, code, text))
struct AnswerObjection {
  Uuid id;
  std::string answered_for, answer;
};
BOOST_DESCRIBE_STRUCT(AnswerObjection, (), (id, answered_for, answer))
struct ObjectionView {
  ObjectionId objection_id;
  OrderId order_id;
  std::string code, household_label, text;
  Instant at{}, due_at{};
  bool overdue = false;
  std::string answered_for, answer;
  std::optional<Instant> answered_at;
};
BOOST_DESCRIBE_STRUCT(ObjectionView, (),
                      (objection_id, order_id, code, household_label, text, at, due_at, overdue, answered_for, answer,
                       answered_at))
struct Objections {
  std::vector<ObjectionView> items;
};
BOOST_DESCRIBE_STRUCT(Objections, (), (items))

// Before a decision: the home of a case and the homes of its contacts.
struct CompareScopes {
  AreaId household_id;
  std::vector<AreaId> contact_household_ids;
};
BOOST_DESCRIBE_STRUCT(CompareScopes, (), (household_id, contact_household_ids))
struct SealScope {
  AreaId area_id;
  area::AreaKind kind = area::AreaKind::household;
  std::string label;
  int households = 0, people = 0, elders = 0, children = 0;
  std::optional<int> days;                        // Without a case, by the rules in force.
  std::optional<int> person_days;                 // People confined times these days.
  int contacts_inside = 0, contacts_outside = 0;  // Homes.
  bool smaller_than_rule = false;                 // Below the smallest scope that the rules in force name.
};
BOOST_DESCRIBE_STRUCT(SealScope, (),
                      (area_id, kind, label, households, people, elders, children, days, person_days, contacts_inside,
                       contacts_outside, smaller_than_rule))
struct SealScopes {
  std::vector<SealScope> items;  // From the home upward.
  std::optional<policy::ZoneUnit> smallest_unit;
};
BOOST_DESCRIBE_STRUCT(SealScopes, (), (items, smallest_unit))

}  // namespace firstline::seal::api
