// Who may call what: every route of the program x every role x every place that the role may be held over, nobody, and
// phones. The table below is written by hand, from the requirements; what it does not allow must be refused. A route
// that is not in it, or a row without a route, fails.

#include <gtest/gtest.h>

#include <algorithm>
#include <optional>

#include <boost/describe/enumerators.hpp>
#include <boost/mp11/algorithm.hpp>

#include "app/wiring.hpp"
#include "area/test_world.hpp"
#include "http/gatekeeper.hpp"

namespace firstline {
namespace {

using area::test_now;
using http::Role;
using http::RoleSet;
using store::Session;

// Where a route acts. `gate` stands for whatever lies in compound c1: its gate, a phone of it, a person who lives there.
enum class Scope { anyone, signed_in, own_device, gate, community };
enum class Phone { no, yes };

struct Row {
  const char* name;
  Scope scope;
  RoleSet roles{};
  Phone phone = Phone::no;
};

constexpr RoleSet keepers{Role::keeper, Role::volunteer, Role::secretary};
constexpr RoleSet watchers{Role::secretary, Role::grid_worker, Role::health_officer, Role::commander, Role::auditor};
constexpr RoleSet at_work{Role::keeper,         Role::volunteer, Role::grid_worker, Role::secretary,
                          Role::health_officer, Role::commander, Role::auditor};
constexpr RoleSet near_people{Role::keeper, Role::volunteer, Role::grid_worker, Role::secretary, Role::health_officer};

const Row rows[] = {
    {"sign_in", Scope::anyone},
    {"get_session", Scope::anyone},
    {"enrol_device", Scope::anyone},
    {"get_venue", Scope::anyone},
    {"end_session", Scope::signed_in},
    {"my_gates", Scope::signed_in},
    {"my_code", Scope::signed_in},
    {"my_household", Scope::signed_in},
    {"record_scan", Scope::signed_in},
    {"get_device", Scope::own_device},
    {"offer_enrolment", Scope::gate, {Role::secretary, Role::grid_worker}},
    {"list_devices", Scope::community, {Role::secretary, Role::grid_worker}},
    {"revoke_device", Scope::gate, {Role::secretary}},
    {"get_gate", Scope::gate, at_work, Phone::yes},
    {"policy_in_force", Scope::gate, at_work, Phone::yes},
    {"gate_places", Scope::gate, near_people, Phone::yes},
    {"gate_people", Scope::gate, near_people, Phone::yes},
    {"get_person", Scope::gate, near_people},
    {"reveal_person", Scope::gate, {Role::grid_worker, Role::secretary, Role::health_officer}},
    {"record_passages", Scope::gate, keepers},
    {"undo_passage", Scope::gate, keepers},
    {"override_verdict", Scope::gate, keepers},
    {"record_emergency", Scope::gate, keepers, Phone::yes},
    {"current_shift", Scope::gate, keepers},
    {"start_shift", Scope::gate, keepers},
    {"hand_over", Scope::gate, keepers},
    {"gate_stream", Scope::gate, keepers, Phone::yes},
    {"gates_live", Scope::community, watchers},
    {"flow", Scope::community, watchers},
    {"alarms", Scope::community, watchers},
    {"community_stream", Scope::community, watchers},
    {"mark_alarm_seen", Scope::community, {Role::secretary, Role::grid_worker, Role::health_officer, Role::commander}},
};

const Row* row_of(const std::string& name) {
  const auto found = std::find_if(std::begin(rows), std::end(rows), [&](const Row& row) { return name == row.name; });
  return found == std::end(rows) ? nullptr : found;
}

// Takes the actor that the test stands in for.
class StandIn final : public http::Authenticator {
 public:
  http::Actor actor;
  Result<http::Actor> authenticate(Session&, std::string_view, std::string_view, Instant) override { return actor; }
  std::string csrf_token(std::string_view) const override { return "csrf"; }
};

class Authorisation : public ::testing::Test {
 protected:
  void SetUp() override {
    person::Person person;
    person.community_id = w.community.id;
    person.household_id = w.home101.id;
    person.name = "张三";
    const auto made = database->write([&](Session& s) -> Result<void> {
      FL_TRY(const auto ref, people.add(s, person, test_now, system_random()));
      person_id = ref.person_id;
      FL_TRY(const auto offer, access::offer_enrolment(s, door, Uuid{{std::byte{1}}}, w.gate1.id, "手机", {9}, test_now));
      FL_TRY(const auto phone, access::enrol(s, door, Uuid{{std::byte{2}}}, offer.code, test_now));
      device_id = phone.device_id;
      return {};
    });
    ASSERT_TRUE(made) << made.error().reason;
  }

