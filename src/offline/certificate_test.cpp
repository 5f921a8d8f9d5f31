// Another issuer's health certificate at a gate without a network: whom the pack says to believe, and what becomes of
// what the phone verified.

#include "credential/certificate.hpp"

#include <gtest/gtest.h>

#include "access/service.hpp"
#include "area/test_world.hpp"
#include "credential/test_issuer.hpp"
#include "credential/text_codes.hpp"
#include "health/service.hpp"
#include "issuing/service.hpp"
#include "json/json.hpp"
#include "offline/records.hpp"
#include "policy/embedded.hpp"
#include "policy/pack.hpp"

namespace firstline::offline {
namespace {

using namespace std::chrono_literals;
using area::test_now;
using store::Session;
namespace made = credential::test;

person::FieldKey test_key() {
  std::array<std::byte, 32> secret{};
  secret[0] = std::byte{9};
  return person::FieldKey(secret);
}

policy::RulesInForce rules_that(const char* take) {
  policy::Library library = policy::embedded_library();
  const std::string text = std::string(R"toml(
[pack]
id = "takes"
area = "620102"
issuer = "Test"
document = "Test"
valid_from = 2020-01-01
[parameters.health]
signed_certificates = { value = )toml") +
                           take + R"toml(, source = "test", grade = "U", default_of = "a test" }
)toml";
  auto reading = policy::read_pack(text, "takes.toml");
  if (!reading.pack || !library.add(std::move(*reading.pack))) throw std::runtime_error("the test's pack is wrong");
  return {std::move(library), {"fl-base", "takes"}};
}

class LateCertificate : public ::testing::Test {
 protected:
  template <class F>
  auto at(Instant now, F use_case) {
    auto result = database->write([&](Session& session) {
      http::Call call;
      call.session = &session;
      call.now = now;
      call.random = &system_random();
      call.actor.account = AccountId{77};
      return use_case(call);
    });
    if (!result) throw std::runtime_error(result.error().reason + " " + result.error().detail);
    return std::move(*result);
  }
  void SetUp() override {
    me = at(test_now, [&](http::Call& call) {
      person::Person person;
      person.community_id = w.community.id;
      person.household_id = w.home101.id;
      person.name = "王小明";
      person.born_on = parse_date("1990-03-07");
      return people.add(*call.session, person, test_now, system_random());
    });
    phone = at(test_now, [&](http::Call& call) -> Result<DeviceId> {
      const Uuid command;
      FL_TRY(const auto offer,
             access::offer_enrolment(*call.session, door, command, w.gate1.id, "phone", {1}, test_now));
      FL_TRY(const auto enrolled, access::enrol(*call.session, door, command, offer.code, test_now));
      FL_TRYV(issuing::begin(*call.session, {&people, &takes}, w.community.id, call.now, *call.random));
      FL_TRYV(issuing::put_health_signers(*call.session, credential::to_base64(issuer().der), test_now));
      return enrolled.device_id;
    });
  }
  static const made::Issuer& issuer() {
    static const made::Issuer one = made::ec_issuer();
    return one;
  }
  static std::string certificate(const char* family) {
    made::Recipe recipe;
    recipe.issuer = issuer();
    auto pairs = made::dcc_pairs("t");
    pairs[1].second = made::map_of({{made::t("fn"), made::t(family)}, {made::t("gn"), made::t("小明")}});
    pairs[2].second = made::t("1990-03-07");
    pairs[3].second = made::array_of({made::map_of({{made::t("tt"), made::t("LP6464-4")},
                                                    {made::t("sc"), made::t("2022-03-15T01:00:00Z")},
                                                    {made::t("tr"), made::t("260415000")}})});
    recipe.dcc = made::map_of(pairs);
    return recipe.code();
  }
  api::Record record(std::int64_t sequence, const std::string& qr, Instant happened) {
    api::Record made;
    made.id = make_uuid_v7(happened, random);
    made.sequence = sequence;
    made.at = happened;
    made.skew_ms = 0;
    made.certificate = issuing::api::ShowCertificate{made.id, me.person_id, qr};
    return made;
  }
  api::RecordResult send(const gate::Ground& ground, const api::Record& record, Instant now) {
    Packs packs{&*database, ground};
    http::Call call;
    call.now = now;
    call.random = &system_random();
    call.actor.account = AccountId{77};
    call.actor.device = phone;
    api::Batch batch;
    batch.sent_at = now;
    batch.records.push_back({json::to_value(record)});
    const auto answer = take(call, {&*database, &ground, &packs}, w.gate1, batch);
    if (!answer) throw std::runtime_error(answer.error().reason);
    return answer->results.at(0);
  }
  api::Pack pack(const gate::Ground& ground) {
    Packs packs{&*database, ground};
    const auto made = at(test_now, [&](http::Call& call) { return packs.pack(call, w.gate1, {}); });
    return json::read<api::Pack>(made.pack.text).value();
  }
  std::optional<health::NegativeResult> last_negative() {
    return database->read([&](Session& s) { return health::standing(s, me.community_id, me.person_id); })
        ->nat.last_negative;
  }

  area::TemporaryDatabase database;
  area::SmallCommunity w = area::small_community(*database);
  person::FieldKey key = test_key();
  person::Directory people{key};
  policy::RulesInForce takes = rules_that("true"), refuses = rules_that("false");
  gate::RecentPassages recent;
  movement::Ground movement{&people, &takes};
  gate::Ground taking{&people, &takes, &recent, &movement}, refusing{&people, &refuses, &recent, &movement};
  access::Authenticator authenticator{*database, key};
  access::Door door{&*database, &key, &authenticator, {{}, "https://x", true}};
  SeededRandom random{5};
  person::PersonRef me;
  DeviceId phone;
};

TEST_F(LateCertificate, ThePackNamesWhomToBelieveWhereTheRulesTakeSuch) {
  const auto signers = pack(taking).health_signers;
  ASSERT_EQ(signers.size(), 1u);
  EXPECT_EQ(signers[0].key_id.size(), 16u);
  EXPECT_EQ(credential::from_base64(signers[0].key).value(),
            credential::read_certificate(issuer().der).value()->key.to_der());
  EXPECT_EQ(signers[0].kinds.size(), 3u);
  EXPECT_TRUE(pack(refusing).health_signers.empty());
}

TEST_F(LateCertificate, WhatThePhoneVerifiedIsKnownAsOfThen) {
  const Instant happened = test_now - 30min;
  const auto record = this->record(1, certificate("王"), happened);
  const auto taken = send(taking, record, test_now);
  EXPECT_EQ(taken.state, RecordState::applied) << taken.code;
  ASSERT_TRUE(last_negative());
  EXPECT_EQ(last_negative()->sampled_at, from_millis(1'647'306'000'000));
  EXPECT_EQ(send(taking, record, test_now + 1min).state, RecordState::repeated);
}

TEST_F(LateCertificate, WhatDoesNotHoldComesBackWithItsReason) {
  const auto other = send(taking, record(1, certificate("李"), test_now - 30min), test_now);
  EXPECT_EQ(other.state, RecordState::returned);
  EXPECT_EQ(other.code, "certificate.of_somebody_else");
  EXPECT_EQ(send(taking, record(2, "HC1:NONSENSE", test_now - 30min), test_now).code, "certificate.refused");
  EXPECT_EQ(send(refusing, record(3, certificate("王"), test_now), test_now).code, "certificate.not_taken_here");
  EXPECT_FALSE(last_negative());
}

}  // namespace
}  // namespace firstline::offline
