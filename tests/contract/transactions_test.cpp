// One use case, one transaction; what a fault, an exception and a neighbour may and may not do.

#include <future>
#include <stdexcept>
#include <thread>

#include "contract/engines.hpp"

namespace firstline::tests {
namespace {

TEST_P(Engines, ADuplicateIsAConflict) {
  ASSERT_TRUE(database->write([](Session& s) { return add_with_fact(s, 1); }));
  const auto again = database->write([](Session& s) { return add_with_fact(s, 1); });
  ASSERT_FALSE(again);
  EXPECT_EQ(again.error().code, FaultCode::conflict);
  EXPECT_EQ(again.error().reason, "store.duplicate");
  ASSERT_TRUE(database->write([](Session& s) { return add_with_fact(s, 2); }));
  expect_whole();
}

TEST_P(Engines, AFaultRollsBack) {
  const auto refused = database->write([](Session& s) -> Result<void> {
    FL_TRYV(add_with_fact(s, 1));
    return fail(FaultCode::stale, "contract.no");
  });
  EXPECT_EQ(refused.error().reason, "contract.no");
  EXPECT_EQ(rows(), 0);
  ASSERT_TRUE(database->write([](Session& s) { return add_with_fact(s, 1); }));
  expect_whole();
}

TEST_P(Engines, AnExceptionRollsBack) {
  const auto broken = database->write([](Session& s) -> Result<void> {
    FL_TRYV(add_with_fact(s, 1));
    throw std::runtime_error("broken");
  });
  EXPECT_EQ(broken.error().reason, "internal.broken_promise");
  EXPECT_EQ(rows(), 0);
  ASSERT_TRUE(database->write([](Session& s) { return add_with_fact(s, 1); }));
  expect_whole();
}

// PostgreSQL ends the transaction with the first statement that fails; SQLite must not go on where PostgreSQL cannot.
TEST_P(Engines, AFailedStatementCannotBeSwallowed) {
  ASSERT_TRUE(database->write([](Session& s) { return add_with_fact(s, 1); }));
  const auto swallowed = database->write([](Session& s) -> Result<void> {
    FL_TRYV(add_with_fact(s, 2));
    (void)add_with_fact(s, 1);
    return {};
  });
  ASSERT_FALSE(swallowed);
  EXPECT_EQ(swallowed.error().reason, "store.statement");
  EXPECT_EQ(rows(), 1);
  ASSERT_TRUE(database->write([](Session& s) { return add_with_fact(s, 2); }));
  expect_whole();
}

TEST_P(Engines, AReaderCannotWrite) {
  EXPECT_TRUE(*database->read([](Session& s) -> Result<bool> { return !s.writable(); }));
}

TEST_P(Engines, ReadsSeeWhatIsCommitted) {
  for (std::int64_t id = 1; id <= 30; ++id) {
    ASSERT_TRUE(database->write([&](Session& s) { return add_with_fact(s, id); }));
    EXPECT_EQ(rows(), id);
  }
}

TEST_P(Engines, AReadSeesNothingOfAnOpenWrite) {
  Latch written, go_on;
  std::promise<void> done;
  database->submit_write(
      [&](Session& s) -> Result<void> {
        FL_TRYV(add_with_fact(s, 1));
        written.open();
        go_on.wait();
        return {};
      },
      [&](Result<void>) { done.set_value(); });
  written.wait();
  EXPECT_EQ(rows(), 0);
  go_on.open();
  done.get_future().wait();
  EXPECT_EQ(rows(), 1);
}

// Keeps every writer busy until `go_on`, then runs all that was submitted meanwhile: on SQLite in one group.
class Blocked {
 public:
  Blocked(Database& database, int writers) : database_(database), writers_(writers) {
    for (int i = 0; i < writers; ++i)
      database_.submit_write(
          [this](Session&) -> Result<void> {
            if (++entered_ == writers_) all_in_.open();
            go_on_.wait();
            return {};
          },
          [this](Result<void>) { ++left_; });
    all_in_.wait();
  }
  ~Blocked() {
    go_on();
    while (left_ < writers_) std::this_thread::yield();
  }
  void go_on() { go_on_.open(); }

