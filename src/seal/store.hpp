#pragma once

// What is kept of seal orders. SQL stands in store_sql.cpp only.

#include <vector>

#include "base/fault.hpp"
#include "seal/record.hpp"
#include "store/session.hpp"

namespace firstline::seal {

Result<void> save(store::Session& session, const SealOrder& order);
Result<std::optional<SealOrder>> load_order(store::Session& session, AreaId community, OrderId id);
Result<std::vector<SealOrder>> load_orders(store::Session& session, AreaId community);  // Newest first.
struct CodeOwner {
  AreaId community_id;
  OrderId order_id;
};
Result<std::optional<CodeOwner>> find_code(store::Session& session, std::string_view code);
Result<void> save_terms(store::Session& session, const SealOrder& order);  // review_at, not_before.

Result<void> save(store::Session& session, const Act& act);
Result<std::optional<Act>> load_act(store::Session& session, AreaId community, ActId id);
Result<std::vector<Act>> load_acts(store::Session& session, AreaId community, OrderId order);  // Oldest first.
// Each once: false if it had happened already, or another thing had.
Result<bool> decide(store::Session& session, const Act& act);
Result<bool> announce(store::Session& session, const Act& act);
Result<bool> withdraw(store::Session& session, const Act& act);

Result<void> save(store::Session& session, const SpanRow& span);
// At `at`, of all orders of a community, or of one order with its past.
Result<std::vector<SpanRow>> load_spans_at(store::Session& session, AreaId community, Instant at);
Result<std::vector<SpanRow>> load_spans_of(store::Session& session, AreaId community, OrderId order);
// Those that have not ended at `at`, those that begin later included.
Result<std::vector<SpanRow>> load_spans_from(store::Session& session, AreaId community, Instant at);
Result<bool> end_span(store::Session& session, AreaId community, SpanId id, Instant until);

Result<void> save(store::Session& session, const Happening& happening);
Result<std::vector<Happening>> load_happenings(store::Session& session, AreaId community, OrderId order);
Result<bool> strike(store::Session& session, AreaId community, HappeningId id, AccountId by, Instant at);

Result<void> save(store::Session& session, const ExitCheck& check);
Result<std::vector<ExitCheck>> load_checks(store::Session& session, AreaId community, OrderId order);  // No photos.
Result<std::optional<ExitCheck>> load_check(store::Session& session, AreaId community, ExitCheckId id);

Result<void> save(store::Session& session, const Objection& objection);
Result<std::optional<Objection>> load_objection(store::Session& session, AreaId community, ObjectionId id);
Result<std::vector<Objection>> load_objections(store::Session& session, AreaId community);  // Open first, then by due.
Result<bool> answer(store::Session& session, const Objection& objection);

// Whoever lives at or below a path.
Result<std::vector<PersonId>> load_people_below(store::Session& session, AreaId community, std::string_view path);

Result<void> note_change(store::Session& session, const Change& change);
Result<std::vector<Change>> load_changes_after(store::Session& session, AreaId community, std::int64_t after,
                                               int limit);

}  // namespace firstline::seal
