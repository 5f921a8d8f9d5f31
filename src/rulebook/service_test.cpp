#include "rulebook/service.hpp"

#include <gtest/gtest.h>

#include "access/service.hpp"
#include "area/test_world.hpp"
#include "policy/embedded.hpp"
#include "rulebook/store.hpp"

namespace firstline::rulebook {
namespace {

using namespace std::chrono_literals;
using area::test_now;
using http::Role;
using store::Session;

const std::vector<std::string> base{"fl-base", "cn-8", "gs-2022-03", "lz-gate-2022"};

class RuleBooks : public ::testing::Test {
 protected:
  AccountId make(const std::string& login) {
    return database
        ->write([&](Session& s) {
          return access::add_account(s, key, {login, login, "a long password", "", {}, {}, false}, "no hash", {},
                                     test_now, system_random());
        })
        .value();
  }
  template <class F>
  auto by(AccountId who, F act, Instant now = test_now) {
    auto outcome = database->write([&](Session& s) {
      http::Call call;
      call.session = &s;
      call.now = now;
      call.random = &system_random();
      call.actor.account = who;
      call.actor.grants = {{Role::health_officer, w.community.id, w.community.path}};
      call.place = {w.community.id, w.community.path, {}};
      auto done = act(call);
      after = call.after_commit_;
      return done;
    });
    if (outcome) {
      for (const auto& action : after) action();
      (void)database->read([](Session&) { return Result<void>(); });
      (void)database->read([&](Session& s) { return refresh(s, rules); });  // What the follower does.
    }
    return outcome;
  }
  template <class T>
  static std::string reason(const Result<T>& outcome) {
    return outcome ? "done" : outcome.error().reason;
  }
  Result<ChangeId> proposed(const std::string& pack, bool put_in = true, std::optional<Instant> starts = {}) {
    return by(first, [&](http::Call& call) {
      return propose(call, book, w.community.id, {Uuid{}, pack, put_in, starts, "区指挥部通知"});
    });
  }
  Result<void> confirmed(ChangeId id, AccountId who, Instant now = test_now) {
    return by(
        who, [&](http::Call& call) { return confirm(call, book, id); }, now);
  }
  Result<void> withdrawn(ChangeId id, Instant now = test_now) {
    return by(
        first, [&](http::Call& call) { return withdraw(call, book, id); }, now);
  }
  int outings(Instant now, const std::string& path) {
    return rules.at(policy::division_code(path), now).value()->gate.outing.per_household_per_day;
  }
  RuleBook seen(AccountId who, Instant now = test_now) {
    return by(
               who, [&](http::Call& call) { return book_of(call, book, w.community.id); }, now)
        .value();
  }

