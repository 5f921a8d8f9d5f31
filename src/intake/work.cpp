#include "intake/work.hpp"

#include "json/json.hpp"
#include "ledger/fact.hpp"
#include "store/acting.hpp"

namespace firstline::intake {
namespace {

struct FactBody {
  Counts counts;
  std::int64_t kept_back = 0;
};
BOOST_DESCRIBE_STRUCT(FactBody, (), (counts, kept_back))

}  // namespace

using person::Person;
using store::Session;

std::optional<Date> stay_of(const Stays& stays, PersonId person) {
  const auto stay = stays.find(person);
  return stay == stays.end() ? std::nullopt : std::optional(stay->second);
}

std::string text_of(const Person& person, std::optional<Date> stay_until) {
  Kept kept{{},           person.name, person.id_number, person.phone, person.address_detail, person.born_on,
            person.marks, stay_until};
  if (person.household_id) kept.household_id = person.household_id;
  return json::write(kept);
}

store::Bytes hash_of(const person::FieldKey& key, const Person& person, std::optional<Date> stay_until) {
  const auto digest = key.search_hash("intake_person", text_of(person, stay_until));
  return {digest.begin(), digest.end()};
}

void set_actor(ledger::Draft& fact, const By& by) {
  fact.actor = by.account;
  if (by.account) fact.role = "secretary";
}

http::Actor actor_of(const By& by) {
  http::Actor actor;
  actor.account = by.account;
  return actor;
}

void act_as(Session& session, const By& by) {
  if (by.account) store::act_as(session, "secretary");
}

Result<void> write_fact(Session& session, const Import& import, std::string kind, const By& by) {
  FactBody body;
  if (!import.counts.empty()) {
    FL_TRY(body.counts, json::read<Counts>(import.counts));
  }
  body.kept_back = import.kept_back;
  ledger::Draft fact;
  fact.community = fact.area = import.community_id;
  fact.at = fact.recorded_at = by.now;
  set_actor(fact, by);
  fact.kind = std::move(kind);
  fact.subject = "import:" + format_id(import.id.value);
  fact.body = json::write(body);
  FL_TRYV(ledger::write(session, fact));
  return {};
}

tl::unexpected<Fault> wrong_state() { return fail(FaultCode::conflict, "import.wrong_state"); }

}  // namespace firstline::intake
