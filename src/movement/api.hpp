#pragma once

// What the routes about passes take and answer (docs/api.md).

#include <optional>
#include <string>
#include <vector>

#include <boost/describe.hpp>

#include "movement/wire.hpp"
#include "person/wire.hpp"

namespace firstline::movement::api {

struct PassView {
  PassId pass_id;
  AreaId household_id;
  std::string number;
  std::string token;  // What its QR holds.
  PassFinding finding = PassFinding::valid;
  PassForm form = PassForm::phone;
  Instant valid_from{}, valid_until{}, issued_at{};
  std::optional<Instant> ended_at;
};
BOOST_DESCRIBE_STRUCT(PassView, (),
                      (pass_id, household_id, number, token, finding, form, valid_from, valid_until, issued_at,
                       ended_at))

// A home as the desk sees it: its passes, newest first, and the outings approved from today on.
struct ApprovalView {
  ApprovalId approval_id;
  std::optional<PersonId> person_id;
  Date day{};
  ApprovalGround ground = ApprovalGround::medical;
};
BOOST_DESCRIBE_STRUCT(ApprovalView, (), (approval_id, person_id, day, ground))
struct PassHolder {
  AreaId household_id;
  std::string label, compound_name;
  AreaId compound_id;
  bool passes_asked = false;  // This compound has begun: a home without a pass has none.
  std::vector<PassView> passes;
  std::vector<ApprovalView> approvals;
};
BOOST_DESCRIBE_STRUCT(PassHolder, (),
                      (household_id, label, compound_name, compound_id, passes_asked, passes, approvals))
struct PassHolders {
  std::vector<PassHolder> items;
};
BOOST_DESCRIBE_STRUCT(PassHolders, (), (items))

struct Card {
  std::string number, token, label;
  Instant valid_until{};
};
BOOST_DESCRIBE_STRUCT(Card, (), (number, token, label, valid_until))
struct Cards {
  std::string compound_name;
  std::vector<Card> items;
};
BOOST_DESCRIBE_STRUCT(Cards, (), (compound_name, items))

struct StartPasses {
  Uuid id;
  AreaId compound_id;
  Date valid_through{};  // The last day.
  PassForm form = PassForm::printed;
};
BOOST_DESCRIBE_STRUCT(StartPasses, (), (id, compound_id, valid_through, form))
struct PassesStarted {
  int issued = 0;
  int had_one = 0;
};
BOOST_DESCRIBE_STRUCT(PassesStarted, (), (issued, had_one))

struct IssuePass {
  Uuid id;
  AreaId household_id;
  Date valid_through{};
  PassForm form = PassForm::printed;
};
BOOST_DESCRIBE_STRUCT(IssuePass, (), (id, household_id, valid_through, form))
struct EndPass {
  Uuid id;
  PassState state = PassState::lost;  // lost or withdrawn.
};
BOOST_DESCRIBE_STRUCT(EndPass, (), (id, state))
struct ReplacePass {
  Uuid id;
  PassForm form = PassForm::printed;
};
BOOST_DESCRIBE_STRUCT(ReplacePass, (), (id, form))
struct ApproveOuting {
  Uuid id;
  AreaId household_id;
  std::optional<PersonId> person_id;
  Date day{};
  ApprovalGround ground = ApprovalGround::medical;
};
BOOST_DESCRIBE_STRUCT(ApproveOuting, (), (id, household_id, person_id, day, ground))
struct OwnPassCommand {
  Uuid id;
};
BOOST_DESCRIBE_STRUCT(OwnPassCommand, (), (id))

struct MyPasses {
  bool passes_asked = false;
  std::vector<PassView> items;
  std::vector<ApprovalView> approvals;
};
BOOST_DESCRIBE_STRUCT(MyPasses, (), (passes_asked, items, approvals))

// A card shown at a gate.
struct PassShown {
  PassFinding finding = PassFinding::valid;
  std::string number;
  std::optional<AreaId> household_id;  // Only of a home behind this gate.
  std::string household_label;
  std::vector<person::PersonMasked> people;
  Instant valid_until{};
};
BOOST_DESCRIBE_STRUCT(PassShown, (), (finding, number, household_id, household_label, people, valid_until))

}  // namespace firstline::movement::api
