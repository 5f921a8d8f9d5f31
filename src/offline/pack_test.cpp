// What a gate's phone is given: whole, by difference, and how large.

#include <gtest/gtest.h>

#include "area/test_world.hpp"
#include "gate/late_store.hpp"
#include "gate/presented.hpp"
#include "gate/standing.hpp"
#include "health/service.hpp"
#include "http/gzip.hpp"
#include "json/json.hpp"
#include "movement/visits.hpp"
#include "offline/service.hpp"
#include "person/id_number.hpp"
#include "policy/embedded.hpp"

namespace firstline::offline {
namespace {

using area::test_now;
using store::Session;
using namespace std::chrono_literals;

const std::vector<std::string> packs_in_force{"fl-base", "cn-8", "gs-2022-03", "lz-gate-2022"};

person::FieldKey test_key() {
  std::array<std::byte, 32> secret{};
  secret[0] = std::byte{9};
  return person::FieldKey(secret);
}

// Unique by `nth`, with a right check digit.
std::string number_of(Date born, int sequence, int nth) {
  std::string day = format_date(born);
  std::erase(day, '-');
  const std::string first = std::to_string(620'102 + nth % 800) + day + std::to_string(1000 + sequence).substr(1);
  return first + person::id_number_check_digit(first);
}

class GatePack : public ::testing::Test {
 protected:
  person::PersonRef add_person(const char* name, AreaId home, const char* number = nullptr) {
    return database
        ->write([&](Session& session) -> Result<person::PersonRef> {
          person::Person person;
          person.community_id = w.community.id;
          person.household_id = home;
          person.name = name;
          if (number) person.id_number = number;
          FL_TRY(const auto ref, people.add(session, person, test_now, system_random()));
          FL_TRYV(health::record_code(session, ref.community_id, ref.person_id,
                                      {health::CodeColour::green, health::EvidenceGrade::connector, test_now - 1h, "t"},
                                      {}, "", test_now));
          return ref;
        })
        .value();
  }
  template <class F>
  auto at(Instant now, F use_case) {
    return database->write([&](Session& session) {
      http::Call call;
      call.session = &session;
      call.now = now;
      call.random = &system_random();
      call.actor.account = AccountId{77};
      return use_case(call);
    });
  }
  api::Pack pack(Instant now, std::optional<PackVersion> since = {}, const area::Gate* gate = nullptr) {
    auto made = at(now, [&](http::Call& call) { return packs.pack(call, gate ? *gate : w.gate1, since); });
    if (made) return std::move(*made);
    ADD_FAILURE() << made.error().reason;
    return {};
  }
  void turn_red(person::PersonRef who, Instant now) {
    ASSERT_TRUE(at(now, [&](http::Call& call) {
      return health::record_code(*call.session, who.community_id, who.person_id,
                                 {health::CodeColour::red, health::EvidenceGrade::connector, now, "t"}, {}, "", now);
    }));
  }

  area::TemporaryDatabase database;
  area::SmallCommunity w = area::small_community(*database);
  person::FieldKey key = test_key();
  person::Directory people{key};
  policy::RulesInForce rules{policy::embedded_library(), packs_in_force};
  gate::RecentPassages recent;
  movement::Ground movement{&people, &rules};
  gate::Ground ground{&people, &rules, &recent, &movement};
  Packs packs{&*database, ground};
};

TEST_F(GatePack, HoldsTheCompoundMaskedAndNothingOfItsNeighbours) {
  const auto self = add_person("张三", w.home101.id, "620102199001011233");
  add_person("李四", w.home102.id);
  add_person("王五", w.other_home.id);
  const auto made = pack(test_now);
  EXPECT_FALSE(made.since);
  ASSERT_EQ(made.homes.size(), 2u);
  EXPECT_EQ(made.homes[0].label, "1-1-101");
  ASSERT_EQ(made.homes[0].people.size(), 1u);
  const auto& person = made.homes[0].people[0];
  EXPECT_EQ(person.person_id, self.person_id);
  EXPECT_EQ(person.name_masked, "张**");
  EXPECT_EQ(person.id_last4, "1233");
  EXPECT_EQ(person.id_tag->size(), 2u);
  EXPECT_EQ(person.stands.code->colour, health::CodeColour::green);
  EXPECT_EQ(made.policy.version, rules.at("620102020901", test_now).value()->gate.version);
  EXPECT_EQ(made.division_code, "620102020901");
  EXPECT_EQ(made.expires_at, test_now + 24h);
  const std::string text = json::write(made);
  for (const char* secret : {"张三", "李四", "620102199001011233", "19900101"})
    EXPECT_EQ(text.find(secret), std::string::npos) << secret;
}

// The phone computes the same with its browser's HMAC: printf %s NUMBER | openssl dgst -sha256 -mac HMAC -macopt
// hexkey:KEY
TEST_F(GatePack, TagIsTheFirstBytesOfHmacSha256) {
  person::Digest zero{};
  EXPECT_EQ(person::tag_of(zero, "620102199001011233", 8), "fcfb1e5bb520d1e4");
  EXPECT_EQ(person::hex(people.tag_key(w.compound1.id)).size(), 64u);
  EXPECT_NE(people.tag_key(w.compound1.id), people.tag_key(w.compound2.id));
}

TEST_F(GatePack, SaysTheDifferenceOnly) {
  const auto self = add_person("张三", w.home101.id);
  const auto other = add_person("李四", w.home102.id);
  const auto first = pack(test_now);
  const auto same = pack(test_now + 10s, first.version);
  EXPECT_EQ(same.version, first.version);
  EXPECT_EQ(same.since, first.version);
  EXPECT_TRUE(same.homes.empty());
  EXPECT_EQ(same.made_at, test_now + 10s);

  turn_red(other, test_now + 20s);
  const auto next = pack(test_now + 30s, first.version);
  EXPECT_GT(next.version, first.version);
  ASSERT_EQ(next.homes.size(), 1u);
  EXPECT_EQ(next.homes[0].people[0].person_id, other.person_id);
  EXPECT_EQ(next.homes[0].people[0].stands.code->colour, health::CodeColour::red);

  // Somebody moves out: the home is gone, and they with it.
  ASSERT_TRUE(at(test_now + 40s, [&](http::Call& call) -> Result<void> {
    FL_TRY(auto person, people.find(*call.session, self));
    person.household_id = w.other_home.id;
    return people.put(*call.session, person, call.now, *call.random);
  }));
  const auto moved = pack(test_now + 50s, next.version);
  EXPECT_TRUE(moved.homes.empty());
  EXPECT_EQ(moved.dropped.household_ids, std::vector{w.home101.id});
  EXPECT_EQ(moved.dropped.person_ids, std::vector{self.person_id});
  const auto both = pack(test_now + 50s, first.version);
  EXPECT_EQ(both.homes.size(), 1u);
  EXPECT_EQ(both.dropped.person_ids, std::vector{self.person_id});

  const auto unknown = pack(test_now + 50s, PackVersion{4711});
  EXPECT_FALSE(unknown.since) << "a version that this node did not make gives the whole";
  EXPECT_EQ(unknown.homes.size(), 1u);
}

TEST_F(GatePack, ForgetsWhatWasDroppedWhenEveryPackHasExpired) {
  const auto self = add_person("张三", w.home101.id);
  const auto first = pack(test_now);
  ASSERT_TRUE(at(test_now + 1min, [&](http::Call& call) -> Result<void> {
    FL_TRY(auto person, people.find(*call.session, self));
    person.household_id = {};
    return people.put(*call.session, person, call.now, *call.random);
  }));
  const auto gone = pack(test_now + 2min, first.version);
  EXPECT_EQ(gone.dropped.person_ids.size(), 1u);
  const auto later = pack(test_now + 25h, first.version);
  EXPECT_FALSE(later.since);
  EXPECT_TRUE(pack(test_now + 25h, gone.version).since);
}

TEST_F(GatePack, VisitsComeAndGo) {
  const auto host = add_person("张三", w.home101.id);
  const auto first = pack(test_now);
  const auto visit = at(test_now, [&](http::Call& call) {
                       movement::api::VisitCommand command;
                       command.household_id = w.home101.id;
                       command.name = "王客人";
                       command.from = test_now;
                       command.until = test_now + 2h;
                       return movement::register_visit(call, movement, w.community.id, command);
                     }).value();
  const auto next = pack(test_now + 10s, first.version);
  ASSERT_EQ(next.visits.size(), 1u);
  EXPECT_EQ(next.visits[0].visit_id, visit.visit_id);
  EXPECT_EQ(next.visits[0].name_masked, "王**");
  EXPECT_EQ(next.visits[0].household_label, "1-1-101");
  EXPECT_EQ(next.visits[0].token_tag.size(), 16u);
  EXPECT_EQ(next.visits[0].stands.visitor.record, gate::VisitorRecord::expected);
  const auto over = pack(test_now + 3h, next.version);
  EXPECT_TRUE(over.visits.empty());
  EXPECT_EQ(over.dropped.visit_ids, std::vector{visit.visit_id});
  (void)host;
}

TEST_F(GatePack, AnnouncesAChangeToTheGatesOfTheCompound) {
  const auto self = add_person("张三", w.home101.id);
  const auto first = pack(test_now);
  turn_red(self, test_now + 1s);
  packs.follow(test_now + 5s);
  const auto version = pack(test_now + 5s, first.version).version;
  EXPECT_GT(version, first.version);
  const auto events = [&](GateId gate) {
    return database
        ->write([&](Session& session) { return gate::live_events(session, people, w.community.id, gate, 0, 100); })
        .value();
  };
  const auto here = events(w.gate1.id);
  ASSERT_EQ(here.size(), 1u);
  EXPECT_EQ(here[0].kind, "pack");
  EXPECT_NE(here[0].data_json.find("\"pack_version\":\"" + format_id(version.value) + '"'), std::string::npos);
  EXPECT_TRUE(events(w.gate2.id).empty());
  EXPECT_TRUE(events({}).empty());
}

// The same people stand before the gate whether they are asked for one by one or all together.
TEST_F(GatePack, OneByOneAndAllTogetherAreTheSame) {
  const auto self = add_person("张三", w.home101.id, "620102199001011233");
  const auto made = pack(test_now);
  const auto alone = at(test_now, [&](http::Call& call) -> Result<gate::Stands> {
                       FL_TRY(const auto resident, people.resident(*call.session, self));
                       return gate::stands_of(*call.session, w.gate1, resident, test_now, false);
                     }).value();
  EXPECT_EQ(made.homes[0].people[0].stands, alone);
}

TEST_F(GatePack, AnswersThatTheAskerHoldsItAlready) {
  add_person("张三", w.home101.id);
  const auto first = pack(test_now);
  ASSERT_TRUE(at(test_now, [&](http::Call& call) -> Result<void> {
    call.if_none_match = '"' + format_id(first.version.value) + '"';
    FL_TRYV(packs.pack(call, w.gate1, {}));
    EXPECT_TRUE(call.unchanged);
    EXPECT_EQ(call.etag, call.if_none_match);
    return {};
  }));
}

// 10,000 people: below 600 kB as it is sent.
TEST_F(GatePack, TenThousandPeopleFit) {
  constexpr int people_count = 10'000, at_once = 500;
  SeededRandom random(11);
  for (int done = 0; done < people_count; done += at_once) {
    ASSERT_TRUE(database->write([&](Session& session) -> Result<void> {
      FL_TRY(const auto floor, area::find(session, w.community.id, w.home101.parent_id));
      AreaId home;
      for (int i = done; i < done + at_once; ++i) {
        if (i % 3 == done % 3) {
          const std::string code = "9" + std::to_string(i);
          FL_TRY(const auto added,
                 area::add(session, &floor, {area::AreaKind::household, code, code + "室", "1-1-" + code, {}, true},
                           test_now));
          home = added.id;
        }
        person::Person person;
        person.community_id = w.community.id;
        person.household_id = home;
        person.name = i % 2 ? "张三" : "欧阳五";
        person.born_on = Date(std::chrono::days(-7000 + static_cast<int>(random.below(20000))));
        person.id_number = number_of(*person.born_on, static_cast<int>(random.below(1000)), i);
        FL_TRY(const auto ref, people.add(session, person, test_now, random));
        const Instant read_at = test_now - Millis(random.below(3'600'000)),
                      sampled = read_at - Millis(random.below(86'400'000));
        FL_TRYV(health::record_code(session, ref.community_id, ref.person_id,
                                    {health::CodeColour::green, health::EvidenceGrade::connector, read_at, "lz-code"},
                                    {}, "", test_now));
        FL_TRYV(health::record_nat(
            session, ref.community_id, ref.person_id,
            {sampled, sampled + Millis(random.below(static_cast<std::uint64_t>((test_now - sampled).count()))),
             health::NatState::negative, "lab"},
            test_now));
      }
      return {};
    })) << done;
  }
  using Clock = std::chrono::steady_clock;
  const auto milliseconds = [](Clock::duration took) {
    return std::chrono::duration<double, std::milli>(took).count();
  };
  const auto begun = Clock::now();
  const auto made = pack(test_now);
  const auto built = Clock::now();
  const std::string text = json::write(made);
  const auto written = Clock::now();
  const std::string sent = http::gzip(text);
  const auto packed = Clock::now();
  std::printf("pack: %d people, %zu homes, %.0f ms to build, %.0f to write, %.0f to compress; %zu kB, %zu kB as sent\n",
              people_count, made.homes.size(), milliseconds(built - begun), milliseconds(written - built),
              milliseconds(packed - written), text.size() / 1024, sent.size() / 1024);
  std::size_t count = 0;
  for (const auto& home : made.homes) count += home.people.size();
  EXPECT_EQ(count, static_cast<std::size_t>(people_count));
  EXPECT_LT(sent.size(), 600'000u);
}

}  // namespace
}  // namespace firstline::offline
