#pragma once

// A server on a free port of this machine, in the test's own process.
//
//   RunningServer server({table, database, authenticator, clock, system_random(), *no_pages()});
//   Client client(server.port());
//   EXPECT_EQ(client.get("/api/v1/...").status, 200);

#include <memory>

#include "api/client.hpp"
#include "base/check.hpp"
#include "http/server.hpp"

namespace firstline::testing {

inline http::ServerOptions quiet_options() {
  http::ServerOptions options;
  options.port = 0;
  options.stream.poll = Millis(20);
  options.stream.pause = Millis(1);
  return options;
}

inline std::unique_ptr<http::Pages> no_pages() { return http::embedded_pages(nullptr, 0); }

class RunningServer {
 public:
  explicit RunningServer(const http::Front::Parts& parts, const http::ServerOptions& options = quiet_options()) {
    auto started = http::Server::start(parts, options);
    FL_CHECK(started.has_value());
    server_ = std::move(*started);
  }
  int port() const { return server_->port(); }
  http::Server& operator*() { return *server_; }
  http::Server* operator->() { return server_.get(); }

 private:
  std::unique_ptr<http::Server> server_;
};

}  // namespace firstline::testing
