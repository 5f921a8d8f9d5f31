// HTTP to service and back; no rule, no SQL.

#include "reader/service.hpp"

namespace firstline::reader {

void add_routes(http::RouteTable& table, const gate::Ground& ground) {
  http::RouteSpec spec{http::Method::post,
                       "/api/v1/gates/{gate}/readings",
                       "answer_reading",
                       http::Access::any_device(area::at_gate("gate")),
                       "A reader or turnstile asks whether to open for a card or code, and records the passage.",
                       {},
                       true};
  spec.urgency = store::Urgency::gate;
  table.command<api::Reading, api::Reply>(std::move(spec), [&ground](http::Call& call, const api::Reading& reading) {
    return answer(call, ground, area::gate_met(call), reading);
  });
}

}  // namespace firstline::reader
