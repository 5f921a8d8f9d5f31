#include "drill/city.hpp"

#include <gtest/gtest.h>

namespace firstline::drill {
namespace {

std::vector<trace::Scan> all(const City& city) {
  std::vector<trace::Scan> scans;
  for (std::size_t part = 0; part < city.parts(); ++part) {
    const auto some = city.scans(part);
    scans.insert(scans.end(), some.begin(), some.end());
  }
  return scans;
}

TEST(City, same_seed_same_scans_other_seed_others) {
  EXPECT_EQ(all(City({.people = 3000, .days = 2, .seed = 7})), all(City({.people = 3000, .days = 2, .seed = 7})));
  EXPECT_NE(all(City({.people = 3000, .days = 2, .seed = 7})), all(City({.people = 3000, .days = 2, .seed = 8})));
}

TEST(City, makes_what_its_header_says) {
  const CityOptions options{.people = 60'000, .days = 3, .seed = 1};
  const City city(options);
  const auto scans = all(city);
  EXPECT_NEAR(static_cast<double>(scans.size()) / (60'000 * 3), 1.62, 0.02);
  std::int64_t instants = 0;
  for (const trace::Scan& scan : scans) {
    ASSERT_STREQ(trace::wrong_with(scan), "");
    ASSERT_TRUE(scan.person >= 1 && scan.person <= options.people);
    ASSERT_TRUE(scan.place >= 1 && scan.place <= 200 + 1500);
    ASSERT_TRUE(scan.enter >= options.first_day * trace::day_seconds);
    instants += scan.leave == scan.enter;
  }
  EXPECT_NEAR(static_cast<double>(instants) / static_cast<double>(scans.size()), 0.9, 0.01);
}

TEST(City, draws_cases_once) {
  const City city({.people = 50, .days = 14, .seed = 1});
  EXPECT_EQ(city.cases(1000, 3).size(), 50u);
  EXPECT_EQ(city.cases(10, 3), city.cases(10, 3));
  for (const trace::Case& one : city.cases(50, 3)) EXPECT_STREQ(trace::wrong_with(one), "");
}

}  // namespace
}  // namespace firstline::drill
