// Streams, TLS and the end of the server's life, over a real socket.

#include <filesystem>
#include <thread>

#include <gtest/gtest.h>

#include "api/fake_server.hpp"
#include "http/self_signed.hpp"

namespace firstline::testing {
namespace {

const std::string stream = "GET /api/v1/gates/5/stream HTTP/1.1\r\nHost: h\r\nCookie: fl_session=keeper\r\n";

std::string id(int n) { return std::to_string(first_id_at(system_clock().now() + std::chrono::hours(1)) + n); }

TEST(Streams, GiveWhatIsNewToAllWhoListen) {
  FakeServer server;
  server.routes.happen(5, R"({"old":true})");
  Client first(server.port()), second(server.port());
  first.say(stream + "\r\n");
  second.say(stream + "\r\n");
  for (Client* client : {&first, &second}) {
    const auto head = client->read_until("retry: 500\n\n");
    EXPECT_NE(head.find("200 OK"), std::string::npos);
    EXPECT_NE(head.find("Content-Type: text/event-stream"), std::string::npos);
    EXPECT_EQ(head.find("Content-Length"), std::string::npos);
  }
  const std::string now = id(1);
  server.routes.happen(std::stoll(now), R"({"new":true})");
  server.server->wake();
  for (Client* client : {&first, &second})
    EXPECT_EQ(client->read_until("\n\n"), "id: " + now + "\nevent: note\ndata: {\"new\":true}\n\n");
}

TEST(Streams, ReplayEverythingAfterTheLastId) {
  FakeServer server;
  for (int i = 1; i <= 500; ++i) server.routes.happen(i, "{\"n\":" + std::to_string(i) + "}");
  Client client(server.port());
  client.say(stream + "Last-Event-ID: 30\r\n\r\n");
  std::string all = client.read_until("\"n\":500}\n\n");
  EXPECT_EQ(all.find("{\"n\":30}"), std::string::npos);
  std::size_t at = 0;
  for (int i = 31; i <= 500; ++i) {  // Each once and in order, though it takes several pages.
    at = all.find("{\"n\":" + std::to_string(i) + "}\n", at);
    ASSERT_NE(at, std::string::npos) << i;
  }
  EXPECT_EQ(all.find("{\"n\":31}", all.find("{\"n\":31}") + 1), std::string::npos);
  const std::string now = id(1);
  server.routes.happen(std::stoll(now), R"({"live":1})");
  EXPECT_EQ(client.read_until("\n\n"), "id: " + now + "\nevent: note\ndata: {\"live\":1}\n\n");
  EXPECT_EQ(client.read_until("\n\n", 100), "");  // Not once more.
}

TEST(Streams, AreRefusedLikeAnyRoute) {
  FakeServer server;
  Client client(server.port());
  EXPECT_EQ(client.get("/api/v1/gates/5/stream").status, 401);
  EXPECT_EQ(client.get("/api/v1/gates/5/stream", "Cookie: fl_session=resident\r\n").status, 403);
}

TEST(Streams, EndWhenTheAccessEnds) {
  auto options = quiet_options();
  options.stream.recheck = Millis(100);
  FakeServer server(options);
  Client client(server.port());
  client.say(stream + "\r\n");
  client.read_until("retry: 500\n\n");
  EXPECT_FALSE(client.ends(400));
  server.authenticator.keeper_revoked = true;
  EXPECT_TRUE(client.ends(2000));
}

TEST(Streams, BeatWhileNothingHappens) {
  auto options = quiet_options();
  options.stream.heartbeat = Millis(50);
  FakeServer server(options);
  Client client(server.port());
  client.say(stream + "\r\n");
  client.read_until("retry: 500\n\n");
  EXPECT_NE(client.read_until(": \n\n", 2000).find(": \n\n"), std::string::npos);
}

TEST(Streams, ASlowListenerIsDroppedAndTheOthersAreNot) {
  auto options = quiet_options();
  options.stream_bytes_max = 128 * 1024;
  FakeServer server(options);
  Client slow(server.port()), quick(server.port());
  slow.say(stream + "\r\n");
  quick.say(stream + "\r\n");
  slow.read_until("retry: 500\n\n");
  quick.read_until("retry: 500\n\n");
  const std::string large(40'000, 'x');
  for (int i = 1; i <= 400; ++i) {
    const std::string now = id(i);
    server.routes.happen(std::stoll(now), '"' + large + '"');
    server.server->wake();
    ASSERT_NE(quick.read_until("id: " + now, 5000).find(now), std::string::npos) << i;
    if (server.server->metrics().streams == 1) break;
  }
  EXPECT_EQ(server.server->metrics().streams.load(), 1);
}

TEST(Tls, ASelfSignedCertificateIsTrustedThroughItsAuthority) {
  const std::string folder = std::filesystem::temp_directory_path() / ("fl_tls_" + std::to_string(getpid()));
  const auto now = system_clock().now();
  const auto made = http::self_signed(folder, {"localhost", "127.0.0.1", "::1"}, now);
  ASSERT_TRUE(made);
  EXPECT_EQ(made->authority_sha256.size(), 32 * 3 - 1u);
  // The same again is kept; a new name makes a new certificate from the same authority.
  const auto time_of = [&] { return std::filesystem::last_write_time(made->certificate_file); };
  const auto before = time_of();
  std::this_thread::sleep_for(Millis(20));
  EXPECT_EQ(http::self_signed(folder, {"127.0.0.1", "localhost"}, now)->authority_pem, made->authority_pem);
  EXPECT_EQ(time_of(), before);
  EXPECT_EQ(http::self_signed(folder, {"127.0.0.1", "localhost", "10.1.2.3"}, now)->authority_pem, made->authority_pem);
  EXPECT_NE(time_of(), before);
  EXPECT_EQ(std::filesystem::status(made->key_file).permissions() & std::filesystem::perms::others_all,
            std::filesystem::perms::none);

  auto options = quiet_options();
  options.certificate_file = made->certificate_file;
  options.key_file = made->key_file;
  FakeServer server(options);
  Client client(server.port(), true, folder + "/ca.crt");
  ASSERT_TRUE(client.connected());
  for (int i = 0; i < 3; ++i) EXPECT_EQ(client.get("/healthz").status, 200);
  const auto got = client.post("/api/v1/session", R"({"login":"keeper"})");
  ASSERT_EQ(got.cookies.size(), 1u);
  EXPECT_NE(got.cookies[0].find("; Secure"), std::string::npos);
  EXPECT_FALSE(got.headers.contains("strict-transport-security"));  // Would lock people out.
  Client events(server.port(), true, folder + "/ca.crt");
  events.say(stream + "\r\n");
  EXPECT_NE(events.read_until("retry: 500\n\n").find("200 OK"), std::string::npos);
  EXPECT_TRUE(server.server->reload_certificate());
  std::filesystem::remove_all(folder);
  EXPECT_FALSE(server.server->reload_certificate());  // And goes on with what it has.
  EXPECT_EQ(client.get("/healthz").status, 200);
}

TEST(Life, StopFinishesWhatWasAccepted) {
  FakeServer server;
  Client busy(server.port()), idle(server.port()), listening(server.port());
  ASSERT_EQ(idle.get("/healthz").status, 200);
  listening.say(stream + "\r\n");
  listening.read_until("retry: 500\n\n");
  server.database.delay = Millis(300);
  const std::string body = note(1, "last");
  busy.say("POST /api/v1/gates/5/notes HTTP/1.1\r\nHost: h\r\nContent-Type: application/json\r\n" + as_keeper +
           "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body);
  std::this_thread::sleep_for(Millis(100));
  std::thread stopping([&] { server.server->stop(); });
  EXPECT_TRUE(idle.ends(2000));
  EXPECT_TRUE(listening.ends(2000));
  EXPECT_EQ(busy.answer().body, R"({"count":1,"text":"last"})");
  EXPECT_TRUE(busy.ends(2000));
  stopping.join();
  EXPECT_FALSE(Client(server.port()).connected());
}

TEST(Life, StopCutsWhoDoesNotRead) {
  auto options = quiet_options();
  options.drain_timeout = Millis(200);
  FakeServer server(options);
  Client half(server.port());
  half.say("POST /api/v1/session HTTP/1.1\r\nHost: h\r\n");
  std::this_thread::sleep_for(Millis(50));
  const auto from = std::chrono::steady_clock::now();
  server.server->stop();
  EXPECT_LT(std::chrono::steady_clock::now() - from, std::chrono::seconds(3));
}

}  // namespace
}  // namespace firstline::testing
