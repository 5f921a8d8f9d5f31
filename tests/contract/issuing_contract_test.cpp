// Signed codes give the same answers on every engine: keys by their name, codes by theirs, octets in order.

#include "area/test_world.hpp"
#include "contract/engines.hpp"
#include "credential/text_codes.hpp"
#include "issuing/service.hpp"

namespace firstline::tests {
namespace {

using namespace std::chrono_literals;
using area::test_now;

TEST_P(Engines, CodesAreIssuedReadRevokedAndListed) {
  const auto w = area::small_community(*database);
  const person::FieldKey key{std::array<std::byte, 32>{}};
  const person::Directory people{key};
  const issuing::Ground ground{&people, nullptr};
  const auto at = [&](Instant now, auto use_case) {
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
  };
  const auto elder = at(test_now, [&](http::Call& call) {
    person::Person person;
    person.community_id = w.community.id;
    person.household_id = w.home101.id;
    person.name = "李奶奶";
    person.phone = "13812345678";
    person.born_on = parse_date("1940-03-07");
    return people.add(*call.session, person, test_now, system_random());
  });
  issuing::api::IssueCode command;
  command.person_id = elder.person_id;
  command.ground = issuing::PaperGround::elder;
  std::vector<issuing::api::PrintedCode> printed;
  for (int i = 0; i < 20; ++i)
    printed.push_back(at(test_now + i * 1s, [&](http::Call& call) {
      return issuing::issue_at_desk(call, ground, w.community.id, command);
    }));
  const auto reads = [&](const std::string& code) {
    const auto found =
        database->read([&](Session& session) { return issuing::read_code(session, code, test_now + 1h); });
    return found ? "read" : found.error().reason;
  };
  for (const auto& code : printed) EXPECT_EQ(reads(code.code), "read");
  for (std::size_t i = 0; i < printed.size(); i += 2)
    at(test_now + 1h, [&](http::Call& call) {
      return issuing::revoke(call, ground, w.community.id, printed[i].code_ref, issuing::RevokeReason::mistake);
    });
  for (std::size_t i = 0; i < printed.size(); ++i)
    EXPECT_EQ(reads(printed[i].code), i % 2 == 0 ? "code.revoked" : "read");
  const auto root = credential::PrivateKey::make();
  at(test_now,
     [&](http::Call& call) { return issuing::sign_trust(*call.session, root, std::chrono::days(9), test_now); });
  at(test_now,
     [&](http::Call& call) { return issuing::sign_trust(*call.session, root, std::chrono::days(9), test_now); });
  const auto octets = [](const issuing::api::SignedFile& file) { return *credential::from_base64(file.octets); };
  const auto trust = credential::read_trust_list(
      octets(*database->read([](Session& s) { return issuing::trust_file(s); })), root.public_key(), test_now);
  ASSERT_TRUE(trust) << trust.error().reason;
  EXPECT_EQ(trust->number, 2);
  const auto revoked = credential::read_revocations(
      octets(*database->read([&](Session& s) { return issuing::revocation_file(s, w.community.id); })), *trust);
  ASSERT_TRUE(revoked) << revoked.error().reason;
  EXPECT_EQ(revoked->code_ids.size(), 10 * credential::code_id_octets);
  EXPECT_EQ(revoked->number, 11);
  ASSERT_TRUE(issuing::tend(*database, people, test_now + 24h * 30, system_random()));
  EXPECT_EQ(
      database->read([&](Session& s) { return issuing::codes_of(s, w.community.id, elder.person_id); })->items.size(),
      0u)
      << "long over";
  expect_whole();
}

}  // namespace
}  // namespace firstline::tests
