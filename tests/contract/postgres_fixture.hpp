#pragma once

// A real PostgreSQL 15 for tests: made in a temporary folder, reached by a socket in it and by nothing else, stopped
// when the program ends, also when it ends badly. Root runs it as the user postgres.

#include <string>

namespace firstline::tests {

class PostgresqlServer {
 public:
  // Started at the first call. Null if this machine has no PostgreSQL 15; then `why_absent()` is the line for
  // GTEST_SKIP.
  static PostgresqlServer* shared();
  static std::string why_absent();

  // An empty database; the answer is an address for store::Options::url and for run.
  std::string make_database();
  // Runs SQL past the store on a connection of its own and answers the first column of the first row, or "".
  // A failure fails the test.
  std::string run(const std::string& url, const std::string& sql);

  PostgresqlServer(const PostgresqlServer&) = delete;
  PostgresqlServer& operator=(const PostgresqlServer&) = delete;
  ~PostgresqlServer();

 private:
  PostgresqlServer();
  std::string url_of(const std::string& database) const;

  std::string folder_;
  int pid_ = 0;
  int made_ = 0;
};

}  // namespace firstline::tests
