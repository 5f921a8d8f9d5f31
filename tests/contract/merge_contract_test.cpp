// Two records that are one person, on every engine and with all that follows from it in other modules
// (src/app/reactions.cpp): tests and codes, trips, accounts; and all of it back.

#include "access/login_limiter.hpp"
#include "access/resident.hpp"
#include "access/store.hpp"
#include "app/reactions.hpp"
#include "area/test_world.hpp"
#include "contract/engines.hpp"
#include "health/service.hpp"
#include "inquiry/service.hpp"
#include "movement/passes.hpp"
#include "movement/trips.hpp"
#include "person/merge.hpp"
#include "policy/embedded.hpp"

namespace firstline::tests {
namespace {

using namespace std::chrono_literals;
using area::test_now;

template <class T>
T good(Result<T> result) {
  if (!result) throw std::runtime_error(result.error().reason + " " + result.error().detail);
  return std::move(*result);
}

class Twice {
 public:
  explicit Twice(Database& database) : database_(database) {
    w = area::small_community(database);
    kept = add("张丽", w.home101, "11010519491231002X");
    gone = add("张莉", w.home102, "440524188001010014");
    actor.account = AccountId{77};
    actor.grants = {{http::Role::secretary, w.community.id, w.community.path}};
  }
  person::PersonRef add(const char* name, const area::Area& home, const char* number) {
    person::Person made;
    made.community_id = w.community.id;
    made.household_id = home.id;
    made.name = name;
    made.id_number = number;
    return good(database_.write([&](Session& s) { return people.add(s, made, test_now, system_random()); }));
  }
  Result<person::PersonVersion> merge() {
    return database_.write([&](Session& s) -> Result<person::PersonVersion> {
      FL_TRY(const auto both, person::side_by_side(s, people, kept, gone, civil_date(test_now)));
      const person::MergePeople command{
          make_uuid_v7(test_now, system_random()), both.one.version, gone.person_id, both.other.version,
          {person::MergeField::id_number},         "同一人"};
      return person::merge(s, people, reactions, kept, command, {actor, test_now, system_random()});
    });
  }
  Result<person::PersonVersion> separate() {
    return database_.write([&](Session& s) -> Result<person::PersonVersion> {
      FL_TRY(const auto card, person::card_of(s, people, kept, civil_date(test_now)));
      return person::undo_merge(s, people, reactions, kept, card.merged.at(0).merge_id,
                                {actor, test_now, system_random()});
    });
  }
  health::Standing health_of(person::PersonRef who) {
    return good(database_.read([&](Session& s) { return health::standing(s, w.community.id, who.person_id); }));
  }
  movement::Standing movement_of(person::PersonRef who, const area::Area& home) {
    return good(database_.read([&](Session& s) {
      return movement::standing(s, w.community.id, w.compound1.id, home.id, who.person_id, civil_date(test_now));
    }));
  }
  person::PersonRef with(const char* number) {
    return database_.read([&](Session& s) { return people.by_id_number(s, number, civil_date(test_now)); })
        .value_or(person::PersonRef{});
  }
  void file_trip(person::PersonRef who) {
    http::Call call;
    call.now = test_now;
    call.random = &system_random();
    call.actor = actor;
    movement::api::FileTrip command;
    command.person_ids = {who.person_id};
    command.to_name = "定西";
    command.leaves_on = civil_date(test_now);
    command.back_on = civil_date(test_now) + std::chrono::days(3);
    good(database_.write([&](Session& s) {
      call.session = &s;
      return movement::file_trips(call, ground, w.community.id, command, movement::TripSource::office, {});
    }));
  }
  void approve_outing(person::PersonRef who, const area::Area& home) {
    http::Call call;
    call.now = test_now;
    call.random = &system_random();
    call.actor = actor;
    movement::api::ApproveOuting command;
    command.household_id = home.id;
    command.person_id = who.person_id;
    command.day = civil_date(test_now);
    good(database_.write([&](Session& s) {
      call.session = &s;
      return movement::approve_outing(call, ground, w.community.id, command);
    }));
  }

  void open_record(person::PersonRef who) {
    const person::RevealCommand why{make_uuid_v7(test_now, system_random()), person::RevealReason::delivery, "送药"};
    good(database_.write([&](Session& s) { return people.reveal(s, who, why, actor, test_now, system_random()); }));
  }
  // What the resident whose record it is learns of that.
  std::size_t looks_at(person::PersonRef who) {
    return good(database_.read([&](Session& s) {
             http::Call call;
             call.session = &s;
             call.now = test_now;
             call.actor.person = who.person_id;
             call.actor.person_community = who.community_id;
             return inquiry::looks_at_me(call);
           }))
        .items.size();
  }

  person::FieldKey key{std::array<std::byte, 32>{}};
  person::Directory people{key};
  person::Reactions reactions = app::reactions_to_people();
  policy::RulesInForce rules{policy::embedded_library(), {"fl-base", "cn-9"}};
  movement::Ground ground{&people, &rules};
  area::SmallCommunity w;
  person::PersonRef kept, gone;
  http::Actor actor;

