// The promise that an answer is kept: a writer killed in the middle of its work, and a disk that is full.

#include <charconv>
#include <future>

#include <signal.h>
#include <sys/wait.h>

#include "contract/engines.hpp"
#include "contract/modes.hpp"

namespace firstline::tests {
namespace {

using store::Scope;
using store::Statement;

const Statement stop_growth{"contract.stop_growth", Scope::key,
                            "pragma max_page_count = 1"};  // Clipped to what is there.
const Statement allow_growth{"contract.allow_growth", Scope::key, "pragma max_page_count = 1073741823"};

class Sqlite : public Engines {};
INSTANTIATE_TEST_SUITE_P(Store, Sqlite, testing::Values("sqlite"), [](const auto& i) { return i.param; });

// Starts this program as a writer that prints the id of every row after its answer; kills it after `answers` of them.
std::vector<std::int64_t> write_until_killed(const std::string& url, std::int64_t first_id, std::size_t answers) {
  int ends[2];
  EXPECT_EQ(::pipe(ends), 0);
  const std::string first = std::to_string(first_id);
  const pid_t child = ::fork();
  if (child == 0) {
    ::dup2(ends[1], STDOUT_FILENO);
    ::close(ends[0]);
    ::close(ends[1]);
    ::execl("/proc/self/exe", "contract_test", write_until_killed_mode, url.c_str(), first.c_str(), nullptr);
    ::_exit(127);
  }
  ::close(ends[1]);
  std::string text;
  char buffer[4096];
  bool killed = false;
  for (ssize_t got; (got = ::read(ends[0], buffer, sizeof buffer)) > 0;) {
    text.append(buffer, static_cast<std::size_t>(got));
    if (killed || std::count(text.begin(), text.end(), '\n') < static_cast<std::ptrdiff_t>(answers)) continue;
    ::kill(child, SIGKILL);
    killed = true;
  }
  ::close(ends[0]);
  int status = 0;
  ::waitpid(child, &status, 0);
  EXPECT_TRUE(WIFSIGNALED(status)) << "the writer ended by itself: " << status;
  std::vector<std::int64_t> ids;
  for (std::size_t at = 0, end; (end = text.find('\n', at)) != std::string::npos; at = end + 1) {
    ids.push_back(0);
    std::from_chars(text.data() + at, text.data() + end, ids.back());
  }
  return ids;
}

TEST_P(Sqlite, WhatWasAnsweredOutlivesAKill) {
  std::int64_t next = 1;
  std::vector<std::int64_t> answered;
  for (const std::size_t answers : {20, 150, 400, 700}) {
    database.reset();
    const auto ids = write_until_killed(options.url, next, answers);
    EXPECT_GE(ids.size(), answers);
    answered.insert(answered.end(), ids.begin(), ids.end());
    next += 1'000'000;
    open();
    expect_whole();
  }
  for (const std::int64_t id : answered) ASSERT_TRUE(*database->read([&](Session& s) { return find(s, id); })) << id;
  EXPECT_GE(rows(), static_cast<std::int64_t>(answered.size()));
}

Result<void> run_pragma(Session& session, const Statement& pragma) {
  return session.query(pragma, {}, [](const store::RowView&) {});
}

TEST_P(Sqlite, AFullDiskIsACleanFaultAndPasses) {
  ASSERT_TRUE(database->write([](Session& s) { return add_with_fact(s, 1); }));
  ASSERT_TRUE(database->write([](Session& s) { return run_pragma(s, stop_growth); }));
  constexpr int members = 20;
  std::vector<std::promise<Result<void>>> answers(members);
  for (int i = 0; i < members; ++i)
    database->submit_write(
        [i](Session& s) -> Result<void> {
          Sample sample;
          sample.id = 100 + i;
          sample.text = std::string(200'000, 'x');
          FL_TRYV(add(s, sample));
          return add_with_fact(s, 200 + i);
        },
        [&answers, i](Result<void> result) { answers[i].set_value(std::move(result)); });
  for (auto& answer : answers) {
    const auto result = answer.get_future().get();
    ASSERT_FALSE(result);
    EXPECT_EQ(result.error().code, FaultCode::unavailable);
    EXPECT_EQ(result.error().reason, "store.disk_full");
  }
  EXPECT_EQ(rows(), 1);
  ASSERT_TRUE(database->write([](Session& s) { return run_pragma(s, allow_growth); }));
  ASSERT_TRUE(database->write([](Session& s) { return add_with_fact(s, 2); }));
  EXPECT_EQ(rows(), 2);
  expect_whole();
}

}  // namespace
}  // namespace firstline::tests
