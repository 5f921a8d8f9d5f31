#include "appeal/store.hpp"
#include "store/migration.hpp"

namespace firstline::appeal {
namespace {

using store::Scope;
using store::Session;
using store::Statement;

const store::Migration appeals{123, "appeal", R"sql(
create table code_appeal (
  community_id bigint not null,
  id bigint not null,
  person_id bigint not null,
  asked_by bigint,
  asked_at bigint not null,
  colour text,
  wanted text not null,
  ground text not null,
  words_sealed bytea not null,
  level text not null,
  due_at bigint not null,
  state text not null,
  ended_at bigint,
  answered_by bigint,
  answer_sealed bytea,
  primary key (community_id, id)
);
create index code_appeal_person on code_appeal (community_id, person_id, id);
create index code_appeal_open on code_appeal (community_id, due_at) where state = 'open';
create table code_appeal_paper (
  community_id bigint not null,
  appeal_id bigint not null,
  id bigint not null,
  media_type text not null,
  bytes bigint not null,
  sealed bytea not null,
  primary key (community_id, appeal_id, id)
);
create table code_appeal_step (
  community_id bigint not null,
  appeal_id bigint not null,
  id bigint not null,
  at bigint not null,
  account_id bigint,
  level text not null,
  note_sealed bytea not null,
  primary key (community_id, appeal_id, id)
);
create table colour_proposal (
  community_id bigint not null,
  id bigint not null,
  person_id bigint not null,
  colour text not null,
  read_at bigint not null,
  ground text not null,
  document text not null,
  appeal_id bigint,
  proposed_by bigint,
  proposed_at bigint not null,
  state text not null,
  decided_by bigint,
  decided_at bigint,
  primary key (community_id, id)
);
create index colour_proposal_waiting on colour_proposal (community_id, id) where state = 'proposed';
)sql"};

struct PaperHead {
  AreaId community_id;
  AppealId appeal_id;
  PaperId id;
  std::string media_type;
  std::int64_t bytes = 0;
};
BOOST_DESCRIBE_STRUCT(PaperHead, (), (community_id, appeal_id, id, media_type, bytes))

const std::string columns = store::columns_of<Appeal>(), proposal_columns = store::columns_of<Proposal>();
const Statement insert_appeal{"appeal.insert", Scope::community, store::insert_text<Appeal>("code_appeal")};
const Statement select_appeal{"appeal.select", Scope::community,
                              "select " + columns + " from code_appeal where community_id = $1 and id = $2"};
const Statement select_of{
    "appeal.select_of", Scope::community,
    "select " + columns + " from code_appeal where community_id = $1 and person_id = $2 order by id desc limit 50"};
const Statement select_open{
    "appeal.select_open", Scope::community,
    "select " + columns + " from code_appeal where community_id = $1 and state = 'open' order by due_at limit 200"};
const Statement select_ended{
    "appeal.select_ended", Scope::community,
    "select " + columns +
        " from code_appeal where community_id = $1 and state <> 'open' and ended_at >= $2 order by id desc limit 100"};
const Statement update_appeal{
    "appeal.update", Scope::community,
    "update code_appeal set level = $3, due_at = $4, state = $5, ended_at = $6, answered_by = $7, answer_sealed = $8 "
    "where community_id = $1 and id = $2 and state = 'open' and level = $9"};
const Statement insert_paper{"appeal.insert_paper", Scope::community, store::insert_text<Paper>("code_appeal_paper")};
const Statement select_papers{"appeal.select_papers", Scope::community,
                              "select " + store::columns_of<PaperHead>() +
                                  " from code_appeal_paper where community_id = $1 and appeal_id = $2 order by id"};
const Statement select_paper{"appeal.select_paper", Scope::community,
                             "select " + store::columns_of<Paper>() +
                                 " from code_appeal_paper where community_id = $1 and appeal_id = $2 and id = $3"};
const Statement insert_step{"appeal.insert_step", Scope::community, store::insert_text<Step>("code_appeal_step")};
const Statement select_steps{"appeal.select_steps", Scope::community,
                             "select " + store::columns_of<Step>() +
                                 " from code_appeal_step where community_id = $1 and appeal_id = $2 order by id"};
const Statement insert_proposal{"appeal.insert_proposal", Scope::community,
                                store::insert_text<Proposal>("colour_proposal")};
const Statement select_proposal{
    "appeal.select_proposal", Scope::community,
    "select " + proposal_columns + " from colour_proposal where community_id = $1 and id = $2"};
const Statement select_waiting{
    "appeal.select_waiting", Scope::community,
    "select " + proposal_columns +
        " from colour_proposal where community_id = $1 and state = 'proposed' order by id limit 200"};
const Statement update_proposal{
    "appeal.decide_proposal", Scope::community,
    "update colour_proposal set state = $3, decided_by = $4, decided_at = $5 where community_id = $1 and id = $2 and "
    "state = 'proposed'"};

}  // namespace

Result<void> add(Session& session, const Appeal& appeal) {
  FL_TRYV(session.insert(insert_appeal, appeal));
  return {};
}
Result<std::optional<Appeal>> load(Session& session, AreaId community, AppealId id) {
  return session.maybe<Appeal>(select_appeal, community, id);
}
Result<std::vector<Appeal>> load_of(Session& session, AreaId community, PersonId person) {
  return session.all<Appeal>(select_of, community, person);
}
Result<std::vector<Appeal>> load_here(Session& session, AreaId community, Instant ended_since) {
  FL_TRY(auto all, session.all<Appeal>(select_open, community));
  FL_TRY(auto ended, session.all<Appeal>(select_ended, community, ended_since));
  all.insert(all.end(), std::make_move_iterator(ended.begin()), std::make_move_iterator(ended.end()));
  return all;
}
Result<bool> save(Session& session, const Appeal& appeal, Level level_before) {
  FL_TRY(const auto rows,
         session.run(update_appeal, appeal.community_id, appeal.id, appeal.level, appeal.due_at, appeal.state,
                     appeal.ended_at, appeal.answered_by, appeal.answer_sealed, level_before));
  return rows == 1;
}

Result<void> add(Session& session, const Paper& paper) {
  FL_TRYV(session.insert(insert_paper, paper));
  return {};
}
Result<std::vector<Paper>> load_papers(Session& session, AreaId community, AppealId appeal) {
  FL_TRY(const auto heads, session.all<PaperHead>(select_papers, community, appeal));
  std::vector<Paper> papers;
  for (const PaperHead& head : heads)
    papers.push_back({head.community_id, head.appeal_id, head.id, head.media_type, head.bytes, {}});
  return papers;
}
Result<std::optional<Paper>> load_paper(Session& session, AreaId community, AppealId appeal, PaperId id) {
  return session.maybe<Paper>(select_paper, community, appeal, id);
}
Result<void> add(Session& session, const Step& step) {
  FL_TRYV(session.insert(insert_step, step));
  return {};
}
Result<std::vector<Step>> load_steps(Session& session, AreaId community, AppealId appeal) {
  return session.all<Step>(select_steps, community, appeal);
}

Result<void> add(Session& session, const Proposal& proposal) {
  FL_TRYV(session.insert(insert_proposal, proposal));
  return {};
}
Result<std::optional<Proposal>> load(Session& session, AreaId community, ProposalId id) {
  return session.maybe<Proposal>(select_proposal, community, id);
}
Result<std::vector<Proposal>> load_waiting(Session& session, AreaId community) {
  return session.all<Proposal>(select_waiting, community);
}
Result<bool> save_decision(Session& session, const Proposal& proposal) {
  FL_TRY(const auto rows, session.run(update_proposal, proposal.community_id, proposal.id, proposal.state,
                                      proposal.decided_by, proposal.decided_at));
  return rows == 1;
}

}  // namespace firstline::appeal
