// Venues over HTTP. No answer names anybody.

#include "area/service.hpp"
#include "venue/service.hpp"
#include "venue/store.hpp"

namespace firstline::venue {
namespace {

using http::Access;
using http::Call;
using http::Method;
using http::Role;

// The compound that the venue stands in.
http::PlaceOf at_venue() {
  return [](Call& call) -> Result<http::Place> {
    FL_TRY(const auto venue, load_with_code(*call.session, call.parameter("venue_code")));
    if (!venue) return fail(FaultCode::not_found, "venue.unknown");
    FL_TRY(const auto compound, area::find(*call.session, venue->community_id, venue->compound_id));
    return area::place_of(*call.session, compound);
  };
}

}  // namespace

void add_routes(http::RouteTable& table, const person::Directory& people) {
  const std::string here = "/api/v1/communities/{community}/venues";
  const auto office =
      Access::role({Role::grid_worker, Role::secretary, Role::health_officer}, area::at_community("community"));
  table.query<api::VenueList>({Method::get, here, "list_venues", office, "Places with a venue code, and their codes."},
                              [](Call& call) { return list(call); });
  table.command<api::AddVenue, api::VenueList>(
      {Method::post, here, "add_venue",
       Access::role({Role::grid_worker, Role::secretary}, area::at_community("community")),
       "A shop, a clinic, a lift gets a code of its own."},
      [](Call& call, const api::AddVenue& command) { return add_venue(call, command); });
  table.command<api::ScanVenue, api::VenueScanned>(
      {Method::post, "/api/v1/my/venue-scans", "scan_venue", Access::signed_in(),
       "The caller scanned a venue's code and is there now."},
      [](Call& call, const api::ScanVenue& command) { return scan(call, command); });
  table.command<api::ScanAtVenue, api::VenueScanned>(
      {Method::post, "/api/v1/venues/{venue_code}/scans", "scan_at_venue",
       Access::role({Role::keeper, Role::volunteer, Role::grid_worker, Role::secretary}, at_venue()),
       "Whoever keeps the venue scanned a resident's code; the answer names nobody."},
      [&people](Call& call, const api::ScanAtVenue& command) { return scan_at(call, people, command); });
}

}  // namespace firstline::venue
