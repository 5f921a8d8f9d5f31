#include "casebook/store.hpp"
#include "store/migration.hpp"

namespace firstline::casebook {
namespace {

using store::Scope;
using store::Session;
using store::Statement;

const store::Migration cases{130, "casebook", R"sql(
create table outbreak_case (
  community_id bigint not null,
  id bigint not null,
  number bigint not null,
  person_id bigint,
  listed_sealed bytea,
  status text not null,
  classified text not null,
  onset_at bigint,
  sampled_at bigint,
  reported_at bigint,
  transferred_at bigint,
  ended_at bigint,
  ground text not null,
  result_id bigint,
  source text,
  external_id text,
  opened_by bigint,
  opened_at bigint not null,
  changes bigint not null,
  primary key (community_id, id)
);
create unique index outbreak_case_number on outbreak_case (community_id, number);
create index outbreak_case_person on outbreak_case (community_id, person_id, id);
create unique index outbreak_case_listed on outbreak_case (community_id, source, external_id);
create table case_entry (
  community_id bigint not null,
  case_id bigint not null,
  id bigint not null,
  at bigint not null,
  account_id bigint,
  part text not null,
  before text not null,
  after text not null,
  moment bigint,
  reason_sealed bytea,
  state text not null,
  decided_by bigint,
  decided_at bigint,
  primary key (community_id, case_id, id)
);
create index case_entry_waiting on case_entry (community_id, id) where state = 'proposed';
create table case_link (
  community_id bigint not null,
  id bigint not null,
  from_case bigint not null,
  to_case bigint not null,
  kind text not null,
  confidence text not null,
  exposed_from bigint,
  exposed_until bigint,
  place text not null,
  source text,
  added_by bigint,
  added_at bigint not null,
  withdrawn_by bigint,
  withdrawn_at bigint,
  primary key (community_id, id)
);
)sql"};

const std::string case_columns = store::columns_of<Case>(), entry_columns = store::columns_of<Entry>(),
                  link_columns = store::columns_of<Link>();

const Statement insert_case{"casebook.insert", Scope::community,
                            store::insert_text<Case>("outbreak_case", "on conflict (community_id, number) do nothing")};
const Statement select_case{"casebook.select", Scope::community,
                            "select " + case_columns + " from outbreak_case where community_id = $1 and id = $2"};
const Statement select_number{"casebook.select_number", Scope::community,
                              "select max(number) from outbreak_case where community_id = $1"};
const Statement select_of{
    "casebook.select_of", Scope::community,
    "select " + case_columns +
        " from outbreak_case where community_id = $1 and person_id = $2 order by id desc limit 50"};
const Statement select_listed{
    "casebook.select_listed", Scope::community,
    "select " + case_columns + " from outbreak_case where community_id = $1 and source = $2 and external_id = $3"};
const Statement select_page{
    "casebook.select_page", Scope::community,
    "select " + case_columns +
        " from outbreak_case where community_id = $1 and number < $2 order by number desc limit $3"};
const Statement update_case{
    "casebook.update", Scope::community,
    "update outbreak_case set status = $3, classified = $4, onset_at = $5, sampled_at = $6, reported_at = $7, "
    "transferred_at = $8, ended_at = $9, listed_sealed = $10, person_id = $11, changes = $12 + 1 "
    "where community_id = $1 and id = $2 and changes = $12"};

const Statement insert_entry{"casebook.insert_entry", Scope::community, store::insert_text<Entry>("case_entry")};
const Statement select_entries{
    "casebook.select_entries", Scope::community,
    "select " + entry_columns + " from case_entry where community_id = $1 and case_id = $2 order by id"};
const Statement select_entry{
    "casebook.select_entry", Scope::community,
    "select " + entry_columns + " from case_entry where community_id = $1 and case_id = $2 and id = $3"};
const Statement select_waiting{
    "casebook.select_waiting", Scope::community,
    "select " + entry_columns +
        " from case_entry where community_id = $1 and state = 'proposed' order by id limit 500"};
const Statement decide_entry{
    "casebook.decide_entry", Scope::community,
    "update case_entry set state = $4, decided_by = $5, decided_at = $6 where community_id = $1 and case_id = $2 and "
    "id = $3 and state = 'proposed'"};

const Statement insert_link{"casebook.insert_link", Scope::community, store::insert_text<Link>("case_link")};
const Statement select_link{"casebook.select_link", Scope::community,
                            "select " + link_columns + " from case_link where community_id = $1 and id = $2"};
const Statement select_links{
    "casebook.select_links", Scope::community,
    "select " + link_columns + " from case_link where community_id = $1 and withdrawn_at is null order by id"};
const Statement withdraw_link{
    "casebook.withdraw_link", Scope::community,
    "update case_link set withdrawn_by = $3, withdrawn_at = $4 where community_id = $1 and id = $2 and withdrawn_at is "
    "null"};

}  // namespace

Result<bool> add(Session& session, const Case& made) {
  FL_TRY(const auto rows, session.insert(insert_case, made));
  return rows == 1;
}
Result<std::optional<Case>> load(Session& session, AreaId community, CaseId id) {
  return session.maybe<Case>(select_case, community, id);
}
Result<std::int64_t> last_number(Session& session, AreaId community) {
  FL_TRY(const auto found, session.maybe<std::optional<std::int64_t>>(select_number, community));
  return found ? found->value_or(0) : 0;
}
Result<std::vector<Case>> load_of(Session& session, AreaId community, PersonId record) {
  return session.all<Case>(select_of, community, record);
}
Result<std::optional<Case>> load_listed(Session& session, AreaId community, std::string_view source,
                                        std::string_view external_id) {
  return session.maybe<Case>(select_listed, community, source, external_id);
}
Result<std::vector<Case>> load_page(Session& session, AreaId community, std::int64_t below_number, int limit) {
  return session.all<Case>(select_page, community, below_number, limit);
}
Result<bool> save(Session& session, const Case& made) {
  FL_TRY(const auto rows, session.run(update_case, made.community_id, made.id, made.status, made.classified,
                                      made.onset_at, made.sampled_at, made.reported_at, made.transferred_at,
                                      made.ended_at, made.listed_sealed, made.person_id, made.changes));
  return rows == 1;
}

Result<void> add(Session& session, const Entry& entry) {
  FL_TRYV(session.insert(insert_entry, entry));
  return {};
}
Result<std::vector<Entry>> load_entries(Session& session, AreaId community, CaseId id) {
  return session.all<Entry>(select_entries, community, id);
}
Result<std::optional<Entry>> load_entry(Session& session, AreaId community, CaseId case_id, EntryId id) {
  return session.maybe<Entry>(select_entry, community, case_id, id);
}
Result<std::vector<Entry>> load_waiting(Session& session, AreaId community) {
  return session.all<Entry>(select_waiting, community);
}
Result<bool> decide(Session& session, const Entry& entry) {
  FL_TRY(const auto rows, session.run(decide_entry, entry.community_id, entry.case_id, entry.id, entry.state,
                                      entry.decided_by, entry.decided_at));
  return rows == 1;
}

Result<void> add(Session& session, const Link& link) {
  FL_TRYV(session.insert(insert_link, link));
  return {};
}
Result<std::optional<Link>> load_link(Session& session, AreaId community, LinkId id) {
  return session.maybe<Link>(select_link, community, id);
}
Result<std::vector<Link>> load_links(Session& session, AreaId community) {
  return session.all<Link>(select_links, community);
}
Result<bool> withdraw(Session& session, const Link& link) {
  FL_TRY(const auto rows, session.run(withdraw_link, link.community_id, link.id, link.withdrawn_by, link.withdrawn_at));
  return rows == 1;
}

}  // namespace firstline::casebook
