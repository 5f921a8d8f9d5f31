#include "area/plan.hpp"
#include "area/store.hpp"
#include "area/wire.hpp"
#include "store/migration.hpp"

namespace firstline::area {
namespace {

using store::Bytes;
using store::Scope;
using store::Session;
using store::Statement;

// A path is kept as bytes: "everything below" is a range, and a text would be compared by the rules of the database's
// locale, which skip slashes. The official tree has community_id 0. Gates change by hand: a reference table.
const store::Migration place_tree{10, "area", R"sql(
create table area (
  -- numbered by id
  community_id bigint not null,
  id bigint not null,
  parent_id bigint not null,
  kind text not null check (kind in ('district', 'subdistrict', 'community', 'grid', 'compound', 'building', 'unit', 'floor', 'household')),
  code text not null,
  name text not null,
  label text not null,
  path bytea not null,
  grid_id bigint,
  generated smallint not null,
  primary key (community_id, id)
);
create unique index area_path on area (community_id, path);
create index area_parent on area (community_id, parent_id);

create table gate (
  -- in key order
  id bigint not null primary key,
  community_id bigint not null,
  compound_id bigint not null,
  name text not null,
  venue_code text not null,
  path bytea not null,
  generated smallint not null
);
create unique index gate_venue_code on gate (venue_code);
create index gate_community on gate (community_id, id);
)sql"};

// The grid that looks after a gate, so that its grid worker may act there.
const store::Migration gate_grid{14, "area", R"sql(
alter table gate add column grid_path bytea;
)sql"};

// Rooms and buildings are looked for by what is said of them: "3-2-502".
const store::Migration labels{40, "area", R"sql(
create index area_label on area (community_id, label);
)sql"};

const store::Migration plans{43, "area", R"sql(
create table plan_point (
  -- numbered by id
  community_id bigint not null,
  id bigint not null,
  compound_id bigint not null,
  kind text not null,
  name text not null,
  x bigint not null,
  y bigint not null,
  version bigint not null,
  primary key (community_id, id)
);
create index plan_point_compound on plan_point (community_id, compound_id, id);
)sql"};

struct AreaRow {
  std::int64_t community_id = 0;
  AreaId id;
  std::int64_t parent_id = 0;
  AreaKind kind = AreaKind::household;
  std::string code, name, label;
  Bytes path;
  AreaId grid_id;
  bool generated = false;
};
BOOST_DESCRIBE_STRUCT(AreaRow, (), (community_id, id, parent_id, kind, code, name, label, path, grid_id, generated))

struct GateRow {
  GateId id;
  AreaId community_id, compound_id;
  std::string name, venue_code;
  Bytes path;
  bool generated = false;
  std::optional<Bytes> grid_path;
};
BOOST_DESCRIBE_STRUCT(GateRow, (), (id, community_id, compound_id, name, venue_code, path, generated, grid_path))

const std::string area_columns = store::columns_of<AreaRow>();
const std::string gate_columns = store::columns_of<GateRow>();

const Statement insert_area{"area.insert", Scope::community,
                            store::insert_text<AreaRow>("area", "on conflict (community_id, path) do nothing")};
const Statement select_area{"area.select", Scope::community,
                            "select " + area_columns + " from area where community_id = $1 and id = $2"};
const Statement select_area_at{"area.select_at", Scope::community,
                               "select " + area_columns + " from area where community_id = $1 and path = $2"};
const Statement select_children{
    "area.select_children", Scope::community,
    "select " + area_columns + " from area where community_id = $1 and parent_id = $2 order by path"};
const Statement select_below{
    "area.select_below", Scope::community,
    "select " + area_columns + " from area where community_id = $1 and path >= $2 and path < $3 order by path"};
const Statement select_labelled{
    "area.select_labelled", Scope::community,
    "select " + area_columns + " from area where community_id = $1 and label = $2 order by path limit 50"};
const Statement update_grid{"area.update_grid", Scope::community,
                            "update area set grid_id = $3 where community_id = $1 and id = $2 and kind = 'building'"};

const Statement update_name{"area.update_name", Scope::community,
                            "update area set name = $3, label = $4 where community_id = $1 and id = $2 and name = $5 "
                            "and label = $6"};

const Statement insert_gate{"gate.insert", Scope::key,
                            store::insert_text<GateRow>("gate", "on conflict (venue_code) do nothing")};
const Statement select_gate{"gate.select", Scope::key, "select " + gate_columns + " from gate where id = $1"};
const Statement select_gate_with_code{"gate.select_with_code", Scope::key,
                                      "select " + gate_columns + " from gate where venue_code = $1"};
const Statement select_communities{"gate.select_communities", Scope::key,
                                   "select distinct community_id from gate order by community_id"};
const Statement count_generated{"gate.count_generated", Scope::key, "select count(*) from gate where generated = 1"};
const Statement select_gates{"gate.select_of_community", Scope::key,
                             "select " + gate_columns + " from gate where community_id = $1 order by id"};

const Statement update_gate_name{"gate.update_name", Scope::key,
                                 "update gate set name = $2 where id = $1 and name = $3 and venue_code = $4"};
const Statement update_venue_code{"gate.update_venue_code", Scope::key,
                                  "update gate set venue_code = $2 where id = $1 and venue_code = $3"};

const std::string point_columns = store::columns_of<Point>();
const Statement select_points{
    "plan.select_points", Scope::community,
    "select " + point_columns + " from plan_point where community_id = $1 and compound_id = $2 order by id"};
const Statement select_point{"plan.select_point", Scope::community,
                             "select " + point_columns + " from plan_point where community_id = $1 and id = $2"};
const Statement insert_point{"plan.insert_point", Scope::community, store::insert_text<Point>("plan_point")};
const Statement update_point{"plan.update_point", Scope::community,
                             "update plan_point set name = $3, x = $4, y = $5, version = $6 where community_id = $1 "
                             "and id = $2 and version = $7"};
const Statement delete_point{"plan.delete_point", Scope::community,
                             "delete from plan_point where community_id = $1 and id = $2"};

Bytes to_bytes(std::string_view text) {
  const auto bytes = std::as_bytes(std::span(text));
  return Bytes(bytes.begin(), bytes.end());
}
std::string to_text(const Bytes& bytes) { return {reinterpret_cast<const char*>(bytes.data()), bytes.size()}; }

Area from(AreaRow&& row) {
  return {{row.community_id},   row.id,
          {row.parent_id},      row.kind,
          std::move(row.code),  std::move(row.name),
          std::move(row.label), to_text(row.path),
          row.grid_id,          row.generated};
}
Gate from(GateRow&& row) {
  return {row.id,
          row.community_id,
          row.compound_id,
          std::move(row.name),
          std::move(row.venue_code),
          to_text(row.path),
          row.generated,
          row.grid_path ? to_text(*row.grid_path) : std::string()};
}

template <class To, class From>
Result<std::vector<To>> each(Result<std::vector<From>> rows) {
  if (!rows) return tl::unexpected(std::move(rows).error());
  std::vector<To> out;
  out.reserve(rows->size());
  for (auto& row : *rows) out.push_back(from(std::move(row)));
  return out;
}
template <class To, class From>
Result<std::optional<To>> one(Result<std::optional<From>> row) {
  if (!row) return tl::unexpected(std::move(row).error());
  if (!*row) return std::optional<To>();
  return std::optional<To>(from(std::move(**row)));
}

}  // namespace

Result<std::optional<Area>> load_area(Session& session, AreaId community, AreaId id) {
  return one<Area>(session.maybe<AreaRow>(select_area, community.value, id));
}
Result<std::optional<Area>> load_area_at(Session& session, AreaId community, std::string_view path) {
  return one<Area>(session.maybe<AreaRow>(select_area_at, community.value, to_bytes(path)));
}
Result<std::vector<Area>> load_children(Session& session, AreaId community, AreaId parent) {
  return each<Area>(session.all<AreaRow>(select_children, community.value, parent.value));
}
Result<std::vector<Area>> load_labelled(Session& session, AreaId community, std::string_view label) {
  return each<Area>(session.all<AreaRow>(select_labelled, community.value, label));
}
Result<std::vector<Area>> load_below(Session& session, AreaId community, std::string_view path) {
  const PathRange range = range_below(path);
  return each<Area>(session.all<AreaRow>(select_below, community.value, to_bytes(range.first), to_bytes(range.last)));
}

Result<void> save(Session& session, const Area& area) {
  const AreaRow row{
      area.community_id.value, area.id,      area.parent_id.value, area.kind, area.code, area.name, area.label,
      to_bytes(area.path),     area.grid_id, area.generated};
  FL_TRY(const auto added, session.insert(insert_area, row));
  if (added == 0) return fail(FaultCode::conflict, "area.exists", area.path, "/code");
  return {};
}

Result<std::int64_t> save_grid(Session& session, AreaId community, AreaId building, AreaId grid) {
  return session.run(update_grid, community.value, building, grid);
}

Result<std::optional<Gate>> load_gate(Session& session, GateId id) {
  return one<Gate>(session.maybe<GateRow>(select_gate, id));
}
Result<std::optional<Gate>> load_gate_with_code(Session& session, std::string_view venue_code) {
  return one<Gate>(session.maybe<GateRow>(select_gate_with_code, venue_code));
}
Result<std::vector<AreaId>> load_communities_with_gates(Session& session) {
  return session.all<AreaId>(select_communities);
}
Result<bool> any_generated(Session& session) {
  FL_TRY(const auto counted, session.all<std::int64_t>(count_generated));
  return !counted.empty() && counted.front() > 0;
}
Result<std::vector<Gate>> load_gates(Session& session, AreaId community) {
  return each<Gate>(session.all<GateRow>(select_gates, community));
}
Result<void> save(Session& session, const Gate& gate) {
  GateRow row{gate.id,         gate.community_id,   gate.compound_id, gate.name,
              gate.venue_code, to_bytes(gate.path), gate.generated,   {}};
  if (!gate.grid_path.empty()) row.grid_path = to_bytes(gate.grid_path);
  FL_TRY(const auto added, session.insert(insert_gate, row));
  if (added == 0) return fail(FaultCode::conflict, "gate.venue_code_taken");
  return {};
}

Result<std::int64_t> save_name(Session& session, const Area& before, std::string_view name, std::string_view label) {
  return session.run(update_name, before.community_id.value, before.id, name, label, before.name, before.label);
}
Result<std::int64_t> save_gate_name(Session& session, const Gate& before, std::string_view name) {
  return session.run(update_gate_name, before.id, name, before.name, before.venue_code);
}
Result<std::int64_t> save_venue_code(Session& session, const Gate& before, std::string_view code) {
  return session.run(update_venue_code, before.id, code, before.venue_code);
}

Result<std::vector<Point>> load_points(Session& session, AreaId community, AreaId compound) {
  return session.all<Point>(select_points, community, compound);
}
Result<std::optional<Point>> load_point(Session& session, AreaId community, std::int64_t id) {
  return session.maybe<Point>(select_point, community, id);
}
Result<void> save(Session& session, const Point& point) {
  FL_TRYV(session.insert(insert_point, point));
  return {};
}
Result<std::int64_t> replace(Session& session, const Point& point, std::int64_t base_version) {
  return session.run(update_point, point.community_id, point.id, point.name, point.x, point.y, point.version,
                     base_version);
}
Result<std::int64_t> remove(Session& session, const Point& point) {
  return session.run(delete_point, point.community_id, point.id);
}

}  // namespace firstline::area
