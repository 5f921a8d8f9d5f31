// Cases of the disease inside an order, as another module knows them: noted like what a person writes down, each with
// its fact, and struck when it was otherwise.

#include <algorithm>
#include <set>

#include "json/json.hpp"
#include "seal/acts.hpp"

namespace firstline::seal {
namespace {

using store::Session;

struct CaseBody {
  HappeningKind kind = HappeningKind::case_found;
  std::string ref;
  Instant at{};
};
BOOST_DESCRIBE_STRUCT(CaseBody, (), (kind, ref, at))

class Keeper {
 public:
  Keeper(Session& session, const SealOrder& order, AreaId home, const CaseNow& known, const By& by)
      : session_(session), order_(order), home_(home), known_(known), by_(by) {}

  Result<void> keep() {
    FL_TRY(noted_, load_happenings(session_, order_.community_id, order_.id));
    FL_TRYV(settle(HappeningKind::case_found, known_.counts ? std::optional(known_.found_at) : std::nullopt));
    return settle(HappeningKind::case_removed, known_.counts ? known_.removed_at : std::nullopt);
  }

 private:
  // What stands there of this kind is at this moment, or is struck; nothing: none is to stand there.
  Result<void> settle(HappeningKind kind, std::optional<Instant> at) {
    bool stands = false;
    for (const Happening& each : noted_) {
      if (each.struck_at || each.kind != kind || each.ref != known_.ref) continue;
      if (at && each.at == *at) {
        stands = true;
        continue;
      }
      FL_TRYV(strike(session_, order_.community_id, each.id, by_.account, by_.now));
      FL_TRYV(
          note(session_, order_, by_, "seal.struck", "seal_happening:" + format_id(each.id.value), "{}", "evidence"));
    }
    if (stands || !at) return {};
    Happening happening;
    happening.community_id = order_.community_id;
    happening.id = session_.new_id<HappeningId>(by_.now);
    happening.order_id = order_.id;
    happening.area_id = home_;
    happening.kind = kind;
    happening.ref = known_.ref;
    happening.at = *at;
    happening.recorded_by = by_.account;
    happening.recorded_at = by_.now;
    FL_TRY(happening.fact_id, note(session_, order_, by_, "seal.recorded", "seal_order:" + format_id(order_.id.value),
                                   json::write(CaseBody{kind, known_.ref, *at}), "evidence"));
    return save(session_, happening);
  }

  Session& session_;
  const SealOrder& order_;
  const AreaId home_;
  const CaseNow& known_;
  const By& by_;
  std::vector<Happening> noted_;
};

}  // namespace

Result<void> keep_case(Session& session, const CaseNow& known, const By& by) {
  FL_TRY(const auto home, person::home_of(session, known.who));
  if (!home) return {};  // Moved out: no order closes where they live.
  FL_TRY(const auto spans, load_spans_from(session, known.who.community_id, by.now));
  std::set<OrderId> orders;
  for (const SpanRow& span : spans)
    if (http::path_covers(path_of(span), home->path)) orders.insert(span.order_id);
  for (const OrderId id : orders) {
    FL_TRY(const auto order, order_met(session, known.who.community_id, id));
    FL_TRYV(Keeper(session, order, home->id, known, by).keep());
  }
  return {};
}

}  // namespace firstline::seal
