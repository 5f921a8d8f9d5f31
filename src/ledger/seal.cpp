#include "ledger/seal.hpp"

#include "json/json.hpp"
#include "ledger/query.hpp"
#include "ledger/seal_body.hpp"
#include "ledger/store.hpp"

namespace firstline::ledger {
namespace {

Result<void> refuse_open_day(Date day, Instant now) {
  if (civil_date(now) <= day) return fail(FaultCode::invalid, "ledger.day_not_over", format_date(day));
  return {};
}

Result<bool> sealed(store::Session& session, AreaId community, const std::string& kind, const std::string& subject,
                    Date day) {
  FactFilter filter;
  filter.community = community;
  filter.kind_prefix = kind;
  filter.subject = subject;
  filter.since = FactId{first_id_at(start_of(day + std::chrono::days(1)))};
  filter.limit = 1;
  FL_TRY(const auto found, facts(session, filter));
  return !found.empty();
}

Result<void> write_seal(store::Session& session, AreaId community, std::string kind, std::string subject,
                        std::string body, Instant now) {
  Draft draft;
  draft.community = draft.area = community;
  draft.at = draft.recorded_at = now;
  draft.kind = std::move(kind);
  draft.subject = std::move(subject);
  draft.body = std::move(body);
  FL_TRYV(write(session, draft));
  return {};
}

}  // namespace

Result<int> seal_day(store::Session& session, const SealedTable& table, AreaId community, Date day, Instant now) {
  FL_TRYV(refuse_open_day(day, now));
  FL_TRY(const auto seals, table.seals(session, community, day));
  int written = 0;
  for (const DaySeal& seal : seals) {
    const std::string subject = seal.part + "@" + format_date(day);
    FL_TRY(const bool already, sealed(session, community, table.kind, subject, day));
    if (already) continue;
    FL_TRYV(write_seal(session, community, table.kind, subject,
                       json::write(SealBody{day, seal.part, seal.count, seal.digest}), now));
    ++written;
  }
  return written;
}

Result<int> seal_chains(store::Session& session, Date day, Instant now) {
  FL_TRYV(refuse_open_day(day, now));
  const std::string subject = "day:" + format_date(day);
  FL_TRY(const bool already, sealed(session, AreaId{}, chains_sealed_kind, subject, day));
  if (already) return 0;
  ChainsBody body{day, {}};
  FL_TRY(const auto ends, chain_ends(session));
  for (const WriterEnd& end : ends) {
    FL_TRY(const auto hashes, hashes_at(session, end.writer, end.seq));
    body.heads.push_back({end.writer, end.seq, to_hex(hashes.front())});
  }
  FL_TRYV(write_seal(session, AreaId{}, chains_sealed_kind, subject, json::write(body), now));
  return 1;
}

}  // namespace firstline::ledger
