// The resident's own page: the household with everybody's name in clear, because they live together, and where each
// stands. Nobody else's data is reachable here: the household is that of the account's own person.

#include "area/service.hpp"
#include "area/wire.hpp"
#include "health/service.hpp"

namespace firstline::health {
namespace {

using http::Access;
using http::Call;
using http::Method;

struct Member {
  PersonId person_id;
  std::string name;
  bool is_me = false;
  person::AgeBand age_band = person::AgeBand::adult;
  std::optional<CodeColour> colour;
  std::optional<Instant> colour_at;
  std::optional<NatState> nat_state;
  std::optional<Instant> nat_sampled_at, nat_reported_at;
};
BOOST_DESCRIBE_STRUCT(Member, (),
                      (person_id, name, is_me, age_band, colour, colour_at, nat_state, nat_sampled_at, nat_reported_at))

struct MyHousehold {
  AreaId household_id;
  std::string address;
  std::vector<Member> people;
  std::vector<area::GateView> gates;
  bool generated = false;
};
BOOST_DESCRIBE_STRUCT(MyHousehold, (), (household_id, address, people, gates, generated))

Member member_of(const person::Person& person, const Standing& standing, PersonId me, Date today) {
  Member member;
  member.person_id = person.id;
  member.name = person.name;
  member.is_me = person.id == me;
  member.age_band = person::age_band(person.born_on, today);
  if (standing.code) {
    member.colour = standing.code->colour;
    member.colour_at = standing.code->read_at;
  }
  if (standing.nat.state != NatState::not_sampled) member.nat_state = standing.nat.state;
  if (standing.nat.last_negative) {
    member.nat_sampled_at = standing.nat.last_negative->sampled_at;
    member.nat_reported_at = standing.nat.last_negative->reported_at;
  }
  return member;
}

Result<MyHousehold> my_household(Call& call, const person::Directory& directory) {
  if (!call.actor.person) return fail(FaultCode::not_found, "person.none_of_this_account");
  store::Session& session = *call.session;
  const AreaId community = call.actor.person_community;
  FL_TRY(const auto me, directory.resident(session, {community, call.actor.person}));
  FL_TRY(const auto people, directory.household(session, community, me.person.household_id));
  MyHousehold home;
  home.household_id = me.person.household_id;
  home.generated = me.person.generated;
  for (const person::Person& person : people) {
    if (person.id == me.person.id) {
      FL_TRY(home.address, directory.address(session, person));
    }
    FL_TRY(const auto stands, standing(session, community, person.id));
    home.people.push_back(member_of(person, stands, me.person.id, civil_date(call.now)));
  }
  FL_TRY(const auto gates, area::gates_of(session, community));
  for (const area::Gate& gate : gates) {
    if (!http::path_covers(gate.path, me.household_path)) continue;
    FL_TRY(auto view, area::view(session, gate));
    home.gates.push_back(std::move(view));
  }
  return home;
}

}  // namespace

void add_routes(http::RouteTable& table, const person::Directory& directory) {
  table.query<MyHousehold>({Method::get, "/api/v1/my/household", "my_household", Access::signed_in(),
                            "The account's own household: names in clear, codes, tests, and its gates."},
                           [&directory](Call& call) { return my_household(call, directory); });
}

}  // namespace firstline::health
