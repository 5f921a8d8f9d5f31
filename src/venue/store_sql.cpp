#include "store/migration.hpp"
#include "venue/store.hpp"

namespace firstline::venue {
namespace {

using store::Scope;
using store::Session;
using store::Statement;

// Venues change by hand, and are found by their code from anywhere: a reference table, as gates are.
const store::Migration venues{152, "venue", R"sql(
create table venue (
  -- in key order
  id bigint not null primary key,
  community_id bigint not null,
  compound_id bigint not null,
  kind text not null,
  name text not null,
  venue_code text not null,
  made_at bigint not null,
  made_by bigint
);
create unique index venue_code on venue (venue_code);
create index venue_community on venue (community_id, id);
create table venue_scan (
  community_id bigint not null,
  id bigint not null,
  command bytea not null,
  venue_id bigint not null,
  person_community_id bigint not null,
  person_id bigint not null,
  at bigint not null,
  scanned_by text not null,
  primary key (community_id, id)
);
create unique index venue_scan_command on venue_scan (community_id, command);
create index venue_scan_at on venue_scan (community_id, at);
)sql"};

const std::string columns = store::columns_of<Venue>();
const Statement insert_venue{"venue.insert", Scope::key,
                             store::insert_text<Venue>("venue", "on conflict (venue_code) do nothing")};
const Statement select_venue{"venue.select", Scope::key, "select " + columns + " from venue where id = $1"};
const Statement select_with_code{"venue.select_with_code", Scope::key,
                                 "select " + columns + " from venue where venue_code = $1"};
const Statement select_of{"venue.select_of_community", Scope::key,
                          "select " + columns + " from venue where community_id = $1 order by id"};
const Statement insert_scan{
    "venue.insert_scan", Scope::community,
    store::insert_text<VenueScan>("venue_scan", "on conflict (community_id, command) do nothing")};
const Statement select_scans{
    "venue.select_scans", Scope::community,
    "select " + store::columns_of<VenueScan>() +
        " from venue_scan where community_id = $1 and id > $2 and id < $3 order by id limit $4"};
const Statement delete_scans{"venue.delete_scans", Scope::community,
                             "delete from venue_scan where community_id = $1 and at < $2"};

}  // namespace

Result<bool> add(Session& session, const Venue& venue) {
  FL_TRY(const auto added, session.insert(insert_venue, venue));
  return added > 0;
}
Result<std::optional<Venue>> load(Session& session, VenueId id) { return session.maybe<Venue>(select_venue, id); }
Result<std::optional<Venue>> load_with_code(Session& session, std::string_view venue_code) {
  return session.maybe<Venue>(select_with_code, venue_code);
}
Result<std::vector<Venue>> load_of(Session& session, AreaId community) {
  return session.all<Venue>(select_of, community);
}

Result<void> add(Session& session, const VenueScan& scan) {
  FL_TRYV(session.insert(insert_scan, scan));
  return {};
}
Result<std::vector<VenueScan>> load_scans(Session& session, AreaId community, std::int64_t after_id,
                                          std::int64_t until_id, int limit) {
  return session.all<VenueScan>(select_scans, community, after_id, until_id, limit);
}
Result<void> remove_scans(Session& session, AreaId community, Instant before) {
  FL_TRYV(session.run(delete_scans, community, before));
  return {};
}

}  // namespace firstline::venue
