#include "contract/postgres_fixture.hpp"

#include <chrono>
#include <filesystem>
#include <memory>
#include <thread>
#include <vector>

#include <fcntl.h>
#include <grp.h>
#include <gtest/gtest.h>
#include <libpq-fe.h>
#include <pwd.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

namespace firstline::tests {
namespace {

const std::string programs = "/usr/lib/postgresql/15/bin/";
constexpr const char* account = "postgres";

// Starts a program that ends with us, not as root and silent but for the log.
pid_t start(const std::vector<std::string>& words, const std::string& folder) {
  std::vector<char*> arguments;
  for (const auto& word : words) arguments.push_back(const_cast<char*>(word.c_str()));
  arguments.push_back(nullptr);
  const passwd* user = ::geteuid() == 0 ? ::getpwnam(account) : nullptr;
  const std::string log = folder + "/log";
  const pid_t child = ::fork();
  if (child != 0) return child;
  if (user &&
      (::initgroups(user->pw_name, user->pw_gid) != 0 || ::setgid(user->pw_gid) != 0 || ::setuid(user->pw_uid) != 0))
    ::_exit(126);
  ::prctl(PR_SET_PDEATHSIG, SIGINT);
  const int out = ::open(log.c_str(), O_WRONLY | O_CREAT | O_APPEND, 0600);
  ::dup2(out, STDOUT_FILENO);
  ::dup2(out, STDERR_FILENO);
  if (::chdir(folder.c_str()) != 0) ::_exit(126);
  ::execv(arguments[0], arguments.data());
  ::_exit(127);
}

bool finish(pid_t child) {
  int status = 0;
  return ::waitpid(child, &status, 0) == child && WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

struct Finish {
  void operator()(PGconn* handle) const { PQfinish(handle); }
};

}  // namespace

std::string PostgresqlServer::why_absent() {
  if (::access((programs + "postgres").c_str(), X_OK) != 0)
    return "PostgreSQL 15 is not installed (" + programs + "postgres)";
  if (::geteuid() == 0 && !::getpwnam(account)) return "no user postgres to run PostgreSQL 15 as";
  return {};
}

PostgresqlServer* PostgresqlServer::shared() {
  if (!why_absent().empty()) return nullptr;
  static PostgresqlServer server;
  return &server;
}

PostgresqlServer::PostgresqlServer() {
  std::string pattern = (std::filesystem::temp_directory_path() / "fl_pg_XXXXXX").string();
  folder_ = ::mkdtemp(pattern.data());
  if (const passwd* user = ::geteuid() == 0 ? ::getpwnam(account) : nullptr)
    if (::chown(folder_.c_str(), user->pw_uid, user->pw_gid) != 0)
      ADD_FAILURE() << "cannot give " << folder_ << " to postgres";
  const std::string data = folder_ + "/data";
  if (!finish(start({programs + "initdb", "--no-sync", "-U", account, "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8",
                     "-D", data},
                    folder_))) {
    ADD_FAILURE() << "initdb failed, see " << folder_ << "/log";
    return;
  }
  pid_ = start(
      {programs + "postgres", "-D", data, "-c", "listen_addresses=", "-c", "unix_socket_directories=" + folder_, "-c",
       "fsync=off", "-c", "deadlock_timeout=100ms", "-c", "max_connections=60", "-c", "shared_buffers=32MB"},
      folder_);
  for (int wait = 0; wait < 300; ++wait) {
    const std::unique_ptr<PGconn, Finish> handle(PQconnectdb(url_of(account).c_str()));
    if (PQstatus(handle.get()) == CONNECTION_OK) return;
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
  }
  ADD_FAILURE() << "PostgreSQL does not answer, see " << folder_ << "/log";
}

PostgresqlServer::~PostgresqlServer() {
  if (pid_ > 0) {
    ::kill(pid_, SIGINT);  // "Fast": open connections are ended.
    (void)finish(pid_);
  }
  std::error_code error;
  std::filesystem::remove_all(folder_, error);
}

std::string PostgresqlServer::url_of(const std::string& database) const {
  return "host=" + folder_ + " user=" + account + " dbname=" + database;
}

std::string PostgresqlServer::make_database() {
  const std::string name = "test_" + std::to_string(::getpid()) + "_" + std::to_string(made_++);
  run(url_of(account), "create database " + name);
  return url_of(name);
}

std::string PostgresqlServer::run(const std::string& url, const std::string& sql) {
  const std::unique_ptr<PGconn, Finish> handle(PQconnectdb(url.c_str()));
  PGresult* result = PQexec(handle.get(), sql.c_str());
  const auto status = PQresultStatus(result);
  std::string value;
  if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK)
    ADD_FAILURE() << sql << ": " << PQerrorMessage(handle.get());
  if (status == PGRES_TUPLES_OK && PQntuples(result) > 0) value = PQgetvalue(result, 0, 0);
  PQclear(result);
  return value;
}

}  // namespace firstline::tests
