#pragma once

// The server: listens, and gives every request to its route. Handlers are plain functions of a Call; no socket, no
// thread and no HTTP is seen by them.
//
//   auto server = Server::start({table, database, authenticator, system_clock(), system_random(), pages}, options);
//   ...
//   (*server)->stop();

#include <cstdint>
#include <memory>

#include "base/fault.hpp"
#include "http/front.hpp"
#include "http/server_options.hpp"

namespace firstline::http {

class Server {
 public:
  // Listens and answers from here on; all parts must outlive the server. Faults: unavailable server.cannot_listen,
  // invalid server.bad_address, server.bad_certificate.
  static Result<std::unique_ptr<Server>> start(Front::Parts parts, const ServerOptions& options);
  virtual ~Server() = default;  // Stops.

  virtual std::uint16_t port() const = 0;
  // Something was committed: streams look at once. Any thread.
  virtual void wake() = 0;
  // Reads certificate and key again; connections that are open keep the old ones. Any thread.
  virtual Result<void> reload_certificate() = 0;
  // Takes no more connections, finishes what was accepted, then closes. Blocks at most options.drain_timeout.
  virtual void stop() = 0;
  virtual Metrics& metrics() = 0;
};

}  // namespace firstline::http
