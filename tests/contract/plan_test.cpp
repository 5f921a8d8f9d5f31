// Stand-in for a sharded database: the program's own schema, every table of a community in 4 hash parts. PostgreSQL
// then refuses keys without the community as Citus does, and its plans show whether a statement keeps to one part.

#include <fstream>
#include <map>
#include <regex>
#include <set>

#include <libpq-fe.h>

#include "contract/catalogue.hpp"
#include "contract/engines.hpp"
#include "store/text_check.hpp"

namespace firstline::tests {
namespace {

using store::Scope;
using store::Statement;
using testing::IsEmpty;

constexpr int parts = 4;

struct Finish {
  void operator()(PGconn* handle) const { PQfinish(handle); }
};

class Plans {
 public:
  explicit Plans(const std::string& url) : handle_(PQconnectdb(url.c_str())) {
    PQsetNoticeProcessor(
        handle_.get(), [](void*, const char*) {}, nullptr);
    run("create table migration (name text primary key, applied_at bigint not null)");
    for (const store::Migration* step : program_migrations()) run(in_parts(step->text));
    run("set plan_cache_mode = force_generic_plan");
  }

  // The tables and, of each, the parts that the statement's plan reads or changes.
  std::map<std::string, std::set<char>> parts_of(const Statement& statement) {
    std::map<std::string, std::set<char>> found;
    const std::string plan = explain(statement);
    static const std::regex scan(R"((?:Scan|Scan using \w+|Scan Backward using \w+) on (\w+)_p([0-9])\b)");
    for (std::sregex_iterator it(plan.begin(), plan.end(), scan), end; it != end; ++it)
      if (sharded_.contains((*it)[1])) found[(*it)[1]].insert(*(*it)[2].first);
    return found;
  }

  std::string explain(const Statement& statement) {
    const std::string name = "p" + std::to_string(statement.index());
    PQclear(PQprepare(handle_.get(), name.c_str(), statement.text().c_str(), 0, nullptr));
    PGresult* described = PQdescribePrepared(handle_.get(), name.c_str());
    EXPECT_EQ(PQresultStatus(described), PGRES_COMMAND_OK) << statement.name() << ": " << PQerrorMessage(handle_.get());
    std::string arguments;
    for (int i = 0; i < PQnparams(described); ++i) arguments += (i ? ", " : "(") + literal(PQparamtype(described, i));
    PQclear(described);
    PGresult* result = PQexec(
        handle_.get(), ("explain (costs off) execute " + name + (arguments.empty() ? "" : arguments + ")")).c_str());
    EXPECT_EQ(PQresultStatus(result), PGRES_TUPLES_OK) << statement.name() << ": " << PQerrorMessage(handle_.get());
    std::string plan;
    for (int row = 0; row < PQntuples(result); ++row) plan += std::string(PQgetvalue(result, row, 0)) + "\n";
    PQclear(result);
    return plan;
  }

  bool took_the_schema() const { return took_; }
  std::size_t sharded_tables() const { return sharded_.size(); }

 private:
  static std::string literal(Oid type) {
    switch (type) {
      case 20:
      case 21:
      case 23:
        return "1";
      case 700:
      case 701:
      case 1700:
        return "1.5";
      case 17:
        return R"('\x01')";
      default:
        return "'x'";
    }
  }

  std::string in_parts(std::string schema) {
    for (const store::TableText& table : store::tables_of(schema)) {
      if (!table.sharded) continue;
      sharded_.insert(table.name);
      std::string parted = table.text + " partition by hash (community_id)";
      for (int part = 0; part < parts; ++part)
        parted += ";\ncreate table " + table.name + "_p" + std::to_string(part) + " partition of " + table.name +
                  " for values with (modulus " + std::to_string(parts) + ", remainder " + std::to_string(part) + ")";
      schema.replace(schema.find(table.text), table.text.size(), parted);
    }
    return schema;
  }

  void run(const std::string& sql) {
    PGresult* result = PQexec(handle_.get(), sql.c_str());
    if (PQresultStatus(result) != PGRES_COMMAND_OK) {
      took_ = false;
      ADD_FAILURE() << PQerrorMessage(handle_.get()) << " in " << sql;
    }
    PQclear(result);
  }

  std::unique_ptr<PGconn, Finish> handle_;
  std::set<std::string> sharded_;
  bool took_ = true;
};

std::set<std::string> city_statements() {
  std::ifstream file(std::string(FL_SOURCE_DIR) + "/tools/city_statements.txt");
  std::set<std::string> names;
  for (std::string line; std::getline(file, line);)
    if (!line.empty() && line[0] != '#') names.insert(line.substr(0, line.find(' ')));
  return names;
}

// Named so that it runs in the entry that has the server.
class Catalogue_postgresql : public testing::Test {
 protected:
  void SetUp() override {
    if (!PostgresqlServer::shared()) GTEST_SKIP() << PostgresqlServer::why_absent();
    plans = std::make_unique<Plans>(PostgresqlServer::shared()->make_database());
    ASSERT_TRUE(plans->took_the_schema());
  }
  std::unique_ptr<Plans> plans;
};

TEST_F(Catalogue_postgresql, EveryCommunityStatementKeepsToOnePart) {
  int walked = 0;
  for (const Statement* statement : program_statements()) {
    if (statement->scope() == Scope::city) continue;
    ++walked;
    for (const auto& [table, touched] : plans->parts_of(*statement))
      EXPECT_LE(touched.size(), 1u) << statement->name() << " reads " << touched.size() << " parts of " << table << "\n"
                                    << plans->explain(*statement);
  }
  EXPECT_GT(walked, 80);
  EXPECT_GT(plans->sharded_tables(), 12u);
}

// That the check above can fail.
const Statement forgets_the_community{"contract.forgets", Scope::community, "select kind from fact where id = $1"};
const Statement updates_everywhere{"contract.updates_everywhere", Scope::community,
                                   "update fact set kind = $2 where id = $1"};

TEST_F(Catalogue_postgresql, AStatementThatForgetsItsCommunityIsSeen) {
  EXPECT_EQ(plans->parts_of(forgets_the_community)["fact"].size(), 4u) << plans->explain(forgets_the_community);
  EXPECT_EQ(plans->parts_of(updates_everywhere)["fact"].size(), 4u) << plans->explain(updates_everywhere);
}

TEST(Catalogue, CityStatementsStandOnTheList) {
  std::set<std::string> found;
  for (const Statement* statement : program_statements())
    if (statement->scope() == Scope::city) found.insert(statement->name());
  EXPECT_EQ(found, city_statements());
}

TEST(Catalogue, EveryModuleIsHere) {
  std::set<std::string> modules;
  for (const Statement* statement : program_statements())
    modules.insert(statement->name().substr(0, statement->name().find('.')));
  for (const char* module :
       {"access", "area", "drill", "gate", "health", "http", "ledger", "movement", "person", "store"})
    EXPECT_TRUE(modules.contains(module)) << module;
}

TEST(Catalogue, NamesAreUnique) {
  std::set<std::string> names;
  for (const Statement* statement : program_statements())
    EXPECT_TRUE(names.insert(statement->name()).second) << statement->name();
}

TEST(Catalogue, NoTextThatAnEngineRefuses) {
  for (const Statement* statement : program_statements())
    EXPECT_THAT(store::check_text(statement->scope(), statement->text()), IsEmpty())
        << statement->name() << ": " << statement->text();
  for (const store::Migration* step : program_migrations())
    EXPECT_THAT(store::check_schema(step->text), IsEmpty()) << step->key();
}

}  // namespace
}  // namespace firstline::tests
