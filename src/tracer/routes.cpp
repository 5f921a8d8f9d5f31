// Tracing over HTTP. The officer of the community asks and works; the auditor looks.

#include "area/service.hpp"
#include "tracer/service.hpp"

namespace firstline::tracer {

using http::Access;
using http::Call;
using http::Method;
using http::Role;

namespace {

// A step is found again by its command; an answer with notes in it is not kept a second time.
template <class Command, class Answer, class F>
void add_step(http::RouteTable& table, const Ground& ground, http::RouteSpec spec, F use_case) {
  spec.own_idempotency = true;
  table.command<Command, Answer>(std::move(spec),
                                 [&ground, use_case](Call& call, const Command& command) -> Result<Answer> {
                                   FL_TRY(const auto id, call.id_parameter<RowId>("row"));
                                   return use_case(call, ground, id, command);
                                 });
}

void add_work(http::RouteTable& table, const Ground& ground) {
  const std::string row = "/api/v1/communities/{community}/trace-rows/{row}";
  const auto officer = Access::role({Role::health_officer}, area::at_community("community"));
  add_step<api::LogTraceCall, api::TraceRowDetail>(
      table, ground,
      {Method::post, row + "/calls", "log_trace_call", officer, "Somebody was called or visited, and what came of it."},
      log_call);
  add_step<api::ClassifyContact, api::TraceRowDetail>(
      table, ground,
      {Method::post, row + "/category", "classify_contact", officer, "Another category than before, with the reason."},
      classify);
  add_step<api::ProposeForContact, api::TraceRowDetail>(table, ground,
                                                        {Method::post, row + "/proposals", "propose_for_contact",
                                                         officer, "Proposes isolation or a test; others decide."},
                                                        propose);
  add_step<http::CommandId, api::TraceRowDetail>(
      table, ground,
      {Method::post, row + "/hand-off", "hand_off_contact", officer,
       "Hands somebody to the officer of the community that they live in, with only what is needed there."},
      hand_off);
  add_step<http::CommandId, api::TraceObjection>(
      table, ground,
      {Method::post, row + "/objection/open", "read_trace_objection", officer,
       "What the resident says against standing in the list; a fact."},
      [](Call& call, const Ground& parts, RowId id, const http::CommandId&) {
        return read_objection(call, parts, id);
      });
  add_step<api::AnswerTraceObjection, api::TraceRowDetail>(
      table, ground,
      {Method::post, row + "/objection/answer", "answer_trace_objection", officer,
       "Answers it; upheld, they are no contact any more."},
      answer_objection);
}

void add_own(http::RouteTable& table, const Ground& ground) {
  const std::string my = "/api/v1/my/tracings";
  table.query<api::MyTracings>(
      {Method::get, my, "my_tracings", Access::signed_in(),
       "Whether the caller stands in a tracer's list: on which basis, at which places and days."},
      [&ground](Call& call) { return my_tracings(call, ground); });
  add_step<api::ObjectToTracing, api::MyTracings>(
      table, ground,
      {Method::post, my + "/{row}/object", "object_to_tracing", Access::signed_in(),
       "Says why the caller is no contact; once for each list."},
      object);
}

}  // namespace

void add_routes(http::RouteTable& table, const Ground& ground) {
  const std::string here = "/api/v1/communities/{community}/traces";
  const auto officer = Access::role({Role::health_officer}, area::at_community("community"));
  const auto looking = Access::role({Role::health_officer, Role::auditor}, area::at_community("community"));
  http::RouteSpec asking{Method::post, here, "trace_contacts", officer,
                         "Lists who shared a home, a stairwell or a place's minutes with a case, masked; on a stated "
                         "purpose, a fact. The list is kept."};
  // The run is found again by its command; an answer with people in it is not kept a second time.
  asking.own_idempotency = true;
  table.command<api::TraceCommand, api::TraceRun>(
      std::move(asking),
      [&ground](Call& call, const api::TraceCommand& command) { return ask(call, ground, command); });
  table.query<api::TraceRuns>({Method::get, here, "trace_runs", looking,
                               "Who was traced here, by whom, for what purpose, and how far the calls are."},
                              [&ground](Call& call) { return runs(call, ground); });
  table.query<api::TraceRun>({Method::get, here + "/{run}", "trace_run", looking, "One list, masked."},
                             [&ground](Call& call) -> Result<api::TraceRun> {
                               FL_TRY(const auto id, call.id_parameter<RunId>("run"));
                               return run(call, ground, id);
                             });
  table.query<api::TraceRowDetail>({Method::get, "/api/v1/communities/{community}/trace-rows/{row}", "trace_row",
                                    looking, "One row with all encounters, and what was done about it."},
                                   [&ground](Call& call) -> Result<api::TraceRowDetail> {
                                     FL_TRY(const auto id, call.id_parameter<RowId>("row"));
                                     return row(call, ground, id);
                                   });
  add_work(table, ground);
  add_own(table, ground);
}

}  // namespace firstline::tracer
