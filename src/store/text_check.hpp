#pragma once

// Looks at SQL texts for what one of the engines refuses or reads otherwise, and for community statements that do not
// bind their community. Words only: what a plan does is for the plan check of tests/contract. For tests.

#include <string>
#include <string_view>
#include <vector>

#include "store/migration.hpp"
#include "store/statement.hpp"

namespace firstline::store {

// What is wrong with it, a line each, with the reason; empty if nothing is.
std::vector<std::string> check_text(Scope scope, std::string_view text);
// For the texts of migrations.
std::vector<std::string> check_schema(std::string_view text);

// A table whose rows live on the shard of their community: its primary key holds community_id.
// Key tables (by hash, login, venue code) may carry community_id beside another key; they are not sharded by it.
struct TableText {
  std::string name;
  std::string text;  // "create table ... )" without the semicolon.
  bool sharded = false;
};
std::vector<TableText> tables_of(std::string_view schema);

}  // namespace firstline::store
