#pragma once

// Decides what to do with a request once its head is read: answer at once, or read the body and run a use case.
// Shared by all connections, plain or TLS; owns what they share. Knows nothing of sockets.

#include <atomic>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "http/exchange.hpp"
#include "http/matcher.hpp"
#include "http/metrics.hpp"
#include "http/pages.hpp"
#include "http/reply.hpp"
#include "http/runner.hpp"
#include "http/server_options.hpp"
#include "http/stream_hub.hpp"

namespace firstline::http {

// Views into the connection's buffer. Field names without meaning for us are not kept.
struct RequestHead {
  std::string_view method, target;
  std::string_view host, cookie, authorization, csrf, content_type, accept_encoding, if_none_match, last_event_id,
      forwarded_for;
  bool has_body = false;
};

struct Plan {
  enum class Kind { answer, use_case, health, no_place } kind = Kind::answer;
  int counted_as = 0;         // Index for the metrics.
  Reply reply;                // answer
  bool without_body = false;  // HEAD
  bool close_after = false;   // What follows on this connection cannot be trusted.
  std::size_t body_bytes_max = 0;
};

class Front {
 public:
  struct Parts {
    const RouteTable& table;
    store::Database& database;
    Authenticator& authenticator;
    const Clock& clock;
    Random& random;
    const Pages& pages;
  };
  Front(Parts parts, const ServerOptions& options);
  ~Front();

  // For use_case: fills exchange.request but for its body.
  Plan plan(const RequestHead& head, const std::string& peer_address, Exchange& exchange);
  // The same, with 500 and an alarm for an exception: one request must never end the service.
  Plan plan_safely(const RequestHead& head, const std::string& peer_address, Exchange& exchange);
  // Of the command that begins with these bytes; none if they are no command or too few to tell.
  std::optional<store::Urgency> urgency_of_command(std::string_view first) const;
  std::size_t body_bytes_max() const { return body_bytes_max_; }  // Of any route.
  std::string client_address(const RequestHead& head, const std::string& peer_address) const;
  // The address whose rate limit binds this request; empty if none does.
  std::string limited_address(const RequestHead& head, const std::string& peer_address) const;

  const ServerOptions options;
  const Clock& clock;
  Metrics metrics;
  Runner& runner() { return *runner_; }
  StreamHub& hub() { return *hub_; }
  // Ends the task threads, having finished what was accepted.
  void finish_tasks() { tasks_.reset(); }
  std::atomic<bool> stopping{false};
  std::atomic<std::int64_t> in_flight{0};  // Use cases whose answer is still to come.

 private:
  Plan answer(Reply reply, int counted_as) const;
  Plan refuse(FaultCode code, std::string_view reason, bool close = false) const;
  Plan plan_page(const RequestHead& head) const;
  Plan plan_route(const RequestHead& head, Method method, const std::string& peer_address, Exchange& exchange);

  const RouteTable& table_;
  store::Database& database_;
  const Pages& pages_;
  Matcher matcher_;
  Route ready_;
  std::size_t body_bytes_max_ = 0;
  std::shared_ptr<const std::string> openapi_;
  std::unique_ptr<TaskPool> tasks_;
  std::unique_ptr<Runner> runner_;
  std::unique_ptr<StreamHub> hub_;
};

}  // namespace firstline::http
