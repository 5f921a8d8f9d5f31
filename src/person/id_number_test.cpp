#include "person/id_number.hpp"

#include <gtest/gtest.h>

namespace firstline::person {
namespace {

const Date today = *parse_date("2022-03-15");

struct Row {
  const char* text;
  const char* reason;  // Empty: accepted.
};

// 11010519491231002X is the worked example of GB 11643-1999 itself.
const Row rows[] = {
    {"11010519491231002X", ""},
    {"11010519491231002x", ""},
    {" 11010519491231002X ", ""},
    {"440524188001010014", ""},  // The standard's second example, born in 1880: 142 years old in 2022.
    {"110105194912310021", "id_number.check_digit"},
    {"11010519491231002", "id_number.length"},
    {"11010519491231002XX", "id_number.length"},
    {"", "id_number.length"},
    {"1101051949123100XX", "id_number.character"},
    {"11010519491231OO2X", "id_number.character"},
};

TEST(IdNumber, takes_and_refuses) {
  for (const Row& row : rows) {
    const auto number = parse_id_number(row.text, today);
    EXPECT_EQ(number ? "" : number.error().reason, row.reason) << row.text;
  }
}

std::string with_check(std::string first_17) { return first_17 + id_number_check_digit(first_17); }

TEST(IdNumber, refuses_birth_dates_that_cannot_be) {
  for (const char* born : {"20220316", "20210229", "19001301", "19000100", "18710101", "00000000"}) {
    const auto number = parse_id_number(with_check("620102" + std::string(born) + "001"), today);
    ASSERT_FALSE(number) << born;
    EXPECT_EQ(number.error().reason, "id_number.birth_date") << born;
  }
  for (const char* born : {"20220315", "20200229"}) {
    EXPECT_TRUE(parse_id_number(with_check("620102" + std::string(born) + "001"), today)) << born;
  }
}

// GB 11643 promises that one wrong digit, and two neighbours exchanged, are always noticed.
TEST(IdNumber, notices_every_single_wrong_digit_and_every_exchange_of_neighbours) {
  const std::string good = with_check("62010219580704123");
  int tried = 0;
  for (std::size_t i = 0; i < 17; ++i) {
    for (char c = '0'; c <= '9'; ++c) {
      if (c == good[i]) continue;
      std::string bad = good;
      bad[i] = c;
      const auto number = parse_id_number(bad, today);
      ASSERT_FALSE(number) << bad;
      EXPECT_EQ(number.error().reason, "id_number.check_digit") << bad;
      ++tried;
    }
  }
  for (std::size_t i = 0; i + 1 < 17; ++i) {
    std::string bad = good;
    std::swap(bad[i], bad[i + 1]);
    if (bad == good) continue;
    EXPECT_FALSE(parse_id_number(bad, today)) << bad;
    ++tried;
  }
  EXPECT_GT(tried, 160);
}

TEST(IdNumber, knows_a_generated_one) {
  EXPECT_TRUE(parse_id_number(with_check("00000119800101001"), today)->generated);
  EXPECT_FALSE(parse_id_number("11010519491231002X", today)->generated);
  EXPECT_EQ(format_date(parse_id_number("11010519491231002X", today)->born_on), "1949-12-31");
}

}  // namespace
}  // namespace firstline::person
