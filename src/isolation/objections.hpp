#pragma once

// Objections of a person to their own order (异议): in their own words, to the body that decided, with a clock, and
// answered in the name of that body. The order holds meanwhile. Words are sealed. Inside the module only.

#include "http/call.hpp"
#include "isolation/record.hpp"
#include "isolation/service.hpp"

namespace firstline::isolation {

struct IsolationObjectionTag {};
using IsolationObjectionId = Id<IsolationObjectionTag>;

struct IsolationObjection {
  AreaId community_id;
  IsolationObjectionId id;
  OrderId order_id;
  AccountId account_id;
  store::Bytes text_sealed;
  Instant at{}, due_at{};
  std::string answered_for;  // The body.
  std::optional<store::Bytes> answer_sealed;
  std::optional<AccountId> answered_by;
  std::optional<Instant> answered_at;
};
BOOST_DESCRIBE_STRUCT(IsolationObjection, (),
                      (community_id, id, order_id, account_id, text_sealed, at, due_at, answered_for, answer_sealed,
                       answered_by, answered_at))

namespace api {

struct ObjectToIsolation {
  Uuid id;
  std::string text;
};
BOOST_DESCRIBE_STRUCT(ObjectToIsolation, (), (id, text))
struct AnswerIsolationObjection {
  Uuid id;
  std::string answered_for, answer;
};
BOOST_DESCRIBE_STRUCT(AnswerIsolationObjection, (), (id, answered_for, answer))
struct IsolationObjectionView {
  IsolationObjectionId objection_id;
  Instant at{}, due_at{};
  bool overdue = false;
  std::string text, answered_for, answer;
  std::optional<Instant> answered_at;
};
BOOST_DESCRIBE_STRUCT(IsolationObjectionView, (),
                      (objection_id, at, due_at, overdue, text, answered_for, answer, answered_at))

}  // namespace api

// By the person themselves; one at a time.
Result<void> object(http::Call& call, const Desk& desk, OrderId order, const api::ObjectToIsolation& command);
Result<void> answer_objection(http::Call& call, const Desk& desk, const IsolationOrder& order, IsolationObjectionId id,
                              const api::AnswerIsolationObjection& command);
// Newest first.
Result<std::vector<api::IsolationObjectionView>> objections_of(store::Session& session, const Desk& desk,
                                                               const IsolationOrder& order, Instant now);
// Orders of a community with an objection that nobody has answered.
Result<std::vector<OrderId>> objected_to(store::Session& session, AreaId community);

// What is kept; SQL stands in objection_store_sql.cpp.
Result<void> save(store::Session& session, const IsolationObjection& objection);
Result<std::vector<IsolationObjection>> load_objections(store::Session& session, AreaId community, OrderId order);
Result<std::vector<IsolationObjection>> load_open_objections(store::Session& session, AreaId community);
// False if somebody has answered it.
Result<bool> save_answer(store::Session& session, const IsolationObjection& objection);

}  // namespace firstline::isolation
