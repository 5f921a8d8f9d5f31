#include "movement/visit_store.hpp"
#include "store/migration.hpp"

namespace firstline::movement {
namespace {

using store::Scope;
using store::Session;
using store::Statement;

const store::Migration visits{51, "movement", R"sql(
create table visit (
  community_id bigint not null,
  id bigint not null,
  household_id bigint,
  compound_id bigint not null,
  kind text not null check (kind in ('guest', 'tradesman', 'carer', 'courier')),
  state text not null,
  code text not null,
  name_sealed bytea not null,
  phone_sealed bytea,
  plate_sealed bytea,
  note_sealed bytea,
  companions smallint not null,
  from_at bigint not null,
  until_at bigint not null,
  weekdays smallint not null,
  minute_from smallint not null,
  minute_until smallint not null,
  made_at bigint not null,
  made_by bigint,
  gate_id bigint,
  answered_at bigint,
  answered_by bigint,
  answered_how text,
  entered_at bigint,
  left_at bigint,
  primary key (community_id, id)
);
create unique index visit_code on visit (community_id, code);
create index visit_home on visit (community_id, household_id, id);
create index visit_compound on visit (community_id, compound_id, until_at);

create table visit_passage (
  -- in key order
  community_id bigint not null,
  passage_id bigint not null,
  visit_id bigint not null,
  primary key (community_id, passage_id)
);

create table visit_change (
  -- in key order
  community_id bigint not null,
  id bigint not null,
  visit_id bigint not null,
  compound_id bigint not null,
  state text not null,
  primary key (community_id, id)
);

create table movement_reveal (
  community_id bigint not null,
  fact_id bigint not null,
  note_sealed bytea not null,
  primary key (community_id, fact_id)
);
)sql"};

// A look sent again is the same look.
const store::Migration reveals{53, "movement", R"sql(
alter table movement_reveal add column command text;
create unique index movement_reveal_command on movement_reveal (community_id, command);
)sql"};

// Where a visitor comes from.
const store::Migration visit_origin{54, "movement", R"sql(
alter table visit add column from_code text not null default '';
alter table visit add column from_name text not null default '';
)sql"};

const std::string columns = store::columns_of<VisitRow>();

const Statement insert_visit{"movement.insert_visit", Scope::community, store::insert_text<VisitRow>("visit")};
const Statement select_visit{"movement.select_visit", Scope::community,
                             "select " + columns + " from visit where community_id = $1 and id = $2"};
const Statement select_code{"movement.select_visit_code", Scope::community,
                            "select " + columns + " from visit where community_id = $1 and code = $2"};
const Statement select_of_home{
    "movement.select_visits_of_home", Scope::community,
    "select " + columns + " from visit where community_id = $1 and household_id = $2 order by id desc limit 50"};
const Statement select_at{
    "movement.select_visits_at", Scope::community,
    "select " + columns +
        " from visit where community_id = $1 and compound_id = $2 and until_at > $3 and from_at < $4 and "
        "state in ('invited', 'asked', 'announced', 'confirmed', 'inside') order by from_at, id limit 300"};
const Statement select_overdue{"movement.select_visits_overdue", Scope::community,
                               "select " + columns +
                                   " from visit where community_id = $1 and compound_id = $2 and until_at <= $3 and "
                                   "until_at > $4 and state = 'inside' order by until_at, id limit 100"};
const Statement select_since{
    "movement.select_visits_since", Scope::community,
    "select " + columns + " from visit where community_id = $1 and until_at > $2 order by from_at desc, id limit 500"};
const Statement update_visit{"movement.move_visit", Scope::community,
                             "update visit set state = $3, answered_at = $4, answered_by = $5, answered_how = $6, "
                             "entered_at = $7, left_at = $8 where community_id = $1 and id = $2 and state = $9"};
const Statement insert_change{"movement.insert_visit_change", Scope::community,
                              "insert into visit_change (community_id, id, visit_id, compound_id, state) values "
                              "($1, $2, $3, $4, $5)"};
const Statement select_changes{
    "movement.select_visit_changes", Scope::community,
    "select id, visit_id, compound_id, state from visit_change where community_id = $1 and id > $2 order by id "
    "limit $3"};
const Statement insert_tie{"movement.insert_visit_passage", Scope::community,
                           "insert into visit_passage (community_id, passage_id, visit_id) values ($1, $2, $3)"};
const Statement select_tie{"movement.select_visit_passage", Scope::community,
                           "select visit_id from visit_passage where community_id = $1 and passage_id = $2"};
const Statement insert_note{"movement.insert_reveal_note", Scope::community,
                            "insert into movement_reveal (community_id, fact_id, note_sealed, command) "
                            "values ($1, $2, $3, $4)"};
const Statement select_reveal{"movement.select_reveal", Scope::community,
                              "select fact_id from movement_reveal where community_id = $1 and command = $2"};

constexpr std::chrono::hours overdue_shown{7 * 24};

Result<void> done(Result<std::int64_t> changed) {
  if (!changed) return tl::unexpected(std::move(changed).error());
  return {};
}

}  // namespace

Result<void> add(Session& session, const VisitRow& visit) { return done(session.insert(insert_visit, visit)); }
Result<std::optional<VisitRow>> load_visit(Session& session, AreaId community, VisitorId id) {
  return session.maybe<VisitRow>(select_visit, community, id);
}
Result<std::optional<VisitRow>> load_visit_with_code(Session& session, AreaId community, std::string_view code) {
  return session.maybe<VisitRow>(select_code, community, code);
}
Result<std::vector<VisitRow>> load_visits_of(Session& session, AreaId community, AreaId household) {
  return session.all<VisitRow>(select_of_home, community, household);
}
Result<std::vector<VisitRow>> load_visits_at(Session& session, AreaId community, AreaId compound, Instant now,
                                             Instant before) {
  FL_TRY(auto late, session.all<VisitRow>(select_overdue, community, compound, now, now - overdue_shown));
  FL_TRY(auto rows, session.all<VisitRow>(select_at, community, compound, now, before));
  rows.insert(rows.begin(), std::make_move_iterator(late.begin()), std::make_move_iterator(late.end()));
  return rows;
}
Result<std::vector<VisitRow>> load_visits_since(Session& session, AreaId community, Instant since) {
  return session.all<VisitRow>(select_since, community, since);
}
Result<bool> move(Session& session, const VisitRow& visit, VisitState from) {
  FL_TRY(const auto changed, session.run(update_visit, visit.community_id, visit.id, visit.state, visit.answered_at,
                                         visit.answered_by, visit.answered_how, visit.entered_at, visit.left_at, from));
  return changed > 0;
}
Result<void> add_change(Session& session, AreaId community, const VisitChange& change) {
  return done(session.run(insert_change, community, change.id, change.visit_id, change.compound_id, change.state));
}
Result<std::vector<VisitChange>> visit_changes_after(Session& session, AreaId community, std::int64_t after_id,
                                                     int limit) {
  return session.all<VisitChange>(select_changes, community, after_id, limit);
}

Result<void> save_tie(Session& session, AreaId community, PassageId passage, VisitorId visit) {
  return done(session.run(insert_tie, community, passage, visit));
}
Result<std::optional<VisitorId>> load_tie(Session& session, AreaId community, PassageId passage) {
  return session.maybe<VisitorId>(select_tie, community, passage);
}
Result<void> save_reveal_note(Session& session, AreaId community, FactId fact, const store::Bytes& note_sealed,
                              const Uuid& command) {
  return done(session.run(insert_note, community, fact, note_sealed, command));
}
Result<bool> has_revealed(Session& session, AreaId community, const Uuid& command) {
  FL_TRY(const auto fact, session.maybe<FactId>(select_reveal, community, command));
  return fact.has_value();
}

}  // namespace firstline::movement
