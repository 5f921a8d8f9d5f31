#include "policy/library.hpp"

#include <gtest/gtest.h>

namespace firstline::policy {
namespace {

Date day(const char* text) { return *parse_date(text); }

std::string value_in(const PolicySet& set, const char* name) {
  const auto found = set.parameters.find(name);
  return found == set.parameters.end() ? "(not set)" : format_value(found->second.parameter.value);
}
std::string pack_of(const PolicySet& set, const char* name) {
  const auto found = set.parameters.find(name);
  return found == set.parameters.end() ? "" : found->second.pack;
}
std::string ids(const PolicySet& set) {
  std::string text;
  for (const Pack& pack : set.packs) text += (text.empty() ? "" : " ") + pack.id;
  return text;
}

constexpr const char* weiyuan_road = "620102020001";  // A community of Lanzhou.
constexpr const char* haidian = "110108";             // A district of Beijing.

TEST(Library, finds_the_packs_of_a_version_again_or_says_that_they_are_gone) {
  const Library& library = embedded_library();
  const auto set = library.chosen(std::vector<std::string>{"fl-base", "cn-8"});
  ASSERT_TRUE(set);
  const auto again = library.of_version(set->version);
  ASSERT_TRUE(again);
  EXPECT_EQ(again->version, set->version);
  EXPECT_EQ(library.of_version("fl-base@00000000").error().reason, "policy.version_gone");
  EXPECT_EQ(library.of_version("never@12345678").error().reason, "policy.version_gone");
  EXPECT_EQ(library.of_version(set->version + "+").error().reason, "policy.version_gone");
}

TEST(Overlay, packs_by_place_and_day) {
  struct Row {
    const char* area;
    const char* date;
    const char* packs;
  };
  const Row rows[] = {
      {weiyuan_road, "2022-03-06", "fl-base cn-8 cn-nat-guide-2"},
      {weiyuan_road, "2022-03-07", "fl-base cn-8 cn-nat-guide-2 gs-2022-03"},
      {weiyuan_road, "2022-03-15", "fl-base cn-8 cn-nat-guide-2 cn-antigen-2022-03 gs-2022-03 lz-gate-2022"},
      {weiyuan_road, "2022-03-22",
       "fl-base cn-8 cn-nat-guide-2 cn-antigen-2022-03 cn-nat-guide-3 gs-2022-03 lz-gate-2022"},
      {weiyuan_road, "2022-06-27",
       "fl-base cn-8 cn-nat-guide-2 cn-antigen-2022-03 cn-nat-guide-3 gs-2022-03 lz-gate-2022"},
      {weiyuan_road, "2022-06-28", "fl-base cn-nat-guide-2 cn-antigen-2022-03 cn-nat-guide-3 cn-9 lz-gate-2022"},
      {weiyuan_road, "2022-07-13",
       "fl-base cn-nat-guide-2 cn-antigen-2022-03 cn-nat-guide-3 cn-9 lz-gate-2022 lz-gate-2022-07"},
      {weiyuan_road, "2022-12-07", "fl-base cn-nat-guide-2 cn-antigen-2022-03 cn-nat-guide-3 cn-9 cn-20 cn-10"},
      {weiyuan_road, "2023-01-08", "fl-base cn-BII"},
      {haidian, "2022-03-15", "fl-base cn-8 cn-nat-guide-2 cn-antigen-2022-03"},
      {"1101", "2022-05-16", "fl-base cn-8 cn-nat-guide-2 cn-antigen-2022-03 cn-nat-guide-3"},
      {"1101", "2022-05-17", "fl-base cn-8 cn-nat-guide-2 cn-antigen-2022-03 cn-nat-guide-3 bj-2022-05"},
      {"310101", "2022-04-11", "fl-base cn-8 cn-nat-guide-2 cn-antigen-2022-03 cn-nat-guide-3 sh-2022-04"},
      {"620103", "2022-03-30",
       "fl-base cn-8 cn-nat-guide-2 cn-antigen-2022-03 cn-nat-guide-3 gs-2022-03 lz-gate-2022 lz-qilihe-2022-03"},
      {"6202", "2022-07-13", "fl-base cn-nat-guide-2 cn-antigen-2022-03 cn-nat-guide-3 cn-9"},
      {"", "2022-03-15", "fl-base cn-8 cn-nat-guide-2 cn-antigen-2022-03"},
      {weiyuan_road, "2019-12-31", ""},
  };
  for (const Row& row : rows)
    EXPECT_EQ(ids(embedded_library().in_force(row.area, day(row.date))), row.packs) << row.area << " " << row.date;
}

TEST(Overlay, the_later_and_nearer_word_counts) {
  struct Row {
    const char* area;
    const char* date;
    const char* name;
    const char* value;
    const char* pack;
  };
  const Row rows[] = {
      {weiyuan_road, "2022-03-08", "gate.nat.window_hours_out", "0", "fl-base"},
      {weiyuan_road, "2022-03-15", "gate.nat.window_hours_out", "48", "lz-gate-2022"},
      {weiyuan_road, "2022-12-07", "gate.nat.window_hours_out", "0", "cn-10"},
      {weiyuan_road, "2022-07-12", "gate.outing.per_household_per_day", "0", "fl-base"},
      {weiyuan_road, "2022-07-13", "gate.outing.per_household_per_day", "1", "lz-gate-2022-07"},
      {weiyuan_road, "2022-03-21", "test.round.hours_max", "48", "cn-nat-guide-2"},
      {weiyuan_road, "2022-03-22", "test.round.hours_max", "24", "cn-nat-guide-3"},
      {haidian, "2022-06-27", "people.close_contact.central_days", "14", "cn-8"},
      {haidian, "2022-06-28", "people.close_contact.central_days", "7", "cn-9"},
      {haidian, "2022-11-11", "people.close_contact.central_days", "5", "cn-20"},
      {haidian, "2023-01-08", "people.close_contact.central_days", "0", "cn-BII"},
      {haidian, "2022-11-11", "people.secondary_contact.kind", "none", "cn-20"},
      {haidian, "2022-12-07", "zone.smallest_unit", "household", "cn-10"},
      {haidian, "2022-03-15", "zone.sealed.nat_days", "1 4 7 10 14", "cn-8"},
      {haidian, "2023-01-08", "zone.smallest_unit", "(not set)", ""},
  };
  for (const Row& row : rows) {
    const PolicySet set = embedded_library().in_force(row.area, day(row.date));
    EXPECT_EQ(value_in(set, row.name), row.value) << row.name << " " << row.date;
    EXPECT_EQ(pack_of(set, row.name), row.pack) << row.name << " " << row.date;
  }
}

TEST(Overlay, changes_at_midnight_in_shanghai) {
  const Library& library = embedded_library();
  const Instant midnight = *parse_instant("2022-06-28T00:00:00+08:00");
  EXPECT_EQ(ids(library.in_force(haidian, midnight - Millis(1))),
            "fl-base cn-8 cn-nat-guide-2 cn-antigen-2022-03 cn-nat-guide-3 bj-2022-05");
  EXPECT_EQ(ids(library.in_force(haidian, midnight)), "fl-base cn-nat-guide-2 cn-antigen-2022-03 cn-nat-guide-3 cn-9");
}

TEST(Overlay, next_change) {
  const Library& library = embedded_library();
  EXPECT_EQ(library.next_change(haidian, day("2022-03-22")), day("2022-05-17"));
  EXPECT_EQ(library.next_change(haidian, day("2022-05-17")), day("2022-06-28"));
  EXPECT_EQ(library.next_change(weiyuan_road, day("2022-06-28")), day("2022-07-13"));
  EXPECT_EQ(library.next_change(weiyuan_road, day("2023-01-08")), std::nullopt);
}

TEST(Overlay, version_names_packs_and_content) {
  const PolicySet set = embedded_library().in_force("62", day("2021-09-13"));
  ASSERT_EQ(set.packs.size(), 2u);
  EXPECT_EQ(set.version, "fl-base@" + set.packs[0].digest + "+cn-8@" + set.packs[1].digest);
  EXPECT_EQ(set.packs[1].digest.size(), 8u);
}

TEST(Overlay, chosen_packs_whatever_the_day) {
  const std::string wanted[] = {"lz-gate-2022", "fl-base", "cn-8"};
  const auto set = embedded_library().chosen(wanted);
  ASSERT_TRUE(set);
  EXPECT_EQ(ids(*set), "fl-base cn-8 lz-gate-2022");
  const std::string unknown[] = {"cn-8", "cn-99"};
  const auto refused = embedded_library().chosen(unknown);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().reason, "policy.unknown_pack");
  EXPECT_EQ(refused.error().where, "cn-99");
}

TEST(Overlay, the_same_id_twice_is_refused) {
  Library library;
  Pack pack;
  pack.id = "x";
  EXPECT_TRUE(library.add(pack));
  const auto again = library.add(pack);
  ASSERT_FALSE(again);
  EXPECT_EQ(again.error().reason, "policy.duplicate_pack");
}

TEST(GateView, every_day_and_place_has_a_coherent_policy) {
  int days_seen = 0;
  for (const char* area : {"", "11", "62", "6201", weiyuan_road})
    for (Date d = day("2020-01-01"); d < day("2023-03-01"); d += std::chrono::days(1), ++days_seen) {
      const auto policy = gate_policy(embedded_library().in_force(area, d));
      ASSERT_TRUE(policy) << format_date(d) << " " << policy.error().reason << " " << policy.error().where;
    }
  EXPECT_GT(days_seen, 5000);
}

TEST(SealView, reads_the_packs_of_every_day_and_place) {
  int known = 0;
  for (const char* area : {"", "11", "31", "62", "620103", weiyuan_road})
    for (Date d = day("2020-01-01"); d < day("2023-03-01"); d += std::chrono::days(1)) {
      const auto policy = seal_policy(embedded_library().in_force(area, d));
      ASSERT_TRUE(policy) << format_date(d) << " " << policy.error().reason << " " << policy.error().where;
      known += policy->sealed.days_without_case.has_value();
    }
  EXPECT_GT(known, 3000);
  const auto none = seal_policy(embedded_library().in_force(weiyuan_road, day("2023-01-08")));
  EXPECT_EQ(none->sealed.days_without_case, std::nullopt) << "Class B knows no zones";
  const auto shanghai = seal_policy(embedded_library().in_force("310101", day("2022-04-20")));
  EXPECT_EQ(shanghai->clock_anchor, ClockAnchor::last_positive_sample);
  EXPECT_EQ(shanghai->sealed.days_without_case, 7);
  EXPECT_EQ(shanghai->after_sealed.days, 7);
}

TEST(SealView, a_sealed_zone_let_go_sooner_than_a_controlled_one_is_refused) {
  PolicySet set = embedded_library().in_force(weiyuan_road, day("2022-03-15"));
  set.parameters["zone.sealed.days_without_case"].parameter.value = std::int64_t{13};
  const auto policy = seal_policy(set);
  ASSERT_FALSE(policy);
  EXPECT_EQ(policy.error().reason, "policy.incoherent");
  EXPECT_EQ(policy.error().where, "zone.sealed.days_without_case");
}

TEST(GateView, reads_the_packs) {
  const auto policy = gate_policy(embedded_library().in_force(weiyuan_road, day("2022-07-20")));
  ASSERT_TRUE(policy);
  EXPECT_EQ(policy->nat.window_hours_out, 48);
  EXPECT_EQ(policy->outing.per_household_per_day, 1);
  EXPECT_EQ(policy->signs.red_code, Outcome::hold);
  EXPECT_EQ(policy->nat.anchor, NatAnchor::reported_at);
  EXPECT_FALSE(policy->version.empty());
}

TEST(GateView, class_b_asks_nothing) {
  auto policy = gate_policy(embedded_library().in_force(weiyuan_road, day("2023-01-08")));
  ASSERT_TRUE(policy);
  EXPECT_EQ(policy->signs.fever_tenths, 0);
  EXPECT_EQ(policy->zone, ZonePolicy{});
  EXPECT_EQ(policy->isolation, IsolationPolicy{});
  EXPECT_EQ(policy->visit, VisitPolicy{});
  EXPECT_EQ(policy->code, CodePolicy{});
  EXPECT_EQ(policy->signs, SignsPolicy{});
  EXPECT_EQ(policy->trip, TripPolicy{});
  EXPECT_EQ(policy->reminder, ReminderPolicy{});
}

TEST(GateView, a_parameter_that_nobody_sets_is_named) {
  const std::string only[] = {"lz-gate-2022"};
  const auto policy = gate_policy(*embedded_library().chosen(only));
  ASSERT_FALSE(policy);
  EXPECT_EQ(policy.error().reason, "policy.parameter_missing");
  EXPECT_EQ(policy.error().where, "gate.clock_skew_seconds_max");
}

TEST(GateView, a_worse_case_treated_more_mildly_is_refused) {
  PolicySet set = embedded_library().in_force(weiyuan_road, day("2022-03-15"));
  set.parameters["gate.zone.sealed_home_out"].parameter.value = std::string("pass_with_reminder");
  const auto policy = gate_policy(set);
  ASSERT_FALSE(policy);
  EXPECT_EQ(policy.error().reason, "policy.incoherent");
  EXPECT_EQ(policy.error().where, "gate.zone.sealed_home_out");
}

TEST(Folder, that_does_not_exist_is_a_fault) {
  const LibraryReading reading = read_folder(FL_SOURCE_DIR "/policies/none");
  ASSERT_EQ(reading.faults.size(), 1u);
  EXPECT_EQ(reading.faults[0].reason, "policy.unreadable");
}

}  // namespace
}  // namespace firstline::policy