  area::TemporaryDatabase database;
  area::SmallCommunity w = area::small_community(*database);
  person::FieldKey key{std::array<std::byte, 32>{}};
  policy::RulesInForce rules{policy::embedded_library(), base};
  Book book{&*database, &rules};
  std::vector<std::function<void()>> after;
  const AccountId first = make("first"), second = make("second");
  const Instant midnight = start_of(civil_date(test_now) + std::chrono::days(1));
};

TEST_F(RuleBooks, a_change_of_two_persons_holds_from_the_next_midnight_here_and_nowhere_else) {
  const ChangeId id = proposed("lz-gate-2022-07").value();
  EXPECT_EQ(outings(midnight, w.community.path), 0) << "proposed is not decided";
  ASSERT_TRUE(confirmed(id, second));
  EXPECT_EQ(outings(midnight - 1s, w.community.path), 0);
  EXPECT_EQ(outings(midnight, w.community.path), 1);
  EXPECT_EQ(outings(midnight, w.compound1.path), 1);
  EXPECT_EQ(outings(midnight, "620102/020/002"), 0);
  const auto shown = seen(second);
  EXPECT_EQ(shown.next_change_at, midnight);
  ASSERT_EQ(shown.changes.size(), 1u);
  EXPECT_EQ(shown.changes[0].state, State::confirmed);
  EXPECT_EQ(shown.changes[0].confirmed_by_name, "second");
  const auto named = [&](const Difference& each) { return each.name == "gate.outing.per_household_per_day"; };
  EXPECT_TRUE(std::any_of(shown.next_differences.begin(), shown.next_differences.end(), named));
}

TEST_F(RuleBooks, one_person_alone_changes_nothing) {
  const ChangeId id = proposed("lz-gate-2022-07").value();
  EXPECT_FALSE(seen(first).changes[0].may_confirm);
  EXPECT_TRUE(seen(second).changes[0].may_confirm);
  EXPECT_EQ(reason(confirmed(id, first)), "rulebook.by_the_same");
  EXPECT_EQ(reason(confirmed(id, second, midnight)), "rulebook.too_late");
  EXPECT_EQ(seen(second, midnight).changes[0].state, State::lapsed);
  EXPECT_EQ(outings(midnight + 1h, w.community.path), 0);
}

TEST_F(RuleBooks, a_change_is_taken_back_before_its_hour_and_not_after) {
  const ChangeId id = proposed("lz-gate-2022-07").value();
  ASSERT_TRUE(confirmed(id, second));
  EXPECT_EQ(reason(confirmed(id, second)), "rulebook.decided");
  EXPECT_EQ(reason(withdrawn(id, midnight)), "rulebook.too_late");
  ASSERT_TRUE(withdrawn(id));
  EXPECT_EQ(reason(withdrawn(id)), "rulebook.decided");
  EXPECT_EQ(reason(confirmed(id, second)), "rulebook.decided");
  EXPECT_EQ(outings(midnight, w.community.path), 0);
}

TEST_F(RuleBooks, what_came_in_goes_out_again) {
  ASSERT_TRUE(confirmed(proposed("lz-gate-2022-07").value(), second));
  ASSERT_TRUE(confirmed(proposed("lz-gate-2022-07", false, midnight + 48h).value(), second));
  EXPECT_EQ(outings(midnight + 47h, w.community.path), 1);
  EXPECT_EQ(outings(midnight + 48h, w.community.path), 0);
}

TEST_F(RuleBooks, bad_changes_are_refused_and_change_nothing) {
  const auto with = [&](Propose command) {
    return reason(by(first, [&](http::Call& call) { return propose(call, book, w.community.id, command); }));
  };
  EXPECT_EQ(with({{}, "no-such", true, {}, "order"}), "rulebook.unknown_pack");
  EXPECT_EQ(with({{}, "lz-gate-2022-07", true, {}, ""}), "rulebook.order_missing");
  EXPECT_EQ(with({{}, "lz-gate-2022-07", true, test_now, "order"}), "rulebook.bad_start");
  EXPECT_EQ(with({{}, "lz-gate-2022-07", true, test_now + std::chrono::days(61), "order"}), "rulebook.bad_start");
  EXPECT_EQ(with({{}, "lz-gate-2022", true, {}, "order"}), "rulebook.no_difference");
  EXPECT_EQ(with({{}, "lz-gate-2022-07", false, {}, "order"}), "rulebook.no_difference");
  EXPECT_EQ(with({{}, "fl-base", false, {}, "order"}), "policy.parameter_missing") << "no whole rule without it";
  EXPECT_TRUE(seen(first).changes.empty());
}

TEST_F(RuleBooks, another_node_follows_when_it_asks) {
  ASSERT_TRUE(confirmed(proposed("lz-gate-2022-07").value(), second));
  policy::RulesInForce elsewhere{policy::embedded_library(), base};
  ASSERT_TRUE(database->read([&](Session& s) { return refresh(s, elsewhere); }));
  EXPECT_EQ((*elsewhere.at(policy::division_code(w.community.path), midnight))->gate.outing.per_household_per_day, 1);
}

TEST_F(RuleBooks, a_verdict_of_before_keeps_its_version) {
  const auto before = rules.at(policy::division_code(w.community.path), test_now).value();
  ASSERT_TRUE(confirmed(proposed("lz-gate-2022-07").value(), second));
  EXPECT_EQ(rules.at(policy::division_code(w.community.path), test_now).value(), before);
  EXPECT_NE(rules.at(policy::division_code(w.community.path), midnight).value()->set.version, before->set.version);
}

}  // namespace
}  // namespace firstline::rulebook
