#include "isolation/service.hpp"

#include "isolation/store.hpp"

namespace firstline::isolation {
namespace {

// The stricter one, and of two alike the one that ends later.
void take(Holding& holding, const IsolationSpan& span) {
  const bool later = holding.until && (!span.planned_until || *holding.until < *span.planned_until);
  if (holding.kind < span.kind || (holding.kind == span.kind && later)) holding = {span.kind, span.planned_until};
}

}  // namespace

Result<Holding> holding(store::Session& session, AreaId community, PersonId person, Instant at) {
  FL_TRY(const auto spans, load_spans_of(session, community, person, at));
  Holding found;
  for (const IsolationSpan& span : spans) take(found, span);
  return found;
}

Result<std::map<PersonId, Holding>> holdings(store::Session& session, AreaId community, Instant at) {
  FL_TRY(const auto spans, load_spans_at(session, community, at));
  std::map<PersonId, Holding> found;
  for (const IsolationSpan& span : spans) take(found[span.person_id], span);
  return found;
}

Result<void> hand_over(store::Session& session, const person::Merged& merged) {
  return give(session, merged.community_id, merged.gone_id, merged.kept_id);
}

Result<void> hand_back(store::Session& session, const person::Merged& merged) {
  // With what was merged into that record before.
  FL_TRY(const auto records, person::records_of(session, {merged.community_id, merged.gone_id}));
  for (const PersonId record : records) FL_TRYV(give_back(session, merged.community_id, record, merged.gone_id));
  return {};
}

}  // namespace firstline::isolation
