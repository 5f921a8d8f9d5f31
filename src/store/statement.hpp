#pragma once

// SQL lives in the store_sql.cpp of each module, as named statements: one text for SQLite, PostgreSQL and Citus.
// Every statement registers itself, so that two checks can walk the whole catalogue: the text check (words that an
// engine refuses) and the plan check (a community statement must prune to one partition).

#include <span>
#include <string>
#include <string_view>

namespace firstline::store {

enum class Scope {
  community,  // Bound to one community_id; prunes to one shard.
  key,        // Looks up a key table by its own shard key (token hash, login, id hash), or a reference table.
  city,       // Walks all shards on purpose. Stands on the written list in tools/city_statements.txt.
};

// Must have static storage duration: construct at namespace scope only.
class Statement {
 public:
  // name: "person.find"; text: placeholders $1, $2, ... in any order.
  Statement(std::string name, Scope scope, std::string text);
  Statement(const Statement&) = delete;
  Statement& operator=(const Statement&) = delete;

  const std::string& name() const { return name_; }
  const std::string& text() const { return text_; }
  Scope scope() const { return scope_; }
  int index() const { return index_; }  // Dense, for per-connection tables of prepared statements.

 private:
  std::string name_, text_;
  Scope scope_;
  int index_;
};

// Every statement of the program, in registration order.
std::span<const Statement* const> catalogue();

}  // namespace firstline::store
