// What only a server does to us: it kills connections, finds deadlocks, and asks to try again.

#include <thread>

#include "contract/engines.hpp"

namespace firstline::tests {
namespace {

using store::Scope;
using store::Statement;

const Statement own_pid{"contract.pid", Scope::key, "select pg_backend_pid()"};
const Statement repeatable{"contract.repeatable", Scope::key, "set transaction isolation level repeatable read"};
const Statement raise_integer{
    "contract.raise", Scope::community,
    "update sample set integer = coalesce(integer, 0) + 1 where community_id = $1 and id = $2"};

class Postgresql : public Engines {};
INSTANTIATE_TEST_SUITE_P(Store, Postgresql, testing::Values("postgresql"), [](const auto& i) { return i.param; });

Result<void> raise(Session& session, std::int64_t id) {
  FL_TRYV(session.run(raise_integer, here, id));
  return {};
}

TEST_P(Postgresql, AConnectionKilledInTheMiddleIsOpenedAgain) {
  ASSERT_TRUE(database->write([](Session& s) { return add_with_fact(s, 1); }));
  int runs = 0;
  const auto written = database->write([&](Session& s) -> Result<void> {
    ++runs;
    FL_TRYV(add_with_fact(s, 2));
    if (runs == 1) {
      FL_TRY(const auto pid, s.maybe<std::int64_t>(own_pid));
      PostgresqlServer::shared()->run(options.url, "select pg_terminate_backend(" + std::to_string(*pid) + ", 2000)");
    }
    return add_with_fact(s, 3);
  });
  EXPECT_TRUE(written) << written.error().reason << " " << written.error().detail;
  EXPECT_EQ(runs, 2);
  EXPECT_EQ(rows(), 3);
  expect_whole();
}

TEST_P(Postgresql, ConnectionsKilledWhileIdleAreOpenedAgain) {
  for (std::int64_t id = 1; id <= 4; ++id) {
    ASSERT_TRUE(database->write([&](Session& s) { return add_with_fact(s, id); }));
    PostgresqlServer::shared()->run(
        options.url,
        "select count(pg_terminate_backend(pid, 2000)) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()");
    EXPECT_EQ(rows(), id);
  }
  expect_whole();
}

TEST_P(Postgresql, ASerializationFailureIsTriedAgain) {
  ASSERT_TRUE(database->write([](Session& s) { return add_with_fact(s, 1); }));
  int runs = 0;
  const auto written = database->write([&](Session& s) -> Result<void> {
    FL_TRYV(s.run(repeatable));
    FL_TRYV(find(s, 1));
    if (++runs == 1) PostgresqlServer::shared()->run(options.url, "update sample set integer = 10 where id = 1");
    FL_TRYV(add_with_fact(s, 2));
    return raise(s, 1);
  });
  EXPECT_TRUE(written) << written.error().reason << " " << written.error().detail;
  EXPECT_EQ(runs, 2);
  EXPECT_EQ((*database->read([](Session& s) { return find(s, 1); }))->integer, 11);
  expect_whole();
}

TEST_P(Postgresql, WhoeverLosesADeadlockIsTriedAgain) {
  for (std::int64_t id = 1; id <= 2; ++id)
    ASSERT_TRUE(database->write([&](Session& s) { return add_with_fact(s, id); }));
  Latch first_locked, second_locked;
  std::atomic<int> runs{0};
  const auto both = [&](Session& s, std::int64_t mine, std::int64_t other, Latch& locked,
                        Latch& awaited) -> Result<void> {
    ++runs;
    FL_TRYV(raise(s, mine));
    locked.open();
    awaited.wait();
    FL_TRYV(raise(s, other));
    return add_with_fact(s, 10 + mine);
  };
  std::thread neighbour(
      [&] { EXPECT_TRUE(database->write([&](Session& s) { return both(s, 1, 2, first_locked, second_locked); })); });
  EXPECT_TRUE(database->write([&](Session& s) { return both(s, 2, 1, second_locked, first_locked); }));
  neighbour.join();
  EXPECT_GE(runs, 3);
  for (std::int64_t id = 1; id <= 2; ++id)
    EXPECT_EQ((*database->read([&](Session& s) { return find(s, id); }))->integer, 2);
  expect_whole();
}

// Always failing must end: five times, then the caller hears of it.
TEST_P(Postgresql, TryingAgainEnds) {
  int runs = 0;
  const auto given_up = database->write([&](Session&) -> Result<void> {
    ++runs;
    return fail(FaultCode::busy, "store.retry");
  });
  EXPECT_EQ(given_up.error().code, FaultCode::busy);
  EXPECT_EQ(runs, 5);
}

TEST_P(Postgresql, AReadOnlyConnectionIsHeldToIt) {
  const auto refused = database->read([](Session& s) -> Result<void> {
    return s.query(raise_integer, std::array{store::to_value(here), store::to_value(1)}, [](const store::RowView&) {});
  });
  EXPECT_FALSE(refused);
}

}  // namespace
}  // namespace firstline::tests
