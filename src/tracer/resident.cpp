// What a resident sees of it, and says against it: that they were listed, as what, on which basis and on which days.
// Never whose contact they are, at what hour, or who else.

#include <algorithm>
#include <set>

#include "tracer/parts.hpp"

namespace firstline::tracer {
namespace {

using http::Call;

constexpr std::size_t words_bytes_max = 1500;

Result<person::PersonRef> self(const Call& call) {
  if (!call.actor.person) return fail(FaultCode::not_found, "person.none_of_this_account");
  return person::PersonRef{call.actor.person_community, call.actor.person};
}

Result<void> check(const std::string& words, const char* where) {
  if (words.find_first_not_of(" \t\r\n") == words.npos || words.size() > words_bytes_max)
    return fail(FaultCode::invalid, "trace.words_bad", {}, where);
  return {};
}

std::vector<api::MyTracePlace> places_of(const Row& row, const std::vector<RowEncounter>& encounters) {
  std::vector<api::MyTracePlace> places;
  std::set<std::pair<std::string, Date>> seen;
  for (const TraceBasis basis : BasisSet(row.bases).list()) {
    const std::size_t before = places.size();
    for (const RowEncounter& each : encounters)
      if (each.basis == basis && seen.emplace(each.place_name, civil_date(each.from_at)).second)
        places.push_back({basis, each.place_name, civil_date(each.from_at)});
    if (places.size() > before) continue;
    // A home, or handed over by another community.
    places.push_back({basis, {}, row.last_at ? std::optional(civil_date(*row.last_at)) : std::nullopt});
  }
  return places;
}

Result<api::MyTracing> view_of(Call& call, const Ground& ground, const Row& row) {
  const auto& key = ground.people->key();
  api::MyTracing shown;
  shown.row_id = row.id;
  shown.category = row.category;
  shown.listed_on = civil_date(instant_of(row.id.value));
  FL_TRY(const auto encounters, load_encounters(*call.session, row.community_id, row.id));
  shown.places = places_of(row, encounters);
  FL_TRY(const auto objection, load_objection(*call.session, row.community_id, row.id));
  shown.may_object = !objection && row.category != Category::not_a_contact;
  if (!objection) return shown;
  api::MyTraceObjection said;
  FL_TRY(said.words, key.open(words_field, objection->id, objection->words_sealed));
  said.said_at = objection->said_at;
  said.state = objection->state;
  if (objection->answer_sealed) {
    FL_TRY(said.answer, key.open(answer_field, objection->id, *objection->answer_sealed));
  }
  shown.objection = std::move(said);
  return shown;
}

Result<Objection> open_objection(Call& call, RowId row) {
  FL_TRY(auto objection, load_objection(*call.session, call.place.community, row));
  if (!objection) return fail(FaultCode::not_found, "trace.no_objection");
  return std::move(*objection);
}

}  // namespace

Result<api::MyTracings> my_tracings(Call& call, const Ground& ground) {
  FL_TRY(const auto me, self(call));
  FL_TRY(const auto records, person::records_of(*call.session, me));
  api::MyTracings shown;
  for (const PersonId record : records) {
    FL_TRY(const auto rows, load_rows_of(*call.session, me.community_id, record));
    for (const Row& row : rows) {
      if (row.home_id != me.community_id) continue;
      FL_TRY(auto one, view_of(call, ground, row));
      shown.items.push_back(std::move(one));
    }
  }
  return shown;
}

Result<api::MyTracings> object(Call& call, const Ground& ground, RowId id, const api::ObjectToTracing& command) {
  FL_TRY(const auto me, self(call));
  FL_TRYV(check(command.words, "/words"));
  FL_TRY(const auto records, person::records_of(*call.session, me));
  FL_TRY(const auto row, load_row(*call.session, me.community_id, id));
  if (!row || std::find(records.begin(), records.end(), row->person_id) == records.end())
    return fail(FaultCode::not_found, "trace.unknown_row");
  FL_TRY(const auto before, load_objection(*call.session, me.community_id, id));
  if (before) return fail(FaultCode::conflict, "trace.objected_before");
  Objection objection;
  objection.community_id = me.community_id;
  objection.row_id = id;
  objection.run_id = row->run_id;
  objection.id = call.session->ids().next(call.now);
  objection.said_at = call.now;
  objection.words_sealed = ground.people->key().seal(*call.random, words_field, objection.id, command.words);
  FL_TRYV(add(*call.session, objection));
  FL_TRYV(write_fact(call, me.community_id, "trace.objected", row->person_id,
                     json::write(RowFact{row->run_id, row->id, row->category})));
  return my_tracings(call, ground);
}

Result<api::TraceObjection> read_objection(Call& call, const Ground& ground, RowId id) {
  FL_TRY(const auto row, met_row(call, id));
  FL_TRY(const auto objection, open_objection(call, id));
  api::TraceObjection shown;
  shown.said_at = objection.said_at;
  shown.state = objection.state;
  FL_TRY(shown.words, ground.people->key().open(words_field, objection.id, objection.words_sealed));
  FL_TRYV(write_fact(call, row.community_id, "trace.objection_read", row.person_id,
                     json::write(RowFact{row.run_id, row.id, row.category})));
  return shown;
}

Result<api::TraceRowDetail> answer_objection(Call& call, const Ground& ground, RowId id,
                                             const api::AnswerTraceObjection& command) {
  FL_TRYV(check(command.answer, "/answer"));
  FL_TRY(auto found, met_row(call, id));
  FL_TRY(auto objection, open_objection(call, id));
  if (objection.state != ObjectionState::open) return fail(FaultCode::conflict, "trace.objection_answered");
  objection.state = command.upheld ? ObjectionState::upheld : ObjectionState::dismissed;
  objection.answered_at = call.now;
  objection.answered_by = call.actor.account;
  objection.answer_sealed = ground.people->key().seal(*call.random, answer_field, objection.id, command.answer);
  FL_TRY(const bool mine, save(*call.session, objection));
  if (!mine) return fail(FaultCode::conflict, "trace.objection_answered");
  FL_TRYV(write_fact(call, found.community_id, "trace.objection_answered", found.person_id,
                     json::write(RowFact{found.run_id, found.id, found.category})));
  if (command.upheld && found.category != Category::not_a_contact) {
    FL_TRYV(classify_as(call, ground, found, Category::not_a_contact, command.answer, command.id));
  }
  return row(call, ground, id);
}

}  // namespace firstline::tracer
