// What the centre said about a resident is kept with its source; what it did not say changes nothing.

#include "connector/service.hpp"

#include <gtest/gtest.h>

#include "area/test_world.hpp"
#include "health/service.hpp"
#include "ledger/query.hpp"

namespace firstline::connector {
namespace {

using namespace std::chrono_literals;
using area::test_now;
using store::Session;

class Told : public CodeCentre {
 public:
  const std::string& name() const override { return name_; }
  Result<Receipt> declare_health(const HealthDeclaration&) override { return Receipt{}; }
  Result<Receipt> declare_travel(const TravelDeclaration&) override { return Receipt{}; }
  Result<HealthInfo> query_health(const Subject& subject) override {
    last = subject;
    return answer;
  }
  Result<CallGrant> apply_to_call(const CallApplication&) override { return CallGrant{}; }
  Result<MadeCode> make_code(const Subject&) override { return MadeCode{}; }
  Result<CheckedCode> verify_code(const CodeCheck&) override { return CheckedCode{}; }
  Result<Receipt> correct_error(const Correction&) override { return Receipt{}; }

  Subject last;
  Result<HealthInfo> answer = HealthInfo{health::CodeColour::yellow, test_now - 1min, {}};

 private:
  const std::string name_ = "province";
};

class AskingTheCentre : public ::testing::Test {
 protected:
  person::PersonRef living(std::optional<std::string> number) {
    const auto added = database->write([&](Session& s) {
      person::Person made;
      made.community_id = w.community.id;
      made.household_id = w.home101.id;
      made.name = "张三";
      made.id_number = std::move(number);
      return people.add(s, made, test_now, system_random());
    });
    EXPECT_TRUE(added) << added.error().reason << added.error().detail;
    return added.value_or(person::PersonRef{});
  }
  Result<api::CentreReading> asked(person::PersonRef who) {
    http::Call call;
    call.now = test_now;
    call.actor.account = AccountId{7};
    call.acting = "secretary";
    return ask(call, parts, who, {{}, Purpose::appeal});
  }
  health::Standing standing(person::PersonRef who) {
    return database->read([&](Session& s) { return health::standing(s, who.community_id, who.person_id); }).value();
  }
  std::size_t facts() {
    return database
        ->read([&](Session& s) {
          return ledger::facts(s, {w.community.id, "health.centre_asked", "", {}, {}, 10, {}});
        })
        ->size();
  }

  area::TemporaryDatabase database;
  area::SmallCommunity w = area::small_community(*database);
  person::FieldKey key{std::array<std::byte, 32>{}};
  person::Directory people{key};
  Told centre;
  Parts parts{&*database, &people, &centre};
};

TEST_F(AskingTheCentre, keeps_the_colour_with_its_source_and_a_fact) {
  const auto who = living("11010519491231002X");
  centre.answer->last_negative = {test_now - 5h, test_now - 2h};
  ASSERT_TRUE(asked(who));
  EXPECT_EQ(centre.last.name, "张三");
  const auto known = standing(who);
  ASSERT_TRUE(known.code);
  EXPECT_EQ(*known.code, (health::CodeReading{health::CodeColour::yellow, health::EvidenceGrade::connector,
                                              test_now - 1min, "province"}));
  ASSERT_TRUE(known.nat.last_negative);
  EXPECT_EQ(known.nat.last_negative->reported_at, test_now - 2h);
  EXPECT_EQ(facts(), 1u);
}

TEST_F(AskingTheCentre, a_clock_that_runs_ahead_is_cut_to_ours) {
  const auto who = living("11010519491231002X");
  centre.answer->read_at = test_now + 10min;
  EXPECT_EQ(asked(who)->reading.read_at, test_now);
}

TEST_F(AskingTheCentre, what_it_does_not_say_changes_nothing) {
  const auto who = living("11010519491231002X"), without = living({});
  centre.answer = fail(FaultCode::unavailable, "centre.not_reachable");
  EXPECT_EQ(asked(who).error().reason, "centre.not_reachable");
  EXPECT_EQ(asked(without).error().reason, "centre.no_id_number");
  parts.centre = nullptr;
  EXPECT_EQ(asked(who).error().reason, "centre.none");
  EXPECT_FALSE(standing(who).code);
  EXPECT_EQ(facts(), 0u);
}

}  // namespace
}  // namespace firstline::connector
