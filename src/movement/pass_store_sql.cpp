#include "area/model.hpp"
#include "movement/pass_store.hpp"
#include "store/migration.hpp"

namespace firstline::movement {
namespace {

using store::Scope;
using store::Session;
using store::Statement;

// movement_standing is derived from passes, approvals and trips, in the same transaction: a gate reads the two or three
// rows of a home by the key and nothing else. person_id 0 is the whole household; a compound's row says from when its
// passes are asked for.
const store::Migration passes{50, "movement", R"sql(
create table household_pass (
  community_id bigint not null,
  id bigint not null,
  household_id bigint not null,
  number text not null,
  state text not null check (state in ('live', 'lost', 'replaced', 'withdrawn')),
  form text not null check (form in ('phone', 'printed')),
  valid_from bigint not null,
  valid_until bigint not null,
  issued_at bigint not null,
  issued_by bigint,
  ended_at bigint,
  ended_by bigint,
  primary key (community_id, id)
);
create unique index household_pass_number on household_pass (community_id, number);
create index household_pass_home on household_pass (community_id, household_id, id);

create table outing_approval (
  community_id bigint not null,
  id bigint not null,
  household_id bigint not null,
  person_id bigint,
  day bigint not null,
  ground text not null,
  at bigint not null,
  approved_by bigint,
  primary key (community_id, id)
);
create index outing_approval_home on outing_approval (community_id, household_id, day);

create table movement_standing (
  -- in key order
  community_id bigint not null,
  household_id bigint not null,
  person_id bigint not null,
  pass_from bigint,
  pass_until bigint,
  approved_on bigint,
  trip_id bigint,
  trip_state text,
  trip_risk text,
  trip_leaves_on bigint,
  trip_back_on bigint,
  primary key (community_id, household_id, person_id)
);
)sql"};

// As trip_handed_over, of approvals by name.
const store::Migration approvals_handed_over{97, "movement", R"sql(
create table approval_handed_over (
  community_id bigint not null,
  merge_id bigint not null,
  approval_id bigint not null,
  person_id bigint not null,
  household_id bigint not null,
  primary key (community_id, merge_id, approval_id)
);
create index outing_approval_person on outing_approval (community_id, person_id);
)sql"};

const std::string pass_columns = store::columns_of<HouseholdPass>();

// Two ranges, not "in ($2, $3)": SQLite would make a table of the two, which takes longer than looking for them.
const std::string standing_of = "select " + store::columns_of<StandingRow>() + " from movement_standing where ";
const Statement select_standing{"movement.select_standing", Scope::community,
                                standing_of + "community_id = $1 and household_id = $2 union all " + standing_of +
                                    "community_id = $1 and household_id = $3"};
const Statement select_standings_below{
    "movement.select_standings_below", Scope::community,
    "select " + store::columns_of<StandingRow>("s.") +
        " from area a join movement_standing s on s.community_id = a.community_id and s.household_id = a.id "
        "where a.community_id = $1 and a.path >= $2 and a.path < $3 and a.kind = 'household'"};
const Statement upsert_pass_standing{
    "movement.upsert_pass_standing", Scope::community,
    "insert into movement_standing (community_id, household_id, person_id, pass_from, pass_until) "
    "values ($1, $2, 0, $3, $4) on conflict (community_id, household_id, person_id) do update set "
    "pass_from = excluded.pass_from, pass_until = excluded.pass_until"};
const Statement upsert_approval{
    "movement.upsert_approval", Scope::community,
    "insert into movement_standing (community_id, household_id, person_id, approved_on) values ($1, $2, $3, $4) "
    "on conflict (community_id, household_id, person_id) do update set approved_on = case when "
    "movement_standing.approved_on > excluded.approved_on then movement_standing.approved_on else "
    "excluded.approved_on end"};

const Statement insert_pass{"movement.insert_pass", Scope::community,
                            store::insert_text<HouseholdPass>("household_pass")};
const Statement select_pass{"movement.select_pass", Scope::community,
                            "select " + pass_columns + " from household_pass where community_id = $1 and id = $2"};
const Statement select_number{
    "movement.select_pass_number", Scope::community,
    "select " + pass_columns + " from household_pass where community_id = $1 and number = $2"};
const Statement select_of_home{"movement.select_passes_of_home", Scope::community,
                               "select " + pass_columns +
                                   " from household_pass where community_id = $1 and household_id = $2 "
                                   "order by id desc limit 20"};
const Statement update_ended{"movement.end_pass", Scope::community,
                             "update household_pass set state = $3, ended_at = $4, ended_by = $5 "
                             "where community_id = $1 and id = $2 and state in ('live', 'lost') and state <> $3"};

const Statement insert_approval{"movement.insert_approval", Scope::community,
                                store::insert_text<Approval>("outing_approval")};
const Statement select_approvals{"movement.select_approvals", Scope::community,
                                 "select " + store::columns_of<Approval>() +
                                     " from outing_approval where community_id = $1 and household_id = $2 and "
                                     "day >= $3 order by day, id limit 20"};

const Statement select_approvals_of{"movement.select_approvals_of", Scope::community,
                                    "select " + store::columns_of<Approval>() +
                                        " from outing_approval where community_id = $1 and person_id = $2 "
                                        "order by id desc"};
const Statement update_approval{
    "movement.give_approval", Scope::community,
    "update outing_approval set person_id = $3, household_id = $4 where community_id = $1 and id = $2"};
const Statement insert_handed_over{"movement.insert_approval_handed_over", Scope::community,
                                   store::insert_text<ApprovalHandedOver>("approval_handed_over")};
const Statement select_handed_over{"movement.select_approvals_handed_over", Scope::community,
                                   "select " + store::columns_of<ApprovalHandedOver>() +
                                       " from approval_handed_over where community_id = $1 and merge_id = $2"};
const Statement delete_handed_over{"movement.delete_approvals_handed_over", Scope::community,
                                   "delete from approval_handed_over where community_id = $1 and merge_id = $2"};
const Statement select_approvals_below{
    "movement.select_approvals_below", Scope::community,
    "select " + store::columns_of<Approval>("o.") +
        " from area a join outing_approval o on o.community_id = a.community_id and o.household_id = a.id "
        "where a.community_id = $1 and a.path >= $2 and a.path < $3 and a.kind = 'household' and o.day >= $4"};

const Statement select_homes{"movement.select_homes", Scope::community,
                             "select id, label, path from area where community_id = $1 and label = $2 and "
                             "kind = 'household' order by path limit 30"};
const Statement select_cards{
    "movement.select_cards", Scope::community,
    "select p.number, a.label, p.valid_until from area a join household_pass p on p.community_id = a.community_id and "
    "p.household_id = a.id where a.community_id = $1 and a.path >= $2 and a.path < $3 and p.state = 'live' "
    "order by a.path limit 5000"};

std::span<const std::byte> bytes_of(std::string_view text) { return std::as_bytes(std::span(text)); }

Result<void> done(Result<std::int64_t> changed) {
  if (!changed) return tl::unexpected(std::move(changed).error());
  return {};
}

}  // namespace

Result<std::vector<StandingRow>> load_standing(Session& session, AreaId community, AreaId compound, AreaId household) {
  return session.all<StandingRow>(select_standing, community, compound, household);
}
Result<std::vector<StandingRow>> load_standings_below(Session& session, AreaId community, std::string_view path) {
  const auto range = area::range_below(path);
  return session.all<StandingRow>(select_standings_below, community, bytes_of(range.first), bytes_of(range.last));
}
Result<void> put_pass_standing(Session& session, AreaId community, AreaId household, std::optional<Instant> from,
                               std::optional<Instant> until) {
  return done(session.run(upsert_pass_standing, community, household, from, until));
}
Result<void> put_approval_standing(Session& session, const Approval& approval) {
  return done(session.run(upsert_approval, approval.community_id, approval.household_id, approval.person_id.value,
                          approval.day));
}

Result<void> add(Session& session, const HouseholdPass& pass) { return done(session.insert(insert_pass, pass)); }
Result<std::optional<HouseholdPass>> load_pass(Session& session, AreaId community, PassId id) {
  return session.maybe<HouseholdPass>(select_pass, community, id);
}
Result<std::optional<HouseholdPass>> load_pass_with_number(Session& session, AreaId community,
                                                           std::string_view number) {
  return session.maybe<HouseholdPass>(select_number, community, number);
}
Result<std::vector<HouseholdPass>> load_passes_of(Session& session, AreaId community, AreaId household) {
  return session.all<HouseholdPass>(select_of_home, community, household);
}
Result<bool> end_pass(Session& session, const HouseholdPass& pass) {
  FL_TRY(const auto changed,
         session.run(update_ended, pass.community_id, pass.id, pass.state, pass.ended_at, pass.ended_by));
  return changed > 0;
}

Result<void> add(Session& session, const Approval& approval) { return done(session.insert(insert_approval, approval)); }
Result<std::vector<Approval>> load_approvals(Session& session, AreaId community, AreaId household, Date from) {
  return session.all<Approval>(select_approvals, community, household, from);
}
Result<std::vector<Approval>> load_approvals_of(Session& session, AreaId community, PersonId person) {
  return session.all<Approval>(select_approvals_of, community, person);
}
Result<void> give_approval(Session& session, Approval approval, PersonId person, AreaId household) {
  FL_TRYV(session.run(update_approval, approval.community_id, approval.id, person, household));
  approval.person_id = person;
  approval.household_id = household;
  return put_approval_standing(session, approval);
}
Result<void> add(Session& session, const ApprovalHandedOver& row) {
  return done(session.insert(insert_handed_over, row));
}
Result<std::vector<ApprovalHandedOver>> load_approvals_handed_over(Session& session, AreaId community,
                                                                   person::MergeId merge) {
  return session.all<ApprovalHandedOver>(select_handed_over, community, merge);
}
Result<void> delete_approvals_handed_over(Session& session, AreaId community, person::MergeId merge) {
  return done(session.run(delete_handed_over, community, merge));
}
Result<std::vector<Approval>> load_approvals_below(Session& session, AreaId community, std::string_view path,
                                                   Date from) {
  const auto range = area::range_below(path);
  return session.all<Approval>(select_approvals_below, community, bytes_of(range.first), bytes_of(range.last), from);
}

Result<std::vector<HomeRow>> load_homes(Session& session, AreaId community, std::string_view label) {
  return session.all<HomeRow>(select_homes, community, label);
}
Result<std::vector<CardRow>> load_cards(Session& session, AreaId community, std::string_view path) {
  const auto range = area::range_below(path);
  return session.all<CardRow>(select_cards, community, bytes_of(range.first), bytes_of(range.last));
}

}  // namespace firstline::movement
