#include "laboratory/taking.hpp"

#include <algorithm>

#include "area/service.hpp"
#include "json/json.hpp"
#include "ledger/fact.hpp"
#include "person/names.hpp"

namespace firstline::laboratory {
namespace {

using health::Taken;
using store::Session;

struct FactBody {
  Kind kind = Kind::results;
  std::string source;
  BatchCounts counts;
};
BOOST_DESCRIBE_STRUCT(FactBody, (), (kind, source, counts))

bool is_refusal(const Fault& fault) {
  return fault.code == FaultCode::invalid || fault.code == FaultCode::conflict || fault.code == FaultCode::not_found;
}

std::int64_t& of(BatchCounts& counts, Taken taken) {
  switch (taken) {
    case Taken::added:
      return counts.added;
    case Taken::replaced:
      return counts.replaced;
    case Taken::same:
      return counts.same;
    case Taken::older:
      return counts.older;
  }
  FL_CHECK(false);
  return counts.refused;
}

void add(BatchCounts& to, const BatchCounts& more) {
  to.rows += more.rows;
  to.added += more.added;
  to.replaced += more.replaced;
  to.same += more.same;
  to.older += more.older;
  to.refused += more.refused;
  to.left_out += more.left_out;
}

health::TestResult record_of(const ResultRow& row, person::PersonRef ref, const std::string& source,
                             health::BatchId batch) {
  return {ref.community_id, ref.person_id, {},       row.kind, row.state, row.sampled_at, row.reported_at, source,
          row.external_id,  row.version,   row.tube, batch,    {}};
}
health::Vaccination record_of(const VaccinationRow& row, person::PersonRef ref, const std::string& source,
                              health::BatchId batch) {
  return {ref.community_id, ref.person_id,   {},          row.given_on, row.dose, row.product, row.lot,
          source,           row.external_id, row.version, batch,        {}};
}

}  // namespace

void Tally::add(const Tally& more) {
  laboratory::add(all, more.all);
  for (const auto& [community, counts] : more.by_community) laboratory::add(by_community[community], counts);
  rejections.insert(rejections.end(), more.rejections.begin(), more.rejections.end());
}

void count(Tally& tally, const One& one) {
  ++tally.all.rows;
  if (one.rejection) {
    ++tally.all.refused;
    tally.rejections.push_back(*one.rejection);
    return;
  }
  BatchCounts& here = tally.by_community[one.community.value];
  ++here.rows;
  ++of(here, *one.taken);
  ++of(tally.all, *one.taken);
}

Result<bool> Taking::is_within(Session& session, AreaId community) const {
  if (within_.community) return community == within_.community;
  FL_TRY(const auto area, area::find_community(session, community));
  return http::path_covers(within_.path, area.path);
}

Result<Found> Taking::find(Session& session, const Who& who) const {
  FL_TRY(auto found, whom(session, *people_, who, civil_date(by_.now)));
  if (!found.ref) return found;
  FL_TRY(const bool within, is_within(session, found.ref->community_id));
  return within ? found : Found{{}, "person.elsewhere"};
}

template <class Row, class F>
Result<One> Taking::weighed(Session& session, const Row& row, F take) const {
  FL_TRY(const auto found, find(session, row.who));
  if (!found.ref) return One{{}, Rejection{row.line, found.refused, {}}, {}};
  const auto taken = take(record_of(row, *found.ref, source_, batch_));
  if (taken) return One{*taken, {}, found.ref->community_id};
  if (!is_refusal(taken.error())) return tl::unexpected(taken.error());
  return One{{}, Rejection{row.line, taken.error().reason, {}}, {}};
}

Result<One> Taking::one(Session& session, const ResultRow& row, Mode mode) const {
  return weighed(session, row, [&](const health::TestResult& record) {
    return mode == Mode::take ? health::take_result(session, record, by_.account, by_.now, reactions_)
                              : health::would_take(session, record, by_.now);
  });
}

Result<One> Taking::one(Session& session, const VaccinationRow& row, Mode mode) const {
  return weighed(session, row, [&](const health::Vaccination& record) {
    return mode == Mode::take ? health::take_vaccination(session, record, by_.account, by_.now)
                              : health::would_take(session, record, by_.now);
  });
}

Result<void> write_facts(Session& session, const Batch& batch, const Tally& tally, AreaId area, const By& by) {
  const auto write = [&](AreaId community, AreaId where, const BatchCounts& counts) -> Result<void> {
    ledger::Draft fact;
    fact.community = community;
    fact.area = where;
    fact.at = fact.recorded_at = by.now;
    fact.actor = by.account;
    fact.kind = "laboratory.batch_taken";
    fact.subject = "batch:" + format_id(batch.id.value);
    fact.body = json::write(FactBody{batch.kind, batch.source, counts});
    FL_TRYV(ledger::write(session, fact));
    return {};
  };
  FL_TRYV(write(batch.community_id, area, tally.all));
  if (batch.community_id) return {};
  for (const auto& [community, counts] : tally.by_community) FL_TRYV(write({community}, {community}, counts));
  return {};
}

}  // namespace firstline::laboratory
