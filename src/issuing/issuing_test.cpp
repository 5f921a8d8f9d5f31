// What may be issued to whom, how it is read back, how it ends, and how keys and lists move on.

#include <gtest/gtest.h>

#include "access/service.hpp"
#include "area/test_world.hpp"
#include "credential/base45.hpp"
#include "credential/test_issuer.hpp"
#include "credential/text_codes.hpp"
#include "health/service.hpp"
#include "issuing/service.hpp"
#include "issuing/store.hpp"
#include "ledger/audit.hpp"
#include "policy/embedded.hpp"
#include "policy/pack.hpp"

namespace firstline::issuing {
namespace {

using namespace std::chrono_literals;
using area::test_now;
using store::Session;

// The embedded packs, and one of our own that takes certificates.
policy::RulesInForce rules_with_certificates() {
  policy::Library library = policy::embedded_library();
  auto reading = policy::read_pack(R"toml(
[pack]
id = "takes"
area = "620102"
issuer = "Test"
document = "Test"
valid_from = 2020-01-01
[parameters.health]
signed_certificates = { value = true, source = "test", grade = "U", default_of = "a test" }
)toml",
                                   "takes.toml");
  if (!reading.pack || !library.add(std::move(*reading.pack))) throw std::runtime_error("the test's pack is wrong");
  return {std::move(library), {"fl-base", "takes"}};
}

class Issuing : public ::testing::Test {
 protected:
  person::PersonRef add(const std::string& name, const std::string& id_number, AreaId home,
                        std::vector<person::Mark> marks = {}) {
    return *database->write([&](Session& s) {
      person::Person person;
      person.community_id = w.community.id;
      person.household_id = home;
      person.name = name;
      person.id_number = id_number;
      person.born_on =
          parse_date(id_number.substr(6, 4) + "-" + id_number.substr(10, 2) + "-" + id_number.substr(12, 2));
      person.marks = marks;
      return people.add(s, person, test_now, system_random());
    });
  }
  template <class F>
  auto run(Instant now, F use_case) {
    return database->write([&](Session& session) {
      http::Call call;
      call.session = &session;
      call.now = now;
      call.random = &system_random();
      call.actor.account = AccountId{77};
      call.actor.person = me.person_id;
      call.actor.person_community = me.community_id;
      return use_case(call);
    });
  }
  template <class F>
  auto at(Instant now, F use_case) {
    auto result = run(now, use_case);
    if (!result)
      throw std::runtime_error(result.error().reason + " " + result.error().where + " " + result.error().detail);
    return std::move(*result);
  }
  void SetUp() override {
    me = add("王小明", "620102199003070026", w.home101.id);
    elder = add("李奶奶", "620102194003070023", w.home101.id);
    child = add("王小宝", "620102201503070022", w.home102.id);
    disabled = add("赵六", "620102198003070021", w.home102.id, {person::Mark::disabled});
    at(test_now, [&](http::Call& call) -> Result<int> {
      FL_TRYV(health::record_code(*call.session, me.community_id, me.person_id,
                                  {health::CodeColour::green, health::EvidenceGrade::connector, test_now - 5h, "city"},
                                  {}, "", test_now));
      FL_TRYV(health::record_nat(*call.session, me.community_id, me.person_id,
                                 {test_now - 20h, test_now - 12h, health::NatState::negative, "lab"}, test_now));
      return 0;
    });
  }
  api::PhoneCode for_phone(Instant now, std::optional<PersonId> whom = {}) {
    return at(now, [&](http::Call& call) {
      return issue_for_phone(call, ground, {{}, credential::to_base64(phone.public_key().point()), whom});
    });
  }
  std::string shown(const api::PhoneCode& code, Instant now, const credential::PrivateKey& by) {
    const std::int64_t step = credential::holder_step_of(now);
    const auto octets = credential::from_base45(code.code.substr(4)).value();
    return credential::fl_presented(octets, step,
                                    by.sign(credential::holder_octets(*credential::from_base64(code.code_id), step)));
  }
  std::string shown(const api::PhoneCode& code, Instant now) { return shown(code, now, phone); }
  std::string read(const std::string& text, Instant now, const person::PersonRef& expected) {
    const auto found = database->read([&](Session& session) { return read_code(session, text, now); });
    if (!found) return found.error().reason;
    if (!found->person.person_id) return "nobody named";
    return found->person == expected ? "read" : "somebody else";
  }
  Result<api::PrintedCode> at_desk(api::IssueCode command, Instant now = test_now) {
    return run(now, [&](http::Call& call) { return issue_at_desk(call, ground, w.community.id, command); });
  }
  std::string reason(api::IssueCode command) {
    const auto made = at_desk(std::move(command));
    return made ? "made" : made.error().reason;
  }
  static api::IssueCode paper(const person::PersonRef& who, PaperGround ground) {
    api::IssueCode command;
    command.kind = CodeKind::paper;
    command.person_id = who.person_id;
    command.ground = ground;
    return command;
  }

