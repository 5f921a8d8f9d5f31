// One request, one answer, over a real socket: keep-alive, limits, malformed input, pages.

#include <filesystem>
#include <fstream>

#include <gtest/gtest.h>
#include <unistd.h>

#include "api/fake_server.hpp"

namespace firstline::testing {
namespace {

const std::string notes = "/api/v1/gates/5/notes";

TEST(Requests, OneConnectionServesManyRequests) {
  FakeServer server;
  Client client(server.port());
  for (int i = 0; i < 50; ++i) {
    ASSERT_EQ(client.get("/healthz").body, R"({"ok":true})");
    const auto gate = client.get("/api/v1/gates/" + std::to_string(i + 1), "Cookie: fl_session=keeper\r\n");
    ASSERT_EQ(gate.status, 200);
    ASSERT_EQ(gate.body, R"({"count":0,"text":")" + std::to_string(i + 1) + "\"}");
  }
  EXPECT_EQ(server.server->metrics().connections_total.load(), 1);
}

TEST(Requests, WhatIsSentAheadIsAnsweredInOrder) {
  FakeServer server;
  Client client(server.port());
  const std::string one = "GET /api/v1/gates/1?colour=red HTTP/1.1\r\nHost: h\r\nCookie: fl_session=keeper\r\n\r\n";
  client.say(one + "GET /healthz HTTP/1.1\r\nHost: h\r\n\r\n" + one + "rubbish\r\n\r\n");
  EXPECT_EQ(client.answer().body, R"({"count":0,"text":"red"})");
  EXPECT_EQ(client.answer().body, R"({"ok":true})");
  EXPECT_EQ(client.answer().body, R"({"count":0,"text":"red"})");
  EXPECT_EQ(client.answer().status, 400);
  EXPECT_TRUE(client.ends());
}

TEST(Requests, ARequestMayArriveByteByByte) {
  FakeServer server;
  Client client(server.port());
  const std::string body = note(1, "slow");
  const std::string text = "POST " + notes + " HTTP/1.1\r\nHost: h\r\nContent-Type: application/json\r\n" + as_keeper +
                           "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body;
  for (const char c : text) ASSERT_TRUE(client.say(std::string(1, c)));
  EXPECT_EQ(client.answer().body, R"({"count":1,"text":"slow"})");
}

TEST(Requests, ChunkedBodiesAndExpectContinueWork) {
  FakeServer server;
  Client client(server.port());
  client.say(
      "POST /api/v1/session HTTP/1.1\r\nHost: h\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n"
      "8\r\n{\"login\"\r\n5\r\n:\"a\"}\r\n0\r\n\r\n");
  EXPECT_EQ(client.answer().status, 200);
  const std::string body = R"({"login":"b"})";
  client.say(
      "POST /api/v1/session HTTP/1.1\r\nHost: h\r\nContent-Type: application/json\r\nExpect: 100-continue\r\nContent-Length: " +
      std::to_string(body.size()) + "\r\n\r\n");
  EXPECT_EQ(client.answer().status, 100);
  client.say(body);
  EXPECT_EQ(client.answer().status, 200);
}

struct Refused {
  const char* what;
  std::string text;
  int status;
  bool closed;
};

TEST(Requests, MalformedAndUnwantedOnesAreRefused) {
  const Refused rows[] = {
      {"no HTTP at all", "hello\r\n\r\n", 400, true},
      {"no host", "GET /healthz2 HTTP/1.1\r\n\r\n", 400, true},
      {"TLS on a plain port", std::string("\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03", 11), 400, true},
      {"two lengths", "POST /api/v1/session HTTP/1.1\r\nHost: h\r\nContent-Length: 3\r\nContent-Length: 4\r\n\r\nabc",
       400, true},
      {"length and chunks",
       "POST /api/v1/session HTTP/1.1\r\nHost: h\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
       400, true},
      {"negative length", "POST /api/v1/session HTTP/1.1\r\nHost: h\r\nContent-Length: -3\r\n\r\nabc", 400, true},
      {"header too large", "GET / HTTP/1.1\r\nHost: h\r\nX: " + std::string(40'000, 'x') + "\r\n\r\n", 431, true},
      {"foreign target", "GET http://elsewhere/ HTTP/1.1\r\nHost: h\r\n\r\n", 400, true},
      {"unknown method", "BREW /api/v1/session HTTP/1.1\r\nHost: h\r\n\r\n", 405, true},
      {"wrong method", "PUT /api/v1/session HTTP/1.1\r\nHost: h\r\n\r\n", 405, false},
      {"unknown path", "GET /api/v1/nothing HTTP/1.1\r\nHost: h\r\n\r\n", 404, false},
      {"bad escape", "GET /api/v1/gates/%zz HTTP/1.1\r\nHost: h\r\n\r\n", 400, false},
      {"no page", "GET /nothing HTTP/1.1\r\nHost: h\r\n\r\n", 404, false},
      {"climbing out", "GET /../../etc/passwd HTTP/1.1\r\nHost: h\r\n\r\n", 404, false},
      {"no JSON type",
       "POST /api/v1/session HTTP/1.1\r\nHost: h\r\nContent-Type: text/plain\r\nContent-Length: 2\r\n\r\n{}", 415,
       false},
      {"bad JSON",
       "POST /api/v1/session HTTP/1.1\r\nHost: h\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{]", 400,
       false},
      {"too large",
       "POST /api/v1/session HTTP/1.1\r\nHost: h\r\nContent-Type: application/json\r\nContent-Length: 70000\r\n\r\n",
       413, true},
      {"too large in chunks",
       "POST /api/v1/session HTTP/1.1\r\nHost: h\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n11171\r\n" +
           std::string(70'001, ' ') + "\r\n0\r\n\r\n",
       413, true},
  };
  FakeServer server;
  for (const auto& row : rows) {
    Client client(server.port());
    client.say(row.text);
    const auto got = client.answer();
    EXPECT_EQ(got.status, row.status) << row.what;
    EXPECT_EQ(got.headers.contains("connection") && got.headers.at("connection") == "close", row.closed) << row.what;
    if (row.closed) EXPECT_TRUE(client.ends()) << row.what;
    else EXPECT_EQ(client.get("/healthz").status, 200) << row.what;
  }
}

TEST(Requests, ASlowHeadOrBodyIsCutOff) {
  auto options = quiet_options();
  options.head_timeout = options.body_timeout = Millis(300);
  FakeServer server(options);
  Client head(server.port()), body(server.port()), idle(server.port());
  head.say("GET /healthz HT");
  body.say("POST /api/v1/session HTTP/1.1\r\nHost: h\r\nContent-Type: application/json\r\nContent-Length: 20\r\n\r\n{");
  EXPECT_EQ(head.answer().status, 408);
  EXPECT_TRUE(head.ends());
  EXPECT_EQ(body.answer().status, 408);
  EXPECT_TRUE(body.ends());
  EXPECT_EQ(idle.get("/healthz").status, 200);  // Waiting between requests is allowed for longer.
}

TEST(Requests, IdleConnectionsEnd) {
  auto options = quiet_options();
  options.idle_timeout = Millis(300);
  FakeServer server(options);
  Client client(server.port());
  EXPECT_EQ(client.get("/healthz").status, 200);
  EXPECT_TRUE(client.ends(2000));
}

TEST(Requests, TooManyConnectionsAreTurnedAway) {
  auto options = quiet_options();
  options.connections_max = 2;
  FakeServer server(options);
  Client first(server.port()), second(server.port());
  EXPECT_EQ(first.get("/healthz").status, 200);
  EXPECT_EQ(second.get("/healthz").status, 200);
  Client third(server.port());
  EXPECT_TRUE(third.ends());
  EXPECT_EQ(first.get("/healthz").status, 200);
}

TEST(Requests, AnAddressHasItsRate) {
  auto options = quiet_options();
  options.rate = {0.01, 3};
  options.rate_loopback = true;
  FakeServer server(options);
  Client client(server.port());
  for (int i = 0; i < 3; ++i) EXPECT_EQ(client.get("/api/v1/gates/1", "Cookie: fl_session=keeper\r\n").status, 200);
  const auto refused = client.post(notes, note(1, "x"), as_keeper);
  EXPECT_EQ(refused.status, 429);
  EXPECT_EQ(refused.headers.at("retry-after"), "1");
  EXPECT_EQ(client.get("/healthz").status, 200);
}

TEST(Requests, ForwardedAddressesCountOnlyWhenTrusted) {
  auto options = quiet_options();
  options.rate = {0.01, 1};
  options.rate_loopback = true;
  options.trust_forwarded_for = true;
  FakeServer server(options);
  Client client(server.port());
  const auto from = [&](const std::string& address) {
    return client.get("/api/v1/gates/1", "Cookie: fl_session=keeper\r\nX-Forwarded-For: 9.9.9.9, " + address + "\r\n")
        .status;
  };
  EXPECT_EQ(from("1.1.1.1"), 200);
  EXPECT_EQ(from("1.1.1.1"), 429);
  EXPECT_EQ(from("2.2.2.2"), 200);
}

TEST(Requests, AFullQueueSaysWhenToComeAgain) {
  FakeServer server;
  server.database.full = true;
  Client client(server.port());
  const auto got = client.get("/api/v1/gates/1", "Cookie: fl_session=keeper\r\n");
  EXPECT_EQ(got.status, 503);
  EXPECT_EQ(got.headers.at("retry-after"), "2");
  EXPECT_EQ(client.get("/healthz").status, 200);
}

TEST(Requests, AnEmergencyFindsAPlaceInAFullQueue) {
  FakeServer server;
  server.database.full = true;
  Client client(server.port());
  for (int i = 0; i < 20; ++i) {
    EXPECT_EQ(client.post(notes, note(2 * i % 80, "full"), as_keeper).status, 503);
    EXPECT_EQ(client.post("/api/v1/gates/5/emergencies", note(2 * i % 80 + 1, "fire"), as_keeper).status, 200);
  }
}

TEST(Requests, OneAskerIsLimitedWhateverItsAddressAndEmergenciesApart) {
  auto options = quiet_options();
  options.rate_loopback = true;
  options.trust_forwarded_for = true;
  options.device_rate = {0.01, 3};
  FakeServer server(options);
  Client client(server.port());
  int address = 0;
  const auto from = [&](const std::string& who) {
    return client.get("/api/v1/gates/1", who + "\r\nX-Forwarded-For: 1.1.1." + std::to_string(++address) + "\r\n");
  };
  for (int i = 0; i < 3; ++i) EXPECT_EQ(from("Cookie: fl_session=keeper").status, 200);
  const auto refused = from("Cookie: fl_session=keeper");
  EXPECT_EQ(refused.status, 429);
  EXPECT_EQ(refused.headers.at("retry-after"), "1");
  EXPECT_EQ(from("Authorization: Bearer phone").status, 200) << "another asker is another";
  EXPECT_EQ(client.post("/api/v1/gates/5/emergencies", note(1, "fire"), as_keeper).status, 200);
}

TEST(Requests, ALargeAnswerIsCompressedAndNotSentTwice) {
  FakeServer server;
  Client client(server.port());
  const std::string keeper = "Cookie: fl_session=keeper\r\n", large = "/api/v1/gates/1/large";
  const auto plain = client.get(large, keeper);
  EXPECT_GT(plain.body.size(), 100'000u);
  EXPECT_EQ(plain.headers.at("etag"), "\"7\"");
  EXPECT_EQ(plain.headers.count("content-encoding"), 0u);
  const auto packed = client.get(large, keeper + "Accept-Encoding: gzip, br\r\n");
  EXPECT_EQ(packed.headers.at("content-encoding"), "gzip");
  EXPECT_LT(packed.body.size(), 1'000u);
  EXPECT_EQ(packed.body.substr(0, 2), "\x1f\x8b");
  const auto known = client.get(large, keeper + "If-None-Match: \"7\"\r\n");
  EXPECT_EQ(known.status, 304);
  EXPECT_TRUE(known.body.empty());
  EXPECT_EQ(client.get(large, keeper + "If-None-Match: \"6\"\r\n").status, 200);
}

TEST(Requests, OnlyWhatEverybodyMaySeeIsKeptOnTheWay) {
  FakeServer server;
  Client client(server.port());
  const auto list = client.get("/api/v1/list");
  EXPECT_EQ(list.headers.at("cache-control"), "public, max-age=60");
  EXPECT_EQ(list.headers.at("etag"), "\"8\"");
  const auto known = client.get("/api/v1/list", "If-None-Match: \"8\"\r\n");
  EXPECT_EQ(known.status, 304);
  EXPECT_EQ(known.headers.at("cache-control"), "public, max-age=60");
  EXPECT_EQ(client.get("/api/v1/gates/1/large", "Cookie: fl_session=keeper\r\n").headers.at("cache-control"),
            "no-store");
  EXPECT_EQ(client.get("/api/v1/gates/1/large").headers.at("cache-control"), "no-store");
}

TEST(Requests, AMachineMayAskAndNothingElse) {
  FakeServer server;
  Client client(server.port());
  const std::string leaf = "Authorization: Bearer turnstile\r\n";
  EXPECT_EQ(client.get("/api/v1/gates/5/machine", leaf).status, 200);
  EXPECT_EQ(client.get("/api/v1/gates/5", leaf).status, 403);
  EXPECT_EQ(client.post("/api/v1/gates/5/secrets", note(1, "x"), leaf).status, 403);
  EXPECT_EQ(client.get("/api/v1/gates/5", "Authorization: Bearer phone\r\n").status, 200);
}

TEST(Requests, CookiesAreStrictAndHttpOnly) {
  FakeServer server;
  Client client(server.port());
  const auto got = client.post("/api/v1/session", R"({"login":"keeper"})");
  ASSERT_EQ(got.cookies.size(), 1u);
  EXPECT_EQ(got.cookies[0], "fl_session=keeper; Path=/; HttpOnly; SameSite=Strict; Max-Age=3600");
  EXPECT_EQ(client.post("/api/v1/session", R"({"login":"locked"})").status, 429);
}

TEST(Requests, PagesHaveTheirPolicyAndEncodings) {
  FakeServer server;
  Client client(server.port());
  const auto plain = client.get("/gate/");
  EXPECT_EQ(plain.body, "gate page");
  EXPECT_NE(plain.headers.at("content-security-policy").find("script-src 'self' 'wasm-unsafe-eval'"),
            std::string::npos);
  EXPECT_EQ(plain.headers.at("referrer-policy"), "no-referrer");
  EXPECT_EQ(plain.headers.at("cache-control"), "no-cache");
  EXPECT_EQ(client.get("/gate/", "Accept-Encoding: gzip, br\r\n").body, "br");
  EXPECT_EQ(client.get("/gate/", "Accept-Encoding: gzip\r\n").headers.at("content-encoding"), "gzip");
  EXPECT_EQ(client.get("/gate/", "If-None-Match: \"e2\"\r\n").status, 304);
  EXPECT_EQ(client.get("/gate/assets/a-1234.js").headers.at("cache-control"), "public, max-age=31536000, immutable");
  EXPECT_EQ(client.get("/gate/somewhere/deep").body, "gate page");
  EXPECT_EQ(client.get("/gate").headers.at("location"), "/gate/");
  EXPECT_EQ(client.get("/gate/assets/missing.js").status, 404);
  EXPECT_EQ(client.get("/").body, "home");
  EXPECT_EQ(client.get("/v/AB12-cd").headers.at("location"), "/resident/#/scan/AB12-cd");
  EXPECT_EQ(client.get("/enrol/xyz").headers.at("location"), "/gate/#/enrol/xyz");
  EXPECT_EQ(client.get("/v/a%0d%0aX").status, 404);
  client.say("HEAD /gate/ HTTP/1.1\r\nHost: h\r\n\r\n");
  const auto head = client.answer(5000, true);
  EXPECT_EQ(head.headers.at("content-length"), "9");
  EXPECT_EQ(client.get("/healthz").status, 200);
}

TEST(Requests, AnExceptionEndsTheRequestAndNotTheService) {
  FakeServer server;
  EXPECT_EQ(Client(server.port()).get("/throw").status, 500);
  EXPECT_EQ(Client(server.port()).get("/healthz").status, 200);
  EXPECT_EQ(server.server->metrics().alarms.load(), 1u);
}

// Asking for a folder by name once ended the service: a folder can be opened but not read.
TEST(Requests, PagesFromAFolderNeverLeaveItAndAreFiles) {
  const auto folder = std::filesystem::temp_directory_path() / ("fl_pages_" + std::to_string(getpid()));
  std::filesystem::create_directories(folder / "gate" / "assets");
  std::ofstream(folder / "gate" / "index.html") << "page";
  std::ofstream(folder.string() + ".secret") << "secret";
  const auto pages = http::folder_pages(folder);
  EXPECT_EQ(pages->find("/gate/index.html")->raw, "page");
  for (const char* none : {"/gate", "/gate/", "/gate/assets", "/", "", "/gate/../gate/index.html", "/missing.js"})
    EXPECT_FALSE(pages->find(none)) << none;
  EXPECT_FALSE(pages->find("/../" + folder.filename().string() + ".secret"));
  EXPECT_EQ(http::choose_page(*pages, "/gate").redirect, "/gate/");
  EXPECT_EQ(http::choose_page(*pages, "/gate/").page->raw, "page");
  std::filesystem::remove_all(folder);
  std::filesystem::remove(folder.string() + ".secret");
}

TEST(Requests, ReadinessAndMetricsTellOfTheService) {
  FakeServer server;
  Client client(server.port());
  EXPECT_EQ(client.get("/readyz").body, R"({"ready":true})");
  client.get("/api/v1/gates/1", "Cookie: fl_session=keeper\r\n");
  client.get("/api/v1/gates/1");
  const auto text = client.get("/metrics").body;
  EXPECT_NE(text.find("firstline_requests_total{route=\"get_gate\",status=\"200\"} 1\n"), std::string::npos) << text;
  EXPECT_NE(text.find("firstline_requests_total{route=\"get_gate\",status=\"401\"} 1\n"), std::string::npos);
  EXPECT_NE(text.find("firstline_request_seconds_count{route=\"get_gate\"} 2\n"), std::string::npos);
  EXPECT_NE(client.get("/api/openapi.json").body.find("\"operationId\":\"add_note\""), std::string::npos);
}

}  // namespace
}  // namespace firstline::testing
