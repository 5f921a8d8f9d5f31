#include "area/service.hpp"
#include "trace/service.hpp"

namespace firstline::trace {

void add_routes(http::RouteTable& table, const Ground& ground) {
  http::RouteSpec spec{http::Method::post, "/api/v1/communities/{community}/traces", "trace_contacts",
                       http::Access::role({http::Role::health_officer}, area::at_community("community")),
                       "Who shared a household or a gate's minutes with a case, masked; on a stated purpose, a fact."};
  // Asked again it is found again: nothing of the list is kept.
  spec.own_idempotency = true;
  table.command<TraceCommand, TraceList>(std::move(spec), [&ground](http::Call& call, const TraceCommand& command) {
    return contacts_of_person(call, ground, command);
  });
}

}  // namespace firstline::trace