  area::TemporaryDatabase database;
  area::SmallCommunity w = area::small_community(*database);
  person::FieldKey key{std::array<std::byte, 32>{}};
  person::Directory people{key};
  policy::RulesInForce rules{rules_with_certificates()};
  Ground ground{&people, &rules};
  credential::PrivateKey phone = credential::PrivateKey::make();
  person::PersonRef me, elder, child, disabled;
};

TEST_F(Issuing, a_resident_shows_a_code_of_facts) {
  const auto code = for_phone(test_now);
  EXPECT_EQ(code.expires_at, code.issued_at + 24h);
  EXPECT_EQ(read(shown(code, test_now + 1h), test_now + 1h, me), "read");
  const auto found = database->read([&](Session& s) { return read_code(s, shown(code, test_now), test_now); });
  const auto& claims = found->claims;
  EXPECT_EQ(claims.name_masked, "王**");
  EXPECT_EQ(claims.last_four, "0026");
  EXPECT_EQ(claims.unit, "1-1-101");
  EXPECT_EQ(claims.issuer.size(), 12u);
  EXPECT_EQ(claims.colour->colour, credential::FlColour::green);
  EXPECT_EQ(claims.negative->sampled_at, Instant(std::chrono::floor<std::chrono::seconds>(test_now - 20h)));
  EXPECT_EQ(claims.nat_state, credential::FlNat::negative);
}

TEST_F(Issuing, what_is_not_the_phone_itself_is_refused) {
  const auto code = for_phone(test_now);
  const std::string picture = shown(code, test_now);
  EXPECT_EQ(read(picture, test_now + 30s, me), "read");
  EXPECT_EQ(read(picture, test_now + 60s, me), "code.expired");
  EXPECT_EQ(read(code.code, test_now, me), "code.not_from_phone");
  EXPECT_EQ(read(shown(code, test_now, credential::PrivateKey::make()), test_now, me), "code.not_from_phone");
  EXPECT_EQ(read(shown(code, test_now + 24h), test_now + 24h, me), "code.expired");
  EXPECT_EQ(read("FL1:", test_now, me), "person.unknown_code");
  EXPECT_EQ(read("FL1:" + picture.substr(5), test_now, me), "person.unknown_code");
}

TEST_F(Issuing, one_phone_shows_for_its_household_only) {
  EXPECT_EQ(read(shown(for_phone(test_now, elder.person_id), test_now), test_now, elder), "read");
  const auto refused = run(test_now, [&](http::Call& call) {
    return issue_for_phone(call, ground, {{}, credential::to_base64(phone.public_key().point()), child.person_id});
  });
  EXPECT_EQ(refused.error().reason, "scan.not_your_household");
  const auto bad = run(test_now, [&](http::Call& call) { return issue_for_phone(call, ground, {{}, "AAAA", {}}); });
  EXPECT_EQ(bad.error().reason, "code.bad_holder");
}

TEST_F(Issuing, paper_is_for_those_who_need_it) {
  EXPECT_EQ(reason(paper(elder, PaperGround::elder)), "made");
  EXPECT_EQ(reason(paper(child, PaperGround::minor)), "made");
  EXPECT_EQ(reason(paper(disabled, PaperGround::disabled)), "made");
  EXPECT_EQ(reason(paper(me, PaperGround::elder)), "code.paper_not_for_them");
  EXPECT_EQ(reason(paper(me, PaperGround::minor)), "code.paper_not_for_them");
  EXPECT_EQ(reason(paper(elder, PaperGround::disabled)), "code.paper_not_for_them");
  auto long_lived = paper(elder, PaperGround::elder);
  long_lived.days = 181;
  EXPECT_EQ(reason(long_lived), "code.bad_days");
  long_lived.days = 180;
  long_lived.photo_hash = credential::to_base64("photoxxx");
  const auto made = at_desk(long_lived);
  ASSERT_TRUE(made);
  EXPECT_EQ(made->name_masked, "李**");
  EXPECT_EQ(made->last_four, "0023");
  EXPECT_NE(made->qr_svg.find("<svg"), std::string::npos);
  EXPECT_EQ(read(made->code, test_now + 24h * 100, elder), "read");
  EXPECT_EQ(read(made->code, test_now + 24h * 181, elder), "code.expired");
  const auto until =
      database->read([&](Session& s) { return paper_until(s, w.community.id, elder.person_id, test_now); });
  EXPECT_EQ(**until, made->expires_at);
  long_lived.photo_hash = "AAAA";
  EXPECT_EQ(reason(long_lived), "code.bad_photo");
}

TEST_F(Issuing, badges_and_visitors_are_short) {
  api::IssueCode badge;
  badge.kind = CodeKind::badge;
  badge.name = "钱七八";
  badge.last_four = "1234";
  badge.unit = "北门 15:00-22:00";
  badge.hours = 8;
  const auto made = at_desk(badge);
  ASSERT_TRUE(made) << made.error().reason;
  EXPECT_EQ(made->name_masked, "钱**");
  EXPECT_EQ(read(made->code, test_now, me), "nobody named");
  const auto listed = database->read([&](Session& s) { return codes_of(s, w.community.id, PersonId{}); });
  ASSERT_EQ(listed->items.size(), 1U) << "what names nobody is listed under nobody";
  EXPECT_EQ(listed->items[0].code_ref, made->code_ref);
  badge.hours = 14;
  EXPECT_EQ(reason(badge), "code.bad_hours");
  badge.kind = CodeKind::visitor;
  badge.hours = 3;
  EXPECT_EQ(reason(badge), "code.bad_hours");
  badge.hours.reset();
  EXPECT_EQ(reason(badge), "made");
  badge.last_four.reset();
  EXPECT_EQ(reason(badge), "code.nothing_to_compare");
  badge.name.reset();
  EXPECT_EQ(reason(badge), "code.name_missing");
  badge.kind = CodeKind::personal;
  EXPECT_EQ(reason(badge), "code.bad_kind");
}

TEST_F(Issuing, what_is_revoked_stops_at_once_and_stands_on_the_list) {
  const auto made = at_desk(paper(elder, PaperGround::elder)).value();
  const auto other = at_desk(paper(child, PaperGround::minor)).value();
  const auto list = [&] {
    return database->read([&](Session& s) { return revocation_file(s, w.community.id); }).value();
  };
  const auto first = list();
  EXPECT_EQ(first.number, 1);
  at(test_now + 1h,
     [&](http::Call& call) { return revoke(call, ground, w.community.id, made.code_ref, RevokeReason::lost); });
  EXPECT_EQ(read(made.code, test_now + 1h, elder), "code.revoked");
  EXPECT_EQ(read(other.code, test_now + 1h, child), "read");
  EXPECT_EQ(list().number, 2);
  const auto again = run(test_now + 1h, [&](http::Call& call) {
    return revoke(call, ground, w.community.id, made.code_ref, RevokeReason::lost);
  });
  EXPECT_EQ(again.error().reason, "code.ended");
  const auto unknown = run(
      test_now, [&](http::Call& call) { return revoke(call, ground, w.community.id, CodeRef{5}, RevokeReason::lost); });
  EXPECT_EQ(unknown.error().reason, "code.unknown");
  const auto shown_list =
      database->read([&](Session& s) { return codes_of(s, w.community.id, elder.person_id); }).value();
  ASSERT_EQ(shown_list.items.size(), 1u);
  EXPECT_EQ(shown_list.items[0].revoke_reason, RevokeReason::lost);
}

TEST_F(Issuing, a_lost_phone_ends_all_codes) {
  const auto first = for_phone(test_now), second = for_phone(test_now + 1h);
  const int ended = at(test_now + 2h, [&](http::Call& call) {
    return revoke_all_of(call, ground, w.community.id, me.person_id, RevokeReason::stolen);
  });
  EXPECT_EQ(ended, 2);
  for (const auto& code : {first, second})
    EXPECT_EQ(read(shown(code, test_now + 2h), test_now + 2h, me), "code.revoked");
  EXPECT_EQ(read(shown(for_phone(test_now + 3h), test_now + 3h), test_now + 3h, me), "read");
}

// The signed files, read as a gate's phone does.
TEST_F(Issuing, gates_verify_without_the_database) {
  const credential::PrivateKey root = credential::PrivateKey::make();
  const auto code = for_phone(test_now);
  const auto ended = for_phone(test_now);
  EXPECT_EQ(database->read([](Session& s) { return trust_file(s); }).error().reason, "trust.none");
  const auto sign = [&](Instant now) {
    return at(now, [&](http::Call& call) { return sign_trust(*call.session, root, std::chrono::days(90), now); });
  };
  EXPECT_EQ(sign(test_now).keys, 1);
  EXPECT_EQ(sign(test_now).number, 2);
  const auto trust_octets = *credential::from_base64(database->read([](Session& s) { return trust_file(s); })->octets);
  const auto trust = credential::read_trust_list(trust_octets, root.public_key(), test_now).value();
  const auto revocations = [&] {
    const auto file = database->read([&](Session& s) { return revocation_file(s, w.community.id); }).value();
    return credential::read_revocations(*credential::from_base64(file.octets), trust).value();
  };
  credential::KnownRevocations known(24h);
  ASSERT_TRUE(known.take(revocations()));
  const auto verdict = [&](const api::PhoneCode& c, Instant now) {
    return credential::verify_fl(shown(c, now), trust, &known, now).reason;
  };
  EXPECT_EQ(verdict(code, test_now), "");
  at(test_now, [&](http::Call& call) {
    return revoke_all_of(call, ground, w.community.id, me.person_id, RevokeReason::facts_changed);
  });
  ASSERT_TRUE(known.take(revocations()));
  EXPECT_EQ(verdict(ended, test_now), "REVOCATION_REVOKED");
  EXPECT_EQ(verdict(for_phone(test_now + 1h), test_now + 1h), "");
  // A withdrawn key takes everything with it, once the root has signed again.
  at(test_now, [&](http::Call& call) -> Result<int> {
    FL_TRYV(withdraw_key(*call.session, credential::to_hex(trust.keys[0].key_id), test_now));
    return 0;
  });
  sign(test_now);
  const auto later = credential::read_trust_list(
                         *credential::from_base64(database->read([](Session& s) { return trust_file(s); })->octets),
                         root.public_key(), test_now)
                         .value();
  EXPECT_TRUE(later.keys[0].withdrawn);
  EXPECT_EQ(read(shown(code, test_now), test_now, me), "person.unknown_code");
  EXPECT_EQ(read(shown(for_phone(test_now + 2h), test_now + 2h), test_now + 2h, me), "read") << "with a new key";
}

TEST_F(Issuing, a_key_is_withdrawn_by_two_persons) {
  const auto code = for_phone(test_now);
  std::map<int, AccountId> accounts;
  for (const int nth : {1, 2})
    accounts[nth] = at(test_now, [&](http::Call& call) {
      return access::add_account(*call.session, key,
                                 {"office" + std::to_string(nth), "Office", "a long password", "", {}, {}, false},
                                 "no hash", {}, call.now, *call.random);
    });
  const auto as = [&](int nth, Instant now, auto use_case) -> std::string {
    const auto done = run(now, [&](http::Call& call) -> Result<int> {
      call.actor.account = accounts.at(nth);
      FL_TRYV(use_case(call));
      return 0;
    });
    return done ? "done" : done.error().reason;
  };
  const auto keys = [&](Instant now) {
    return at(now, [&](http::Call& call) { return keys_of(call, w.community.id); }).items;
  };
  const IssuerKeyRef stolen = keys(test_now).at(0).key_ref;
  const auto ask = [&](Instant now) {
    return as(1, now,
              [&](http::Call& call) { return ask_withdrawal(call, w.community.id, stolen, "the office was robbed"); });
  };
  const auto confirm = [&](int account, Instant now) {
    const auto open = keys(now).back().withdrawal;
    return as(account, now, [&](http::Call& call) {
      return confirm_withdrawal(call, ground, w.community.id, open ? open->withdrawal_id : WithdrawalId{1});
    });
  };
  EXPECT_EQ(as(1, test_now, [&](http::Call& call) { return ask_withdrawal(call, w.community.id, stolen, " "); }),
            "key.reason_missing");
  EXPECT_EQ(as(1, test_now, [&](http::Call& call) { return ask_withdrawal(call, w.community.id, {4711}, "x"); }),
            "key.unknown");
  EXPECT_EQ(confirm(2, test_now), "key.no_withdrawal");
  EXPECT_EQ(ask(test_now), "done");
  EXPECT_EQ(ask(test_now), "key.withdrawal_asked");
  EXPECT_EQ(confirm(1, test_now), "key.by_the_same");
  EXPECT_EQ(read(shown(code, test_now), test_now, me), "read") << "asking alone changes nothing";

  // It waits a day, then it must be asked for anew; it can be taken back.
  const WithdrawalId first = keys(test_now).at(0).withdrawal->withdrawal_id;
  const auto confirm_first = [&](http::Call& call) { return confirm_withdrawal(call, ground, w.community.id, first); };
  EXPECT_EQ(as(2, test_now + 24h, confirm_first), "key.withdrawal_ended");
  EXPECT_EQ(as(1, test_now + 1h, [&](http::Call& call) { return take_withdrawal_back(call, w.community.id, first); }),
            "done");
  EXPECT_EQ(as(2, test_now + 1h, confirm_first), "key.withdrawal_ended");

  EXPECT_EQ(ask(test_now + 1h), "done");
  EXPECT_EQ(confirm(2, test_now + 2h), "done");
  EXPECT_EQ(keys(test_now + 2h).back().state, KeyState::withdrawn);
  EXPECT_EQ(read(shown(code, test_now + 2h), test_now + 2h, me), "person.unknown_code");
  EXPECT_EQ(ask(test_now + 2h), "key.withdrawn");
  const auto next = for_phone(test_now + 2h);
  EXPECT_EQ(read(shown(next, test_now + 2h), test_now + 2h, me), "read") << "with another key";
  EXPECT_EQ(keys(test_now + 2h).size(), 2u);
}

TEST_F(Issuing, keys_follow_the_quarters) {
  const auto count = [&](KeyState state) {
    const auto rows = database->read([&](Session& s) { return load_keys(s, w.community.id); }).value();
    return std::count_if(rows.begin(), rows.end(), [&](const auto& row) { return row.state == state; });
  };
  const auto tended = [&](Instant now) { ASSERT_TRUE(tend(*database, people, now, system_random())); };
  tended(test_now);
  EXPECT_EQ(count(KeyState::active), 0) << "nobody has asked for a code";
  const auto paper_code = at_desk([&] {
                            auto c = paper(elder, PaperGround::elder);
                            c.days = 180;
                            return c;
                          }())
                              .value();
  const Instant april = start_of(*parse_date("2022-04-01"));
  ASSERT_LT(test_now, april);
  tended(april - 24h * 15);
  EXPECT_EQ(count(KeyState::active), 1);
  tended(april - 24h * 14);
  tended(april - 24h * 13);
  EXPECT_EQ(count(KeyState::active), 2) << "next quarter's, once";
  tended(april);
  EXPECT_EQ(count(KeyState::active), 1);
  EXPECT_EQ(count(KeyState::retired), 1);
  const auto rows = database->read([&](Session& s) { return load_keys(s, w.community.id); }).value();
  for (const auto& row : rows) EXPECT_EQ(row.secret.empty(), row.state == KeyState::retired);
  EXPECT_EQ(read(paper_code.code, april + 24h, elder), "read") << "what an ended key signed still counts";
  const auto number = [&] {
    return database->read([&](Session& s) { return revocation_file(s, w.community.id); })->number;
  };
  const auto before = number();
  tended(april + 30min);
  EXPECT_EQ(number(), before);
  tended(april + 61min);
  EXPECT_EQ(number(), before + 1) << "signed again within the hour";
}

TEST_F(Issuing, certificates_of_others_count_where_the_rules_say_so) {
  namespace made = credential::test;
  static const made::Issuer issuer = made::ec_issuer(), stranger = made::ec_issuer();
  const auto certificate = [&](const char* kind, const char* family, const char* born, const made::Issuer& by,
                               const char* result = "260415000") {
    made::Recipe recipe;
    recipe.issuer = by;
    auto pairs = made::dcc_pairs(kind);
    pairs[1].second = made::map_of({{made::t("fn"), made::t(family)},
                                    {made::t("fnt"), made::t("WANG")},
                                    {made::t("gn"), made::t("小明")},
                                    {made::t("gnt"), made::t("XIAOMING")}});
    pairs[2].second = made::t(born);
    if (std::string_view(kind) == "t")
      pairs[3].second = made::array_of({made::map_of({{made::t("tt"), made::t("LP6464-4")},
                                                      {made::t("sc"), made::t("2022-03-15T01:00:00Z")},
                                                      {made::t("tr"), made::t(result)}})});
    recipe.dcc = made::map_of(pairs);
    return recipe.code();
  };
  const auto shown_to = [&](const issuing::Ground& g, const std::string& qr) {
    const auto taken = run(test_now, [&](http::Call& call) {
      return take_certificate(call, g, w.gate1, {{}, me.person_id, qr});
    });
    return taken ? std::string(boost::describe::enum_to_string(taken->kind, ""))
                 : taken.error().reason + " " + taken.error().detail;
  };
  const auto shown_here = [&](const std::string& qr) { return shown_to(ground, qr); };
  const std::string good = certificate("t", "王", "1990-03-07", issuer);
  EXPECT_EQ(shown_here(good), "certificate.refused KID_UNKNOWN");
  at(test_now, [&](http::Call& call) {
    return put_health_signers(*call.session, credential::to_base64(issuer.der) + "\n\n", test_now);
  });
  EXPECT_EQ(shown_here(good), "test");
  const auto stands =
      database->read([&](Session& s) { return health::standing(s, me.community_id, me.person_id); }).value();
  EXPECT_EQ(stands.nat.last_negative->sampled_at, from_millis(1'647'306'000'000));
  EXPECT_EQ(shown_here(good), "test") << "again, and not twice";
  EXPECT_EQ(shown_here(certificate("t", "Wang", "1990-03-07", issuer)), "test") << "by its spelling";
  EXPECT_EQ(shown_here(certificate("v", "王", "1990-03-07", issuer)), "vaccination");
  EXPECT_EQ(shown_here(certificate("t", "王", "1990-03-08", issuer)), "certificate.of_somebody_else ");
  EXPECT_EQ(shown_here(certificate("t", "王", "1990-03-07", stranger)), "certificate.refused KID_UNKNOWN");
  EXPECT_EQ(shown_here(certificate("t", "王", "1990-03-07", issuer, "x")), "certificate.no_result ");
  EXPECT_EQ(shown_here("HC1:"), "certificate.refused ZLIB_TRUNCATED");
  EXPECT_EQ(shown_here(certificate("t", "王", "1990-03-07", issuer, "260373001")), "test");
  EXPECT_EQ(database->read([&](Session& s) { return health::standing(s, me.community_id, me.person_id); })->nat.state,
            health::NatState::positive);
  const policy::RulesInForce usual{policy::embedded_library(), {"fl-base", "cn-8"}};
  EXPECT_EQ(shown_to({&people, &usual}, good), "certificate.not_taken_here ");
  const auto unreadable =
      run(test_now, [&](http::Call& call) { return put_health_signers(*call.session, "no certificate", test_now); });
  EXPECT_EQ(unreadable.error().where, "line 1");
}

TEST_F(Issuing, facts_tell_it_and_hold) {
  at_desk(paper(elder, PaperGround::elder)).value();
  const auto report = database->read([](Session& s) { return ledger::verify(s, {}); });
  ASSERT_TRUE(report);
  EXPECT_TRUE(report->findings.empty());
}

}  // namespace
}  // namespace firstline::issuing
