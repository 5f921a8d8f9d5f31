#include <gtest/gtest.h>

#include "area/model.hpp"

namespace firstline::area {
namespace {

TEST(Path, joins_and_lists_its_way) {
  EXPECT_EQ(join_path("", "620102"), "620102");
  EXPECT_EQ(join_path("620102/020", "901"), "620102/020/901");
  EXPECT_EQ(path_prefixes("a/b/c"), (std::vector<std::string>{"a", "a/b", "a/b/c"}));
  EXPECT_TRUE(path_prefixes("").empty());
}

TEST(Path, range_holds_exactly_what_lies_below) {
  const auto in_range = [](std::string_view root, std::string_view path) {
    const PathRange range = range_below(root);
    return range.first <= path && path < range.last;
  };
  const struct {
    const char *root, *path;
    bool below;
  } rows[] = {
      {"a/c1", "a/c1/b03", true},   {"a/c1", "a/c1/b03/u2/f05/502", true},
      {"a/c1", "a/c1", false},      {"a/c1", "a/c10", false},
      {"a/c1", "a/c10/b01", false}, {"a/c1", "a/c1a/b01", false},
      {"a/c1", "a/c2/b01", false},  {"a/c1", "a", false},
      {"a/c1", "b/c1/b01", false},
  };
  for (const auto& row : rows) EXPECT_EQ(in_range(row.root, row.path), row.below) << row.root << " " << row.path;
}

TEST(Path, codes) {
  for (const char* good : {"c1", "620102", "b03", "502", "a"}) EXPECT_TRUE(valid_code(good)) << good;
  for (const char* bad : {"", "a/b", "A", "b 3", "..", "栋", "1234567890123"}) EXPECT_FALSE(valid_code(bad)) << bad;
}

}  // namespace
}  // namespace firstline::area
