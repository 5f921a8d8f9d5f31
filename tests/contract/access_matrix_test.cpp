// Every route of the program x every role x inside and outside its area, against a table written by hand. A route that
// is not in the table fails the test, so that nobody adds one without saying who may use it.

#include <map>
#include <set>

#include "access/service.hpp"
#include "appeal/service.hpp"
#include "area/office.hpp"
#include "area/test_world.hpp"
#include "casebook/service.hpp"
#include "connector/service.hpp"
#include "contract/access_rows.hpp"
#include "gate/recent.hpp"
#include "gate/service.hpp"
#include "health/service.hpp"
#include "http/gatekeeper.hpp"
#include "http/problem.hpp"
#include "inquiry/service.hpp"
#include "intake/service.hpp"
#include "isolation/service.hpp"
#include "issuing/service.hpp"
#include "laboratory/service.hpp"
#include "movement/service.hpp"
#include "offline/service.hpp"
#include "person/service.hpp"
#include "policy/embedded.hpp"
#include "reader/service.hpp"
#include "round/service.hpp"
#include "round/store.hpp"
#include "rulebook/service.hpp"
#include "rulebook/store.hpp"
#include "seal/service.hpp"
#include "store/acting.hpp"
#include "tracer/service.hpp"
#include "venue/service.hpp"
#include "venue/store.hpp"

namespace firstline::tests {
namespace {

using store::Session;

// Whoever the test says.
class SaysSo final : public http::Authenticator {
 public:
  Result<http::Actor> authenticate(Session&, std::string_view, std::string_view, Instant) override { return actor; }
  std::string csrf_token(std::string_view) const override { return "csrf"; }
  std::string digest(std::string_view body) const override { return std::string(body); }
  http::Actor actor;
};

class AccessMatrix : public ::testing::Test {
 protected:
  void SetUp() override {
    access::add_routes(table, door);
    area::add_routes(table, person::home_renamed);
    area::add_office_route(table, {});
    person::add_routes(table, people, reactions);
    health::add_routes(table, people);
    movement::add_routes(table, movement);
    issuing::add_routes(table, issuing);
    seal::add_routes(table, sealing);
    isolation::add_routes(table, isolating);
    gate::add_routes(table, ground);
    offline::add_routes(table, outpost);
    reader::add_routes(table, ground);
    rulebook::add_routes(table, book);
    tracer::add_routes(table, tracing);
    venue::add_routes(table, people);
    inquiry::add_routes(table, people, policy::embedded_library());
    intake::add_routes(table, lists, people);
    laboratory::add_routes(table, laboratory);
    appeal::add_routes(table, appeals);
    casebook::add_routes(table, cases);
    connector::add_routes(table, asking_centre);
    round::add_routes(table, rounds);
    const auto made = database->write([&](Session& s) -> Result<void> {
      // A venue with the code of the gate: one parameter names both.
      FL_TRYV(
          venue::add(s, venue::Venue{{1}, w.community.id, w.compound1.id, {}, "便民超市", w.gate1.venue_code, {}, {}}));
      person::Person neighbour;
      neighbour.community_id = w.community.id;
      neighbour.household_id = w.home101.id;
      neighbour.name = "张三";
      neighbour.phone = "13812345678";
      neighbour.id_number = "11010519491231002X";
      FL_TRY(ref, people.add(s, neighbour, area::test_now, system_random()));
      neighbour.id_number.reset();
      FL_TRY(twin, people.add(s, neighbour, area::test_now, system_random()));
      FL_TRY(const auto offer, access::offer_enrolment(s, door, {}, w.gate1.id, "phone", {1}, area::test_now));
      FL_TRY(const auto phone, access::enrol(s, door, {}, offer.code, area::test_now));
      device = phone.device_id;
      round::Round day;
      day.community_id = w.community.id;
      day.id = {1};
      day.number = 1;
      day.area_id = w.compound1.id;
      day.area_path = w.compound1.path;
      FL_TRYV(round::add(s, day));
      round::Point sampling;
      sampling.community_id = w.community.id;
      sampling.id = {1};
      sampling.round_id = day.id;
      sampling.area_id = w.compound1.id;
      sampling.area_path = w.compound1.path;
      FL_TRYV(round::add(s, sampling));
      rulebook::Change change;
      change.id = {1};
      change.area_id = w.community.id;
      change.area_path = w.community.path;
      change.proposed_by = {1};
      FL_TRYV(rulebook::save(s, change));
      FL_TRY(
          account,
          access::add_account(
              s, key,
              {"north", "Post", "a long password", "", {}, {{Role::keeper, w.community.id, w.community.path}}, false},
              "no hash", {}, area::test_now, system_random()));
      return {};
    });
    ASSERT_TRUE(made) << made.error().reason;
  }

