// The list that we hand out again: what an import can take, so that taking it changes nothing.

#include "intake/work.hpp"
#include "json/json.hpp"
#include "ledger/fact.hpp"

namespace firstline::intake {
namespace {

using person::Person;
using store::Session;

enum class ExportReason { correction, handover, asked_by_superior };
BOOST_DESCRIBE_ENUM(ExportReason, correction, handover, asked_by_superior)
struct ExportBody {
  std::int64_t people = 0;
  ExportReason reason = ExportReason::correction;
};
BOOST_DESCRIBE_STRUCT(ExportBody, (), (people, reason))

}  // namespace

Result<std::vector<std::vector<std::string>>> exported(Session& session, const person::Directory& people,
                                                       const area::Area& community) {
  FL_TRY(const Places places, Places::load(session, community));
  FL_TRY(const auto everybody, people.below(session, community.id, community.path));
  FL_TRY(const Stays stays, people.stays(session, community.id));
  std::vector<std::vector<std::string>> rows{exported_headings()};
  for (const Person& person : everybody) {
    const area::Area* home = places.by_id(person.household_id);
    if (!home) continue;
    const Door door = places.door_of(*home);
    rows.push_back({door.compound, places.grid_of(*home), door.building, door.unit, door.room, person.name,
                    person.id_number.value_or(""), person.phone.value_or(""),
                    person.born_on ? format_date(*person.born_on) : "", written(person.marks),
                    person.address_detail.value_or(""),
                    stays.contains(person.id) ? format_date(stays.at(person.id)) : ""});
  }
  return rows;
}

Result<std::string> export_people(Session& session, const person::Directory& people, const area::Area& community,
                                  std::string_view reason, const By& by) {
  ExportBody body;
  if (!boost::describe::enum_from_string(std::string(reason).c_str(), body.reason))
    return fail(FaultCode::invalid, "export.reason_unknown", {}, "/reason");
  FL_TRY(const auto rows, exported(session, people, community));
  std::string text = "\xef\xbb\xbf";  // Or spreadsheets take it for another encoding.
  for (const auto& row : rows) text += csv_line(row);
  body.people = static_cast<std::int64_t>(rows.size()) - 1;
  ledger::Draft fact;
  fact.community = fact.area = community.id;
  fact.at = fact.recorded_at = by.now;
  set_actor(fact, by);
  fact.kind = "intake.exported";
  fact.subject = "community:" + format_id(community.id.value);
  fact.body = json::write(body);
  FL_TRYV(ledger::write(session, fact));
  return text;
}

}  // namespace firstline::intake
