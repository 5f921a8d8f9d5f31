#include "casebook/chain.hpp"

#include <gtest/gtest.h>

#include "base/clock.hpp"

namespace firstline::casebook {
namespace {

std::vector<Link> links_of(std::initializer_list<std::pair<int, int>> pairs) {
  std::vector<Link> links;
  for (const auto& [from, to] : pairs) {
    Link link;
    link.from_case = {from};
    link.to_case = {to};
    links.push_back(link);
  }
  return links;
}

TEST(ChainsOfTransmission, GenerationsAreTheShortestWayFromAnUnknownSource) {
  const struct {
    const char* what;
    std::vector<Link> links;
    std::map<CaseId, int> generations;
    std::map<CaseId, int> chains;
  } rows[] = {
      {"nobody", {}, {}, {}},
      {"one to another", links_of({{1, 2}}), {{{1}, 0}, {{2}, 1}}, {{{1}, 0}, {{2}, 0}}},
      {"a row", links_of({{3, 2}, {2, 1}}), {{{1}, 2}, {{2}, 1}, {{3}, 0}}, {{{1}, 0}, {{2}, 0}, {{3}, 0}}},
      {"two infectors: the nearer to a source counts",
       links_of({{1, 2}, {2, 3}, {3, 4}, {1, 4}}),
       {{{1}, 0}, {{2}, 1}, {{3}, 2}, {{4}, 1}},
       {{{1}, 0}, {{2}, 0}, {{3}, 0}, {{4}, 0}}},
      {"two chains",
       links_of({{5, 6}, {1, 2}}),
       {{{1}, 0}, {{2}, 1}, {{5}, 0}, {{6}, 1}},
       {{{1}, 0}, {{2}, 0}, {{5}, 1}, {{6}, 1}}},
      {"two sources of one chain",
       links_of({{1, 3}, {2, 3}}),
       {{{1}, 0}, {{2}, 0}, {{3}, 1}},
       {{{1}, 0}, {{2}, 0}, {{3}, 0}}},
      {"a ring begins somewhere", links_of({{2, 1}, {1, 2}}), {{{1}, 0}, {{2}, 1}}, {{{1}, 0}, {{2}, 0}}},
  };
  for (const auto& row : rows) {
    EXPECT_EQ(generations(row.links), row.generations) << row.what;
    EXPECT_EQ(chains(row.links), row.chains) << row.what;
  }
  std::printf("chains: %zu rows\n", std::size(rows));
}

// Over every set of links among four cases: a ring is closed exactly when the way back is there already.
TEST(ChainsOfTransmission, RingsAreSeenBeforeTheyClose) {
  std::vector<std::pair<int, int>> pairs;
  for (int from = 0; from < 4; ++from)
    for (int to = 0; to < 4; ++to)
      if (from != to) pairs.emplace_back(from + 1, to + 1);
  int worlds = 0;
  for (unsigned set = 0; set < (1u << pairs.size()); ++set) {
    bool reach[5][5] = {};
    std::vector<Link> links;
    for (std::size_t i = 0; i < pairs.size(); ++i)
      if ((set >> i) & 1u) {
        reach[pairs[i].first][pairs[i].second] = true;
        Link link;
        link.from_case = {pairs[i].first};
        link.to_case = {pairs[i].second};
        links.push_back(link);
      }
    for (int by = 1; by < 5; ++by)
      for (int a = 1; a < 5; ++a)
        for (int b = 1; b < 5; ++b) reach[a][b] = reach[a][b] || (reach[a][by] && reach[by][b]);
    for (int from = 1; from < 5; ++from)
      for (int to = 1; to < 5; ++to) ASSERT_EQ(closes_ring(links, {from}, {to}), from == to || reach[to][from]) << set;
    ++worlds;
  }
  std::printf("rings: %d worlds\n", worlds);
}

TEST(ChainsOfTransmission, SerialIntervalsAreDaysBetweenOnsets) {
  const auto with_onset = [](const char* at) {
    Case c;
    if (at) c.onset_at = *parse_instant(at);
    return c;
  };
  EXPECT_EQ(serial_days(with_onset("2022-03-10T23:00:00+08:00"), with_onset("2022-03-11T01:00:00+08:00")), 1);
  EXPECT_EQ(serial_days(with_onset("2022-03-10T00:00:00+08:00"), with_onset("2022-03-10T23:00:00+08:00")), 0);
  EXPECT_EQ(serial_days(with_onset("2022-03-10T00:00:00+08:00"), with_onset("2022-03-08T00:00:00+08:00")), -2);
  EXPECT_EQ(serial_days(with_onset(nullptr), with_onset("2022-03-08T00:00:00+08:00")), std::nullopt);
  EXPECT_EQ(median({}), std::nullopt);
  EXPECT_EQ(median({7}), 7);
  EXPECT_EQ(median({9, 1, 4}), 4);
  EXPECT_EQ(median({1, 2, 5, 9}), 3.5);
}

TEST(ChainsOfTransmission, ClustersAreTheCasesOfAPlace) {
  auto links = links_of({{1, 2}, {1, 3}, {4, 5}, {6, 7}});
  links[0].place = links[1].place = "market";
  links[2].place = "clinic";
  const auto found = clusters(links);
  ASSERT_EQ(found.size(), 2u);
  EXPECT_EQ(found[0].place, "market");
  EXPECT_EQ(found[0].cases, 3);
  EXPECT_EQ(found[0].links, 2);
  EXPECT_EQ(found[1].cases, 2);
}

}  // namespace
}  // namespace firstline::casebook