  // Empty if let through.
  std::string tried(const http::Route& route, const http::Actor& actor) {
    SaysSo says_so;
    says_so.actor = actor;
    http::Request request;
    request.route = &route;
    if (actor.account) request.session_token = "token";
    if (actor.device) request.device_token = "token";
    request.csrf = "csrf";
    const auto admitted = database->read([&](Session& s) -> Result<void> {
      http::Call call = call_in(s, route);
      const auto admission = http::admit(request, call, says_so);
      acted_as = store::acting_as(s);
      return admission;
    });
    return admitted ? "" : admitted.error().reason;
  }
  // {area} is a node inside the community of the route, or an office of the official tree where there is none.
  AreaId area_of(const http::Route& route) const {
    return route.spec.path.find("{community}") == std::string::npos ? w.community.id : w.building1.id;
  }
  http::Call call_in(Session& s, const http::Route& route) const {
    http::Call call;
    call.session = &s;
    call.now = area::test_now;
    call.random = &system_random();
    call.parameters = {{"gate", format_id(w.gate1.id.value)},
                       {"community", format_id(w.community.id.value)},
                       {"person", format_id(ref.person_id.value)},
                       {"household", format_id(w.home101.id.value)},
                       {"area", format_id(area_of(route).value)},
                       {"other", format_id(twin.person_id.value)},
                       {"merge", "1"},
                       {"change", "1"},
                       {"correction", "1"},
                       {"account", format_id(account.value)},
                       {"building", format_id(w.building1.id.value)},
                       {"compound", format_id(w.compound1.id.value)},
                       {"point", "1"},
                       {"device", format_id(device.value)},
                       {"venue_code", w.gate1.venue_code},
                       {"passage", "1"},
                       {"import", "1"},
                       {"batch", "1"},
                       {"round", "1"},
                       {"tube", "001-00001-8"},
                       {"manifest", "1"},
                       {"appeal", "1"},
                       {"case", "1"},
                       {"run", "1"},
                       {"row", "1"},
                       {"link", "1"},
                       {"paper", "1"},
                       {"proposal", "1"},
                       {"alarm", "1"},
                       {"code", "1"},
                       {"key", "1"},
                       {"withdrawal", "1"},
                       {"order", "1"},
                       {"act", "1"},
                       {"happening", "1"},
                       {"check", "1"},
                       {"objection", "1"},
                       {"card", "1"}};
    call.queries = {{"gate", format_id(w.gate1.id.value)}, {"household", format_id(w.home101.id.value)}};
    return call;
  }
  // What a route answers to somebody who may do everything here: its answer, or its problem.
  std::string answered(const http::Route& route, const std::string& body) {
    SaysSo says_so;
    for (const auto& [letter, role] : roles) says_so.actor.grants.push_back({role, {1}, "620102"});
    says_so.actor.account = {1};
    http::Request request;
    request.route = &route;
    request.session_token = "token";
    request.csrf = "csrf";
    std::string text;
    (void)database->write([&](Session& s) -> Result<void> {
      http::Call call = call_in(s, route);
      FL_TRYV(http::admit(request, call, says_so));
      const auto done = route.handle(call, body);
      text = done ? *done : http::problem_body(done.error(), http::problem_of(done.error()));
      return fail(FaultCode::invalid, "test.rolled_back");
    });
    return text;
  }
  http::Actor holder(Role role, const std::string& path) const {
    http::Actor actor;
    actor.account = {1};
    actor.grants = {{role, {1}, path}};
    return actor;
  }
  http::Actor phone_at(const area::Gate& gate) const {
    http::Actor actor;
    actor.device = {2};
    actor.gate = gate.id;
    actor.device_path = gate.path;
    return actor;
  }

