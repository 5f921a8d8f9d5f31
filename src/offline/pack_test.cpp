// What a gate's phone is given: whole, by difference, and how large.

#include <gtest/gtest.h>

#include "area/test_world.hpp"
#include "credential/text_codes.hpp"
#include "gate/late_store.hpp"
#include "gate/presented.hpp"
#include "gate/standing.hpp"
#include "health/service.hpp"
#include "http/gzip.hpp"
#include "issuing/service.hpp"
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
  person::PersonRef add_person(const char* name, AreaId home, const char* number = nullptr, bool green = true) {
    return database
        ->write([&](Session& session) -> Result<person::PersonRef> {
          person::Person person;
          person.community_id = w.community.id;
          person.household_id = home;
          person.name = name;
          if (number) {
            const std::string text = number;
            person.id_number = text;
            person.born_on = parse_date(text.substr(6, 4) + "-" + text.substr(10, 2) + "-" + text.substr(12, 2));
          }
          FL_TRY(const auto ref, people.add(session, person, test_now, system_random()));
          if (green)
            FL_TRYV(health::record_code(
                session, ref.community_id, ref.person_id,
                {health::CodeColour::green, health::EvidenceGrade::connector, test_now - 1h, "t"}, {}, "", test_now));
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
  void SetUp() override {
    ASSERT_TRUE(at(test_now, [&](http::Call& call) {
      return issuing::begin(*call.session, {&people, &rules}, w.community.id, call.now, *call.random);
    }));
  }
  api::SignedPack signed_pack(Packs& from, Instant now, std::optional<PackVersion> since = {},
                              const area::Gate* gate = nullptr) {
    auto made = at(now, [&](http::Call& call) { return from.pack(call, gate ? *gate : w.gate1, since); });
    if (made) return std::move(*made);
    ADD_FAILURE() << made.error().reason;
    return {};
  }
  api::Pack pack(Instant now, std::optional<PackVersion> since = {}, const area::Gate* gate = nullptr) {
    return read(signed_pack(packs, now, since, gate));
  }
  static api::Pack read(const api::SignedPack& made) {
    auto pack = json::read<api::Pack>(made.pack.text);
    if (pack) return std::move(*pack);
    ADD_FAILURE() << pack.error().reason << " at " << pack.error().where;
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
  EXPECT_NE(next.version, first.version);
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
  EXPECT_NE(version, first.version);
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

// Paper stands in for a colour that nobody has read, in the pack, at the gate, and where a late record is replayed.
TEST_F(GatePack, HoldsPaperOfWhomNoColourIsKnown) {
  const Date born = *parse_date("1930-01-01");
  const auto elder = add_person("张三", w.home101.id, number_of(born, 1, 1).c_str(), false);
  const auto green = add_person("李四", w.home102.id, number_of(born, 2, 2).c_str());
  const auto paper_for = [&](person::PersonRef who, Instant now) {
    const auto made = at(now, [&](http::Call& call) {
      issuing::api::IssueCode command;
      command.person_id = who.person_id;
      command.ground = issuing::PaperGround::elder;
      command.days = 7;
      return issuing::issue_at_desk(call, {&people, &rules}, w.community.id, command);
    });
    if (!made) throw std::runtime_error(made.error().reason);
    return *made;
  };
  const auto first = pack(test_now);
  const auto paper = paper_for(elder, test_now + 1min);
  paper_for(green, test_now + 1min);
  const auto good = [](auto result) {
    if (!result) throw std::runtime_error(result.error().reason + " " + result.error().detail);
    return *result;
  };
  const auto stands_then = [&](person::PersonRef who, Instant moment) {
    return good(at(test_now + 1h, [&](http::Call& call) -> Result<std::optional<gate::OfflineCode>> {
      FL_TRY(const auto resident, people.resident(*call.session, who));
      FL_TRY(const auto stands, gate::stands_at(*call.session, w.gate1, resident, moment, false));
      return stands.offline_code;
    }));
  };
  const auto stands_now = [&](Instant now) {
    return good(at(now, [&](http::Call& call) -> Result<std::optional<gate::OfflineCode>> {
      FL_TRY(const auto resident, people.resident(*call.session, elder));
      FL_TRY(const auto stands, gate::stands_of(*call.session, w.gate1, resident, now, false));
      return stands.offline_code;
    }));
  };
  const auto with = pack(test_now + 2min, first.version);
  ASSERT_EQ(with.homes.size(), 1u) << "paper beside a colour changes nothing";
  const auto held = with.homes[0].people[0].stands.offline_code;
  ASSERT_TRUE(held);
  EXPECT_EQ(held->valid_until, paper.expires_at);
  EXPECT_EQ(held, stands_now(test_now + 2min));
  EXPECT_EQ(held, stands_then(elder, test_now + 2min));
  EXPECT_FALSE(stands_then(elder, test_now)) << "before it was issued";
  EXPECT_FALSE(stands_then(green, test_now + 2min));

  ASSERT_TRUE(at(test_now + 3min, [&](http::Call& call) {
    return issuing::revoke(call, {&people, &rules}, w.community.id, paper.code_ref, issuing::RevokeReason::lost);
  }));
  const auto without = pack(test_now + 4min, with.version);
  ASSERT_EQ(without.homes.size(), 1u);
  EXPECT_FALSE(without.homes[0].people[0].stands.offline_code);
  EXPECT_FALSE(stands_now(test_now + 4min));
  EXPECT_EQ(stands_then(elder, test_now + 2min), held) << "what held then";
  EXPECT_GT(without.lists[0].number, with.lists[0].number) << "the list of revoked codes is another one";
}

TEST_F(GatePack, TwoNodesAndANodeStartedAnewAnswerAlike) {
  const auto self = add_person("张三", w.home101.id);
  add_person("李四", w.home102.id);
  const auto first = pack(test_now);
  Packs other{&*database, ground};
  EXPECT_EQ(read(signed_pack(other, test_now + 3s, first.version)).since, first.version) << "the same name elsewhere";
  turn_red(self, test_now + 10s);
  const auto here = pack(test_now + 20s, first.version);
  const auto there = read(signed_pack(other, test_now + 22s, first.version));
  EXPECT_EQ(here.version, there.version);
  EXPECT_EQ(json::write(here.homes), json::write(there.homes));
  EXPECT_EQ(here.homes.size(), 1u);

  Packs anew{&*database, ground};
  ASSERT_TRUE(at(test_now + 30s, [&](http::Call& call) -> Result<void> {
    call.if_none_match = '"' + format_id(here.version.value) + '"';
    FL_TRYV(anew.pack(call, w.gate1, here.version));
    EXPECT_TRUE(call.unchanged) << "nothing has changed while it was away";
    return {};
  }));
  EXPECT_FALSE(read(signed_pack(anew, test_now + 31s, first.version)).since) << "it never saw that one";
}

// Back as it was is the version that it was.
TEST_F(GatePack, AVersionThatComesBackLosesNothing) {
  const auto self = add_person("张三", w.home101.id);
  const auto other = add_person("李四", w.home102.id);
  const auto move = [&](AreaId home, Instant now) {
    ASSERT_TRUE(at(now, [&](http::Call& call) -> Result<void> {
      FL_TRY(auto person, people.find(*call.session, self));
      person.household_id = home;
      return people.put(*call.session, person, call.now, *call.random);
    }));
  };
  const auto first = pack(test_now);
  move({}, test_now + 10s);
  const auto away = pack(test_now + 20s, first.version);
  EXPECT_EQ(away.dropped.person_ids, std::vector{self.person_id});
  move(w.home101.id, test_now + 30s);
  const auto back = pack(test_now + 40s, away.version);
  EXPECT_EQ(back.version, first.version);
  EXPECT_EQ(back.homes.size(), 1u);
  EXPECT_TRUE(pack(test_now + 41s, first.version).dropped.person_ids.empty()) << "who slept through it misses nothing";
  turn_red(other, test_now + 50s);
  const auto later = pack(test_now + 60s, first.version);
  EXPECT_EQ(later.homes.size(), 1u);
  EXPECT_TRUE(later.dropped.person_ids.empty());
  const auto from_away = pack(test_now + 60s, away.version);
  EXPECT_EQ(from_away.homes.size(), 2u);
}

TEST_F(GatePack, IsSignedByTheCommunitysKey) {
  add_person("张三", w.home101.id);
  const auto root = credential::PrivateKey::make();
  ASSERT_TRUE(at(test_now, [&](http::Call& call) {
    return issuing::sign_trust(*call.session, root, std::chrono::days(100), call.now);
  }));
  const auto made = signed_pack(packs, test_now + 5s);
  const auto held = read(made);
  const auto trust_octets = at(test_now, [&](http::Call& call) { return issuing::trust_file(*call.session); })->octets;
  const auto trust =
      credential::read_trust_list(credential::from_base64(trust_octets).value(), root.public_key(), test_now).value();
  const std::string octets = credential::from_base64(made.signature).value();
  const auto statement = credential::read_pack_statement(octets, trust);
  ASSERT_TRUE(statement) << statement.error().reason;
  EXPECT_EQ(statement->version, format_id(held.version.value));
  EXPECT_EQ(statement->gate, format_id(w.gate1.id.value));
  EXPECT_EQ(statement->issuer, held.division_code);
  EXPECT_EQ(statement->digest, credential::sha256(made.pack.text));
  EXPECT_EQ(statement->not_after, std::chrono::floor<std::chrono::seconds>(held.expires_at));
  ASSERT_EQ(held.lists.size(), 2u);
  EXPECT_EQ(held.lists[0].path, "/api/v1/trust-list?number=1");
  EXPECT_EQ(held.lists[0].number, trust.number);
  EXPECT_EQ(held.lists[1].path, "/api/v1/communities/" + format_id(w.community.id.value) + "/revocations?number=1");
  for (std::size_t at = 0; at < octets.size(); ++at) {
    std::string bent = octets;
    bent[at] = static_cast<char>(bent[at] ^ 4);
    EXPECT_FALSE(credential::read_pack_statement(bent, trust)) << at;
  }
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

// Nobody has asked for a code yet: the first pack, asked for by reading, makes the key that signs it.
class NewGate : public GatePack {
 protected:
  void SetUp() override {}
};
TEST_F(NewGate, GetsAKeyWithItsFirstPack) {
  add_person("张三", w.home101.id);
  const auto ask = [&](Instant now) {
    return database
        ->read([&](Session& session) {
          http::Call call;
          call.session = &session;
          call.now = now;
          call.random = &system_random();
          return packs.pack(call, w.gate1, {});
        })
        .value();
  };
  const auto first = ask(test_now);
  EXPECT_FALSE(first.signature.empty());
  EXPECT_TRUE(read(first).lists.empty());
  const auto second = read(ask(test_now + 3s));
  ASSERT_EQ(second.lists.size(), 1u) << "its list of revoked codes; no root has signed yet";
  EXPECT_NE(second.version, read(first).version);
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
  double took = 0;
  const auto timed = [&](auto work) {
    const auto begun = Clock::now();
    auto done = work();
    took = std::chrono::duration<double, std::milli>(Clock::now() - begun).count();
    return done;
  };
  const auto made_signed = timed([&] { return signed_pack(packs, test_now); });
  const double whole = took;
  const auto made = read(made_signed);
  timed([&] { return signed_pack(packs, test_now + 3s, made.version); });
  const double again = took;
  const std::string text = json::write(made_signed);
  const std::string sent = timed([&] { return http::gzip(text); });
  std::printf(
      "pack: %d people, %zu homes, %.0f ms to build and write, %.0f ms when nothing has changed, %.0f to compress; "
      "%zu kB, %zu kB as sent\n",
      people_count, made.homes.size(), whole, again, took, text.size() / 1024, sent.size() / 1024);
  std::size_t count = 0;
  for (const auto& home : made.homes) count += home.people.size();
  EXPECT_EQ(count, static_cast<std::size_t>(people_count));
  EXPECT_LT(sent.size(), 600'000u);
}

}  // namespace
}  // namespace firstline::offline
