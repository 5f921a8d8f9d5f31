#include "connector/service.hpp"

#include "area/service.hpp"
#include "health/service.hpp"
#include "json/json.hpp"
#include "ledger/fact.hpp"
#include "store/acting.hpp"

namespace firstline::connector {
namespace {

using http::Access;
using http::Call;
using http::Method;
using http::Role;
using store::Session;

constexpr http::RoleSet asking{Role::secretary, Role::health_officer};

struct AskedBody {
  Purpose purpose = Purpose::gate;
  std::string source;
  health::CodeColour colour = health::CodeColour::green;
};
BOOST_DESCRIBE_STRUCT(AskedBody, (), (purpose, source, colour))

Result<void> keep(Session& session, const Call& call, person::PersonRef who, Purpose purpose,
                  const api::CentreReading& said) {
  store::act_as(session, call.acting);
  FL_TRYV(
      health::record_code(session, who.community_id, who.person_id, said.reading, call.actor.account, {}, call.now));
  if (const auto& negative = said.last_negative)
    FL_TRYV(health::record_nat(
        session, who.community_id, who.person_id,
        {negative->sampled_at, negative->reported_at, health::NatState::negative, said.reading.source}, call.now));
  ledger::Draft fact;
  fact.community = fact.area = who.community_id;
  fact.at = fact.recorded_at = call.now;
  fact.actor = call.actor.account;
  fact.device = call.actor.device;
  fact.kind = "health.centre_asked";
  fact.subject = "person:" + format_id(who.person_id.value);
  fact.body = json::write(AskedBody{purpose, said.reading.source, said.reading.colour});
  FL_TRYV(ledger::write(session, fact));
  return {};
}

}  // namespace

Result<api::CentreReading> ask(Call& call, const Parts& parts, person::PersonRef who, const api::AskCentre& command) {
  if (!parts.centre) return fail(FaultCode::not_found, "centre.none");
  FL_TRY(const auto person, parts.database->read([&](Session& session) { return parts.people->find(session, who); }));
  if (!person.id_number) return fail(FaultCode::invalid, "centre.no_id_number");
  FL_TRY(const auto info, parts.centre->query_health({*person.id_number, person.name}));
  // A clock that runs ahead of ours would make every later reading an older one.
  const Instant read_at = std::min(info.read_at, call.now);
  const api::CentreReading said{{info.colour, health::EvidenceGrade::connector, read_at, parts.centre->name()},
                                info.last_negative};
  const person::PersonRef kept{who.community_id, person.id};
  FL_TRYV(parts.database->write([&](Session& session) { return keep(session, call, kept, command.purpose, said); }));
  return said;
}

void add_routes(http::RouteTable& table, const Parts& parts) {
  const std::string here = "/api/v1/communities/{community}";
  table.query<api::CentreJoined>(
      {Method::get, here + "/code-centre", "code_centre", Access::role(asking, area::at_community("community")),
       "Which centre of health codes this office can ask, if any."},
      [&parts](Call&) -> Result<api::CentreJoined> {
        api::CentreJoined joined;
        if (parts.centre) joined.name = parts.centre->name();
        return joined;
      });
  table.task<api::AskCentre, api::CentreReading>(
      {Method::post, here + "/people/{person}/centre-readings", "ask_code_centre",
       Access::role(asking, person::at_person()),
       "Asks the centre how somebody stands, on a purpose, and keeps what it says; a fact."},
      [&parts](Call& call, const api::AskCentre& command) -> Result<api::CentreReading> {
        FL_TRY(const auto person, call.id_parameter<PersonId>("person"));
        return ask(call, parts, {call.place.community, person}, command);
      });
}

}  // namespace firstline::connector
