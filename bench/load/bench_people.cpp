// firstline_bench_people: generates communities into a data folder (once) and writes what firstline_load needs: one
// keeper's session a gate (put in as a sign-in would have left it) and the people behind it. Refuses a person who is
// not marked generated.

#include <cstdlib>
#include <filesystem>
#include <iostream>
#include <string>

#include "access/service.hpp"
#include "access/store.hpp"
#include "access/tokens.hpp"
#include "area/service.hpp"
#include "drill/generate.hpp"
#include "drill/store.hpp"
#include "people_file.hpp"
#include "person/service.hpp"

namespace firstline::bench {
namespace {

using store::Session;

struct Wanted {
  std::string data, out, key;
  int generate = 0, communities = 1;
};

// A session of a keeper at this gate.
Result<LoadGate> sign_in(store::Database& database, const access::Authenticator& authenticator,
                         const person::FieldKey& key, const area::Gate& gate, Instant now) {
  LoadGate made;
  made.id = gate.id.value;
  made.token = access::new_token(system_random());
  made.csrf = authenticator.csrf_token(made.token);
  const auto hash = access::token_hash(key, made.token);
  FL_TRYV(database.write([&](Session& session) {
    access::LoginSession login;
    login.token_hash.assign(hash.begin(), hash.end());
    login.id = session.new_id<access::LoginSessionId>(now);
    login.account_id = session.new_id<AccountId>(now);
    login.login = "bench";
    login.grants = access::pack_grants({{http::Role::keeper, gate.compound_id, gate.path}});
    login.started_at = login.seen_at = now;
    login.idle_ms_max = 12 * 60 * 60 * 1000;
    login.expires_at = now + std::chrono::hours(24);
    return access::save(session, login);
  }));
  return made;
}

Result<void> add_people(Session& session, const person::Directory& directory, const area::Gate& gate,
                        LoadFile& content) {
  const auto index = static_cast<std::uint32_t>(content.gates.size() - 1);
  FL_TRY(const auto areas, area::below(session, gate.community_id, gate.path));
  for (const area::Area& home : areas) {
    if (home.kind != area::AreaKind::household) continue;
    FL_TRY(const auto people, directory.household(session, gate.community_id, home.id));
    for (const person::Person& person : people) {
      if (!person.generated) return fail(FaultCode::forbidden, "bench.not_generated");
      content.people.push_back({index, gate.community_id.value, person.id.value, person.id_number.value_or(""), {}});
    }
  }
  return {};
}

Result<void> write_people(const Wanted& wanted) {
  const std::string folder = std::filesystem::absolute(wanted.data).string();
  FL_TRY(const auto key, person::FieldKey::load_or_create(wanted.key.empty() ? folder + "/keys/field.key" : wanted.key,
                                                          system_random()));
  store::Options options;
  options.url = "sqlite://" + folder + "/firstline.db";
  options.node = 1023;
  FL_TRY(const auto database, store::Database::open(options));
  const access::Authenticator authenticator(*database, key);
  const person::Directory directory(key);
  const Instant now = system_clock().now();
  if (wanted.generate > 0) {
    drill::GenerateOptions generate;
    generate.people = wanted.generate;
    generate.communities = wanted.communities;
    generate.now = now;
    generate.progress = [](std::int64_t done, std::int64_t all) {
      std::cerr << '\r' << done << " of " << all << " people " << std::flush;
    };
    FL_TRY(const auto made, drill::generate_communities(*database, key, generate));
    std::cerr << (made.was_there ? "were there already\n" : "\n");
  }
  if (wanted.out.empty()) return {};
  FL_TRY(const auto communities, database->read([](Session& session) { return drill::load_made(session); }));
  LoadFile content;
  for (const auto& community : communities) {
    FL_TRY(const auto gates,
           database->read([&](Session& session) { return area::gates_of(session, community.community_id); }));
    std::string last_path;
    for (const area::Gate& gate : gates) {
      if (gate.path == last_path) continue;  // A second gate of the same compound: its people were taken.
      last_path = gate.path;
      FL_TRY(auto signed_in, sign_in(*database, authenticator, key, gate, now));
      content.gates.push_back(std::move(signed_in));
      FL_TRYV(database->read([&](Session& session) { return add_people(session, directory, gate, content); }));
    }
  }
  std::cerr << content.gates.size() << " gates, " << content.people.size() << " people\n";
  return write_load_file(wanted.out, content);
}

}  // namespace
}  // namespace firstline::bench

int main(int count, char** words) {
  firstline::bench::Wanted wanted;
  for (int i = 1; i + 1 < count; i += 2) {
    const std::string word = words[i];
    if (word == "--data") wanted.data = words[i + 1];
    else if (word == "--out") wanted.out = words[i + 1];
    else if (word == "--key") wanted.key = words[i + 1];
    else if (word == "--generate") wanted.generate = std::atoi(words[i + 1]);
    else if (word == "--communities") wanted.communities = std::atoi(words[i + 1]);
  }
  if (wanted.data.empty()) {
    std::cerr << "firstline_bench_people --data DIR [--key FILE] [--generate PEOPLE --communities N] [--out FILE]\n";
    return 2;
  }
  const auto done = firstline::bench::write_people(wanted);
  if (done) return 0;
  std::cerr << "firstline_bench_people: " << done.error().reason << ' ' << done.error().detail << '\n';
  return 3;
}
