#include "store/text_check.hpp"

#include <gmock/gmock.h>

namespace firstline::store {
namespace {

using testing::IsEmpty;
using testing::SizeIs;

struct Text {
  Scope scope;
  const char* sql;
};

TEST(TextCheck, TakesWhatAllEnginesTake) {
  for (
      const Text& text : {
          Text{Scope::community, "select id from person where community_id = $1 and id > $2 order by id limit $3"},
          Text{Scope::community,
               "insert into person (community_id, id) values ($1, $2) on conflict (community_id, id) do nothing"},
          Text{
              Scope::community,
              "insert into outing (community_id, n) values ($1, $2) on conflict (community_id) do update set n = outing.n + excluded.n"},
          Text{Scope::community,
               "select p.id from passage p where p.community_id = $1 and not exists (select 1 from note n where "
               "n.community_id = p.community_id and n.id = p.id)"},
          Text{Scope::community,
               "update person set name = $3, version = version + 1 where community_id = $1 and id = $2"},
          Text{Scope::key, "delete from login_session where token_hash = $1 returning account_id"},
          Text{Scope::key, "select 'now() ? :: -> true;' from account where login = $1"},
      })
    EXPECT_THAT(check_text(text.scope, text.sql), IsEmpty()) << text.sql;
}

TEST(TextCheck, NamesWhatAnEngineRefuses) {
  for (const char* sql : {"update t set at = now() where id = $1",
                          "select current_timestamp",
                          "select id from t where id = ?",
                          "WITH RECURSIVE x as (select 1) select * from x",
                          "select id from t where id = $1 for update",
                          "select id from t where id = $1 FOR UPDATE skip locked",
                          "select distinct on (a) a from t",
                          "select string_agg(a, $1) from t",
                          "select group_concat(a) from t",
                          "select body->>$1 from t",
                          "select $1::bigint",
                          "insert or ignore into t (id) values ($1)",
                          "replace into t (id) values ($1)",
                          "select id from t where name ilike $1",
                          "select id from t where gone is true",
                          "select rowid from t",
                          "create temp table x (id bigint)",
                          "select nextval($1)",
                          "select * from a, lateral (select 1) b",
                          "delete from t where id = $1; delete from u",
                          "update person set community_id = $2 where community_id = $1 and id = $3",
                          "notify x",
                          "select pg_advisory_lock(1)"})
    EXPECT_THAT(check_text(Scope::key, sql), Not(IsEmpty())) << sql;
}

TEST(TextCheck, ACommunityStatementBindsItsCommunity) {
  for (const char* sql :
       {"select id from person where id = $1", "update person set name = $1 where id = $2",
        "delete from person where id = $1", "insert into person (id, name) values ($1, $2)",
        "select a.id from a join b on b.id = a.id where a.community_id = $1",
        "select p.id from p where p.community_id = $1 and exists (select 1 from n where n.id = p.id)"})
    EXPECT_THAT(check_text(Scope::community, sql), SizeIs(testing::Ge(1u))) << sql;
}

TEST(TextCheck, TypesOfColumns) {
  EXPECT_THAT(
      check_schema(
          "create table t (id bigint not null, ok smallint not null, r double precision, b bytea, n text, primary key (id));\n"
          "create index i on t (id);"),
      IsEmpty());
  for (const char* sql : {"create table t (ok boolean not null)", "create table t (at timestamptz not null)",
                          "create table t (id integer primary key)", "create table t (id serial)",
                          "create table t (b blob, n text)", "create table t (n varchar not null)",
                          "create table t (id bigint) strict", "create trigger x after insert on t begin select 1; end",
                          "create table t (at bigint default current_timestamp)"})
    EXPECT_THAT(check_schema(sql), Not(IsEmpty())) << sql;
}

TEST(TextCheck, ATableIsShardedByItsPrimaryKey) {
  const auto tables = tables_of(
      "create table a (\n community_id bigint not null, id bigint, primary key (community_id, id)\n);\n"
      "create index x on a (id);\ncreate table k (hash bytea primary key, community_id bigint not null);");
  ASSERT_THAT(tables, SizeIs(2));
  EXPECT_EQ(tables[0].name, "a");
  EXPECT_TRUE(tables[0].sharded);
  EXPECT_EQ(tables[1].name, "k");
  EXPECT_FALSE(tables[1].sharded);
}

}  // namespace
}  // namespace firstline::store
