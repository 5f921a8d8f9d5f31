#include <map>

#include "area/service.hpp"
#include "area/wire.hpp"
#include "http/once.hpp"
#include "person/desk.hpp"
#include "person/edit.hpp"
#include "person/search.hpp"
#include "person/store.hpp"

namespace firstline::person {

using http::Access;
using http::Call;
using http::Method;

Result<PersonRef> ref_of(const Call& call) {
  FL_TRY(const auto community, call.id_parameter<AreaId>("community"));
  FL_TRY(const auto id, call.id_parameter<PersonId>("person"));
  return PersonRef{community, id};
}

Result<http::Place> place_of(store::Session& session, PersonRef ref) {
  FL_TRY(const auto counted, counted_as(session, ref));
  FL_TRY(const auto row, load_resident(session, counted));
  FL_TRY(const auto community, area::find_community(session, ref.community_id));
  if (!row || !row->household_path) return http::Place{ref.community_id, community.path, {}};
  FL_TRY(const auto home, area::find(session, ref.community_id, row->household_id));
  return area::place_of(session, home);
}

http::PlaceOf at_person() {
  return [](const Call& call) -> Result<http::Place> {
    FL_TRY(const auto ref, ref_of(call));
    return place_of(*call.session, ref);
  };
}

namespace {

struct SearchQuestion {
  std::string text;
};
BOOST_DESCRIBE_STRUCT(SearchQuestion, (), (text))

struct HouseholdShown {
  AreaId household_id;
  std::string label, name, compound_name;
  bool vacant = true;
  std::vector<MemberShown> people;
};
BOOST_DESCRIBE_STRUCT(HouseholdShown, (), (household_id, label, name, compound_name, vacant, people))

// Whether the caller's role covers a place: by its path, or by the grid of its building. Each building is asked once.
Covers covers_of(Call& call, AreaId community, http::RoleSet roles) {
  return [&call, community, roles,
          of_buildings = std::map<std::string, bool>()](const std::string& path) mutable -> Result<bool> {
    FL_TRY(const auto own, area::find_community(*call.session, community));
    if (call.actor.holds_any(roles, {community, path.empty() ? own.path : path, {}})) return true;
    const auto parts = area::path_prefixes(path);
    const std::size_t building = area::path_prefixes(own.path).size() + 1;  // Below the compound.
    if (parts.size() <= building) return false;
    const auto known = of_buildings.find(parts[building]);
    if (known != of_buildings.end()) return known->second;
    FL_TRY(const auto node, area::find_by_path(*call.session, community, parts[building]));
    FL_TRY(const auto place, area::place_of(*call.session, node));
    return of_buildings[parts[building]] = call.actor.holds_any(roles, place);
  };
}

Result<Found> search_people(Call& call, const Directory& directory, const SearchQuestion& question) {
  FL_TRY(const auto community, call.id_parameter<AreaId>("community"));
  FL_TRY(const auto wanted, wanted_of(question.text));
  return search(*call.session, directory, community, wanted, covers_of(call, community, may_reveal),
                civil_date(call.now));
}

Result<HouseholdShown> get_household(Call& call, const Directory& directory) {
  FL_TRY(const auto community, call.id_parameter<AreaId>("community"));
  FL_TRY(const auto id, call.id_parameter<AreaId>("household"));
  FL_TRY(auto home, area::find(*call.session, community, id));
  if (home.kind != area::AreaKind::household) return fail(FaultCode::not_found, "area.unknown");
  HouseholdShown shown{home.id, std::move(home.label), {}, {}, true, {}};
  FL_TRY(const auto way, area::way_to(*call.session, community, home.path));
  for (const area::Area& node : way) {
    if (node.kind == area::AreaKind::compound) shown.compound_name = node.name;
    else if (node.kind != area::AreaKind::floor) shown.name += node.name;
  }
  FL_TRY(shown.people, members(*call.session, directory, community, id, civil_date(call.now)));
  shown.vacant = shown.people.empty();
  return shown;
}

// The first answer for a command sent again. What is kept of the command is a keyed hash: a plain one of a text that is
// a phone number and an id could be tried through.
template <class Command, class Work>
Result<PersonVersion> once(Call& call, const FieldKey& key, std::string_view route, const Command& command, Work work) {
  const Digest digest = key.search_hash("command", json::write(command));
  const std::string_view body(reinterpret_cast<const char*>(digest.data()), digest.size());
  const http::CommandKey sent{call.place.community, command.id, route, call.actor.account, call.actor.device, body};
  FL_TRY(const auto earlier, http::earlier_answer(*call.session, sent));
  if (earlier) return json::read<PersonVersion>(*earlier);
  FL_TRY(auto done, work(Editing{call.actor, call.now, *call.random}));
  FL_TRYV(http::keep_answer(*call.session, sent, json::write(done), call.now));
  return done;
}

Result<PersonVersion> add_person(Call& call, const Directory& directory, const AddPerson& command) {
  FL_TRY(const auto community, call.id_parameter<AreaId>("community"));
  FL_TRY(const auto household, call.id_parameter<AreaId>("household"));
  return once(call, directory.key(), "add_person", command,
              [&](const Editing& by) { return move_in(*call.session, directory, community, household, command, by); });
}

Result<PersonVersion> move_person(Call& call, const Directory& directory, const MovePerson& command) {
  FL_TRY(const auto ref, ref_of(call));
  return once(call, directory.key(), "move_person", command, [&](const Editing& by) -> Result<PersonVersion> {
    if (command.household_id) {
      FL_TRY(const auto home, area::find(*call.session, ref.community_id, *command.household_id));
      FL_TRY(const auto place, area::place_of(*call.session, home));
      if (!call.actor.holds_any(may_edit, place)) return fail(FaultCode::forbidden, "access.denied");
    }
    return move(*call.session, directory, ref, command, by);
  });
}

Result<PersonVersion> correct_person(Call& call, const Directory& directory, const CorrectPerson& command) {
  FL_TRY(const auto ref, ref_of(call));
  return once(call, directory.key(), "correct_person", command,
              [&](const Editing& by) { return correct(*call.session, directory, ref, command, by); });
}

http::RouteSpec command_of(std::string path, std::string name, http::PlaceOf place, std::string summary) {
  http::RouteSpec spec{Method::post, "/api/v1/communities/{community}" + path, std::move(name),
                       Access::role(may_edit, std::move(place)), std::move(summary)};
  spec.own_idempotency = true;
  return spec;
}

}  // namespace

void add_desk_routes(http::RouteTable& table, const Directory& directory) {
  table.question<SearchQuestion, Found>(
      {Method::post, "/api/v1/communities/{community}/search", "search_people",
       Access::role(may_reveal, area::at_community("community")),
       "People by part of a name, pinyin, phone ending or room, and places by room or building; masked."},
      [&directory](Call& call, const SearchQuestion& question) { return search_people(call, directory, question); });
  table.query<HouseholdShown>(
      {Method::get, "/api/v1/communities/{community}/households/{household}", "get_household",
       Access::role(may_reveal, area::at_area("household")), "One home and who lives or stays there, masked."},
      [&directory](Call& call) { return get_household(call, directory); });
  table.command<AddPerson, PersonVersion>(
      command_of("/households/{household}/people", "add_person", area::at_area("household"),
                 "Somebody new moves in, or stays until a day; a fact."),
      [&directory](Call& call, const AddPerson& command) { return add_person(call, directory, command); });
  table.command<MovePerson, PersonVersion>(
      command_of("/people/{person}/move", "move_person", at_person(),
                 "Somebody moves to another home of the community, or out; a fact."),
      [&directory](Call& call, const MovePerson& command) { return move_person(call, directory, command); });
  table.command<CorrectPerson, PersonVersion>(
      command_of("/people/{person}/correct", "correct_person", at_person(),
                 "Corrects a record; a fact that names the fields and holds none of them."),
      [&directory](Call& call, const CorrectPerson& command) { return correct_person(call, directory, command); });
}

}  // namespace firstline::person
