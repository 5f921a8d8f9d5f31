#include "http/runner.hpp"

#include <exception>

#include "base/log.hpp"
#include "http/gatekeeper.hpp"
#include "http/gzip.hpp"
#include "http/once.hpp"
#include "http/problem.hpp"

namespace firstline::http {

template <class Work>
Result<void> Runner::guarded(Exchange& exchange, Work work) {
  try {
    return work();
  } catch (const std::exception& trouble) {
    parts_.metrics.alarms.fetch_add(1);
    log(LogLevel::error, "server.broken_promise",
        {{"route", exchange.request.route->spec.name}, {"what", trouble.what()}});
    return fail(FaultCode::corrupt, "server.broken_promise");
  }
}

void Runner::run(Exchange& exchange) {
  // Captures stay within what std::function keeps in place, so that a request makes no allocation for them.
  const auto use_case = [this, &exchange](store::Session& session) {
    return guarded(exchange, [&] { return serve(session, exchange); });
  };
  const auto done = [this, &exchange](Result<void> outcome) { settle(exchange, std::move(outcome)); };
  switch (exchange.request.route->run) {
    case Run::query:
    case Run::stream:
      parts_.database.submit_read(use_case, done, exchange.request.route->spec.urgency);
      break;
    case Run::command:
      parts_.database.submit_write(use_case, done, exchange.request.route->spec.urgency);
      break;
    case Run::task:
      if (!parts_.tasks.submit([this, &exchange] { run_task(exchange); }))
        settle(exchange, fail(FaultCode::busy, "server.tasks_full"));
      break;
  }
}

Result<void> Runner::check(Exchange& exchange) {
  return parts_.database.read([&](store::Session& session) {
    return guarded(exchange, [&] {
      begin(exchange, &session);
      return admit(exchange.request, exchange.call, parts_.authenticator);
    });
  });
}

void Runner::run_task(Exchange& exchange) {
  auto outcome = check(exchange);
  if (outcome) {
    outcome = guarded(exchange, [&]() -> Result<void> {
      exchange.call.session = nullptr;
      FL_TRY(exchange.answer.body, exchange.request.route->handle(exchange.call, exchange.request.body));
      return {};
    });
  }
  settle(exchange, std::move(outcome));
}

// A use case may run more than once, so each attempt starts from the request alone.
void Runner::begin(Exchange& exchange, store::Session* session) {
  const Request& request = exchange.request;
  Call& call = exchange.call;
  call = Call{};
  call.session = session;
  call.now = parts_.clock.now();
  call.random = &parts_.random;
  call.peer_address = request.peer_address;
  call.session_token = request.session_token;
  call.device_token = request.device_token;
  call.parameters = request.parameters;
  call.queries = request.queries;
  call.if_none_match = request.if_none_match;
  exchange.answer.status = 200;
  exchange.answer.body.clear();
  exchange.answer.cookies.clear();
  exchange.answer.retry_after_seconds = 0;
  exchange.answer.etag.clear();
  exchange.answer.gzipped = false;
  exchange.answer.for_everybody = false;
}

Result<void> Runner::serve(store::Session& session, Exchange& exchange) {
  begin(exchange, &session);
  FL_TRYV(admit(exchange.request, exchange.call, parts_.authenticator));
  const Route& route = *exchange.request.route;
  if (route.run == Run::stream) return {};
  if (route.run == Run::command && !route.spec.own_idempotency) return serve_command(exchange);
  FL_TRY(exchange.answer.body, route.handle(exchange.call, exchange.request.body));
  finish_body(exchange);
  return {};
}

// Before the transaction ends, on a store thread: readers are several, the sockets' thread is one.
void Runner::finish_body(Exchange& exchange) {
  Answer& answer = exchange.answer;
  answer.etag = exchange.call.etag;
  // What everybody may see and knows by its version: a signed list, which no cache can forge.
  answer.for_everybody = !answer.etag.empty() && exchange.request.route->spec.access.kind == Access::Kind::anyone;
  if (exchange.call.unchanged) {
    answer.status = 304;
    answer.body.clear();
  } else if (exchange.request.route->spec.compressed && exchange.request.accepts_gzip) {
    answer.body = gzip(answer.body);
    answer.gzipped = true;
  }
}

Result<void> Runner::serve_command(Exchange& exchange) {
  const Route& route = *exchange.request.route;
  Call& call = exchange.call;
  FL_TRY(const Uuid id, route.command_id(exchange.request.body));
  const std::string digest = parts_.authenticator.digest(exchange.request.body);
  const CommandKey key{call.place.community, id, route.spec.name, call.actor.account, call.actor.device, digest};
  FL_TRY(auto earlier, earlier_answer(*call.session, key));
  if (earlier) {
    exchange.answer.body = std::move(*earlier);
    return {};
  }
  FL_TRY(exchange.answer.body, route.handle(call, exchange.request.body));
  return keep_answer(*call.session, key, exchange.answer.body, call.now);
}

void Runner::settle(Exchange& exchange, Result<void> outcome) {
  Answer& answer = exchange.answer;
  if (outcome) {
    answer.cookies = std::move(exchange.call.cookies);
    for (const auto& action : exchange.call.after_commit_) action();
    if (exchange.request.route->run == Run::command && parts_.committed) parts_.committed();
  } else {
    const Fault& fault = outcome.error();
    const Problem problem = problem_of(fault);
    if (problem.status == 500)
      log(LogLevel::error, "server.fault",
          {{"route", exchange.request.route->spec.name}, {"reason", fault.reason}, {"detail", fault.detail}});
    answer.status = problem.status;
    answer.body = problem_body(fault, problem);
    answer.cookies.clear();
    answer.retry_after_seconds = problem.retry_after_seconds;
  }
  exchange.call.session = nullptr;
  exchange.finished();
}

}  // namespace firstline::http
