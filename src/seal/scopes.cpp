#include "seal/scopes.hpp"

#include <algorithm>
#include <map>
#include <set>

#include "area/service.hpp"
#include "seal/acts.hpp"

namespace firstline::seal {
namespace {

using area::Area;
using area::AreaKind;
using policy::ZoneUnit;

constexpr std::size_t contacts_max = 2000;

std::optional<ZoneUnit> unit_of(AreaKind kind) {
  switch (kind) {
    case AreaKind::compound:
      return ZoneUnit::compound;
    case AreaKind::building:
      return ZoneUnit::building;
    case AreaKind::unit:
      return ZoneUnit::unit;
    case AreaKind::floor:
      return ZoneUnit::floor;
    case AreaKind::household:
      return ZoneUnit::household;
    default:
      return std::nullopt;
  }
}

}  // namespace

Result<api::SealScopes> compare_scopes(http::Call& call, const Desk& desk, const api::CompareScopes& asked) {
  store::Session& session = *call.session;
  const AreaId community = call.place.community;
  if (asked.contact_household_ids.size() > contacts_max)
    return fail(FaultCode::invalid, "seal.too_many_places", {}, "/contact_household_ids");
  FL_TRY(const auto home, area::find(session, community, asked.household_id));
  if (home.kind != AreaKind::household) return fail(FaultCode::invalid, "area.wrong_kind", {}, "/household_id");
  FL_TRY(const auto way, area::way_to(session, community, home.path));
  if (way.empty()) return fail(FaultCode::invalid, "area.wrong_kind", {}, "/household_id");
  const Area& widest = way.front();
  std::vector<std::string> contacts;
  for (const AreaId id : asked.contact_household_ids) {
    FL_TRY(const auto contact, area::find(session, community, id));
    contacts.push_back(contact.path);
  }
  FL_TRY(const auto nodes, area::below(session, community, widest.path));
  FL_TRY(const auto people,
         desk.people->masked_below(session, community, widest.path, desk.people->tag_key(widest.id)));
  FL_TRY(const auto rules, desk.rules->at(policy::division_code(call.place.path), call.now));
  std::map<AreaId, const Area*> homes;
  for (const Area& node : nodes)
    if (node.kind == AreaKind::household) homes.emplace(node.id, &node);

  api::SealScopes compared;
  compared.smallest_unit = rules->seal.smallest_unit;
  for (auto place = way.rbegin(); place != way.rend(); ++place) {
    api::SealScope scope;
    scope.area_id = place->id;
    scope.kind = place->kind;
    scope.label = place->label.empty() ? place->name : place->label;
    const auto inside = [&](const std::string& path) { return http::path_covers(place->path, path); };
    scope.households = static_cast<int>(
        std::count_if(homes.begin(), homes.end(), [&](const auto& each) { return inside(each.second->path); }));
    for (const auto& who : people) {
      const auto at = homes.find(who.household_id);
      if (at == homes.end() || !inside(at->second->path)) continue;
      ++scope.people;
      const auto band = person::age_band(who.born_on, civil_date(call.now));
      scope.elders += band == person::AgeBand::elder;
      scope.children += band == person::AgeBand::child;
    }
    scope.days = rules->seal.sealed.days_without_case;
    if (scope.days) scope.person_days = scope.people * *scope.days;
    scope.contacts_inside = static_cast<int>(std::count_if(contacts.begin(), contacts.end(), inside));
    scope.contacts_outside = static_cast<int>(contacts.size()) - scope.contacts_inside;
    const auto unit = unit_of(place->kind);
    scope.smaller_than_rule = unit && compared.smallest_unit && *unit > *compared.smallest_unit;
    compared.items.push_back(std::move(scope));
  }
  return compared;
}

}  // namespace firstline::seal
