// Places, people, accounts and readings give the same answers on every engine: the ranges of paths, which a locale
// could spoil, the lookups by hash, and the updates that must happen once.

#include "access/login_limiter.hpp"
#include "access/service.hpp"
#include "access/store.hpp"
#include "area/test_world.hpp"
#include "contract/engines.hpp"
#include "drill/generate.hpp"
#include "health/service.hpp"
#include "person/search.hpp"
#include "person/service.hpp"

namespace firstline::tests {
namespace {

using namespace std::chrono_literals;

person::FieldKey test_key() { return person::FieldKey(std::array<std::byte, 32>{}); }

// The value, or the test ends here and says why.
template <class T>
T good(Result<T> result) {
  if (!result) throw std::runtime_error(result.error().reason + " " + result.error().detail);
  return std::move(*result);
}

TEST_P(Engines, EverythingBelowAPathAndNothingElse) {
  const auto w = area::small_community(*database);
  const auto codes = [&](const std::string& path) {
    std::string text;
    for (const auto& node : good(database->read([&](Session& s) { return area::below(s, w.community.id, path); })))
      text += node.code + " ";
    return text;
  };
  const auto ten = database->write([&](Session& s) {
    return area::add(s, &w.community, {area::AreaKind::compound, "c10", "示范10号院", {}, {}, true}, noon);
  });
  ASSERT_TRUE(ten);
  EXPECT_EQ(codes(w.compound1.path), "b01 u1 f01 101 102 ");
  EXPECT_EQ(codes(w.compound1.path + "0"), "");
  EXPECT_EQ(codes(w.community.path), "c1 b01 u1 f01 101 102 c10 c2 b01 u1 f01 101 g1 g2 ");
  EXPECT_EQ(good(database->read([&](Session& s) { return area::below(s, {}, "620102"); })).size(), 28u + 181u + 1u);
  const auto twice = database->write([&](Session& s) {
    return area::add(s, &w.community, {area::AreaKind::compound, "c10", "again", {}, {}, true}, noon);
  });
  EXPECT_EQ(twice.error().reason, "area.exists");
}

TEST_P(Engines, PeopleAreFoundByWhatTheyCarry) {
  const auto w = area::small_community(*database);
  const auto key = test_key();
  const person::Directory directory(key);
  person::Person made;
  made.community_id = w.community.id;
  made.household_id = w.home102.id;
  made.name = "欧阳修远";
  made.id_number = "11010519491231002X";
  made.phone = "13812341234";
  made.marks = {person::Mark::lone_elder};
  const auto add = [&] {
    return database->write([&](Session& s) { return directory.add(s, made, noon, system_random()); });
  };
  const auto ref = good(add());
  EXPECT_EQ(add().error().reason, "person.exists");
  EXPECT_EQ(good(database->read(
                [&](Session& s) { return directory.by_id_number(s, "11010519491231002x", civil_date(noon)); })),
            ref);
  EXPECT_EQ(good(database->read([&](Session& s) { return directory.by_phone(s, "13812341234"); })), std::vector{ref});
  const auto resident = good(database->read([&](Session& s) { return directory.resident(s, ref); }));
  EXPECT_EQ(resident.person.name, made.name);
  EXPECT_EQ(resident.person.marks, made.marks);
  EXPECT_EQ(resident.household_label, "1-1-102");
  const person::RevealCommand why{{}, person::RevealReason::delivery, "送药"};
  const auto revealed =
      good(database->write([&](Session& s) { return directory.reveal(s, ref, why, {}, noon, system_random()); }));
  EXPECT_EQ(revealed.address, "示范1号院1号楼1单元102室");
  expect_whole();
}

TEST_P(Engines, PeopleAreFoundByPartsOfWhatIsSealed) {
  const auto w = area::small_community(*database);
  const auto key = test_key();
  const person::Directory directory(key);
  person::Person made;
  made.community_id = w.community.id;
  made.household_id = w.home102.id;
  made.name = "欧阳修远";
  made.phone = "13812341234";
  const auto ref = good(database->write([&](Session& s) { return directory.add(s, made, noon, system_random()); }));
  const auto count = [&](const char* typed) {
    const auto wanted = good(person::wanted_of(typed));
    const auto found = good(database->read([&](Session& s) {
      return person::search(
          s, directory, w.community.id, wanted, [](const std::string&) -> Result<bool> { return true; },
          civil_date(noon));
    }));
    return found.people.size();
  };
  for (const char* typed : {"欧阳", "修远", "oyx", "ouyangxiu", "1234", "1-1-102"})
    EXPECT_EQ(count(typed), 1u) << typed;
  for (const char* typed : {"远修", "oya", "1235", "1-1-109"}) EXPECT_EQ(count(typed), 0u) << typed;
  EXPECT_TRUE(database->write([&](Session& s) -> Result<void> {
    FL_TRY(auto person, directory.find(s, ref));
    person.name = "张三";
    person.household_id = {};
    return directory.put(s, person, noon, system_random());
  }));
  EXPECT_EQ(count("欧阳"), 0u);
  EXPECT_EQ(count("张三"), 1u);
  EXPECT_EQ(count("1-1-102"), 0u);
  EXPECT_EQ(good(person::reindex(*database, directory, w.community.id)), 1);
  EXPECT_EQ(count("zhangsan"), 1u);
}

TEST_P(Engines, SessionsAndDevicesStartAndEnd) {
  const auto w = area::small_community(*database);
  const auto key = test_key();
  access::Authenticator authenticator(*database, key);
  const access::Door door{&*database, &key, &authenticator, {}};
  access::LoginLimiter limiter;
  const auto hash = good(access::hash_password("a long password", system_random()));
  const access::NewAccount keeper{
      "keeper", "Post", "a long password", {}, {}, {{http::Role::keeper, w.compound1.id, w.compound1.path}}, false};
  const auto add = [&] {
    return database->write(
        [&](Session& s) { return access::add_account(s, key, keeper, hash, {}, noon, system_random()); });
  };
  const AccountId id = good(add());
  EXPECT_EQ(add().error().reason, "account.exists");
  const auto in =
      good(access::sign_in(door, limiter, {"keeper", "a long password", {}}, "10.0.0.1", noon, system_random()));
  EXPECT_EQ(access::sign_in(door, limiter, {"keeper", "wrong", {}}, "10.0.0.1", noon, system_random()).error().reason,
            "session.wrong_credentials");
  const auto who = [&](const std::string& session_token, const std::string& device_token) {
    return database->read([&](Session& s) { return authenticator.authenticate(s, session_token, device_token, noon); });
  };
  EXPECT_TRUE(good(who(in.token, "")).holds(http::Role::keeper, area::place_of(w.gate1)));

  const auto offer = good(
      database->write([&](Session& s) { return access::offer_enrolment(s, door, {}, w.gate1.id, "phone", id, noon); }));
  const auto enrol = [&] {
    return database->write([&](Session& s) { return access::enrol(s, door, {}, offer.code, noon); });
  };
  const auto phone = good(enrol());
  EXPECT_EQ(good(enrol()).token, phone.token);
  EXPECT_EQ(good(who("", phone.token)).gate, w.gate1.id);
  const auto out = database->write([&](Session& s) -> Result<void> {
    FL_TRYV(access::revoke_device(s, door, phone.device_id, "lost", {}, noon, system_random()));
    return access::grant(s, id, {http::Role::volunteer, w.grid1.id, w.grid1.path}, {}, noon);
  });
  EXPECT_TRUE(out);
  EXPECT_EQ(who("", phone.token).error().reason, "device.revoked");
  EXPECT_EQ(who(in.token, "").error().reason, "session.expired");
  expect_whole();
}

TEST_P(Engines, ReadingsDoNotGoBack) {
  const auto w = area::small_community(*database);
  const auto key = test_key();
  const person::Directory directory(key);
  person::Person made;
  made.community_id = w.community.id;
  made.household_id = w.home101.id;
  made.name = "欧阳修远";
  const auto ref = good(database->write([&](Session& s) { return directory.add(s, made, noon, system_random()); }));
  const AreaId community = ref.community_id;
  const PersonId person = ref.person_id;
  const auto code = [&](health::CodeColour colour, Millis ago) {
    const health::CodeReading reading{colour, health::EvidenceGrade::connector, noon - ago, "test"};
    EXPECT_TRUE(
        database->write([&](Session& s) { return health::record_code(s, community, person, reading, {}, "", noon); }));
  };
  const auto nat = [&](health::NatState state, Millis ago, std::optional<Instant> reported) {
    EXPECT_TRUE(database->write([&](Session& s) {
      return health::record_nat(s, community, person, {noon - ago, reported, state, "p"}, noon);
    }));
  };
  code(health::CodeColour::yellow, 2h);
  code(health::CodeColour::green, 5h);
  nat(health::NatState::negative, 30h, noon - 24h);
  nat(health::NatState::testing, 2h, {});
  nat(health::NatState::negative, 60h, noon - 50h);
  const auto standing = [&] {
    return good(database->read([&](Session& s) { return health::standing(s, ref.community_id, ref.person_id); }));
  };
  const auto now = standing();
  EXPECT_EQ(now.code->colour, health::CodeColour::yellow);
  EXPECT_EQ(now.nat.state, health::NatState::testing);
  EXPECT_EQ(now.nat.last_negative->sampled_at, noon - 30h);

  // It lies in one row with the person and the home: neither change touches it.
  made.id = ref.person_id;
  made.household_id = w.home102.id;
  EXPECT_TRUE(database->write([&](Session& s) -> Result<void> {
    FL_TRYV(directory.put(s, made, noon, system_random()));
    area::Area renamed = w.home102;
    renamed.label = "甲102";
    return person::home_renamed(s, renamed);
  }));
  EXPECT_EQ(standing(), now);
  const auto resident = good(database->read([&](Session& s) { return directory.resident(s, ref); }));
  EXPECT_EQ(resident.household_label, "甲102");
  EXPECT_EQ(resident.household_path, w.home102.path);
}

TEST_P(Engines, CommunitiesAreGenerated) {
  const auto key = test_key();
  drill::GenerateOptions some;
  some.people = 400;
  some.communities = 2;
  some.now = noon;
  const auto made = good(drill::generate_communities(*database, key, some));
  EXPECT_EQ(made.people, 400);
  EXPECT_TRUE(good(drill::generate_communities(*database, key, some)).was_there);
  EXPECT_EQ(good(drill::refresh_readings(*database, key, noon + 24h)), 400);
}

}  // namespace
}  // namespace firstline::tests
