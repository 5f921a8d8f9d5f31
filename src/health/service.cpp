#include "health/service.hpp"

#include "health/store.hpp"

namespace firstline::health {
namespace {

using namespace std::chrono_literals;

// Clocks of other systems differ from ours by so much at most; what lies further ahead is a mistake.
constexpr Millis ahead_max = 5min;
constexpr std::size_t text_bytes_max = 300;

tl::unexpected<Fault> from_future() { return fail(FaultCode::invalid, "health.reading_from_future"); }

}  // namespace

using store::Session;

Result<Standing> standing(Session& session, AreaId community, PersonId person) {
  FL_TRY(auto found, load_standing(session, community, person));
  return found ? std::move(*found) : Standing{};
}

Result<std::map<PersonId, Standing>> standings_below(Session& session, AreaId community, std::string_view path) {
  return load_standings_below(session, community, path);
}

Result<Standing> standing_at(Session& session, AreaId community, PersonId person, Instant moment) {
  Standing found;
  FL_TRY(const auto readings, load_codes(session, community, person, moment));
  for (const CodeReading& reading : readings)
    if (!found.code || found.code->read_at <= reading.read_at) found.code = reading;
  FL_TRY(const auto results, load_nats(session, community, person, moment));
  Instant latest{};
  for (const NatRow& row : results) {
    const bool out = row.reported_at && *row.reported_at <= moment;
    if (row.sampled_at >= latest) {
      latest = row.sampled_at;
      // A result that was not out yet was a sample in testing.
      found.nat.state = out || !row.reported_at ? row.state : NatState::testing;
    }
    if (row.state == NatState::negative && out &&
        (!found.nat.last_negative || found.nat.last_negative->sampled_at <= row.sampled_at))
      found.nat.last_negative = NegativeResult{row.sampled_at, *row.reported_at};
  }
  return found;
}

Result<void> record_code(Session& session, AreaId community, PersonId person, const CodeReading& reading,
                         AccountId set_by, std::string reason, Instant now) {
  if (reading.read_at > now + ahead_max) return from_future();
  if (reading.source.empty() || reading.source.size() > text_bytes_max || reason.size() > text_bytes_max) {
    return fail(FaultCode::invalid, "health.bad_source");
  }
  return save_code(session, community, person, session.ids().next(now), reading, set_by, reason);
}

Result<std::vector<KeptReading>> code_history(Session& session, AreaId community, PersonId record) {
  return load_code_history(session, community, record);
}

Result<void> check_nat(const NatResult& result, Instant now) {
  if (result.sampled_at > now + ahead_max || (result.reported_at && *result.reported_at > now + ahead_max))
    return from_future();
  if (result.reported_at && *result.reported_at < result.sampled_at)
    return fail(FaultCode::invalid, "health.reported_before_sampled");
  if (result.state == NatState::not_sampled) return fail(FaultCode::invalid, "health.no_sample");
  if (result.state == NatState::negative && !result.reported_at)
    return fail(FaultCode::invalid, "health.negative_without_report");
  if (result.source.empty() || result.source.size() > text_bytes_max)
    return fail(FaultCode::invalid, "health.bad_source");
  return {};
}

Result<void> record_nat(Session& session, AreaId community, PersonId person, const NatResult& result, Instant now) {
  FL_TRYV(check_nat(result, now));
  return save_nat(session, community, person, session.ids().next(now), result);
}

Result<void> stand_anew(Session& session, AreaId community, PersonId person) {
  FL_TRY(const auto records, person::records_of(session, {community, person}));
  FL_TRYV(clear_standing(session, community, person));
  for (const PersonId record : records) FL_TRYV(add_to_standing(session, community, record, person));
  return {};
}

}  // namespace firstline::health
