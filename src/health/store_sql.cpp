#include "health/store.hpp"
#include "store/migration.hpp"

namespace firstline::health {
namespace {

using store::Scope;
using store::Session;
using store::Statement;

// health_standing is derived from the two histories, in the same transaction: a gate reads one row by its key.
const store::Migration readings{13, "health", R"sql(
create table code_reading (
  community_id bigint not null,
  person_id bigint not null,
  id bigint not null,
  colour text not null check (colour in ('green', 'yellow', 'red')),
  grade text not null,
  read_at bigint not null,
  source text not null,
  set_by bigint,
  reason text not null,
  primary key (community_id, person_id, id)
);
create table nat_result (
  community_id bigint not null,
  person_id bigint not null,
  id bigint not null,
  state text not null,
  sampled_at bigint not null,
  reported_at bigint,
  source text not null,
  primary key (community_id, person_id, id)
);
create table health_standing (
  -- in key order
  community_id bigint not null,
  person_id bigint not null,
  colour text,
  grade text,
  read_at bigint,
  source text,
  nat_state text,
  nat_sampled_at bigint,
  negative_sampled_at bigint,
  negative_reported_at bigint,
  primary key (community_id, person_id)
);
)sql"};

struct StandingRow {
  std::optional<CodeColour> colour;
  std::optional<EvidenceGrade> grade;
  std::optional<Instant> read_at;
  std::optional<std::string> source;
  std::optional<NatState> nat_state;
  std::optional<Instant> negative_sampled_at, negative_reported_at;
};
BOOST_DESCRIBE_STRUCT(StandingRow, (),
                      (colour, grade, read_at, source, nat_state, negative_sampled_at, negative_reported_at))

const Statement select_standing{
    "health.select_standing", Scope::community,
    "select " + store::columns_of<StandingRow>() + " from health_standing where community_id = $1 and person_id = $2"};
const Statement insert_code{
    "health.insert_code", Scope::community,
    "insert into code_reading (community_id, person_id, id, colour, grade, read_at, source, set_by, reason) "
    "values ($1, $2, $3, $4, $5, $6, $7, $8, $9)"};
const Statement upsert_code{
    "health.upsert_code", Scope::community,
    "insert into health_standing (community_id, person_id, colour, grade, read_at, source) values ($1, $2, $3, $4, $5, "
    "$6) "
    "on conflict (community_id, person_id) do update set colour = excluded.colour, grade = excluded.grade, "
    "read_at = excluded.read_at, source = excluded.source "
    "where health_standing.read_at is null or health_standing.read_at <= excluded.read_at"};
const Statement insert_nat{
    "health.insert_nat", Scope::community,
    "insert into nat_result (community_id, person_id, id, state, sampled_at, reported_at, source) "
    "values ($1, $2, $3, $4, $5, $6, $7)"};
const Statement upsert_nat_state{
    "health.upsert_nat_state", Scope::community,
    "insert into health_standing (community_id, person_id, nat_state, nat_sampled_at) values ($1, $2, $3, $4) "
    "on conflict (community_id, person_id) do update set nat_state = excluded.nat_state, nat_sampled_at = "
    "excluded.nat_sampled_at "
    "where health_standing.nat_sampled_at is null or health_standing.nat_sampled_at <= excluded.nat_sampled_at"};
const Statement upsert_negative{
    "health.upsert_negative", Scope::community,
    "insert into health_standing (community_id, person_id, negative_sampled_at, negative_reported_at) values ($1, $2, "
    "$3, $4) "
    "on conflict (community_id, person_id) do update set negative_sampled_at = excluded.negative_sampled_at, "
    "negative_reported_at = excluded.negative_reported_at "
    "where health_standing.negative_sampled_at is null or health_standing.negative_sampled_at <= "
    "excluded.negative_sampled_at"};

}  // namespace

Result<std::optional<Standing>> load_standing(Session& session, AreaId community, PersonId person) {
  FL_TRY(auto row, session.maybe<StandingRow>(select_standing, community, person));
  if (!row) return std::optional<Standing>();
  Standing standing;
  if (row->colour) standing.code = CodeReading{*row->colour, *row->grade, *row->read_at, std::move(*row->source)};
  if (row->nat_state) standing.nat.state = *row->nat_state;
  if (row->negative_sampled_at)
    standing.nat.last_negative = NegativeResult{*row->negative_sampled_at, *row->negative_reported_at};
  return std::optional(std::move(standing));
}

Result<void> save_code(Session& session, AreaId community, PersonId person, std::int64_t id, const CodeReading& reading,
                       AccountId set_by, std::string_view reason) {
  FL_TRYV(session.run(insert_code, community, person, id, reading.colour, reading.grade, reading.read_at,
                      reading.source, set_by, reason));
  FL_TRYV(session.run(upsert_code, community, person, reading.colour, reading.grade, reading.read_at, reading.source));
  return {};
}

Result<void> save_nat(Session& session, AreaId community, PersonId person, std::int64_t id, const NatResult& result) {
  FL_TRYV(session.run(insert_nat, community, person, id, result.state, result.sampled_at, result.reported_at,
                      result.source));
  FL_TRYV(session.run(upsert_nat_state, community, person, result.state, result.sampled_at));
  if (result.state == NatState::negative) {
    FL_TRYV(session.run(upsert_negative, community, person, result.sampled_at, result.reported_at));
  }
  return {};
}

}  // namespace firstline::health
