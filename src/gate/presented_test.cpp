// How Presented is made from what is kept: a row per rule, at its edges.

#include "gate/presented.hpp"

#include <gtest/gtest.h>

namespace firstline::gate {
namespace {

using namespace std::chrono_literals;

const Instant noon = from_millis(1'647'316'800'000);  // 2022-03-15 12:00 in Shanghai.
const Date today = civil_date(noon);

GatePolicy one_outing() {
  GatePolicy policy;
  policy.outing.per_household_per_day = 1;
  return policy;
}

struct Row {
  const char* what;
  Stands stands;
  Moment moment;
  Presented expected;
};

Stands resident(void (*change)(Stands&)) {
  Stands stands;
  change(stands);
  return stands;
}
Moment said(void (*change)(Moment&)) {
  Moment moment;
  change(moment);
  return moment;
}
Presented seen(void (*change)(Presented&)) {
  Presented p;
  p.pass_use.pass_valid = true;
  change(p);
  return p;
}
void same(Stands&) {}
void same(Moment&) {}

TEST(Presented, FollowsFromWhatIsKeptAndSaid) {
  const CodeReading green{CodeColour::green, EvidenceGrade::connector, noon - 1h, "code"};
  const Row rows[] = {
      {"nobody asks for passes: living here is the pass", resident(same), said(same), seen([](Presented&) {})},
      {"passes are asked for", resident([](Stands& s) {
         s.passes_asked = Term{noon, {}};
       }),
       said(same), seen([](Presented& p) { p.pass_use.pass_valid = false; })},
      {"not yet", resident([](Stands& s) {
         s.passes_asked = Term{noon + 1ms, {}};
       }),
       said(same), seen([](Presented&) {})},
      {"no more", resident([](Stands& s) {
         s.passes_asked = Term{noon - 1h, noon};
       }),
       said(same), seen([](Presented&) {})},
      {"a pass until a moment later", resident([](Stands& s) {
         s.passes_asked = Term{noon - 1h, {}};
         s.pass = Term{noon - 1h, noon + 1ms};
       }),
       said(same), seen([](Presented&) {})},
      {"a pass that has just ended", resident([](Stands& s) {
         s.passes_asked = Term{noon - 1h, {}};
         s.pass = Term{noon - 1h, noon};
       }),
       said(same), seen([](Presented& p) { p.pass_use.pass_valid = false; })},
      {"approved today", resident([](Stands& s) {
         s.approved_days = {today - std::chrono::days(1), today};
       }),
       said(same), seen([](Presented& p) { p.pass_use.outing_approved = true; })},
      {"approved for tomorrow", resident([](Stands& s) { s.approved_days = {today + std::chrono::days(1)}; }),
       said(same), seen([](Presented&) {})},
      {"outings of today", resident([](Stands& s) {
         s.outings = OutingsOn{today, 2};
       }),
       said(same), seen([](Presented& p) { p.pass_use.outings_today = 2; })},
      {"outings of yesterday", resident([](Stands& s) {
         s.outings = OutingsOn{today - std::chrono::days(1), 2};
       }),
       said(same), seen([](Presented&) {})},
      {"nobody counts the way in", resident([](Stands& s) {
         s.outings = OutingsOn{today, 2};
       }),
       said([](Moment& m) { m.direction = Direction::in; }), seen([](Presented& p) { p.direction = Direction::in; })},
      {"a trip that begins today", resident([](Stands& s) {
         s.trip = KnownTrip{TripState::filed, PlaceRisk::high, today, today};
       }),
       said(same), seen([](Presented& p) {
         p.trip = Trip{TripState::filed, PlaceRisk::high, true};
       })},
      {"a trip that should have ended yesterday and never began", resident([](Stands& s) {
         s.trip =
             KnownTrip{TripState::filed, PlaceRisk::high, today - std::chrono::days(2), today - std::chrono::days(1)};
       }),
       said(same), seen([](Presented&) {})},
      {"coming back late", resident([](Stands& s) {
         s.trip =
             KnownTrip{TripState::open, PlaceRisk::medium, today - std::chrono::days(3), today - std::chrono::days(1)};
       }),
       said([](Moment& m) { m.direction = Direction::in; }), seen([](Presented& p) {
         p.direction = Direction::in;
         p.trip = Trip{TripState::open, PlaceRisk::medium, true};
       })},
      {"says that they leave the district", resident(same), said([](Moment& m) { m.leaves_district = true; }),
       seen([](Presented& p) {
         p.trip = Trip{TripState::open, PlaceRisk::low, false};
       })},
      {"a resident's 48 h on a phone tell nothing", resident(same), said([](Moment& m) { m.nat_seen_hours = 48; }),
       seen([](Presented&) {})},
      {"a visitor's do", resident([](Stands& s) { s.relation = Relation::visitor; }),
       said([](Moment& m) { m.nat_seen_hours = 48; }), seen([](Presented& p) {
         p.relation = Relation::visitor;
         p.pass_use.pass_valid = false;
         p.nat = {NatState::negative, NegativeResult{noon - 48h, noon - 48h}};
       })},
      {"a visitor's pass is none", resident([](Stands& s) {
         s.relation = Relation::visitor;
         s.pass = Term{noon - 1h, {}};
       }),
       said(same), seen([](Presented& p) {
         p.relation = Relation::visitor;
         p.pass_use.pass_valid = false;
       })},
  };
  for (const Row& row : rows)
    EXPECT_EQ(presented(row.stands, row.moment, one_outing(), noon), row.expected) << row.what;

  Stands known;
  known.code = green;
  Moment eye;
  eye.colour_seen = CodeColour::red;
  EXPECT_EQ(presented(known, eye, {}, noon).code, green) << "an eye does not overrule the code's own system";
  known.code->grade = EvidenceGrade::visual;
  EXPECT_EQ(presented(known, eye, {}, noon).code->colour, CodeColour::red);
  EXPECT_EQ(presented({}, eye, {}, noon).code->read_at, noon);
  std::printf("presented: %zu rows\n", std::size(rows) + 3);
}

}  // namespace
}  // namespace firstline::gate
