#include <gtest/gtest.h>

#include "access/service.hpp"
#include "appeal/service.hpp"
#include "area/test_world.hpp"
#include "base/base64.hpp"
#include "health/service.hpp"
#include "policy/embedded.hpp"

namespace firstline::appeal {
namespace {

using namespace std::chrono_literals;
using area::test_now;
using health::CodeColour;
using health::EvidenceGrade;
using http::Role;
using store::Session;

const std::string paper_bytes = "\x89PNG\r\n\x1a\n...";

class AppealOf : public ::testing::Test {
 protected:
  void SetUp() override {
    ref = database
              ->write([&](Session& s) -> Result<person::PersonRef> {
                person::Person made;
                made.community_id = w.community.id;
                made.household_id = w.home101.id;
                made.name = "张三";
                return people.add(s, made, test_now, system_random());
              })
              .value();
    for (const char* login : {"clerk", "street", "district", "other"}) accounts.push_back(account(login));
    know(CodeColour::red, EvidenceGrade::connector);
  }
  AccountId account(const char* login) {
    return database
        ->write([&](Session& s) {
          return access::add_account(
              s, key,
              {login, "Post", "a long password", "", {}, {{Role::keeper, w.community.id, w.community.path}}, false},
              "no hash", {}, now, system_random());
        })
        .value();
  }
  void know(CodeColour colour, EvidenceGrade grade) {
    ASSERT_TRUE(database->write([&](Session& s) {
      return health::record_code(s, w.community.id, ref.person_id, {colour, grade, now - 1h, "city"}, {}, "", now);
    }));
  }
  http::Call call_of(Session& s, AccountId account, Role role, const std::string& path) {
    http::Call call;
    call.session = &s;
    call.now = now;
    call.random = &system_random();
    call.place = {w.community.id, w.community.path, {}};
    call.actor.account = account;
    call.actor.grants = {{role, {1}, path}};
    return call;
  }
  // What a use case came to: its fault's reason, or nothing.
  template <class F>
  std::string as(AccountId account, Role role, const std::string& path, F work) {
    const auto done = database->write([&](Session& s) -> Result<void> {
      http::Call call = call_of(s, account, role, path);
      if (role == Role::resident) {
        call.actor.person = ref.person_id;
        call.actor.person_community = ref.community_id;
      }
      FL_TRYV(work(call));
      return {};
    });
    return done ? "" : done.error().reason;
  }
  template <class F>
  std::string resident(F work) {
    return as({1}, Role::resident, w.home101.path, work);
  }
  template <class F>
  std::string secretary(F work) {
    return as(accounts.at(0), Role::secretary, w.community.path, work);
  }
  template <class F>
  std::string street(F work) {
    return as(accounts.at(1), Role::commander, "620102/020", work);
  }
  template <class F>
  std::string district(F work) {
    return as(accounts.at(2), Role::commander, "620102", work);
  }
  std::string file(std::vector<api::PaperSent> papers = {{"image/png", to_base64(paper_bytes)}}) {
    return resident([&](http::Call& call) {
      return appeal::file(
          call, parts, {make_uuid_v7(now, system_random()), CodeColour::green, Ground::never_there, "没去过", papers});
    });
  }
  api::MyAppeals mine() {
    api::MyAppeals found;
    resident([&](http::Call& call) -> Result<void> {
      FL_TRY(found, my_appeals(call, parts));
      return {};
    });
    return found;
  }
  AppealId id() { return mine().items.at(0).appeal_id; }
  AppealId id_of(http::Call& call) { return list(call, parts).value().items.at(0).appeal_id; }
  auto carry() {
    return [this, at = id()](http::Call& call) { return appeal::carry(call, parts, at, {{}, "请上级办理"}); };
  }
  auto answer(bool granted, std::string document = "通知 7 号") {
    return [this, at = id(), granted, document](http::Call& call) {
      return appeal::answer(call, parts, at, {{}, granted, "已核实", document});
    };
  }
  api::ProposalList waiting(AccountId account) {
    api::ProposalList found;
    as(account, Role::commander, "620102", [&](http::Call& call) -> Result<void> {
      FL_TRY(found, proposals(call, parts));
      return {};
    });
    return found;
  }
  auto decide(bool confirmed) {
    return [this, at = waiting(accounts.at(3)).items.at(0).proposal_id, confirmed](http::Call& call) {
      return appeal::decide(call, parts, at, confirmed);
    };
  }
  CodeColour colour() {
    return database->read([&](Session& s) { return health::standing(s, w.community.id, ref.person_id); })->code->colour;
  }

