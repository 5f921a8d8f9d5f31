// A signed code at a gate: who it names goes through as any personal code; whatever is wrong with it is said.

#include <gtest/gtest.h>

#include "area/test_world.hpp"
#include "credential/base45.hpp"
#include "credential/text_codes.hpp"
#include "gate/bearer.hpp"
#include "gate/service.hpp"
#include "health/service.hpp"
#include "issuing/service.hpp"
#include "policy/embedded.hpp"

namespace firstline::gate {
namespace {

using namespace std::chrono_literals;
using area::test_now;
using store::Session;

class SignedCodeAtTheGate : public ::testing::Test {
 protected:
  template <class F>
  auto at(Instant now, F use_case) {
    return database->write([&](Session& session) {
      http::Call call;
      call.session = &session;
      call.now = now;
      call.random = &system_random();
      call.actor.account = AccountId{77};
      call.actor.person = me.person_id;
      call.actor.person_community = me.community_id;
      call.place = {w.community.id, w.community.path, {}};
      return use_case(call);
    });
  }
  void SetUp() override {
    me = database
             ->write([&](Session& session) -> Result<person::PersonRef> {
               person::Person person;
               person.community_id = w.community.id;
               person.household_id = w.home101.id;
               person.name = "张三";
               person.phone = "13812345678";
               return people.add(session, person, test_now, system_random());
             })
             .value();
    code = at(test_now, [&](http::Call& call) {
             return issuing::issue_for_phone(call, codes, {{}, credential::to_base64(phone.public_key().point()), {}});
           }).value();
  }
  std::string shown(Instant now) {
    const std::int64_t step = credential::holder_step_of(now);
    return credential::fl_presented(
        credential::from_base45(code.code.substr(4)).value(), step,
        phone.sign(credential::holder_octets(*credential::from_base64(code.code_id), step)));
  }
  std::string passed(const std::string& token, Instant now) {
    api::PassageCommand command;
    command.id = make_uuid_v7(now, system_random());
    command.at = now;
    command.direction = Direction::out;
    command.recognised_by = RecognisedBy::personal_code;
    command.token = token;
    const auto answer = at(now, [&](http::Call& call) { return record_passages(call, ground, w.gate1, command); });
    if (!answer) return answer.error().reason;
    return answer->items.at(0).person_id == me.person_id ? "recorded" : "somebody else";
  }

