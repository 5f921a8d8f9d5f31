#include "casebook/steps.hpp"

#include <gtest/gtest.h>

namespace firstline::casebook {
namespace {

using namespace std::chrono_literals;

constexpr Status all[] = {Status::suspected, Status::confirmed, Status::asymptomatic,
                          Status::excluded,  Status::recovered, Status::died};

TEST(StepsOfACase, EveryPairIsLegalOrNot) {
  struct Row {
    Status from, to;
    Needed needed;
  };
  const Row legal[] = {
      {Status::suspected, Status::confirmed, Needed::one},    {Status::suspected, Status::asymptomatic, Needed::one},
      {Status::suspected, Status::excluded, Needed::one},     {Status::suspected, Status::died, Needed::one},
      {Status::confirmed, Status::suspected, Needed::two},    {Status::confirmed, Status::asymptomatic, Needed::two},
      {Status::confirmed, Status::excluded, Needed::two},     {Status::confirmed, Status::recovered, Needed::one},
      {Status::confirmed, Status::died, Needed::one},         {Status::asymptomatic, Status::suspected, Needed::two},
      {Status::asymptomatic, Status::confirmed, Needed::one}, {Status::asymptomatic, Status::excluded, Needed::two},
      {Status::asymptomatic, Status::recovered, Needed::one}, {Status::excluded, Status::suspected, Needed::two},
      {Status::excluded, Status::confirmed, Needed::two},     {Status::excluded, Status::asymptomatic, Needed::two},
      {Status::recovered, Status::confirmed, Needed::two},    {Status::recovered, Status::asymptomatic, Needed::two},
      {Status::recovered, Status::died, Needed::two},         {Status::died, Status::confirmed, Needed::two},
  };
  int walked = 0;
  for (const Status from : all)
    for (const Status to : all) {
      Needed wanted = Needed::never;
      for (const Row& row : legal)
        if (row.from == from && row.to == to) wanted = row.needed;
      EXPECT_EQ(needed_for(from, to), wanted) << static_cast<int>(from) << " > " << static_cast<int>(to);
      // What an infected person is no longer counted by, and what undoes an end, takes two; nothing leads to itself.
      if (from == to) {
        EXPECT_EQ(wanted, Needed::never);
      }
      if (!is_open(from)) {
        EXPECT_NE(wanted, Needed::one);
      }
      if (is_open(from) && from != Status::suspected && to == Status::excluded) {
        EXPECT_EQ(wanted, Needed::two);
      }
      ++walked;
    }
  std::printf("steps of a case: %d pairs, %zu legal\n", walked, std::size(legal));
}

TEST(StepsOfACase, MomentsLieInOrder) {
  const Instant now = from_millis(1'647'327'600'000);
  const struct {
    const char* what;
    void (*spoil)(Case&, Instant);
    std::optional<Part> wrong;
  } rows[] = {
      {"all well", [](Case&, Instant) {}, {}},
      {"nothing known", [](Case& c, Instant) { c = {}; }, {}},
      {"onset in the future", [](Case& c, Instant at) { c.onset_at = at + 1ms; }, Part::onset},
      {"sampled before onset: found by a round", [](Case& c, Instant at) { c.onset_at = at; }, {}},
      {"sample in the future", [](Case& c, Instant at) { c.sampled_at = at + 1ms; }, Part::sampled},
      {"reported before sampled", [](Case& c, Instant) { c.reported_at = *c.sampled_at - 1ms; }, Part::reported},
      {"reported with the sample", [](Case& c, Instant) { c.reported_at = c.sampled_at; }, {}},
      {"transferred in the future", [](Case& c, Instant at) { c.transferred_at = at + 1ms; }, Part::transferred},
      {"ended before transferred", [](Case& c, Instant) { c.ended_at = *c.transferred_at - 1ms; }, Part::transferred},
  };
  for (const auto& row : rows) {
    Case c;
    c.onset_at = now - 72h;
    c.sampled_at = now - 48h;
    c.reported_at = now - 40h;
    c.transferred_at = now - 36h;
    row.spoil(c, now);
    EXPECT_EQ(misplaced(c, now), row.wrong) << row.what;
  }
}

TEST(WindowOfACase, IsCountedFromSymptomsElseFromTheSample) {
  const Instant onset = from_millis(1'000), sampled = from_millis(2'000), away = from_millis(3'000);
  Case c;
  EXPECT_FALSE(window_of(c));
  c.sampled_at = sampled;
  EXPECT_EQ(window_of(c)->anchor, sampled);
  EXPECT_FALSE(window_of(c)->until);
  c.onset_at = onset;
  EXPECT_EQ(window_of(c)->anchor, onset);
  EXPECT_TRUE(window_of(c)->by_onset);
  c.classified = Status::asymptomatic;
  EXPECT_EQ(window_of(c)->anchor, sampled) << "whoever has no symptoms has no onset";
  c.ended_at = from_millis(9'000);
  EXPECT_EQ(window_of(c)->until, c.ended_at);
  c.transferred_at = away;
  EXPECT_EQ(window_of(c)->until, away);
}

}  // namespace
}  // namespace firstline::casebook
