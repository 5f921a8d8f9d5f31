#include "tracer/sources.hpp"

#include "area/service.hpp"
#include "gate/service.hpp"
#include "round/service.hpp"
#include "venue/service.hpp"

namespace firstline::tracer {
namespace {

using store::Session;
using trace::NamedPlace;
using trace::PlaceKind;
using trace::TakeScan;

constexpr int rows_together = 5'000;
static_assert(trace::settled_after >= gate::undo_window + std::chrono::seconds(2));

std::int64_t second_of(Instant at) { return std::chrono::floor<std::chrono::seconds>(at).time_since_epoch().count(); }

}  // namespace

trace::ScanSource passages_at_gates() {
  trace::ScanSource source;
  source.scans = [](Session& session, AreaId community, std::int64_t after, Instant oldest, Instant until,
                    const TakeScan& take) -> Result<std::int64_t> {
    FL_TRY(const auto rows, gate::presences(session, community, std::max(after, first_id_at(oldest)),
                                            first_id_at(until), rows_together));
    for (const gate::Presence& row : rows)
      take({row.person_id.value, row.gate_id.value, second_of(row.at), second_of(row.at)}, row.person_community_id);
    return rows.empty() ? after : rows.back().id.value;
  };
  source.place = [](Session& session, AreaId, std::int64_t place) -> Result<std::optional<NamedPlace>> {
    const auto gate = area::find_gate(session, GateId{place});
    if (gate) return NamedPlace{PlaceKind::gate, gate->name};
    if (gate.error().code != FaultCode::not_found) return tl::unexpected(gate.error());
    return std::nullopt;
  };
  return source;
}

trace::ScanSource scans_at_venues() {
  trace::ScanSource source;
  source.scans = [](Session& session, AreaId community, std::int64_t after, Instant oldest, Instant until,
                    const TakeScan& take) -> Result<std::int64_t> {
    FL_TRY(const auto rows,
           venue::scans(session, community, std::max(after, first_id_at(oldest)), first_id_at(until), rows_together));
    for (const venue::VenueScan& row : rows)
      take({row.person_id.value, row.venue_id.value, second_of(row.at), second_of(row.at)}, row.person_community_id);
    return rows.empty() ? after : rows.back().id;
  };
  source.place = [](Session& session, AreaId, std::int64_t place) -> Result<std::optional<NamedPlace>> {
    FL_TRY(const auto found, venue::find(session, venue::VenueId{place}));
    if (!found) return std::nullopt;
    return NamedPlace{PlaceKind::venue, found->name};
  };
  return source;
}

trace::ScanSource samples_at_points() {
  trace::ScanSource source;
  source.scans = [](Session& session, AreaId community, std::int64_t after, Instant oldest, Instant until,
                    const TakeScan& take) -> Result<std::int64_t> {
    FL_TRY(const auto rows, round::samples_taken(session, community, std::max(after, first_id_at(oldest)),
                                                 first_id_at(until), rows_together));
    for (const round::SampleTaken& row : rows)
      take({row.person_id.value, row.point_id.value, second_of(row.taken_at), second_of(row.taken_at)}, community);
    return rows.empty() ? after : rows.back().id;
  };
  source.place = [](Session& session, AreaId community, std::int64_t place) -> Result<std::optional<NamedPlace>> {
    FL_TRY(const auto name, round::point_name(session, community, round::PointId{place}));
    if (!name) return std::nullopt;
    return NamedPlace{PlaceKind::sampling_point, *name};
  };
  return source;
}

std::vector<trace::ScanSource> scan_sources() { return {passages_at_gates(), scans_at_venues(), samples_at_points()}; }

}  // namespace firstline::tracer
