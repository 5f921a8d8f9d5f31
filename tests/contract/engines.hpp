#pragma once

// The contract of the store, engine by engine: a test of class Engines runs on SQLite and on PostgreSQL.

#include <atomic>
#include <condition_variable>
#include <filesystem>
#include <mutex>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include "contract/postgres_fixture.hpp"
#include "ledger/audit.hpp"
#include "store/database.hpp"

namespace firstline::tests {

using store::Database;
using store::Session;

inline const AreaId here{620102020901};
inline const Instant noon = from_millis(1'647'316'800'000);  // 2022-03-15 12:00 in Shanghai.

enum class Colour { green, yellow, red };
BOOST_DESCRIBE_ENUM(Colour, green, yellow, red)

// A row with every kind of value that the store knows.
struct Sample {
  AreaId community_id = here;
  std::int64_t id = 0;
  std::optional<std::int64_t> integer;
  std::optional<double> real;
  std::optional<std::string> text;
  std::optional<store::Bytes> bytes;
  bool flag = false;
  Instant at{};
  Date day{};
  Uuid uuid;
  Colour colour = Colour::green;
  PersonId person;  // 0 is kept as null.
};
BOOST_DESCRIBE_STRUCT(Sample, (), (community_id, id, integer, real, text, bytes, flag, at, day, uuid, colour, person))

Result<void> add(Session& session, const Sample& sample);
Result<std::optional<Sample>> find(Session& session, std::int64_t id);
Result<std::int64_t> count(Session& session);

// Adds a sample with this id, and a fact about it.
Result<void> add_with_fact(Session& session, std::int64_t id);

// Opens once; everything that waits on it goes on.
class Latch {
 public:
  void open() {
    const std::lock_guard lock(mutex_);
    open_ = true;
    opened_.notify_all();
  }
  void wait() {
    std::unique_lock lock(mutex_);
    opened_.wait(lock, [&] { return open_; });
  }

 private:
  std::mutex mutex_;
  std::condition_variable opened_;
  bool open_ = false;
};

class Engines : public testing::TestWithParam<std::string> {
 protected:
  void SetUp() override;
  void TearDown() override;

  void open();          // With `options`; again after closing.
  void expect_whole();  // The ledger verifies.
  std::int64_t rows();  // Samples, as a reader sees them.
  bool sqlite() const { return GetParam() == "sqlite"; }

  store::Options options;
  std::unique_ptr<Database> database;

 private:
  std::filesystem::path folder_;
};

}  // namespace firstline::tests
