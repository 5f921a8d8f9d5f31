#pragma once

// For tests: a community with one resident, and people who may act, on any engine.

#include <stdexcept>

#include "access/service.hpp"
#include "area/test_world.hpp"
#include "isolation/views.hpp"
#include "isolation/watching.hpp"
#include "policy/library.hpp"

namespace firstline::isolation {

class TestDesk {
 public:
  explicit TestDesk(store::Database& database) : database_(database) {
    w = area::small_community(database);
    who = *database.write([&](store::Session& s) {
      person::Person person;
      person.community_id = w.community.id;
      person.household_id = w.home101.id;
      person.name = "张三";
      return people.add(s, person, area::test_now, system_random());
    });
    secretary = account("secretary");
    officer = account("officer");
    commander = account("commander");
  }
  AccountId account(const std::string& login) {
    return *database_.write([&](store::Session& s) {
      return access::add_account(s, key, {login, login, "a long password", "", {}, {}, false}, "no hash", {},
                                 area::test_now, system_random());
    });
  }
  // What a use case came to: its fault's reason, or nothing. `officer` and `commander` have the county's power.
  template <class F>
  std::string as(AccountId account, F use_case) {
    const auto result = database_.write([&](store::Session& session) -> Result<void> {
      http::Call call;
      call.session = &session;
      call.now = now;
      call.random = &system_random();
      call.actor.account = account;
      if (account == secretary) call.actor.grants = {{http::Role::secretary, w.community.id, w.community.path}};
      if (account == officer) call.actor.grants = {{http::Role::health_officer, {1}, "620102"}};
      if (account == commander) call.actor.grants = {{http::Role::commander, {1}, "620102"}};
      call.actor.person = who.person_id;
      call.actor.person_community = who.community_id;
      call.place = {w.community.id, w.community.path, {}};
      FL_TRYV(use_case(call));
      return {};
    });
    return result ? "" : result.error().reason;
  }
  api::ProposeIsolation contact() const {
    api::ProposeIsolation asked;
    asked.person_id = who.person_id;
    asked.ground_ref = "2022-017";
    asked.exposed_at = now - std::chrono::hours(24);
    asked.reason = "同住密接";
    return asked;
  }
  std::string propose(const api::ProposeIsolation& asked) {
    return as(secretary, [&](http::Call& call) -> Result<void> {
      FL_TRY(proposed, isolation::propose(call, desk, asked));
      return {};
    });
  }
  std::string change(const api::ProposeIsolationChange& asked) {
    return with_order(secretary, [&](http::Call& call, const IsolationOrder& order) -> Result<void> {
      FL_TRY(proposed, propose_change(call, desk, order, asked));
      return {};
    });
  }
  std::string end() {
    return with_order(secretary, [&](http::Call& call, const IsolationOrder& order) -> Result<void> {
      FL_TRY(proposed, propose_end(call, desk, order, {{}, "期满"}));
      return {};
    });
  }
  std::string decide(AccountId by, bool approve = true) {
    return with_order(by, [&](http::Call& call, const IsolationOrder& order) {
      return isolation::decide(call, desk, order, proposed.act_id,
                               {{}, approve, "区指挥部", approve ? "12号" : "", approve ? "" : "证据不足"});
    });
  }
  template <class F>
  std::string with_order(AccountId by, F act) {
    return as(by, [&](http::Call& call) -> Result<void> {
      FL_TRY(const auto order, order_met(*call.session, call.place.community, proposed.order_id));
      return act(call, order);
    });
  }
  api::IsolationOrderView view() {
    api::IsolationOrderView seen;
    as(secretary, [&](http::Call& call) -> Result<void> {
      FL_TRY(seen, open_order(call, desk, proposed.order_id));
      return {};
    });
    return seen;
  }
  api::MyIsolations mine() {
    api::MyIsolations seen;
    as(secretary, [&](http::Call& call) -> Result<void> {
      FL_TRY(seen, my_isolations(call, desk));
      return {};
    });
    return seen;
  }
  api::IsolationList list() {
    api::IsolationList seen;
    as(secretary, [&](http::Call& call) -> Result<void> {
      FL_TRY(seen, list_orders(call, desk));
      return {};
    });
    return seen;
  }
  std::string report(std::optional<int> tenths, std::vector<Symptom> symptoms) {
    return as(secretary, [&](http::Call& call) { return give_my_report(call, desk, {{}, tenths, symptoms}); });
  }
  api::IsolationAlerts alerts() {
    api::IsolationAlerts seen;
    as(secretary, [&](http::Call& call) -> Result<void> {
      FL_TRY(seen, isolation::alerts(call, desk));
      return {};
    });
    return seen;
  }
  Holding holding_at(Instant at) {
    return *database_.read(
        [&](store::Session& s) { return isolation::holding(s, who.community_id, who.person_id, at); });
  }

  person::FieldKey key{std::array<std::byte, 32>{}};
  person::Directory people{key};
  policy::RulesInForce rules{policy::embedded_library(), {"fl-base", "cn-9"}};
  Desk desk{&people, &rules};
  area::SmallCommunity w;
  person::PersonRef who;
  AccountId secretary, officer, commander;
  api::IsolationProposed proposed;
  Instant now = area::test_now;

 private:
  store::Database& database_;
};

}  // namespace firstline::isolation
