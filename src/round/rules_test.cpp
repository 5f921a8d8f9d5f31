#include "round/rules.hpp"

#include <gtest/gtest.h>

namespace firstline::round {
namespace {

using namespace std::chrono_literals;

TEST(Labels, AMistypedDigitIsSeen) {
  EXPECT_EQ(label_of(3, 127).substr(0, 9), "003-00127");
  int seen = 0;
  for (const std::int64_t serial : {1, 2, 99, 127, 99'999}) {
    const std::string label = label_of(7, serial);
    EXPECT_TRUE(valid_label(label)) << label;
    for (std::size_t i = 0; i < label.size(); ++i) {
      if (label[i] == '-') continue;
      for (char other = '0'; other <= '9'; ++other) {
        std::string wrong = label;
        wrong[i] = other;
        EXPECT_EQ(valid_label(wrong), other == label[i]) << wrong;
        ++seen;
      }
    }
  }
  for (const char* text : {"", "003-00127", "003-00127-55", "00300127-5", "003-0012a-5"})
    EXPECT_FALSE(valid_label(text));
  std::printf("labels: %d digits tried\n", seen);
}

TEST(Slots, HomesComeInOrderAndTheLastSlotTakesTheRest) {
  Point point;
  point.opens_at = from_millis(1'647'300'000'000);
  point.closes_at = point.opens_at + 70min;
  point.slot_minutes = 30;
  point.homes_per_slot = 50;
  const auto slots = slots_of(point);
  ASSERT_EQ(slots.size(), 3u);
  EXPECT_EQ(slots[2], (Slot{point.opens_at + 60min, point.closes_at}));
  EXPECT_EQ(slot_for(point, 0), slots[0]);
  EXPECT_EQ(slot_for(point, 49), slots[0]);
  EXPECT_EQ(slot_for(point, 50), slots[1]);
  EXPECT_EQ(slot_for(point, 9999), slots[2]);
  point.closes_at = point.opens_at;
  EXPECT_FALSE(slot_for(point, 0));
}

TEST(MayTakeSample, EveryStateOfTheLastTubeAndOfTheNewOne) {
  const auto tube = [](TubeState state, int people, int size) {
    Tube made;
    made.state = state;
    made.people = people;
    made.size = size;
    return made;
  };
  const Tube ten = tube(TubeState::filling, 3, 10), single = tube(TubeState::empty, 0, 1);
  const struct {
    std::optional<Last> last;
    MayTake ten, single;
  } rows[] = {
      {{}, MayTake::yes, MayTake::yes},
      {Last{TubeState::filling, 4}, MayTake::sampled_already, MayTake::sampled_already},
      {Last{TubeState::closed, 4}, MayTake::sampled_already, MayTake::sampled_already},
      {Last{TubeState::handed_over, 4}, MayTake::sampled_already, MayTake::sampled_already},
      {Last{TubeState::negative, 4}, MayTake::sampled_already, MayTake::sampled_already},
      {Last{TubeState::invalid, 4}, MayTake::yes, MayTake::yes},
      {Last{TubeState::abnormal, 4}, MayTake::single_only, MayTake::yes},
      {Last{TubeState::abnormal, 1}, MayTake::sampled_already, MayTake::sampled_already},
  };
  int count = 0;
  for (const auto& row : rows) {
    EXPECT_EQ(may_take(row.last, ten), row.ten) << count;
    EXPECT_EQ(may_take(row.last, single), row.single) << count;
    ++count;
  }
  EXPECT_EQ(may_take({}, tube(TubeState::filling, 10, 10)), MayTake::tube_full);
  for (const TubeState state :
       {TubeState::closed, TubeState::handed_over, TubeState::negative, TubeState::abnormal, TubeState::invalid})
    EXPECT_EQ(may_take({}, tube(state, 3, 10)), MayTake::tube_closed);
  std::printf("samples: %d states\n", count);
}

TEST(OnTheRoll, EveryCombination) {
  for (int bits = 0; bits < 8; ++bits) {
    const bool sampled = bits & 1, exempt = bits & 2, away = bits & 4;
    const OnRoll expected = sampled ? OnRoll::sampled : exempt ? OnRoll::exempt : away ? OnRoll::away : OnRoll::missed;
    EXPECT_EQ(on_roll(sampled, exempt, away), expected);
  }
  Progress progress;
  for (const OnRoll one : {OnRoll::sampled, OnRoll::sampled, OnRoll::exempt, OnRoll::away, OnRoll::missed})
    count(progress, one);
  EXPECT_EQ(progress, (Progress{3, 2, 1, 1, 1}));
}

}  // namespace
}  // namespace firstline::round