  // "": let through; else the reason of the refusal.
  std::string outcome(const http::Route& route, const http::Actor& actor) {
    StandIn authenticator;
    authenticator.actor = actor;
    http::Request request;
    request.route = &route;
    if (actor.account) request.session_token = "session";
    if (actor.device) request.device_token = "device";
    request.csrf = "csrf";
    const auto admitted = database->read([&](Session& session) {
      http::Call call;
      call.session = &session;
      call.now = test_now;
      call.parameters = {{"gate", format_id(w.gate1.id.value)},   {"community", format_id(w.community.id.value)},
                         {"person", format_id(person_id.value)},  {"device", format_id(device_id.value)},
                         {"venue_code", w.gate1.venue_code},      {"passage", "1"},
                         {"alarm", "1"}};
      call.queries = {{"gate", format_id(w.gate1.id.value)}};
      return http::admit(request, call, authenticator);
    });
    return admitted ? "" : admitted.error().reason;
  }

  static http::Actor holder(Role role, const std::string& path) {
    http::Actor actor;
    actor.account = {7};
    actor.grants = {{role, {1}, path}};
    return actor;
  }

  // The lists of a community are a grid worker's work too. The rule asks only that the role is held inside the
  // community: it does not look whether that part is a grid, a compound or a home.
  struct Ground {
    std::string path;
    bool covers_gate, covers_community, part_of_community;
  };
  std::vector<Ground> grounds() const {
    return {{"620102", true, true, false},
            {w.community.path, true, true, false},
            {w.compound1.path, true, false, true},
            {w.grid1.path, true, false, true},
            {w.grid2.path, false, false, true},
            {w.compound2.path, false, false, true},
            {w.other_home.path, false, false, true},
            {w.community.path + "1", false, false, false},  // A neighbour whose code begins alike.
            {"620102/021", false, false, false}};
  }
  static bool allowed(const Row& row, Role role, const Ground& ground) {
    switch (row.scope) {
      case Scope::anyone:
      case Scope::signed_in: return true;
      case Scope::own_device: return false;
      case Scope::gate: return row.roles.has(role) && ground.covers_gate;
      case Scope::community:
        return row.roles.has(role) &&
               (ground.covers_community || (role == Role::grid_worker && ground.part_of_community));
    }
    return false;
  }

  area::TemporaryDatabase database;
  area::SmallCommunity w = area::small_community(*database);
  person::FieldKey key{std::array<std::byte, 32>{}};
  person::Directory people{key};
  access::Authenticator real{*database, key};
  access::Door door{&*database, &key, &real, {.limits = {}, .public_url = "https://10.0.0.5:8443", .allow_generated = false}};
  PersonId person_id;
  DeviceId device_id;
  const std::unique_ptr<app::Application> application = app::application_for_reading();
  const std::vector<http::Route>& routes = application->table.routes();
};

TEST_F(Authorisation, every_route_has_a_row_and_every_row_a_route) {
  for (const auto& route : routes) EXPECT_TRUE(row_of(route.spec.name)) << route.spec.name;
  for (const Row& row : rows) {
    EXPECT_EQ(std::count_if(routes.begin(), routes.end(), [&](const auto& r) { return r.spec.name == row.name; }), 1)
        << row.name;
  }
}

TEST_F(Authorisation, roles_open_what_the_table_says_and_nothing_else) {
  for (const auto& route : routes) {
    const Row* row = row_of(route.spec.name);
    if (!row) continue;  // The test above fails.
    boost::mp11::mp_for_each<boost::describe::describe_enumerators<Role>>([&](auto role) {
      for (const Ground& ground : grounds()) {
        EXPECT_EQ(outcome(route, holder(role.value, ground.path)), allowed(*row, role.value, ground) ? "" : "access.denied")
            << row->name << " as " << role.name << " of " << ground.path;
      }
    });
  }
}

TEST_F(Authorisation, nobody_and_accounts_without_a_role_open_little) {
  http::Actor no_role;
  no_role.account = {7};
  for (const auto& route : routes) {
    const Row* row = row_of(route.spec.name);
    if (!row) continue;
    const bool open = row->scope == Scope::anyone;
    EXPECT_EQ(outcome(route, {}), open ? "" : "session.none") << row->name;
    EXPECT_EQ(outcome(route, no_role), open || row->scope == Scope::signed_in ? "" : "access.denied") << row->name;
  }
}

TEST_F(Authorisation, phones_open_their_own_gate_only) {
  for (const bool here : {true, false}) {
    http::Actor phone;
    phone.device = device_id;
    phone.gate = here ? w.gate1.id : w.gate2.id;
    phone.device_path = here ? w.gate1.path : w.gate2.path;
    for (const auto& route : routes) {
      const Row* row = row_of(route.spec.name);
      if (!row) continue;
      std::string expected = "access.denied";
      if (row->scope == Scope::signed_in) expected = "session.none";
      if (row->scope == Scope::anyone || row->scope == Scope::own_device) expected = "";
      if (row->phone == Phone::yes && here) expected = "";
      EXPECT_EQ(outcome(route, phone), expected) << row->name << (here ? " here" : " elsewhere");
    }
  }
}

}  // namespace
}  // namespace firstline
