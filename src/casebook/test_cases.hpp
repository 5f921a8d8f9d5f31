#pragma once

// For tests: two residents and three officers, and cases among them.

#include <gtest/gtest.h>

#include "access/service.hpp"
#include "area/test_world.hpp"
#include "casebook/service.hpp"
#include "ledger/query.hpp"
#include "policy/embedded.hpp"

namespace firstline::casebook {

struct CaseWorld {
  using Role = http::Role;
  CaseWorld() {
    person = somebody("张三", w.home101.id);
    other = somebody("李四", w.home102.id);
    health = account("health");
    street = account("street");
    reactions.opened = [this](store::Session&, const Case& made, const By&) -> Result<void> {
      opened.push_back(made);
      return {};
    };
  }
  PersonId somebody(const std::string& name, AreaId home) {
    person::Person made;
    made.community_id = w.community.id;
    made.household_id = home;
    made.name = name;
    return database->write([&](store::Session& s) { return people.add(s, made, area::test_now, system_random()); })
        .value()
        .person_id;
  }
  AccountId account(const char* login) {
    return database
        ->write([&](store::Session& s) {
          return access::add_account(s, key,
                                     {login,
                                      std::string("Post ") + login,
                                      "a long password",
                                      "",
                                      {},
                                      {{Role::keeper, w.community.id, w.community.path}},
                                      false},
                                     "no hash", {}, now, system_random());
        })
        .value();
  }
  // What a use case came to: its fault's reason, or nothing.
  template <class F>
  std::string as(AccountId account, Role role, F work) {
    const auto done = database->write([&](store::Session& s) -> Result<void> {
      http::Call call;
      call.session = &s;
      call.now = now;
      call.random = &system_random();
      call.place = {w.community.id, w.community.path, {}};
      call.actor.account = account;
      call.actor.grants = {{role, w.community.id, w.community.path}};
      FL_TRYV(work(call));
      return {};
    });
    return done ? "" : done.error().reason;
  }
  std::string open(PersonId who, Status as_what, std::string reason = "区疾控通报") {
    return as(health, Role::health_officer, [&](http::Call& call) {
      const auto sampled = as_what == Status::asymptomatic ? onset : std::nullopt;
      return casebook::open(call, parts, {{}, who, as_what, onset, sampled, {}, {}, reason});
    });
  }
  std::string step(AccountId account, CaseId id, Status to) {
    return as(account, Role::health_officer, [&](http::Call& call) {
      return change_status(call, parts, id, {{}, to, {}, "专家组意见"});
    });
  }
  std::string correct(CaseId id, api::Moment which, std::optional<Instant> at, std::string reason = "流调更正") {
    return as(health, Role::health_officer, [&](http::Call& call) {
      return casebook::correct(call, parts, id, {{}, which, at, reason});
    });
  }
  std::string agree(AccountId account, CaseId id, EntryId entry, bool agreed) {
    return as(account, Role::commander, [&](http::Call& call) { return decide(call, parts, id, entry, agreed); });
  }
  api::CaseDetail seen(CaseId id, Role role = Role::health_officer) {
    api::CaseDetail found;
    EXPECT_EQ(as(health, role,
                 [&](http::Call& call) -> Result<void> {
                   FL_TRY(found, detail(call, parts, id));
                   return {};
                 }),
              "");
    return found;
  }
  api::CaseList listed(const Wanted& wanted) {
    api::CaseList found;
    EXPECT_EQ(as(health, Role::health_officer,
                 [&](http::Call& call) -> Result<void> {
                   FL_TRY(found, list(call, parts, wanted));
                   return {};
                 }),
              "");
    return found;
  }

  std::int64_t facts(const std::string& kind) {
    const auto found = database->read([&](store::Session& s) {
      ledger::FactFilter filter;
      filter.community = w.community.id;
      filter.kind_prefix = kind;
      return ledger::facts(s, filter);
    });
    return static_cast<std::int64_t>(found->size());
  }

  area::TemporaryDatabase database;
  area::SmallCommunity w = area::small_community(*database);
  const person::FieldKey key{std::array<std::byte, 32>{}};
  const person::Directory people{key};
  policy::RulesInForce rules{policy::embedded_library(), {"fl-base", "cn-8", "gs-2022-03", "lz-gate-2022"}};
  Reactions reactions;
  const Parts parts{&people, &rules, &reactions};
  std::vector<Case> opened;
  PersonId person, other;
  AccountId health, street;
  Instant now = area::test_now;
  std::optional<Instant> onset = area::test_now - std::chrono::hours(48);
};

}  // namespace firstline::casebook
