// Tracing over HTTP. The officer of the community asks and works; the auditor looks.

#include "area/service.hpp"
#include "tracer/service.hpp"

namespace firstline::tracer {

using http::Access;
using http::Call;
using http::Method;
using http::Role;

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
}

}  // namespace firstline::tracer