  area::TemporaryDatabase database;
  area::SmallCommunity w = area::small_community(*database);
  person::FieldKey key{std::array<std::byte, 32>{}};
  person::Directory people{key};
  policy::RulesInForce rules{policy::embedded_library(), {"fl-base", "cn-8", "gs-2022-03", "lz-gate-2022"}};
  movement::Ground movement{&people, &rules};
  RecentPassages recent;
  Ground ground{&people, &rules, &recent, &movement};
  issuing::Ground codes{&people, &rules};
  credential::PrivateKey phone = credential::PrivateKey::make();
  person::PersonRef me;
  issuing::api::PhoneCode code;
};

TEST_F(SignedCodeAtTheGate, is_taken_or_refused_with_a_reason) {
  EXPECT_EQ(passed(shown(test_now), test_now), "recorded");
  EXPECT_EQ(passed(shown(test_now), test_now + 60s), "code.expired");
  EXPECT_EQ(passed(code.code, test_now), "code.not_from_phone");
  EXPECT_EQ(passed("FL1:ABC", test_now), "person.unknown_code");
  EXPECT_EQ(passed(person::personal_code(key, me, test_now + 1h).token, test_now + 1h), "recorded")
      << "the old one too";
  at(test_now + 2h, [&](http::Call& call) {
    return issuing::revoke_all_of(call, codes, w.community.id, me.person_id, issuing::RevokeReason::lost);
  }).value();
  EXPECT_EQ(passed(shown(test_now + 2h), test_now + 2h), "code.revoked");
}

TEST_F(SignedCodeAtTheGate, paper_stands_in_for_a_colour_until_it_ends) {
  const auto reasons_at = [&](Instant now) {
    api::PassageCommand command;
    command.id = make_uuid_v7(now, system_random());
    command.at = now;
    command.direction = Direction::out;
    command.recognised_by = RecognisedBy::room_pick;
    command.person_ids = {me.person_id};
    const auto answer = at(now, [&](http::Call& call) { return record_passages(call, ground, w.gate1, command); });
    std::string found;
    for (const Reason& reason : answer->items.at(0).reasons)
      if (reason.reason == ReasonKind::code_missing || reason.reason == ReasonKind::offline_code_expired)
        found = boost::describe::enum_to_string(reason.reason, "");
    return found;
  };
  EXPECT_EQ(reasons_at(test_now), "code_missing");
  at(test_now, [&](http::Call& call) -> Result<int> {
    FL_TRY(auto person, people.find(*call.session, me));
    person.marks = {person::Mark::disabled};
    FL_TRYV(people.put(*call.session, person, test_now, system_random()));
    issuing::api::IssueCode command;
    command.person_id = me.person_id;
    command.ground = issuing::PaperGround::disabled;
    command.days = 1;
    FL_TRYV(issuing::issue_at_desk(call, codes, w.community.id, command));
    return 0;
  }).value();
  EXPECT_EQ(reasons_at(test_now + 1h), "");
  EXPECT_EQ(reasons_at(test_now + 25h), "offline_code_expired");
}

TEST_F(SignedCodeAtTheGate, whoever_no_row_names_is_known_by_the_desks_signature) {
  const auto issued = [&](issuing::CodeKind kind) {
    issuing::api::IssueCode command;
    command.kind = kind;
    command.name = "钱七八";
    command.last_four = "1234";
    command.unit = "北门";
    command.hours = 2;
    return at(test_now, [&](http::Call& call) { return issuing::issue_at_desk(call, codes, w.community.id, command); })
        .value();
  };
  api::PassageCommand command;
  const auto shows = [&](const std::string& token, Instant now, std::string* reasons) {
    command.id = make_uuid_v7(now, system_random());
    command.at = now;
    command.direction = Direction::in;
    command.recognised_by = RecognisedBy::personal_code;
    command.token = token;
    const auto answer = at(now, [&](http::Call& call) { return record_passages(call, ground, w.gate1, command); });
    if (!answer) return answer.error().reason;
    const auto& item = answer->items.at(0);
    if (reasons)
      for (const Reason& reason : item.reasons)
        *reasons += std::string(boost::describe::enum_to_string(reason.reason, "")) + ' ';
    return item.name_masked + ' ' + item.household_label + (item.person_id ? " somebody" : "");
  };
  std::string reasons;
  const auto badge = issued(issuing::CodeKind::badge);
  EXPECT_EQ(shows(badge.code, test_now, &reasons), "钱** 北门");
  EXPECT_NE(reasons.find("worker"), std::string::npos) << reasons;
  const auto first = command;
  const auto again = at(test_now + 5s, [&](http::Call& call) { return record_passages(call, ground, w.gate1, first); });
  EXPECT_EQ(again->items.at(0).name_masked, "钱**") << "the same command has the same answer";

  reasons.clear();
  const auto visitor = issued(issuing::CodeKind::visitor);
  EXPECT_EQ(shows(visitor.code, test_now, &reasons), "钱** 北门");
  EXPECT_EQ(reasons.find("visitor_unregistered"), std::string::npos) << "the desk wrote them down: " << reasons;
  EXPECT_EQ(shows(visitor.code, test_now + 2h, nullptr), "code.expired");
  at(test_now + 1h, [&](http::Call& call) {
    return issuing::revoke(call, codes, w.community.id, badge.code_ref, issuing::RevokeReason::lost);
  }).value();
  EXPECT_EQ(shows(badge.code, test_now + 1h, nullptr), "code.revoked");
}

TEST_F(SignedCodeAtTheGate, a_badge_of_another_community_expects_nobody_here) {
  issuing::Recognised bearer;
  bearer.claims.role = credential::FlRole::visitor;
  bearer.person.community_id = w.community.id;
  EXPECT_EQ(stands_of(bearer, w.gate1).visitor.record, VisitorRecord::expected);
  bearer.person.community_id = AreaId{w.community.id.value + 1};
  EXPECT_EQ(stands_of(bearer, w.gate1).visitor.record, VisitorRecord::none);
  EXPECT_EQ(stands_of(bearer, w.gate1).relation, Relation::visitor);
}

}  // namespace
}  // namespace firstline::gate