  area::TemporaryDatabase database;
  area::SmallCommunity w = area::small_community(*database);
  const person::FieldKey key{std::array<std::byte, 32>{}};
  const person::Directory people{key};
  policy::RulesInForce rules{policy::embedded_library(), {"fl-base", "cn-8", "gs-2022-03", "lz-gate-2022"}};
  const Parts parts{&people, &rules};
  person::PersonRef ref;
  std::vector<AccountId> accounts;
  Instant now = test_now;
};

TEST_F(AppealOf, GoesUpLevelByLevelAndIsAnsweredAboveTheCommunity) {
  ASSERT_EQ(file(), "");
  EXPECT_EQ(file(), "appeal.one_open");
  EXPECT_EQ(mine().items[0].colour, CodeColour::red);
  EXPECT_EQ(mine().items[0].due_at, now + 24h);
  EXPECT_EQ(secretary(answer(true)), "appeal.above_you") << "the community carries and gives no colour";
  EXPECT_EQ(secretary(carry()), "");
  EXPECT_EQ(secretary(carry()), "appeal.above_you") << "it has left the community's hands";
  EXPECT_EQ(secretary(answer(false)), "appeal.above_you");
  now += 5h;
  EXPECT_EQ(street(carry()), "");
  EXPECT_EQ(mine().items[0].level, Level::district);
  EXPECT_EQ(mine().items[0].due_at, now + 24h);
  EXPECT_EQ(mine().items[0].steps.size(), 2u);
  EXPECT_EQ(street(answer(true)), "appeal.above_you");
  EXPECT_EQ(district(carry()), "appeal.at_the_top");
  EXPECT_EQ(district(answer(false)), "");
  EXPECT_EQ(district(answer(false)), "appeal.over");
  EXPECT_EQ(mine().items[0].state, State::refused);
  EXPECT_EQ(mine().items[0].answer, "已核实");
  EXPECT_EQ(file(), "") << "one that ended keeps nobody from another";
}

TEST_F(AppealOf, AGrantedColourAgainstTheConnectorWaitsForASecondPerson) {
  ASSERT_EQ(file(), "");
  ASSERT_EQ(secretary(carry()), "");
  EXPECT_EQ(district(answer(true, "")), "colour.no_document");
  EXPECT_EQ(district(answer(true)), "");
  EXPECT_EQ(colour(), CodeColour::red);
  ASSERT_EQ(waiting(accounts.at(2)).items.size(), 1u);
  EXPECT_FALSE(waiting(accounts.at(2)).items[0].may_decide);
  EXPECT_EQ(district(decide(true)), "colour.by_the_same");
  EXPECT_EQ(secretary(decide(true)), "");
  EXPECT_EQ(colour(), CodeColour::green);
  EXPECT_TRUE(waiting(accounts.at(3)).items.empty());
  const auto history =
      database->read([&](Session& s) { return health::code_history(s, w.community.id, ref.person_id); });
  EXPECT_EQ(history->back().grade, EvidenceGrade::visual);
  EXPECT_EQ(history->back().set_by, accounts.at(2));
  EXPECT_EQ(history->back().reason, "appeal_granted: 通知 7 号");
}

TEST_F(AppealOf, ASecondPersonMayRefuse) {
  ASSERT_EQ(file(), "");
  ASSERT_EQ(secretary(carry()), "");
  ASSERT_EQ(district(answer(true)), "");
  const auto again = decide(false);
  EXPECT_EQ(secretary(again), "");
  EXPECT_EQ(secretary(again), "colour.decided");
  EXPECT_EQ(colour(), CodeColour::red);
}

TEST_F(AppealOf, AColourByHandNeedsASecondPersonOnlyAgainstTheCodesOwnSystem) {
  const struct {
    EvidenceGrade known;
    CodeColour before, wanted;
    bool waits;
  } rows[] = {
      {EvidenceGrade::connector, CodeColour::red, CodeColour::green, true},
      {EvidenceGrade::signed_code, CodeColour::green, CodeColour::red, true},
      {EvidenceGrade::connector, CodeColour::red, CodeColour::red, false},
      {EvidenceGrade::visual, CodeColour::red, CodeColour::green, true},  // The connector's red counts on.
      {EvidenceGrade::visual, CodeColour::green, CodeColour::red, false},
  };
  int count = 0;
  for (const auto& row : rows) {
    now += 24h;
    know(row.before, row.known);
    EXPECT_EQ(secretary([&](http::Call& call) -> Result<void> {
                FL_TRY(const auto set, set_colour(call, ref, {{}, row.wanted, now, SetGround::certificate_seen, "A1"}));
                EXPECT_EQ(set.waits_for_second, row.waits) << count;
                return {};
              }),
              "");
    EXPECT_EQ(colour(), row.waits ? row.before : row.wanted);
    ++count;
  }
  EXPECT_EQ(secretary([&](http::Call& call) {
              return set_colour(call, ref, {{}, CodeColour::green, now, SetGround::appeal_granted, "A1"});
            }),
            "colour.no_document")
      << "only an answered appeal says that one was granted";
  std::printf("colours by hand: %d rows\n", count);
}

TEST_F(AppealOf, WordsAndPapersAreReadByOpeningOnlyAndThatIsAFact) {
  EXPECT_EQ(file({{"image/png", "no base64"}}), "appeal.bad_paper");
  EXPECT_EQ(file({{"image/jpeg", to_base64(paper_bytes)}}), "appeal.bad_paper") << "it is a PNG";
  EXPECT_EQ(file({{"text/html", to_base64("<script>")}}), "appeal.bad_paper");
  EXPECT_EQ(file(std::vector<api::PaperSent>(4, {"image/png", to_base64(paper_bytes)})), "appeal.too_many_papers");
  EXPECT_TRUE(mine().items.empty()) << "nothing is kept of what was refused";
  ASSERT_EQ(file(), "");
  EXPECT_EQ(secretary([&](http::Call& call) -> Result<void> {
              FL_TRY(const auto opened, open(call, parts, id_of(call)));
              EXPECT_EQ(opened.words, "没去过");
              EXPECT_EQ(opened.papers.size(), 1u);
              FL_TRY(const auto content, paper(call, parts, id_of(call), opened.papers.at(0).paper_id));
              EXPECT_EQ(from_base64(content.content), paper_bytes);
              return {};
            }),
            "");
}

TEST_F(AppealOf, WhatIsLateIsMarked) {
  ASSERT_EQ(file(), "");
  const auto overdue = [&] {
    bool late = false;
    secretary([&](http::Call& call) -> Result<void> {
      FL_TRY(const auto shown, list(call, parts));
      late = shown.items.at(0).overdue;
      EXPECT_TRUE(shown.items.at(0).may_carry);
      EXPECT_FALSE(shown.items.at(0).may_answer);
      return {};
    });
    return late;
  };
  now += 24h;
  EXPECT_FALSE(overdue());
  now += 1ms;
  EXPECT_TRUE(overdue());
}

TEST_F(AppealOf, MayBeTakenBackByTheOneWhoAsked) {
  ASSERT_EQ(file(), "");
  const AppealId at = id();
  EXPECT_EQ(resident([&](http::Call& call) { return withdraw(call, parts, at); }), "");
  EXPECT_EQ(resident([&](http::Call& call) { return withdraw(call, parts, at); }), "appeal.over");
  EXPECT_EQ(secretary([&](http::Call& call) { return appeal::carry(call, parts, at, {{}, "x"}); }), "appeal.over");
}

}  // namespace
}  // namespace firstline::appeal