 private:
  Database& database_;
  const int writers_;
  std::atomic<int> entered_{0}, left_{0};
  Latch all_in_, go_on_;
};

TEST_P(Engines, NeighboursInAGroupDoNotDisturbEachOther) {
  constexpr int members = 60;
  std::vector<std::promise<Result<void>>> answers(members);
  {
    Blocked blocked(*database, sqlite() ? 1 : options.writers);
    for (int i = 0; i < members; ++i)
      database->submit_write(
          [i](Session& s) -> Result<void> {
            if (i % 5 == 1) return fail(FaultCode::invalid, "contract.before");
            FL_TRYV(add_with_fact(s, i));
            if (i % 5 == 2) return fail(FaultCode::invalid, "contract.after");
            if (i % 5 == 3) throw std::runtime_error("thrown");
            if (i % 5 == 4) FL_TRYV(add_with_fact(s, i));  // A duplicate.
            return {};
          },
          [&answers, i](Result<void> result) { answers[i].set_value(std::move(result)); });
  }
  const char* const expected[] = {"", "contract.before", "contract.after", "internal.broken_promise",
                                  "store.duplicate"};
  for (int i = 0; i < members; ++i) {
    const auto answer = answers[i].get_future().get();
    EXPECT_EQ(answer ? "" : answer.error().reason, expected[i % 5]) << i;
    EXPECT_EQ(database->read([&](Session& s) { return find(s, i); })->has_value(), i % 5 == 0) << i;
  }
  expect_whole();
}

const store::Statement insert_promised{"contract.insert_promised", store::Scope::key,
                                       "insert into promised (id, kept_id) values ($1, $1)"};

// A commit itself may fail: here by a reference that is looked at only then, else by a full disk.
TEST_P(Engines, ACommitThatFailsFailsOnlyThoseWhoBrokeIt) {
  constexpr int members = 30;
  std::vector<std::promise<Result<void>>> answers(members);
  {
    Blocked blocked(*database, sqlite() ? 1 : options.writers);
    for (int i = 0; i < members; ++i)
      database->submit_write(
          [i](Session& s) -> Result<void> {
            FL_TRYV(add_with_fact(s, i));
            if (i % 10 == 3) FL_TRYV(s.run(insert_promised, i));
            return {};
          },
          [&answers, i](Result<void> result) { answers[i].set_value(std::move(result)); });
  }
  for (int i = 0; i < members; ++i) {
    const auto answer = answers[i].get_future().get();
    const bool broke_it = i % 10 == 3;
    EXPECT_EQ(!answer, broke_it) << i;
    EXPECT_TRUE(answer || answer.error().code == FaultCode::conflict) << answer.error().reason;
    EXPECT_EQ(database->read([&](Session& s) { return find(s, i); })->has_value(), !broke_it) << i;
  }
  expect_whole();
}

TEST_P(Engines, AFullQueueIsBusyAtOnce) {
  options.queue_max = 3;
  open();
  std::atomic<int> answered{0};
  {
    Blocked blocked(*database, sqlite() ? 1 : options.writers);
    for (int i = 0; i < 3; ++i)
      database->submit_write([i](Session& s) { return add_with_fact(s, i); },
                             [&](Result<void> r) { answered += r ? 1 : 100; });
    EXPECT_EQ(database->queue_length(), 3);
    Result<void> fourth;
    database->submit_write([](Session& s) { return add_with_fact(s, 4); },
                           [&](Result<void> r) { fourth = std::move(r); });
    ASSERT_FALSE(fourth);
    EXPECT_EQ(fourth.error().code, FaultCode::busy);
    EXPECT_EQ(fourth.error().reason, "store.queue_full");
    EXPECT_EQ(rows(), 0);  // Readers have a queue of their own.
  }
  database.reset();
  EXPECT_EQ(answered, 3);
  open();
  EXPECT_EQ(rows(), 3);
}

TEST_P(Engines, ClosingFinishesWhatWasAccepted) {
  std::atomic<int> answered{0};
  for (int i = 0; i < 200; ++i)
    database->submit_write([i](Session& s) { return add_with_fact(s, i); },
                           [&](Result<void> r) { answered += r ? 1 : 1000; });
  database.reset();
  EXPECT_EQ(answered, 200);
  open();
  EXPECT_EQ(rows(), 200);
  expect_whole();
}

TEST_P(Engines, OpeningAgainMigratesNothing) {
  ASSERT_TRUE(database->write([](Session& s) { return add_with_fact(s, 1); }));
  for (int i = 0; i < 3; ++i) open();
  EXPECT_EQ(rows(), 1);
  EXPECT_TRUE(database->probe());
}

const store::Statement insert_future{"contract.insert_future", store::Scope::key,
                                     "insert into migration (name, applied_at) values ('9999 future', 0)"};

TEST_P(Engines, ANewerDatabaseIsRefused) {
  ASSERT_TRUE(database->write([](Session& s) -> Result<void> {
    FL_TRYV(s.run(insert_future));
    return {};
  }));
  database.reset();
  const auto refused = Database::open(options);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, FaultCode::stale);
  EXPECT_EQ(refused.error().reason, "store.database_newer");
  EXPECT_EQ(refused.error().where, "9999 future");
}

}  // namespace
}  // namespace firstline::tests
