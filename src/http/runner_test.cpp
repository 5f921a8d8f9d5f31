// Who is let in, and what one request does to the store.

#include "http/runner.hpp"

#include <future>

#include <gtest/gtest.h>

#include "http/fake_routes.hpp"
#include "http/fake_store.hpp"

namespace firstline::http {
namespace {

class Waiting final : public Exchange {
 public:
  void finished() override { done_.set_value(); }
  void wait() { done_.get_future().wait(); }

 private:
  std::promise<void> done_;
};

struct Bench {
  Bench() { clock.set(from_millis(1'647'327'600'000)); }

  const Route& named(const std::string& name) {
    for (const Route& route : routes.table.routes())
      if (route.spec.name == name) return route;
    throw std::logic_error(name);
  }
  // "Cookie" words: who by session, by phone, and the CSRF header.
  Answer run(const std::string& name, const std::string& session, const std::string& device, const std::string& csrf,
             const std::string& body = "", bool bearer = false, const std::string& gate = "5") {
    Waiting exchange;
    exchange.request.route = &named(name);
    exchange.request.parameters = {{"gate", gate}};
    exchange.request.session_token = session;
    exchange.request.device_token = device;
    exchange.request.csrf = csrf;
    exchange.request.bearer = bearer;
    exchange.request.body = body;
    runner.run(exchange);
    exchange.wait();
    return std::move(exchange.answer);
  }
  Answer note(const std::string& id, const std::string& text, const std::string& session = "keeper",
              const std::string& route = "add_note") {
    return run(route, session, "", "csrf-of-" + session,
               "{\"id\":\"0190aaaa-0000-7000-8000-" + id + "\",\"text\":\"" + text + "\"}");
  }

