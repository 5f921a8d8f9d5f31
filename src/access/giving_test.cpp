#include "access/giving.hpp"

#include <gtest/gtest.h>

namespace firstline::access {
namespace {

using http::Grant;
using http::Role;

std::vector<Grant> holds(Role role, const std::string& path) { return {{role, {1}, path}}; }

struct Row {
  Role giver;
  const char* over;
  Role role;
  const char* path;
  bool may;
};

TEST(Giving, a_row_per_clause) {
  const Row rows[] = {
      {Role::secretary, "d/s/c", Role::keeper, "d/s/c", true},
      {Role::secretary, "d/s/c", Role::keeper, "d/s/c/c1", true},
      {Role::secretary, "d/s/c", Role::volunteer, "d/s/c", true},
      {Role::secretary, "d/s/c", Role::grid_worker, "d/s/c/g1", true},
      {Role::secretary, "d/s/c", Role::secretary, "d/s/c", false},
      {Role::secretary, "d/s/c", Role::health_officer, "d/s/c", false},
      {Role::secretary, "d/s/c", Role::keeper, "d/s/c2", false},
      {Role::secretary, "d/s/c", Role::keeper, "d/s", false},
      {Role::personnel, "d/s", Role::keeper, "d/s/c", true},
      {Role::personnel, "d/s", Role::secretary, "d/s/c", false},
      {Role::personnel, "d/s", Role::resident, "d/s/c", false},
      {Role::commander, "d", Role::secretary, "d/s/c", true},
      {Role::commander, "d", Role::auditor, "d", true},
      {Role::commander, "d", Role::commander, "d/s", true},
      {Role::commander, "d", Role::commander, "d", false},
      {Role::keeper, "d", Role::keeper, "d/s/c", false},
      {Role::grid_worker, "d", Role::resident, "d/s/c", false},
      {Role::health_officer, "d", Role::keeper, "d/s/c", false},
      {Role::auditor, "d", Role::keeper, "d/s/c", false},
  };
  for (const Row& row : rows)
    EXPECT_EQ(may_give(holds(row.giver, row.over), row.role, row.path), row.may)
        << static_cast<int>(row.giver) << " " << row.over << " " << static_cast<int>(row.role) << " " << row.path;
}

TEST(Giving, an_account_is_looked_after_by_who_may_give_all_that_it_holds) {
  const auto secretary = holds(Role::secretary, "d/s/c");
  EXPECT_TRUE(may_manage(secretary, holds(Role::keeper, "d/s/c/c1"), "d/s/c"));
  EXPECT_TRUE(may_manage(secretary, {}, "d/s/c"));
  EXPECT_FALSE(may_manage(secretary, {}, "d/s/c2"));
  EXPECT_FALSE(may_manage(secretary, holds(Role::secretary, "d/s/c"), "d/s/c"));
  EXPECT_FALSE(may_manage(secretary, {{Role::keeper, {1}, "d/s/c"}, {Role::auditor, {1}, "d/s/c"}}, "d/s/c"));
  EXPECT_FALSE(may_manage(holds(Role::keeper, "d/s/c"), {}, "d/s/c"));
  EXPECT_TRUE(may_manage(holds(Role::commander, "d"), holds(Role::secretary, "d/s/c"), "d/s/c"));
}

}  // namespace
}  // namespace firstline::access