  area::TemporaryDatabase database;
  area::SmallCommunity w = area::small_community(*database);
  person::FieldKey key{std::array<std::byte, 32>{}};
  person::Directory people{key};
  const person::Reactions reactions{};
  intake::Intake lists{nullptr, people};
  const laboratory::Laboratory laboratory{nullptr, people};
  const appeal::Parts appeals{&people, &rules};
  const casebook::Parts cases{&people, &rules, nullptr};
  const connector::Parts asking_centre{&*database, &people, nullptr};
  access::Authenticator authenticator{*database, key};
  access::Door door{&*database, &key, &authenticator, {}};
  policy::RulesInForce rules{policy::embedded_library(), {}};
  movement::Ground movement{&people, &rules};
  issuing::Ground issuing{&people, &rules};
  seal::Desk sealing{&people, &rules};
  isolation::Desk isolating{&people, &rules};
  rulebook::Book book{&*database, &rules};
  gate::RecentPassages recent;
  gate::Ground ground{&people, &rules, &recent, &movement};
  const round::Ground rounds{ground, nullptr};
  trace::Follower follower{&*database};
  tracer::Ground tracing{&people, &rules, &follower};
  offline::Packs packs{nullptr, ground};
  offline::Outpost outpost{&*database, &ground, &packs};
  http::RouteTable table;
  std::string acted_as;  // Of the last try, as its facts would say it.
  person::PersonRef ref, twin;
  DeviceId device;
  AccountId account;
};

TEST_F(AccessMatrix, EveryRouteIsInTheTableAndTheOtherWayRound) {
  std::set<std::string> written, there;
  for (const Row& row : rows) written.insert(row.route);
  for (const http::Route& route : table.routes()) there.insert(route.spec.name);
  EXPECT_EQ(written, there);
}

TEST_F(AccessMatrix, EveryRoleInsideAndOutside) {
  std::map<std::string, std::string> allowed;
  for (const Row& row : rows) allowed[row.route] = row.who;
  int cells = 0;
  for (const http::Route& route : table.routes()) {
    const std::string& who = allowed[route.spec.name];
    const auto any = [&](char c) { return who.find(c) != std::string::npos; };
    const auto expect = [&](bool may, const http::Actor& actor, const std::string& as) {
      ++cells;
      const std::string reason = tried(route, actor);
      EXPECT_EQ(reason.empty(), may) << route.spec.name << " as " << as << ": " << reason;
      EXPECT_TRUE(may || reason == "access.denied" || reason == "session.none")
          << route.spec.name << " as " << as << ": " << reason;
    };
    expect(any('+'), {}, "nobody");
    for (const auto& [letter, role] : roles) {
      const std::string name = store::enum_name(role);
      const bool open = any('+') || any('*');
      expect(open || any(letter), holder(role, w.community.path), name + " of the community");
      expect(open || any(letter), holder(role, "620102"), name + " of the district");
      expect(open, holder(role, "620102/020/003"), name + " of another community");
      expect(open, holder(role, "620102/020/90"), name + " of a path that only begins alike");
      if (route.spec.path.find("{community}") == std::string::npos) {
        expect(open, holder(role, w.compound2.path), name + " of another compound");
      }
    }
    expect(any('+') || any('d') || any('D'), phone_at(w.gate1), "phone of the gate");
    expect(any('+') || any('D'), phone_at(w.gate2), "phone of another gate");
  }
  std::printf("access matrix: %d cells\n", cells);
}

// What a fact says about the role: the one that opened the route; of several the least; nobody's where none was needed.
TEST_F(AccessMatrix, WhoIsLetInByARoleActsInIt) {
  for (const http::Route& route : table.routes()) {
    const http::Access& access = route.spec.access;
    http::Actor everybody;
    everybody.account = {1};
    for (const auto& [letter, role] : roles) everybody.grants.insert(everybody.grants.begin(), {role, {1}, "620102"});
    if (access.kind == http::Access::Kind::role) {
      std::string least;
      for (const auto& [letter, role] : roles) {
        if (!access.roles.has(role)) continue;
        if (least.empty()) least = store::enum_name(role);
        EXPECT_EQ(tried(route, holder(role, w.community.path)), "") << route.spec.name;
        EXPECT_EQ(acted_as, store::enum_name(role)) << route.spec.name;
      }
      EXPECT_EQ(tried(route, everybody), "") << route.spec.name;
      EXPECT_EQ(acted_as, least) << route.spec.name;
      tried(route, holder(Role::resident, "620102/020/003"));
      EXPECT_EQ(acted_as, "") << route.spec.name << ": refused";
    } else if (access.kind == http::Access::Kind::signed_in) {
      tried(route, everybody);
      EXPECT_EQ(acted_as, "resident") << route.spec.name << ": for themselves";
      tried(route, holder(Role::secretary, "620102"));
      EXPECT_EQ(acted_as, "") << route.spec.name;
    }
  }
}

// Somebody who signed in with a password that was handed out chooses one of their own before anything else.
TEST_F(AccessMatrix, WhoMustChangeThePasswordGetsNowhereElse) {
  std::set<std::string> open;
  for (const http::Route& route : table.routes()) {
    if (route.spec.access.kind == http::Access::Kind::anyone) continue;
    http::Actor newcomer = holder(Role::secretary, "620102");
    for (const auto& [letter, role] : roles) newcomer.grants.push_back({role, {1}, "620102"});
    newcomer.must_change_password = true;
    const std::string reason = tried(route, newcomer);
    if (reason.empty()) open.insert(route.spec.name);
    else EXPECT_EQ(reason, "session.password_must_change") << route.spec.name;
  }
  EXPECT_EQ(open, (std::set<std::string>{"change_password", "end_session"}));
}

// A name, a phone or an ID number stands in clear only where a reason was given (reveal) or to the person themselves.
TEST_F(AccessMatrix, NoAnswerAndNoProblemHoldsAPersonalFieldInClear) {
  const std::set<std::string> with_a_reason{"reveal_person"};
  const std::string id = format_uuid(make_uuid_v7(area::test_now, system_random()));
  const std::string person = format_id(ref.person_id.value);
  const std::string bodies[] = {
      "",
      "{}",
      R"({"text":"张三"})",
      R"({"text":"1-1-101"})",
      R"({"id":")" + id + R"("})",
      R"({"id":")" + id +
          R"(","at":"2022-03-15T15:00:00+08:00","direction":"out","recognised_by":"room_pick","person_ids":[")" +
          person + R"("]})",
      R"({"id":")" + id + R"(","at":"2022-03-15T15:00:00+08:00","direction":"out","recognised_by":"id_number",)" +
          R"("id_number":"11010519491231002X"})"};
  int answers = 0, with_people = 0;
  for (const http::Route& route : table.routes()) {
    if (route.run == http::Run::task || route.run == http::Run::stream) continue;
    if (with_a_reason.contains(route.spec.name)) continue;
    for (const std::string& body : bodies) {
      const std::string text = answered(route, body);
      answers += text.empty() ? 0 : 1;
      with_people += text.find("张**") != text.npos ? 1 : 0;
      for (const char* clear : {"张三", "13812345678", "11010519491231002"})
        EXPECT_EQ(text.find(clear), text.npos) << route.spec.name << " " << body << ": " << text;
    }
  }
  EXPECT_GT(answers, 200);
  EXPECT_GE(with_people, 4) << "else nobody was asked about";
}

}  // namespace
}  // namespace firstline::tests
