// More commands than places, over real sockets: who is served, who is told no, and that nobody is forgotten.

#include <thread>

#include <gtest/gtest.h>

#include "api/fake_server.hpp"
#include "http/arrivals.hpp"

namespace firstline::testing {
namespace {

using namespace std::chrono_literals;

std::string command(const std::string& what, int number) {
  const std::string body =
      R"({"id":"0190aaaa-0000-7000-8000-000000000)" + std::to_string(100 + number) + R"(","text":"a"})";
  return "POST /api/v1/gates/5/" + what + " HTTP/1.1\r\nHost: h\r\nContent-Type: application/json\r\n" + as_keeper +
         "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body;
}

http::ServerOptions few_places(int places) {
  auto options = quiet_options();
  options.commands_max = places;
  return options;
}

std::vector<std::unique_ptr<Client>> crowd(const FakeServer& server, int size) {
  std::vector<std::unique_ptr<Client>> clients;
  for (int i = 0; i < size; ++i) clients.push_back(std::make_unique<Client>(server.port()));
  return clients;
}

TEST(Crowd, AFewMoreThanThereArePlacesAreAllServed) {
  FakeServer server(few_places(2));
  server.database.delay = Millis(5);
  const auto clients = crowd(server, 40);
  for (int i = 0; i < 40; ++i) clients[i]->say(command("notes", i));
  for (const auto& client : clients) EXPECT_EQ(client->answer().status, 200);
  EXPECT_EQ(server.routes.count, 40);
}

TEST(Crowd, WhoCannotBeServedInTimeIsToldWhenToComeAgain) {
  FakeServer server(few_places(2));
  server.database.delay = Millis(5);
  constexpr int size = 300;
  const auto clients = crowd(server, size);
  for (int i = 0; i < size; ++i) clients[i]->say(command("notes", i));
  int served = 0, told_no = 0;
  for (const auto& client : clients) {
    const auto answer = client->answer();
    served += answer.status == 200;
    if (answer.status != 503) continue;
    ++told_no;
    EXPECT_EQ(answer.headers.at("retry-after"), std::to_string(http::Arrivals::told_to_wait.count()));
    EXPECT_NE(answer.body.find("store.queue_full"), std::string::npos);
    EXPECT_EQ(answer.headers.count("connection"), 0u) << "the connection stays";
  }
  EXPECT_EQ(served + told_no, size);
  EXPECT_GT(told_no, 20);
  EXPECT_EQ(server.routes.count, served) << "nobody who was told no is done";
  server.database.delay = Millis(0);
  EXPECT_EQ(clients.front()->post("/api/v1/gates/5/notes", note(1, "a"), as_keeper).status, 200);
}

TEST(Crowd, AnEmergencyAndReadingPassTheWaiting) {
  FakeServer server(few_places(1));
  server.database.delay = Millis(20);
  const auto clients = crowd(server, 60);
  for (int i = 0; i < 60; ++i) clients[i]->say(command("notes", i));
  Client emergency(server.port()), reader(server.port());
  emergency.say(command("emergencies", 90));
  EXPECT_EQ(emergency.answer(500).status, 200);
  EXPECT_LT(server.routes.count, 20);
  EXPECT_EQ(reader.get("/healthz").status, 200);
  EXPECT_LT(server.routes.count, 30);
  server.database.delay = Millis(0);
}

TEST(Crowd, WhoHurriesBackIsToldNoLater) {
  FakeServer server(few_places(1));
  server.database.delay = Millis(300);
  const auto clients = crowd(server, 300);
  for (int i = 0; i < 300; ++i) clients[i]->say(command("notes", i));
  std::vector<Client*> hasty;
  for (std::size_t i = 30; i < 230; ++i)
    if (clients[i]->answer(2000).status == 503) hasty.push_back(clients[i].get());
  ASSERT_GT(hasty.size(), 190u);
  for (std::size_t i = 0; i < hasty.size(); ++i) hasty[i]->say(command("notes", 300 + static_cast<int>(i)));
  std::this_thread::sleep_for(500ms);
  std::size_t told_again = 0;
  for (Client* const client : hasty) told_again += client->answer(2).status == 503;
  EXPECT_GT(told_again, 0u);
  EXPECT_LT(told_again, hasty.size() / 2) << "a no at once would only bring them back at once";
  server.database.delay = Millis(0);
}

TEST(Crowd, WhatWaitsWhenTheServerStopsIsAnswered) {
  FakeServer server(few_places(1));
  server.database.delay = Millis(3);
  auto clients = crowd(server, 30);
  for (int i = 0; i < 30; ++i) clients[i]->say(command("notes", i));
  while (server.routes.count == 0) std::this_thread::sleep_for(1ms);
  std::thread stopping([&] { server.server->stop(); });
  int answered = 0;
  for (auto& client : clients) {
    answered += client->answer(500).status == 200;
    client.reset();  // The server waits for a client to hang up.
  }
  stopping.join();
  EXPECT_GT(answered, 5);
  EXPECT_EQ(server.routes.count, answered);
}

TEST(Crowd, WhoWaitsIsCutWhenTheTimeToStopIsOver) {
  auto options = few_places(1);
  options.drain_timeout = Millis(50);
  FakeServer server(options);
  server.database.delay = Millis(100);
  const auto clients = crowd(server, 20);
  for (int i = 0; i < 20; ++i) clients[i]->say(command("notes", i));
  std::this_thread::sleep_for(30ms);
  server.server->stop();
  EXPECT_LT(server.routes.count, 5);
  for (const auto& client : clients) EXPECT_TRUE(client->ends(1000));
}

}  // namespace
}  // namespace firstline::testing
