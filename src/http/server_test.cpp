#include "http/server.hpp"
#include <gtest/gtest.h>
#include "http/fake_routes.hpp"
#include "http/fake_store.hpp"
namespace firstline::http {
TEST(Smoke, Runs) {
  FakeDatabase database; FakeAuthenticator authenticator; FakeRoutes routes;
  auto pages = embedded_pages(nullptr, 0);
  ServerOptions options; options.port = 18080;
  auto server = Server::start({routes.table, database, authenticator, system_clock(), system_random(), *pages}, options);
  ASSERT_TRUE(server);
  std::this_thread::sleep_for(std::chrono::seconds(std::atoi(getenv("SECS") ? getenv("SECS") : "0")));
  (*server)->stop();
}
}
