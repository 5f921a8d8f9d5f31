// Cases of the disease inside an order, as another module knows them: noted like what a person writes down, each with
// its fact, and struck when it was otherwise.

#include <algorithm>
#include <map>

#include "seal/notes.hpp"

namespace firstline::seal {
namespace {

using store::Session;

// What stands there of this kind is at this moment, or is struck; without a moment none is to stand there.
Result<void> settle(Session& session, const SealOrder& order, const std::vector<Happening>& noted, Happening wanted,
                    std::optional<Instant> at, const By& by) {
  bool stands = false;
  for (const Happening& each : noted) {
    if (each.struck_at || each.kind != wanted.kind || each.ref != wanted.ref) continue;
    if (at && each.at == *at) stands = true;
    else FL_TRYV(strike_happening(session, order, each.id, by));
  }
  if (stands || !at) return {};
  wanted.at = *at;
  FL_TRYV(keep_happening(session, order, std::move(wanted), by));
  return {};
}

// On an order that closes the home, or on which the case was noted before its person moved.
Result<void> keep_on(Session& session, const SealOrder& order, AreaId home, const CaseNow& known, const By& by) {
  FL_TRY(const auto noted, load_happenings(session, order.community_id, order.id));
  const auto before = std::find_if(noted.begin(), noted.end(),
                                   [&](const Happening& each) { return !each.struck_at && each.ref == known.ref; });
  if (!home && before == noted.end()) return {};
  Happening wanted;
  wanted.ref = known.ref;
  wanted.area_id = before == noted.end() ? home : before->area_id;
  wanted.kind = HappeningKind::case_found;
  FL_TRYV(settle(session, order, noted, wanted, known.counts ? std::optional(known.found_at) : std::nullopt, by));
  wanted.kind = HappeningKind::case_removed;
  return settle(session, order, noted, wanted, known.counts ? known.removed_at : std::nullopt, by);
}

}  // namespace

Result<void> keep_case(Session& session, const CaseNow& known, const By& by) {
  FL_TRY(const auto home, person::home_of(session, known.who));
  FL_TRY(const auto spans, load_spans_from(session, known.who.community_id, by.now));
  std::map<OrderId, bool> orders;  // Whether it closes the home.
  for (const SpanRow& span : spans) orders[span.order_id] |= home && http::path_covers(path_of(span), home->path);
  for (const auto& [id, closes] : orders) {
    FL_TRY(const auto order, order_met(session, known.who.community_id, id));
    FL_TRYV(keep_on(session, order, closes ? home->id : AreaId{}, known, by));
  }
  return {};
}

}  // namespace firstline::seal
