#include "venue/service.hpp"

#include "area/service.hpp"
#include "json/json.hpp"
#include "ledger/fact.hpp"
#include "venue/store.hpp"

namespace firstline::venue {
namespace {

using http::Call;

constexpr std::size_t name_bytes_max = 120;
constexpr int tries_max = 5;

struct VenueFact {
  VenueKind kind = VenueKind::shop;
};
BOOST_DESCRIBE_STRUCT(VenueFact, (), (kind))

Result<api::VenueScanned> take(Call& call, const Venue& venue, const Uuid& command, person::PersonRef who,
                               ScannedBy by) {
  FL_TRY(const auto counted, person::counted_as(*call.session, who));
  FL_TRYV(add(*call.session, VenueScan{venue.community_id, call.session->ids().next(call.now), command, venue.id,
                                       counted.community_id, counted.person_id, call.now, by}));
  return api::VenueScanned{venue.name, call.now};
}

}  // namespace

Result<api::VenueList> list(Call& call) {
  FL_TRY(const auto venues, load_of(*call.session, call.place.community));
  api::VenueList shown;
  for (const Venue& venue : venues) {
    FL_TRY(auto compound, area::find(*call.session, venue.community_id, venue.compound_id));
    shown.items.push_back({venue.id, venue.kind, venue.name, std::move(compound.name), venue.venue_code});
  }
  return shown;
}

Result<api::VenueList> add_venue(Call& call, const api::AddVenue& command) {
  if (command.name.find_first_not_of(" \t\r\n") == command.name.npos || command.name.size() > name_bytes_max)
    return fail(FaultCode::invalid, "venue.bad_name", {}, "/name");
  FL_TRY(const auto compound, area::find(*call.session, call.place.community, command.compound_id));
  if (compound.kind != area::AreaKind::compound)
    return fail(FaultCode::invalid, "area.wrong_parent", {}, "/compound_id");
  Venue venue{call.session->new_id<VenueId>(call.now),
              call.place.community,
              compound.id,
              command.kind,
              command.name,
              {},
              call.now,
              call.actor.account};
  bool added = false;
  for (int at = 0; !added && at < tries_max; ++at) {
    FL_TRY(venue.venue_code, area::free_venue_code(*call.session, *call.random));
    FL_TRY(added, add(*call.session, venue));
  }
  if (!added) return fail(FaultCode::busy, "venue.no_code");
  ledger::Draft fact;
  fact.community = venue.community_id;
  fact.area = compound.id;
  fact.at = call.now;
  fact.recorded_at = call.recorded_at();
  fact.actor = call.actor.account;
  fact.device = call.actor.device;
  fact.kind = "venue.added";
  fact.subject = "venue:" + format_id(venue.id.value);
  fact.body = json::write(VenueFact{venue.kind});
  FL_TRYV(ledger::write(*call.session, fact));
  return list(call);
}

Result<api::VenueScanned> scan(Call& call, const api::ScanVenue& command) {
  if (!call.actor.person) return fail(FaultCode::not_found, "person.none_of_this_account");
  FL_TRY(const auto venue, load_with_code(*call.session, command.venue_code));
  if (!venue) return fail(FaultCode::not_found, "venue.unknown");
  return take(call, *venue, command.id, {call.actor.person_community, call.actor.person}, ScannedBy::own_phone);
}

Result<api::VenueScanned> scan_at(Call& call, const person::Directory& people, const api::ScanAtVenue& command) {
  FL_TRY(const auto venue, load_with_code(*call.session, call.parameter("venue_code")));
  if (!venue) return fail(FaultCode::not_found, "venue.unknown");
  FL_TRY(const auto who, person::read_personal_code(people.key(), command.token, call.now));
  return take(call, *venue, command.id, who, ScannedBy::keeper);
}

Result<std::vector<VenueScan>> scans(store::Session& session, AreaId community, std::int64_t after_id,
                                     std::int64_t until_id, int limit) {
  return load_scans(session, community, after_id, until_id, limit);
}
Result<std::optional<Venue>> find(store::Session& session, VenueId id) { return load(session, id); }
Result<void> forget_scans(store::Session& session, AreaId community, Instant before) {
  return remove_scans(session, community, before);
}

}  // namespace firstline::venue
