#pragma once

// The test server with the small routes and the fake store of http.

#include "api/test_server.hpp"
#include "http/fake_routes.hpp"
#include "http/fake_store.hpp"

namespace firstline::testing {

class PagesForTests final : public http::Pages {
 public:
  std::optional<http::Page> find(std::string_view path) const override {
    static const http::Page pages[] = {
        {"/index.html", "text/html; charset=utf-8", "\"e1\"", "home", {}, {}, false, nullptr},
        {"/gate/index.html", "text/html; charset=utf-8", "\"e2\"", "gate page", "gz", "br", false, nullptr},
        {"/gate/assets/a-1234.js", "text/javascript; charset=utf-8", "\"e3\"", "script", {}, {}, true, nullptr},
    };
    if (path == "/throw") throw std::runtime_error("planted");
    for (const auto& page : pages)
      if (page.path == path) return page;
    return std::nullopt;
  }
};

struct FakeServer {
  explicit FakeServer(const http::ServerOptions& options = quiet_options())
      : server({routes.table, database, authenticator, system_clock(), system_random(), pages}, options) {}
  int port() const { return server.port(); }

  http::FakeDatabase database;
  http::FakeAuthenticator authenticator;
  http::FakeRoutes routes;
  PagesForTests pages;
  RunningServer server;
};

inline const std::string as_keeper = "Cookie: fl_session=keeper\r\nX-Firstline-Csrf: csrf-of-keeper\r\n";

inline std::string note(int number, const std::string& text) {
  return R"({"id":"0190aaaa-0000-7000-8000-0000000000)" + std::to_string(10 + number) + R"(","text":")" + text + "\"}";
}

}  // namespace firstline::testing
