#include "round/service.hpp"
#include "round/store.hpp"
#include "store/migration.hpp"

namespace firstline::round {
namespace {

using store::Scope;
using store::Session;
using store::Statement;

const store::Migration rounds{124, "round", R"sql(
create table test_round (
  community_id bigint not null,
  id bigint not null,
  number bigint not null,
  area_id bigint not null,
  area_path text not null,
  name text not null,
  starts_at bigint not null,
  ends_at bigint not null,
  tube_size bigint not null,
  state text not null,
  opened_by bigint,
  tubes_made bigint not null,
  primary key (community_id, id)
);
create unique index test_round_number on test_round (community_id, number);
create table round_point (
  community_id bigint not null,
  id bigint not null,
  round_id bigint not null,
  area_id bigint not null,
  area_path text not null,
  name text not null,
  opens_at bigint not null,
  closes_at bigint not null,
  slot_minutes bigint not null,
  homes_per_slot bigint not null,
  waiting bigint not null,
  waiting_at bigint,
  primary key (community_id, id)
);
create index round_point_round on round_point (community_id, round_id, id);
create table round_tube (
  community_id bigint not null,
  id bigint not null,
  round_id bigint not null,
  point_id bigint,
  label text not null,
  size bigint not null,
  people bigint not null,
  state text not null,
  closed_at bigint,
  manifest_id bigint,
  results bigint not null,
  result_at bigint,
  primary key (community_id, id)
);
create unique index round_tube_label on round_tube (community_id, label);
create index round_tube_round on round_tube (community_id, round_id, id);
create table round_sample (
  community_id bigint not null,
  round_id bigint not null,
  person_id bigint not null,
  id bigint not null,
  tube_id bigint not null,
  place bigint not null,
  taken_at bigint not null,
  known text not null,
  account_id bigint,
  primary key (community_id, round_id, person_id, id)
);
create unique index round_sample_place on round_sample (community_id, tube_id, place);
create table round_exempt (
  community_id bigint not null,
  round_id bigint not null,
  person_id bigint not null,
  ground text not null,
  account_id bigint,
  at bigint not null,
  primary key (community_id, round_id, person_id)
);
create table round_manifest (
  community_id bigint not null,
  id bigint not null,
  round_id bigint not null,
  laboratory text not null,
  tubes bigint not null,
  people bigint not null,
  at bigint not null,
  account_id bigint,
  primary key (community_id, id)
);
create index round_manifest_round on round_manifest (community_id, round_id, id);
)sql"};

// Tracing reads samples in the order in which they were taken.
const store::Migration samples_by_id{153, "round", R"sql(
create index round_sample_id on round_sample (community_id, id);
)sql"};

const std::string round_columns = store::columns_of<Round>(), point_columns = store::columns_of<Point>(),
                  tube_columns = store::columns_of<Tube>(), sample_columns = store::columns_of<Sample>();

const Statement insert_round{"round.insert", Scope::community, store::insert_text<Round>("test_round")};
const Statement select_round{"round.select", Scope::community,
                             "select " + round_columns + " from test_round where community_id = $1 and id = $2"};
const Statement select_newest{
    "round.select_newest", Scope::community,
    "select " + round_columns + " from test_round where community_id = $1 order by id desc limit $2"};
const Statement select_number{"round.select_number", Scope::community,
                              "select max(number) from test_round where community_id = $1"};
const Statement update_state{"round.update_state", Scope::community,
                             "update test_round set state = $3 where community_id = $1 and id = $2"};
const Statement update_made{
    "round.update_made", Scope::community,
    "update test_round set tubes_made = $3 where community_id = $1 and id = $2 and tubes_made = $4"};

const Statement insert_point{"round.insert_point", Scope::community, store::insert_text<Point>("round_point")};
const Statement select_point{"round.select_point", Scope::community,
                             "select " + point_columns + " from round_point where community_id = $1 and id = $2"};
const Statement select_points{
    "round.select_points", Scope::community,
    "select " + point_columns + " from round_point where community_id = $1 and round_id = $2 order by id"};
const Statement update_waiting{
    "round.update_waiting", Scope::community,
    "update round_point set waiting = $3, waiting_at = $4 where community_id = $1 and id = $2"};

const Statement insert_tube{"round.insert_tube", Scope::community, store::insert_text<Tube>("round_tube")};
const Statement select_tube{"round.select_tube", Scope::community,
                            "select " + tube_columns + " from round_tube where community_id = $1 and id = $2"};
const Statement select_by_label{"round.select_by_label", Scope::community,
                                "select " + tube_columns + " from round_tube where community_id = $1 and label = $2"};
const Statement select_tubes{
    "round.select_tubes", Scope::community,
    "select " + tube_columns + " from round_tube where community_id = $1 and round_id = $2 order by id"};
const Statement select_tubes_of{
    "round.select_tubes_of", Scope::community,
    "select " + tube_columns + " from round_tube where community_id = $1 and manifest_id = $2 order by id"};
const Statement update_tube{
    "round.update_tube", Scope::community,
    "update round_tube set point_id = $3, people = $4, state = $5, closed_at = $6, manifest_id = $7, results = $8, "
    "result_at = $9 where community_id = $1 and id = $2 and people = $10 and state = $11"};

const Statement insert_sample{"round.insert_sample", Scope::community, store::insert_text<Sample>("round_sample")};
const Statement delete_sample{
    "round.delete_sample", Scope::community,
    "delete from round_sample where community_id = $1 and round_id = $2 and person_id = $3 and id = $4"};
const Statement select_of_person{
    "round.select_samples_of_person", Scope::community,
    "select " + sample_columns +
        " from round_sample where community_id = $1 and round_id = $2 and person_id = $3 order by id"};
const Statement select_samples_taken{
    "round.select_samples_taken", Scope::community,
    "select s.id, s.person_id, t.point_id, s.taken_at from round_sample s join round_tube t on t.community_id = "
    "s.community_id and t.id = s.tube_id where s.community_id = $1 and s.id > $2 and s.id < $3 and t.point_id is not "
    "null order by s.id limit $4"};
const Statement select_samples{
    "round.select_samples", Scope::community,
    "select " + sample_columns + " from round_sample where community_id = $1 and round_id = $2 order by id"};
const Statement select_samples_in{
    "round.select_samples_in", Scope::community,
    "select " + sample_columns + " from round_sample where community_id = $1 and tube_id = $2 order by place"};

const Statement upsert_exempt{
    "round.upsert_exempt", Scope::community,
    store::insert_text<Exempt>("round_exempt",
                               "on conflict (community_id, round_id, person_id) do update set ground = "
                               "excluded.ground, account_id = excluded.account_id, at = excluded.at")};
const Statement select_exempt{"round.select_exempt", Scope::community,
                              "select " + store::columns_of<Exempt>() +
                                  " from round_exempt where community_id = $1 and round_id = $2 order by person_id"};
const Statement insert_manifest{"round.insert_manifest", Scope::community,
                                store::insert_text<Manifest>("round_manifest")};
const Statement select_manifests{"round.select_manifests", Scope::community,
                                 "select " + store::columns_of<Manifest>() +
                                     " from round_manifest where community_id = $1 and round_id = $2 order by id"};

}  // namespace

Result<void> add(Session& session, const Round& round) {
  FL_TRYV(session.insert(insert_round, round));
  return {};
}
Result<std::optional<Round>> load(Session& session, AreaId community, RoundId id) {
  return session.maybe<Round>(select_round, community, id);
}
Result<std::vector<Round>> load_newest(Session& session, AreaId community, int limit) {
  return session.all<Round>(select_newest, community, limit);
}
Result<std::int64_t> last_number(Session& session, AreaId community) {
  FL_TRY(const auto found, session.maybe<std::optional<std::int64_t>>(select_number, community));
  return found ? found->value_or(0) : 0;
}
Result<void> save_state(Session& session, const Round& round) {
  FL_TRYV(session.run(update_state, round.community_id, round.id, round.state));
  return {};
}
Result<bool> save_made(Session& session, const Round& round, std::int64_t made_before) {
  FL_TRY(const auto rows, session.run(update_made, round.community_id, round.id, round.tubes_made, made_before));
  return rows == 1;
}

Result<void> add(Session& session, const Point& point) {
  FL_TRYV(session.insert(insert_point, point));
  return {};
}
Result<std::optional<Point>> load(Session& session, AreaId community, PointId id) {
  return session.maybe<Point>(select_point, community, id);
}
Result<std::vector<Point>> load_points(Session& session, AreaId community, RoundId round) {
  return session.all<Point>(select_points, community, round);
}
Result<void> save_waiting(Session& session, const Point& point) {
  FL_TRYV(session.run(update_waiting, point.community_id, point.id, point.waiting, point.waiting_at));
  return {};
}

Result<void> add(Session& session, const Tube& tube) {
  FL_TRYV(session.insert(insert_tube, tube));
  return {};
}
Result<std::optional<Tube>> load(Session& session, AreaId community, TubeId id) {
  return session.maybe<Tube>(select_tube, community, id);
}
Result<std::optional<Tube>> load_by_label(Session& session, AreaId community, std::string_view label) {
  return session.maybe<Tube>(select_by_label, community, label);
}
Result<std::vector<Tube>> load_tubes(Session& session, AreaId community, RoundId round) {
  return session.all<Tube>(select_tubes, community, round);
}
Result<std::vector<Tube>> load_tubes_of(Session& session, AreaId community, ManifestId manifest) {
  return session.all<Tube>(select_tubes_of, community, manifest);
}
Result<bool> save(Session& session, const Tube& tube, int people_before, TubeState state_before) {
  FL_TRY(const auto rows,
         session.run(update_tube, tube.community_id, tube.id, tube.point_id, tube.people, tube.state, tube.closed_at,
                     tube.manifest_id, tube.results, tube.result_at, people_before, state_before));
  return rows == 1;
}

Result<void> add(Session& session, const Sample& sample) {
  FL_TRYV(session.insert(insert_sample, sample));
  return {};
}
Result<void> remove(Session& session, const Sample& sample) {
  FL_TRYV(session.run(delete_sample, sample.community_id, sample.round_id, sample.person_id, sample.id));
  return {};
}
Result<std::vector<Sample>> load_samples(Session& session, AreaId community, RoundId round, PersonId person) {
  return session.all<Sample>(select_of_person, community, round, person);
}
Result<std::vector<Sample>> load_samples(Session& session, AreaId community, RoundId round) {
  return session.all<Sample>(select_samples, community, round);
}
Result<std::vector<Sample>> load_samples_in(Session& session, AreaId community, TubeId tube) {
  return session.all<Sample>(select_samples_in, community, tube);
}

Result<void> put(Session& session, const Exempt& exempt) {
  FL_TRYV(session.insert(upsert_exempt, exempt));
  return {};
}
Result<std::vector<Exempt>> load_exempt(Session& session, AreaId community, RoundId round) {
  return session.all<Exempt>(select_exempt, community, round);
}
Result<void> add(Session& session, const Manifest& manifest) {
  FL_TRYV(session.insert(insert_manifest, manifest));
  return {};
}
Result<std::vector<Manifest>> load_manifests(Session& session, AreaId community, RoundId round) {
  return session.all<Manifest>(select_manifests, community, round);
}

Result<std::vector<SampleTaken>> samples_taken(Session& session, AreaId community, std::int64_t after_id,
                                               std::int64_t until_id, int limit) {
  return session.all<SampleTaken>(select_samples_taken, community, after_id, until_id, limit);
}
Result<std::optional<std::string>> point_name(Session& session, AreaId community, PointId id) {
  FL_TRY(const auto point, session.maybe<Point>(select_point, community, id));
  return point ? std::optional(point->name) : std::nullopt;
}

}  // namespace firstline::round
