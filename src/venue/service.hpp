#pragma once

// Venues with a code, and who scanned it when. The venue's own people see that a scan was taken, and nobody's name; who
// was there is read by tracing alone. Scans are rows without facts, as passages are, and are forgotten after
// scans_kept.
//
// Fact: venue.added. Faults: venue.unknown (not_found), venue.bad_name (invalid), area.unknown, code.expired,
// person.unknown_code, person.none_of_this_account.

#include "area/model.hpp"
#include "http/route.hpp"
#include "person/service.hpp"
#include "store/value.hpp"
#include "venue/model.hpp"

namespace firstline::venue {

// As long as tracing looks back.
inline constexpr std::chrono::days scans_kept{28};

namespace api {

struct AddVenue {
  Uuid id;
  AreaId compound_id;
  VenueKind kind = VenueKind::shop;
  std::string name;
};
BOOST_DESCRIBE_STRUCT(AddVenue, (), (id, compound_id, kind, name))
struct VenueView {
  VenueId venue_id;
  VenueKind kind = VenueKind::shop;
  std::string name, compound_name, venue_code;
};
BOOST_DESCRIBE_STRUCT(VenueView, (), (venue_id, kind, name, compound_name, venue_code))
struct VenueList {
  std::vector<VenueView> items;
};
BOOST_DESCRIBE_STRUCT(VenueList, (), (items))

struct ScanVenue {
  Uuid id;
  std::string venue_code;
};
BOOST_DESCRIBE_STRUCT(ScanVenue, (), (id, venue_code))
struct ScanAtVenue {
  Uuid id;
  std::string token;  // A personal code.
};
BOOST_DESCRIBE_STRUCT(ScanAtVenue, (), (id, token))
struct VenueScanned {
  std::string venue_name;
  Instant at{};
};
BOOST_DESCRIBE_STRUCT(VenueScanned, (), (venue_name, at))

}  // namespace api

Result<api::VenueList> list(http::Call& call);
Result<api::VenueList> add_venue(http::Call& call, const api::AddVenue& command);
// Of the signed-in resident.
Result<api::VenueScanned> scan(http::Call& call, const api::ScanVenue& command);
// By whoever keeps the venue, from a resident's code.
Result<api::VenueScanned> scan_at(http::Call& call, const person::Directory& people, const api::ScanAtVenue& command);

// For tracing: in order of id, both ends left out.
Result<std::vector<VenueScan>> scans(store::Session& session, AreaId community, std::int64_t after_id,
                                     std::int64_t until_id, int limit);
Result<std::optional<Venue>> find(store::Session& session, VenueId id);
Result<void> forget_scans(store::Session& session, AreaId community, Instant before);

// communities/{community}/venues, my/venue-scans, venues/{venue_code}/scans. `people` outlives the table.
void add_routes(http::RouteTable& table, const person::Directory& people);

}  // namespace firstline::venue
