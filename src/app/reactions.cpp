#include "app/reactions.hpp"

#include "access/service.hpp"
#include "gate/service.hpp"
#include "health/service.hpp"
#include "isolation/acts.hpp"
#include "isolation/service.hpp"
#include "movement/service.hpp"

namespace firstline::app {

using store::Session;

person::Reactions reactions_to_people() {
  person::Reactions reactions;
  reactions.merged = [](Session& session, const person::Merged& merged) -> Result<void> {
    FL_TRYV(movement::hand_over(session, merged));
    FL_TRYV(isolation::hand_over(session, merged));
    FL_TRYV(health::stand_anew(session, merged.community_id, merged.kept_id));
    return access::end_sessions_of_people(session, merged);
  };
  reactions.separated = [](Session& session, const person::Merged& merged) -> Result<void> {
    FL_TRYV(movement::hand_back(session, merged));
    FL_TRYV(isolation::hand_back(session, merged));
    FL_TRYV(health::stand_anew(session, merged.community_id, merged.kept_id));
    FL_TRYV(health::stand_anew(session, merged.community_id, merged.gone_id));
    return access::end_sessions_of_people(session, merged);
  };
  return reactions;
}

health::Reactions reactions_to_results(const casebook::Parts& cases) {
  health::Reactions reactions;
  // A laboratory's, a clinic's or a test round's: the positive opens a case in the transaction that took it in.
  reactions.positive = [&cases](Session& session, const health::ResultNews& news) {
    return casebook::take_news(session, cases, news);
  };
  return reactions;
}

namespace {

// Seals over the home count it from when it was reported until it was taken away; what is only suspected counts for
// none.
Result<void> tell_seals(Session& session, const casebook::Case& known, const casebook::By& by) {
  if (!known.person_id) return {};
  seal::CaseNow now{{known.community_id, known.person_id},
                    "case-" + std::to_string(known.number),
                    known.reported_at.value_or(known.opened_at),
                    known.transferred_at ? known.transferred_at : known.ended_at};
  now.counts = known.classified != casebook::Status::suspected && known.status != casebook::Status::excluded;
  return seal::keep_case(session, now, {by.account, by.device, by.now, by.now});
}

}  // namespace

// What a new case does, whether a result, an officer or a list opened it. Its own rows and fact are written by then.
casebook::Reactions reactions_to_cases() {
  casebook::Reactions reactions;
  reactions.opened = [](Session& session, const casebook::Case& made, const casebook::By& by) -> Result<void> {
    FL_TRYV(tell_seals(session, made, by));
    // An old outbreak that is brought in for study alarms nobody.
    if (made.ground == casebook::Ground::line_list) return {};
    // Two supervisors see it: health officers among them.
    FL_TRYV(gate::raise_alarm(session, made.community_id, gate::AlarmKind::case_opened,
                              "case:" + format_id(made.id.value), by.now));
    // Isolation orders and seals are proposed by people who look at the case; whoever adds what follows by itself adds
    // it here.
    return {};
  };
  reactions.changed = tell_seals;
  return reactions;
}

// What a seal that comes into force, grows or shrinks does.
seal::Reactions reactions_to_seals() {
  seal::Reactions reactions;
  reactions.announced = [](Session& session, AreaId community, const seal::By& by) {
    return casebook::each_case(session, community, [&](const casebook::Case& known) {
      return tell_seals(session, known, {by.account, by.device, by.now, nullptr});
    });
  };
  return reactions;
}

tracer::OnProposed reactions_to_tracing(const isolation::Desk& desk) {
  return [&desk](http::Call& call, const tracer::Proposed& proposed) -> Result<void> {
    if (proposed.what != tracer::Proposal::isolation)
      return {};  // A test stays a line of the list: nobody else keeps one.
    isolation::api::ProposeIsolation order;
    order.id = make_uuid_v7(call.now, *call.random);
    order.person_id = proposed.who.person_id;
    order.ground = isolation::IsolationGround::contact;
    order.ground_ref = "trace-" + format_id(proposed.row_id.value);
    order.category = proposed.category == tracer::Category::contact_of_contact ? isolation::Category::secondary_contact
                                                                               : isolation::Category::close_contact;
    order.exposed_at = proposed.last_exposure;
    order.reason = order.ground_ref;
    FL_TRYV(isolation::propose(call, desk, order));
    return {};
  };
}

}  // namespace firstline::app
