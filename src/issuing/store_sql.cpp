#include "issuing/store.hpp"
#include "store/migration.hpp"

namespace firstline::issuing {
namespace {

using store::Scope;
using store::Session;
using store::Statement;

const store::Migration tables{30, "issuing", R"sql(
create table issuer_key (
  community_id bigint not null,
  id bigint not null,
  key_id bytea not null,
  point bytea not null,
  secret bytea not null,
  issuer text not null,
  quarter text not null,
  state text not null check (state in ('active', 'retired', 'withdrawn')),
  valid_from bigint not null,
  valid_until bigint not null,
  made_at bigint not null,
  primary key (community_id, id)
);

create table issuer_key_name (
  -- in key order
  key_id bytea not null primary key,
  community_id bigint not null,
  issuer_key bigint not null
);

create table issued_code (
  community_id bigint not null,
  id bigint not null,
  code_id bytea not null,
  person_id bigint,
  kind text not null check (kind in ('personal', 'paper', 'badge', 'visitor')),
  ground text,
  key_id bytea not null,
  issued_at bigint not null,
  expires_at bigint not null,
  issued_by bigint,
  revoked_at bigint,
  revoked_by bigint,
  revoke_reason text,
  primary key (community_id, id)
);
create unique index issued_code_name on issued_code (community_id, code_id);
create index issued_code_person on issued_code (community_id, person_id, id);
create index issued_code_end on issued_code (community_id, expires_at);

create table signed_list (
  -- in key order
  community_id bigint not null,
  kind text not null check (kind in ('root', 'trust', 'revocations', 'health_signers')),
  number bigint not null,
  issued_at bigint not null,
  not_after bigint not null,
  octets bytea not null,
  primary key (community_id, kind)
);
)sql"};

// Who has paper: a gate's pack asks for all of a community at once.
const store::Migration papers{100, "issuing", R"sql(
create index issued_code_paper on issued_code (community_id, person_id, expires_at) where kind = 'paper';
)sql"};

const store::Migration withdrawals{103, "issuing", R"sql(
create table key_withdrawal (
  community_id bigint not null,
  id bigint not null,
  issuer_key bigint not null,
  reason text not null,
  asked_by bigint not null,
  asked_at bigint not null,
  ended_at bigint,
  ended_by bigint,
  confirmed smallint not null,
  primary key (community_id, id)
);
create index key_withdrawal_open on key_withdrawal (community_id, id) where ended_at is null;
)sql"};

const std::string key_columns = store::columns_of<IssuerKeyRow>();
const std::string code_columns = store::columns_of<CodeRow>();

const Statement insert_key{"issuing.insert_key", Scope::community, store::insert_text<IssuerKeyRow>("issuer_key")};
const Statement insert_name{"issuing.insert_key_name", Scope::key,
                            "insert into issuer_key_name (key_id, community_id, issuer_key) values ($1, $2, $3)"};
const Statement select_keys{
    "issuing.select_keys", Scope::community,
    "select " + key_columns + " from issuer_key where community_id = $1 order by id desc limit 100"};
const Statement select_all_keys{"issuing.select_all_keys", Scope::city,
                                "select " + key_columns + " from issuer_key order by community_id, id"};
const Statement select_key{"issuing.select_key", Scope::community,
                           "select " + key_columns + " from issuer_key where community_id = $1 and id = $2"};
const Statement select_name{"issuing.select_key_name", Scope::key,
                            "select community_id, issuer_key from issuer_key_name where key_id = $1"};
const Statement update_state{"issuing.put_key_state", Scope::community,
                             "update issuer_key set state = $3, secret = $4 where community_id = $1 and id = $2"};

const std::string withdrawal_columns = store::columns_of<WithdrawalRow>();
const Statement insert_withdrawal{"issuing.insert_withdrawal", Scope::community,
                                  store::insert_text<WithdrawalRow>("key_withdrawal")};
const Statement select_withdrawal{
    "issuing.select_withdrawal", Scope::community,
    "select " + withdrawal_columns + " from key_withdrawal where community_id = $1 and id = $2"};
const Statement select_open_withdrawals{
    "issuing.select_open_withdrawals", Scope::community,
    "select " + withdrawal_columns +
        " from key_withdrawal where community_id = $1 and ended_at is null order by id desc limit 20"};
const Statement update_ended{"issuing.end_withdrawal", Scope::community,
                             "update key_withdrawal set ended_at = $3, ended_by = $4, confirmed = $5 where "
                             "community_id = $1 and id = $2 and ended_at is null"};

const Statement insert_code{"issuing.insert_code", Scope::community, store::insert_text<CodeRow>("issued_code")};
const Statement select_code{"issuing.select_code", Scope::community,
                            "select " + code_columns + " from issued_code where community_id = $1 and id = $2"};
const Statement select_called{"issuing.select_code_called", Scope::community,
                              "select " + code_columns + " from issued_code where community_id = $1 and code_id = $2"};
const Statement select_of{"issuing.select_codes_of", Scope::community,
                          "select " + code_columns +
                              " from issued_code where community_id = $1 and person_id = $2 order by id desc limit 50"};
// Who bears no number in our lists; at most 200, for a big drill has as many volunteers.
const Statement select_nobodys{
    "issuing.select_codes_of_nobody", Scope::community,
    "select " + code_columns +
        " from issued_code where community_id = $1 and person_id is null order by id desc limit 200"};
const std::string papers_at =
    "select person_id, max(expires_at) from issued_code where community_id = $1 and kind = 'paper' and issued_at <= $2 "
    "and (revoked_at is null or revoked_at > $2) and person_id ";
const Statement select_papers{"issuing.select_papers", Scope::community, papers_at + "is not null group by person_id"};
const Statement select_paper{"issuing.select_paper", Scope::community, papers_at + "= $3 group by person_id"};
const Statement update_revoked{"issuing.put_revoked", Scope::community,
                               "update issued_code set revoked_at = $3, revoked_by = $4, revoke_reason = $5 "
                               "where community_id = $1 and id = $2 and revoked_at is null"};
const Statement select_revoked{"issuing.select_revoked", Scope::community,
                               "select code_id from issued_code where community_id = $1 and expires_at > $2 and "
                               "revoked_at is not null order by code_id"};
const Statement delete_codes{"issuing.delete_codes", Scope::community,
                             "delete from issued_code where community_id = $1 and expires_at < $2"};

const Statement select_list{
    "issuing.select_list", Scope::community,
    "select " + store::columns_of<SignedListRow>() + " from signed_list where community_id = $1 and kind = $2"};
const Statement select_list_numbers{"issuing.select_list_numbers", Scope::community,
                                    "select kind, number from signed_list where community_id = $1"};
const Statement upsert_list{
    "issuing.put_list", Scope::community,
    store::insert_text<SignedListRow>("signed_list") +
        " on conflict (community_id, kind) do update set number = excluded.number, issued_at = excluded.issued_at, "
        "not_after = excluded.not_after, octets = excluded.octets"};

struct NameRow {
  AreaId community_id;
  IssuerKeyRef issuer_key;
};
BOOST_DESCRIBE_STRUCT(NameRow, (), (community_id, issuer_key))
struct CodeIdRow {
  store::Bytes code_id;
};
BOOST_DESCRIBE_STRUCT(CodeIdRow, (), (code_id))

Result<void> done(Result<std::int64_t> changed) {
  if (!changed) return tl::unexpected(std::move(changed).error());
  return {};
}

}  // namespace

Result<void> add(Session& session, const IssuerKeyRow& key) {
  FL_TRYV(session.insert(insert_key, key));
  return done(session.run(insert_name, std::span<const std::byte>(key.key_id), key.community_id, key.id));
}
Result<std::vector<IssuerKeyRow>> load_keys(Session& session, AreaId community) {
  return session.all<IssuerKeyRow>(select_keys, community);
}
Result<std::vector<IssuerKeyRow>> load_all_keys(Session& session) { return session.all<IssuerKeyRow>(select_all_keys); }
Result<std::optional<IssuerKeyRow>> load_key_called(Session& session, std::span<const std::byte> key_id) {
  FL_TRY(const auto name, session.maybe<NameRow>(select_name, key_id));
  if (!name) return std::optional<IssuerKeyRow>();
  return session.maybe<IssuerKeyRow>(select_key, name->community_id, name->issuer_key);
}
Result<void> put_state(Session& session, const IssuerKeyRow& key) {
  return done(session.run(update_state, key.community_id, key.id, key.state, std::span<const std::byte>(key.secret)));
}

Result<std::optional<IssuerKeyRow>> load_key(Session& session, AreaId community, IssuerKeyRef id) {
  return session.maybe<IssuerKeyRow>(select_key, community, id);
}

Result<void> add(Session& session, const WithdrawalRow& withdrawal) {
  return done(session.insert(insert_withdrawal, withdrawal));
}
Result<std::optional<WithdrawalRow>> load_withdrawal(Session& session, AreaId community, WithdrawalId id) {
  return session.maybe<WithdrawalRow>(select_withdrawal, community, id);
}
Result<std::vector<WithdrawalRow>> load_open_withdrawals(Session& session, AreaId community) {
  return session.all<WithdrawalRow>(select_open_withdrawals, community);
}
Result<bool> put_ended(Session& session, const WithdrawalRow& withdrawal) {
  FL_TRY(const auto changed, session.run(update_ended, withdrawal.community_id, withdrawal.id, withdrawal.ended_at,
                                         withdrawal.ended_by, withdrawal.confirmed));
  return changed > 0;
}

Result<void> add(Session& session, const CodeRow& code) { return done(session.insert(insert_code, code)); }
Result<std::optional<CodeRow>> load_code(Session& session, AreaId community, CodeRef id) {
  return session.maybe<CodeRow>(select_code, community, id);
}
Result<std::optional<CodeRow>> load_code_called(Session& session, AreaId community,
                                                std::span<const std::byte> code_id) {
  return session.maybe<CodeRow>(select_called, community, code_id);
}
Result<std::vector<CodeRow>> load_codes_of(Session& session, AreaId community, PersonId person) {
  return session.all<CodeRow>(select_of, community, person);
}
Result<std::vector<CodeRow>> load_codes_of_nobody(Session& session, AreaId community) {
  return session.all<CodeRow>(select_nobodys, community);
}
Result<bool> put_revoked(Session& session, const CodeRow& code) {
  FL_TRY(const auto changed,
         session.run(update_revoked, code.community_id, code.id, code.revoked_at, code.revoked_by, code.revoke_reason));
  return changed > 0;
}
Result<std::vector<store::Bytes>> load_revoked(Session& session, AreaId community, Instant now) {
  FL_TRY(auto rows, session.all<CodeIdRow>(select_revoked, community, now));
  std::vector<store::Bytes> ids;
  for (CodeIdRow& row : rows) ids.push_back(std::move(row.code_id));
  return ids;
}
Result<void> forget_codes(Session& session, AreaId community, Instant expired_before) {
  return done(session.run(delete_codes, community, expired_before));
}

Result<std::vector<PaperRow>> load_papers(Session& session, AreaId community, Instant moment) {
  return session.all<PaperRow>(select_papers, community, moment);
}
Result<std::optional<PaperRow>> load_paper(Session& session, AreaId community, PersonId person, Instant moment) {
  return session.maybe<PaperRow>(select_paper, community, moment, person);
}

// Community 0 is a number here, not "none".
Result<std::vector<ListNumberRow>> load_list_numbers(Session& session, AreaId community) {
  return session.all<ListNumberRow>(select_list_numbers, community.value);
}
Result<std::optional<SignedListRow>> load_list(Session& session, AreaId community, ListKind kind) {
  return session.maybe<SignedListRow>(select_list, community.value, kind);
}
Result<void> put_list(Session& session, const SignedListRow& list) { return done(session.insert(upsert_list, list)); }

}  // namespace firstline::issuing
