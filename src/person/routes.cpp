#include <map>

#include "area/service.hpp"
#include "area/wire.hpp"
#include "person/correction.hpp"
#include "person/desk.hpp"
#include "person/merge.hpp"
#include "person/service.hpp"
#include "person/store.hpp"

namespace firstline::person {
namespace {

using http::Access;
using http::Call;
using http::Method;
using http::Role;

constexpr http::RoleSet at_the_gate{Role::keeper, Role::volunteer, Role::grid_worker, Role::secretary,
                                    Role::health_officer};
constexpr http::RoleSet may_look{Role::keeper, Role::volunteer, Role::grid_worker, Role::secretary,
                                 Role::health_officer};

struct PlaceView {
  AreaId area_id;
  area::AreaKind kind = area::AreaKind::building;
  std::string name;
  std::string label;
  std::optional<std::int64_t> people;  // Households only.
};
BOOST_DESCRIBE_STRUCT(PlaceView, (), (area_id, kind, name, label, people))
struct Places {
  std::vector<PlaceView> items;
};
BOOST_DESCRIBE_STRUCT(Places, (), (items))

struct People {
  std::vector<PersonMasked> items;
};
BOOST_DESCRIBE_STRUCT(People, (), (items))

struct PersonShown {
  PersonId person_id;
  std::string name_masked;
  AgeBand age_band = AgeBand::adult;
  std::vector<Mark> marks;
  bool generated = false;
  std::string address_masked;
};
BOOST_DESCRIBE_STRUCT(PersonShown, (), (person_id, name_masked, age_band, marks, generated, address_masked))

template <class AnyId>
Result<AnyId> id_query(const Call& call, std::string_view name) {
  const auto text = call.query(name);
  const auto value = text ? parse_id(*text) : std::nullopt;
  if (!value) return fail(FaultCode::invalid, "query.bad_id", {}, std::string(name));
  return AnyId{*value};
}

// The node that `parent` names, which must be the gate's compound or lie inside it.
Result<area::Area> node_inside(Call& call, const area::Gate& gate, AreaId id) {
  FL_TRY(auto node, area::find(*call.session, gate.community_id, id));
  if (!http::path_covers(gate.path, node.path)) return fail(FaultCode::not_found, "area.unknown");
  return node;
}

Result<Places> gate_places(Call& call) {
  const area::Gate& gate = area::gate_met(call);
  AreaId parent = gate.compound_id;
  if (call.query("parent")) {
    FL_TRY(parent, id_query<AreaId>(call, "parent"));
  }
  FL_TRY(const auto node, node_inside(call, gate, parent));
  FL_TRY(const auto nodes, area::children(*call.session, gate.community_id, node.id));
  std::map<AreaId, std::int64_t> people;
  if (!nodes.empty() && nodes.front().kind == area::AreaKind::household) {
    FL_TRY(const auto counts, count_below(*call.session, gate.community_id, node.path));
    for (const HouseholdCount& count : counts) people[count.household_id] = count.people;
  }
  Places places;
  for (const area::Area& child : nodes) {
    PlaceView view{child.id, child.kind, child.name, child.label, {}};
    if (child.kind == area::AreaKind::household) view.people = people[child.id];
    places.items.push_back(std::move(view));
  }
  return places;
}

Result<People> gate_people(Call& call, const Directory& directory) {
  const area::Gate& gate = area::gate_met(call);
  FL_TRY(const auto household, id_query<AreaId>(call, "household"));
  FL_TRY(const auto home, node_inside(call, gate, household));
  FL_TRY(const auto clear, directory.household(*call.session, gate.community_id, home.id));
  People people;
  for (const Person& person : clear) people.items.push_back(masked(person, civil_date(call.now)));
  return people;
}

Result<PersonShown> show_person(Call& call, const Directory& directory) {
  FL_TRY(const auto ref, ref_of(call));
  FL_TRY(const auto resident, directory.resident(*call.session, ref));
  auto shown = masked(resident.person, civil_date(call.now));
  // The compound and the building; which door is for those who may reveal.
  std::string address;
  FL_TRY(const auto way, area::way_to(*call.session, ref.community_id, resident.household_path));
  for (const area::Area& node : way) {
    if (node.kind == area::AreaKind::compound || node.kind == area::AreaKind::building) address += node.name;
  }
  return PersonShown{shown.person_id, std::move(shown.name_masked),
                     shown.age_band,  std::move(shown.marks),
                     shown.generated, address + "**"};
}

Result<PersonalCode> my_code(Call& call, const Directory& directory) {
  if (!call.actor.person) return fail(FaultCode::not_found, "person.none_of_this_account");
  const PersonRef self{call.actor.person_community, call.actor.person};
  if (!call.query("person")) return personal_code(directory.key(), self, call.now);
  // For a child or an elder without a phone: whoever shares the home may show the code for them.
  FL_TRY(const auto id, id_query<PersonId>(call, "person"));
  FL_TRY(const auto me, directory.find(*call.session, self));
  FL_TRY(const auto other, directory.find(*call.session, {self.community_id, id}));
  if (!me.household_id || other.household_id != me.household_id)
    return fail(FaultCode::forbidden, "scan.not_your_household", {}, "person");
  return personal_code(directory.key(), {self.community_id, id}, call.now);
}

}  // namespace

void add_routes(http::RouteTable& table, const Directory& directory, const Reactions& reactions) {
  add_desk_routes(table, directory);
  add_merge_routes(table, directory, reactions);
  add_correction_routes(table, directory);
  const auto at_gate = area::at_gate("gate");
  table.query<Places>({Method::get,
                       "/api/v1/gates/{gate}/places",
                       "gate_places",
                       Access::role_or_device(at_the_gate, at_gate),
                       "Buildings, units, floors or households inside the gate's compound.",
                       {"parent"}},
                      gate_places);
  table.query<People>({Method::get,
                       "/api/v1/gates/{gate}/people",
                       "gate_people",
                       Access::role_or_device(at_the_gate, at_gate),
                       "The people of one household of the gate's compound, masked.",
                       {"household"}},
                      [&directory](Call& call) { return gate_people(call, directory); });
  table.query<PersonShown>({Method::get, "/api/v1/communities/{community}/people/{person}", "get_person",
                            Access::role(may_look, at_person()), "One person, masked."},
                           [&directory](Call& call) { return show_person(call, directory); });
  // The answer is not kept for a repeated id, since it is a clear record: it is read again, and stays one fact.
  http::RouteSpec reveal{Method::post, "/api/v1/communities/{community}/people/{person}/reveal", "reveal_person",
                         Access::role(may_reveal, at_person()),
                         "The clear record of one person, on a stated ground; a fact."};
  reveal.own_idempotency = true;
  table.command<RevealCommand, Revealed>(
      std::move(reveal), [&directory](Call& call, const RevealCommand& command) -> Result<Revealed> {
        FL_TRY(const auto ref, ref_of(call));
        return directory.reveal(*call.session, ref, command, call.actor, call.now, *call.random);
      });
  table.query<PersonalCode>(
      {Method::get,
       "/api/v1/my/code",
       "my_code",
       Access::signed_in(),
       "The code of the account's own person, or of somebody of the same household; rotates every step.",
       {"person"}},
      [&directory](Call& call) { return my_code(call, directory); });
}

}  // namespace firstline::person
