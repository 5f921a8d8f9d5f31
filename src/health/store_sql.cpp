#include "area/model.hpp"
#include "health/store.hpp"
#include "store/migration.hpp"

namespace firstline::health {

BOOST_DESCRIBE_STRUCT(NatRow, (), (state, sampled_at, reported_at))

namespace {

using store::Scope;
using store::Session;
using store::Statement;

// Where somebody stands is derived from the two histories, in the same transaction.
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
  -- numbered by person_id
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

// It lies in the row that a gate reads anyway: a table of its own cost the gate as much as that row.
const store::Migration in_resident{96, "health", R"sql(
alter table resident add column colour text;
alter table resident add column grade text;
alter table resident add column read_at bigint;
alter table resident add column source text;
alter table resident add column nat_state text;
alter table resident add column nat_sampled_at bigint;
alter table resident add column negative_sampled_at bigint;
alter table resident add column negative_reported_at bigint;
update resident set colour = h.colour, grade = h.grade, read_at = h.read_at, source = h.source,
  nat_state = h.nat_state, nat_sampled_at = h.nat_sampled_at, negative_sampled_at = h.negative_sampled_at,
  negative_reported_at = h.negative_reported_at
  from health_standing h where h.community_id = resident.community_id and h.person_id = resident.person_id;
drop table health_standing;
)sql"};

// Who says so, in which version, and which later version counts instead (results.hpp).
const store::Migration versions{120, "health", R"sql(
alter table nat_result add column kind text not null default 'nucleic_acid';
alter table nat_result add column external_id text;
alter table nat_result add column version bigint not null default 1;
alter table nat_result add column tube text;
alter table nat_result add column batch_id bigint;
alter table nat_result add column replaced_by bigint;
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

struct StandingOf {
  PersonId person_id;
  std::optional<CodeColour> colour;
  std::optional<EvidenceGrade> grade;
  std::optional<Instant> read_at;
  std::optional<std::string> source;
  std::optional<NatState> nat_state;
  std::optional<Instant> negative_sampled_at, negative_reported_at;
};
BOOST_DESCRIBE_STRUCT(StandingOf, (),
                      (person_id, colour, grade, read_at, source, nat_state, negative_sampled_at, negative_reported_at))

// In the order of the homes, so that SQLite begins with them and not with everybody in the community.
const Statement select_below{
    "health.select_standings_below", Scope::community,
    "select " + store::columns_of<StandingOf>("h.") +
        " from area a join person p on p.community_id = a.community_id and p.household_id = a.id "
        "join resident h on h.community_id = p.community_id and h.person_id = p.id "
        "where a.community_id = $1 and a.path >= $2 and a.path < $3 and a.kind = 'household' order by a.path"};
const Statement select_codes{"health.select_codes", Scope::community,
                             "select colour, grade, read_at, source from code_reading where community_id = $1 and "
                             "person_id = $2 and read_at <= $3 order by id"};
const Statement select_code_history{"health.select_code_history", Scope::community,
                                    "select " + store::columns_of<KeptReading>() +
                                        " from code_reading where community_id = $1 and person_id = $2 order by id"};
const Statement select_nats{"health.select_nats", Scope::community,
                            "select state, sampled_at, reported_at from nat_result where community_id = $1 and "
                            "person_id = $2 and sampled_at <= $3 and kind = 'nucleic_acid' and replaced_by is null "
                            "order by id"};

const Statement select_standing{
    "health.select_standing", Scope::community,
    "select " + store::columns_of<StandingRow>() + " from resident where community_id = $1 and person_id = $2"};
const Statement insert_code{
    "health.insert_code", Scope::community,
    "insert into code_reading (community_id, person_id, id, colour, grade, read_at, source, set_by, reason) "
    "values ($1, $2, $3, $4, $5, $6, $7, $8, $9)"};
const Statement update_code{"health.update_code", Scope::community,
                            "update resident set colour = $3, grade = $4, read_at = $5, source = $6 "
                            "where community_id = $1 and person_id = $2 and (read_at is null or read_at <= $5)"};
const Statement insert_nat{
    "health.insert_nat", Scope::community,
    "insert into nat_result (community_id, person_id, id, state, sampled_at, reported_at, source) "
    "values ($1, $2, $3, $4, $5, $6, $7)"};
const Statement update_nat_state{
    "health.update_nat_state", Scope::community,
    "update resident set nat_state = $3, nat_sampled_at = $4 "
    "where community_id = $1 and person_id = $2 and (nat_sampled_at is null or nat_sampled_at <= $4)"};
const Statement update_negative{
    "health.update_negative", Scope::community,
    "update resident set negative_sampled_at = $3, negative_reported_at = $4 "
    "where community_id = $1 and person_id = $2 and (negative_sampled_at is null or negative_sampled_at <= $3)"};

const Statement update_nothing{
    "health.clear_standing", Scope::community,
    "update resident set colour = null, grade = null, read_at = null, source = null, nat_state = null, nat_sampled_at = "
    "null, negative_sampled_at = null, negative_reported_at = null where community_id = $1 and person_id = $2"};
const Statement select_latest_code{
    "health.select_latest_code", Scope::community,
    "select colour, grade, read_at, source from code_reading where community_id = $1 and person_id = $2 "
    "order by read_at desc, id desc limit 1"};
const Statement select_latest_nat{
    "health.select_latest_nat", Scope::community,
    "select state, sampled_at, reported_at from nat_result where community_id = $1 and person_id = $2 and "
    "kind = 'nucleic_acid' and replaced_by is null order by sampled_at desc, id desc limit 1"};
const Statement select_latest_negative{
    "health.select_latest_negative", Scope::community,
    "select state, sampled_at, reported_at from nat_result where community_id = $1 and person_id = $2 and "
    "state = 'negative' and kind = 'nucleic_acid' and replaced_by is null order by sampled_at desc, id desc limit 1"};

struct LatestCode {
  CodeColour colour = CodeColour::green;
  EvidenceGrade grade = EvidenceGrade::visual;
  Instant read_at{};
  std::string source;
};
BOOST_DESCRIBE_STRUCT(LatestCode, (), (colour, grade, read_at, source))
struct LatestNat {
  NatState state = NatState::sampled;
  Instant sampled_at{};
  std::optional<Instant> reported_at;
};
BOOST_DESCRIBE_STRUCT(LatestNat, (), (state, sampled_at, reported_at))

template <class Row>
Standing standing_of(Row& row) {
  Standing standing;
  if (row.colour) standing.code = CodeReading{*row.colour, *row.grade, *row.read_at, std::move(*row.source)};
  if (row.nat_state) standing.nat.state = *row.nat_state;
  if (row.negative_sampled_at)
    standing.nat.last_negative = NegativeResult{*row.negative_sampled_at, *row.negative_reported_at};
  return standing;
}

}  // namespace

Result<std::optional<Standing>> load_standing(Session& session, AreaId community, PersonId person) {
  FL_TRY(auto row, session.maybe<StandingRow>(select_standing, community, person));
  if (!row) return std::optional<Standing>();
  return std::optional(standing_of(*row));
}

Result<std::map<PersonId, Standing>> load_standings_below(Session& session, AreaId community, std::string_view path) {
  const auto range = area::range_below(path);
  FL_TRY(auto rows, session.all<StandingOf>(select_below, community, std::as_bytes(std::span(range.first)),
                                            std::as_bytes(std::span(range.last))));
  std::map<PersonId, Standing> found;
  for (StandingOf& row : rows) found.emplace(row.person_id, standing_of(row));
  return found;
}

Result<std::vector<CodeReading>> load_codes(Session& session, AreaId community, PersonId person, Instant before) {
  return session.all<CodeReading>(select_codes, community, person, before);
}
Result<std::vector<KeptReading>> load_code_history(Session& session, AreaId community, PersonId record) {
  return session.all<KeptReading>(select_code_history, community, record);
}
Result<std::vector<NatRow>> load_nats(Session& session, AreaId community, PersonId person, Instant before) {
  return session.all<NatRow>(select_nats, community, person, before);
}

Result<void> save_code(Session& session, AreaId community, PersonId person, std::int64_t id, const CodeReading& reading,
                       AccountId set_by, std::string_view reason) {
  FL_TRYV(session.run(insert_code, community, person, id, reading.colour, reading.grade, reading.read_at,
                      reading.source, set_by, reason));
  FL_TRYV(session.run(update_code, community, person, reading.colour, reading.grade, reading.read_at, reading.source));
  return {};
}

Result<void> save_nat(Session& session, AreaId community, PersonId person, std::int64_t id, const NatResult& result) {
  FL_TRYV(session.run(insert_nat, community, person, id, result.state, result.sampled_at, result.reported_at,
                      result.source));
  return move_nat(session, community, person, result);
}

Result<void> move_nat(Session& session, AreaId community, PersonId person, const NatResult& result) {
  FL_TRYV(session.run(update_nat_state, community, person, result.state, result.sampled_at));
  if (result.state == NatState::negative) {
    FL_TRYV(session.run(update_negative, community, person, result.sampled_at, result.reported_at));
  }
  return {};
}

Result<void> clear_standing(Session& session, AreaId community, PersonId person) {
  FL_TRYV(session.run(update_nothing, community, person));
  return {};
}

Result<void> add_to_standing(Session& session, AreaId community, PersonId record, PersonId person) {
  FL_TRY(const auto code, session.maybe<LatestCode>(select_latest_code, community, record));
  FL_TRY(const auto nat, session.maybe<LatestNat>(select_latest_nat, community, record));
  FL_TRY(const auto negative, session.maybe<LatestNat>(select_latest_negative, community, record));
  if (code)
    FL_TRYV(session.run(update_code, community, person, code->colour, code->grade, code->read_at, code->source));
  if (nat) FL_TRYV(session.run(update_nat_state, community, person, nat->state, nat->sampled_at));
  if (negative) FL_TRYV(session.run(update_negative, community, person, negative->sampled_at, negative->reported_at));
  return {};
}

}  // namespace firstline::health