  ManualClock clock{Instant{}};
  FakeRoutes routes;
  FakeDatabase database;
  FakeAuthenticator authenticator;
  Metrics metrics{{"a", "b", "c", "d", "e", "f", "g", "h", "i"}};
  TaskPool tasks{1, 4};
  std::atomic<int> wakes{0};
  Runner runner{Runner::Parts{database, authenticator, clock, system_random(), metrics, tasks, [this] { ++wakes; }}};
};

TEST(Admission, DeniesUnlessSomeRuleAllows) {
  const std::string body = R"({"id":"0190aaaa-0000-7000-8000-000000000001","text":"x"})";
  struct Row {
    const char* route;
    const char* session;
    const char* device;
    const char* csrf;
    bool bearer;
    unsigned status;
    const char* code;
  };
  const Row rows[] = {
      {"get_gate", "", "", "", false, 401, "session.none"},
      {"get_gate", "keeper", "", "", false, 200, ""},
      {"get_gate", "secretary", "", "", false, 200, ""},
      {"get_gate", "resident", "", "", false, 403, "access.denied"},
      {"get_gate", "outsider", "", "", false, 403, "access.denied"},
      {"get_gate", "", "phone", "", false, 200, ""},
      {"get_gate", "", "stolen", "", false, 401, "device.revoked"},
      {"get_gate", "rubbish", "", "", false, 401, "session.expired"},
      {"get_gate", "rubbish", "phone", "", false, 200, ""},  // The session ran out; the phone still stands at its gate.
      {"get_gate", "resident", "phone", "", false, 200, ""},
      {"get_mine", "", "", "", false, 401, "session.none"},
      {"get_mine", "resident", "", "", false, 200, ""},
      {"get_mine", "", "phone", "", false, 401, "session.none"},  // A phone is nobody's account.
      {"get_mine", "rubbish", "phone", "", false, 401, "session.expired"},
      {"add_note", "keeper", "", "csrf-of-keeper", false, 200, ""},
      {"add_note", "keeper", "", "", false, 403, "request.forged"},
      {"add_note", "keeper", "", "csrf-of-resident", false, 403, "request.forged"},
      {"add_note", "keeper", "phone", "device", false, 403, "request.forged"},
      {"add_note", "outsider", "", "csrf-of-outsider", false, 403, "access.denied"},
      {"add_note", "", "phone", "", false, 403, "request.forged"},
      {"add_note", "", "phone", "device", false, 200, ""},
      {"add_note", "", "phone", "", true, 200, ""},  // A reader with its token in a header.
      {"add_secret", "", "phone", "device", false, 200, ""},
      {"add_secret", "keeper", "", "csrf-of-keeper", false, 403, "access.denied"},
      {"sign_in", "", "", "", false, 200, ""},
      {"sign_in", "rubbish", "", "", false, 200, ""},  // An old cookie keeps nobody out.
      {"sign_in", "keeper", "", "", false, 403, "request.forged"},
      {"get_gate", "newcomer", "", "", false, 403, "session.password_must_change"},
      {"get_gate", "newcomer", "phone", "", false, 200, ""},  // The phone still stands at its gate.
      {"get_mine", "newcomer", "phone", "", false, 403, "session.password_must_change"},
      {"add_secret", "newcomer", "phone", "csrf-of-newcomer", false, 200, ""},
      {"watch_gate", "keeper", "", "", false, 200, ""},
      {"watch_gate", "", "phone", "", false, 403, "access.denied"},
  };
  for (const auto& row : rows) {
    Bench bench;
    const auto got = bench.run(row.route, row.session, row.device, row.csrf,
                               std::string(row.route) == "sign_in" ? R"({"login":"a"})" : body, row.bearer);
    const std::string what = std::string(row.route) + " " + row.session + " " + row.device + " " + row.csrf;
    EXPECT_EQ(got.status, row.status) << what << got.body;
    if (row.status == 200) continue;
    EXPECT_NE(got.body.find("\"code\":\"" + std::string(row.code) + '"'), std::string::npos) << what << got.body;
    EXPECT_EQ(bench.routes.count, 0) << what;
  }
}

TEST(Admission, AnUnknownPlaceIsNotFoundForWhoIsKnown) {
  Bench bench;
  EXPECT_EQ(bench.run("get_gate", "keeper", "", "", "", false, "404").status, 404);
  EXPECT_EQ(bench.run("get_gate", "", "", "", "", false, "404").status, 401);
}

TEST(Commands, SentTwiceGiveTheFirstAnswerAgain) {
  Bench bench;
  EXPECT_EQ(bench.note("000000000001", "x").body, R"({"count":1,"text":"x"})");
  EXPECT_EQ(bench.note("000000000001", "x").body, R"({"count":1,"text":"x"})");
  EXPECT_EQ(bench.routes.count, 1);
  EXPECT_EQ(bench.routes.committed, 1);
  EXPECT_EQ(bench.note("000000000002", "x").body, R"({"count":2,"text":"x"})");
}

TEST(Commands, AnIdIsUsedOnce) {
  Bench bench;
  bench.note("000000000001", "x");
  const Answer other_body = bench.note("000000000001", "y"), other_asker = bench.note("000000000001", "x", "secretary");
  for (const Answer& answer : {other_body, other_asker}) {
    EXPECT_EQ(answer.status, 409u);
    EXPECT_NE(answer.body.find("command.id_reused"), std::string::npos);
  }
  EXPECT_EQ(bench.routes.count, 1);
}

TEST(Commands, ARefusedOneChangesNothingAndMayBeSentAgain) {
  Bench bench;
  EXPECT_EQ(bench.note("000000000001", "conflict").status, 409u);
  EXPECT_TRUE(bench.database.session.answers.empty());
  EXPECT_EQ(bench.routes.committed, 0);
  EXPECT_EQ(bench.wakes, 0);
  EXPECT_EQ(bench.note("000000000001", "fine").status, 200u);
  EXPECT_EQ(bench.wakes, 1);
}

TEST(Commands, OneThatAnswersForItselfIsNotKept) {
  Bench bench;
  for (int i = 1; i <= 2; ++i)
    EXPECT_EQ(
        bench.run("add_secret", "", "phone", "device", R"({"id":"0190aaaa-0000-7000-8000-000000000001","text":"t"})")
            .body,
        "{\"count\":" + std::to_string(i) + ",\"text\":\"t\"}");
  EXPECT_TRUE(bench.database.session.answers.empty());
}

TEST(Commands, RunAgainByTheStoreActOnceForTheCaller) {
  Bench bench;
  bench.database.attempts = 2;
  EXPECT_EQ(bench.note("000000000001", "x").status, 200u);
  EXPECT_EQ(bench.routes.committed, 1);  // Only what the last attempt asked for.
}

TEST(Commands, ABrokenPromiseIsAnAlarmAndNothingElse) {
  Bench bench;
  const Answer answer = bench.note("000000000001", "throw");
  EXPECT_EQ(answer.status, 500u);
  EXPECT_EQ(answer.body.find("planted"), std::string::npos);
  EXPECT_EQ(bench.metrics.alarms.load(), 1u);
  EXPECT_TRUE(bench.database.session.answers.empty());
  EXPECT_EQ(bench.note("000000000001", "fine").status, 200u);
}

TEST(Tasks, RunOutsideATransactionAndSetCookies) {
  Bench bench;
  const Answer answer = bench.run("sign_in", "", "", "", R"({"login":"keeper"})");
  ASSERT_EQ(answer.cookies.size(), 1u);
  EXPECT_EQ(answer.cookies[0], "fl_session=keeper; Path=/; HttpOnly; SameSite=Strict; Max-Age=3600");
  const Answer locked = bench.run("sign_in", "", "", "", R"({"login":"locked"})");
  EXPECT_EQ(locked.status, 429u);
  EXPECT_EQ(locked.retry_after_seconds, 60);
  EXPECT_TRUE(locked.cookies.empty());
}

TEST(Tasks, ThePoolIsBounded) {
  std::promise<void> hold;
  std::promise<void> started;
  TaskPool pool(1, 2);  // Last, so that its thread ends before what it uses.
  ASSERT_TRUE(pool.submit([&] {
    started.set_value();
    hold.get_future().wait();
  }));
  started.get_future().wait();
  EXPECT_TRUE(pool.submit([] {}));
  EXPECT_TRUE(pool.submit([] {}));
  EXPECT_FALSE(pool.submit([] {}));
  hold.set_value();
}

TEST(Places, PathsCoverWholeSegmentsOnly) {
  EXPECT_TRUE(path_covers("/1/2", "/1/2"));
  EXPECT_TRUE(path_covers("/1/2", "/1/2/3"));
  EXPECT_TRUE(path_covers("/1/2/", "/1/2/3"));
  EXPECT_FALSE(path_covers("/1/2", "/1/23"));
  EXPECT_FALSE(path_covers("/1/2/3", "/1/2"));
  EXPECT_FALSE(path_covers("", "/1"));
  EXPECT_FALSE(path_covers("/1", ""));
}

}  // namespace
}  // namespace firstline::http