 private:
  Database& database_;
};

TEST_P(Engines, MergedRecordsAreOnePersonAndTwoAgainWhenTakenBack) {
  Twice two(*database);
  ASSERT_TRUE(database->write([&](Session& s) -> Result<void> {
    const AreaId c = two.w.community.id;
    const health::CodeReading green{health::CodeColour::green, health::EvidenceGrade::connector, test_now - 48h, "a"};
    const health::CodeReading yellow{health::CodeColour::yellow, health::EvidenceGrade::connector, test_now - 2h, "b"};
    FL_TRYV(health::record_code(s, c, two.kept.person_id, green, {}, "", test_now));
    FL_TRYV(health::record_code(s, c, two.gone.person_id, yellow, {}, "", test_now));
    return health::record_nat(s, c, two.gone.person_id,
                              {test_now - 9h, test_now - 1h, health::NatState::negative, "lab"}, test_now);
  }));
  two.file_trip(two.gone);
  two.approve_outing(two.gone, two.w.home102);
  two.open_record(two.gone);
  two.open_record(two.kept);

  ASSERT_TRUE(two.merge());
  EXPECT_EQ(two.looks_at(two.kept), 2u) << "also those at the record that went";
  EXPECT_EQ(two.with("440524188001010014"), two.kept);
  EXPECT_EQ(two.with("11010519491231002X"), person::PersonRef{});
  EXPECT_EQ(two.health_of(two.kept).code->colour, health::CodeColour::yellow) << "the newer of both";
  EXPECT_EQ(two.health_of(two.kept).nat.last_negative->sampled_at, test_now - 9h);
  EXPECT_TRUE(two.movement_of(two.kept, two.w.home101).trip) << "at the home of the one that stays";
  EXPECT_FALSE(two.movement_of(two.gone, two.w.home102).trip);
  EXPECT_EQ(two.movement_of(two.kept, two.w.home101).approved_days.size(), 1u);
  EXPECT_TRUE(two.movement_of(two.gone, two.w.home102).approved_days.empty());
  // What comes in meanwhile is of the one that stays.
  ASSERT_TRUE(database->write([&](Session& s) {
    const health::CodeReading red{health::CodeColour::red, health::EvidenceGrade::connector, test_now, "c"};
    return health::record_code(s, two.w.community.id, two.with("440524188001010014").person_id, red, {}, "", test_now);
  }));

  ASSERT_TRUE(two.separate());
  EXPECT_EQ(two.looks_at(two.kept), 1u);
  EXPECT_EQ(two.with("440524188001010014"), two.gone);
  EXPECT_EQ(two.with("11010519491231002X"), two.kept);
  EXPECT_EQ(two.health_of(two.kept).code->colour, health::CodeColour::red);
  EXPECT_FALSE(two.health_of(two.kept).nat.last_negative);
  EXPECT_EQ(two.health_of(two.gone).code->colour, health::CodeColour::yellow);
  EXPECT_TRUE(two.health_of(two.gone).nat.last_negative);
  EXPECT_FALSE(two.movement_of(two.kept, two.w.home101).trip);
  EXPECT_TRUE(two.movement_of(two.gone, two.w.home102).trip);
  EXPECT_TRUE(two.movement_of(two.kept, two.w.home101).approved_days.empty());
  EXPECT_EQ(two.movement_of(two.gone, two.w.home102).approved_days.size(), 1u);
  expect_whole();
}

TEST_P(Engines, TwoWhoAreBothAwayAreNotMerged) {
  Twice two(*database);
  two.file_trip(two.kept);
  two.file_trip(two.gone);
  EXPECT_EQ(two.merge().error().reason, "trip.both_away");
  EXPECT_EQ(two.with("440524188001010014"), two.gone) << "nothing half done";
}

TEST_P(Engines, AResidentsAccountIsMadeAtTheDeskAndFollowsTheRecord) {
  Twice two(*database);
  const access::Authenticator authenticator(*database, two.key);
  const access::Door door{&*database, &two.key, &authenticator, {{}, "https://10.0.0.5:8443", false}};
  access::LoginLimiter limiter;
  const auto open = [&](person::PersonRef who, const Uuid& command) {
    return access::open_resident_account(door, two.actor, who, command, test_now, system_random());
  };
  const auto command = make_uuid_v7(test_now, system_random());
  const auto once = good(open(two.gone, command));
  EXPECT_EQ(once.login, "r1-1-102");
  EXPECT_TRUE(once.sign_in_qr_svg);
  EXPECT_EQ(good(open(two.gone, command)).password, once.password) << "sent twice";
  EXPECT_EQ(open(two.gone, make_uuid_v7(test_now, system_random())).error().reason, "account.person_has_one");
  const auto in = [&] {
    return good(access::sign_in(door, limiter, {once.login, once.password, {}}, "10.0.0.1", test_now, system_random()));
  };
  const auto session = in();
  EXPECT_EQ(session.view.person_id, two.gone.person_id);
  EXPECT_TRUE(session.view.must_change_password);

  ASSERT_TRUE(two.merge());
  EXPECT_FALSE(database->read([&](Session& s) { return access::current_session(s, door, session.token, test_now); }))
      << "signs in anew";
  EXPECT_EQ(in().view.person_id, two.kept.person_id);
  const auto accounts = [&](person::PersonRef who) {
    return good(database->read([&](Session& s) { return access::accounts_of(s, two.actor, who, test_now); }));
  };
  EXPECT_EQ(accounts(two.kept).items.size(), 1u);
  EXPECT_FALSE(accounts(two.kept).may_open);
  ASSERT_TRUE(two.separate());
  EXPECT_EQ(in().view.person_id, two.gone.person_id);
  EXPECT_TRUE(accounts(two.kept).may_open);
  ASSERT_TRUE(
      database->write([&](Session& s) { return access::leave(s, door, two.actor, once.account_id, test_now); }));
  EXPECT_EQ(access::sign_in(door, limiter, {once.login, once.password, {}}, "10.0.0.1", test_now, system_random())
                .error()
                .reason,
            "session.wrong_credentials");
  EXPECT_EQ(good(open(two.gone, make_uuid_v7(test_now, system_random()))).login, "r1-1-102b") << "a login stays taken";
}

}  // namespace
}  // namespace firstline::tests
