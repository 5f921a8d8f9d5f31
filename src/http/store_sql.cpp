#include <sodium.h>

#include "http/once.hpp"
#include "store/migration.hpp"

namespace firstline::http {
namespace {

using store::Scope;
using store::Statement;

struct AnswerRow {
  AreaId community_id;
  Uuid id;
  std::string route;
  std::int64_t account_id, device_id;  // 0: none.
  store::Bytes digest;
  Instant at{};
  std::string answer;
};
BOOST_DESCRIBE_STRUCT(AnswerRow, (), (community_id, id, route, account_id, device_id, digest, at, answer))

const store::Migration answers{3, "http", R"sql(
create table command_answer (
  community_id bigint not null,
  id bytea not null,
  route text not null,
  account_id bigint not null,
  device_id bigint not null,
  digest bytea not null,
  at bigint not null,
  answer text not null,
  primary key (community_id, id)
);
)sql"};

const Statement find("http.command_answer.find", Scope::community,
                     "select " + store::columns_of<AnswerRow>() +
                         " from command_answer where community_id = $1 and id = $2");
const Statement add("http.command_answer.add", Scope::community, store::insert_text<AnswerRow>("command_answer"));
const Statement forget("http.command_answer.forget", Scope::community,
                       "delete from command_answer where community_id = $1 and at < $2");

store::Bytes digest_of(std::string_view body) {
  store::Bytes digest(32);
  crypto_generichash(reinterpret_cast<unsigned char*>(digest.data()), digest.size(),
                     reinterpret_cast<const unsigned char*>(body.data()), body.size(), nullptr, 0);
  return digest;
}

}  // namespace

Result<std::optional<std::string>> earlier_answer(store::Session& session, const CommandKey& key) {
  FL_TRY(auto row, session.maybe<AnswerRow>(find, key.community.value, key.id));
  if (!row) return std::optional<std::string>();
  const bool same = row->route == key.route && row->account_id == key.account.value &&
                    row->device_id == key.device.value && row->digest == digest_of(key.body);
  if (!same) return fail(FaultCode::conflict, "command.id_reused", {}, "/id");
  return std::optional(std::move(row->answer));
}

Result<std::optional<std::string>> answer_of(store::Session& session, AreaId community, const Uuid& id) {
  FL_TRY(auto row, session.maybe<AnswerRow>(find, community.value, id));
  if (!row) return std::optional<std::string>();
  return std::optional(std::move(row->answer));
}

Result<void> keep_answer(store::Session& session, const CommandKey& key, std::string_view answer, Instant now) {
  // The community is bound as a number: 0 must not become null in a primary key.
  const auto digest = digest_of(key.body);
  FL_TRYV(session.run(add, key.community.value, key.id, key.route, key.account.value, key.device.value, digest, now,
                      answer));
  return {};
}

Result<std::int64_t> forget_answers(store::Session& session, AreaId community, Instant before) {
  return session.run(forget, community.value, before);
}

}  // namespace firstline::http
