#include "policy/catalogue.hpp"

#include <set>

#include <boost/mp11/algorithm.hpp>
#include <gtest/gtest.h>

#include "policy/wire.hpp"

namespace firstline::policy {
namespace {

template <class Group>
void collect(std::set<std::string>& names, const std::string& prefix) {
  boost::mp11::mp_for_each<boost::describe::describe_members<Group, boost::describe::mod_public>>([&](auto member) {
    using Field = std::remove_cvref_t<decltype(std::declval<Group>().*member.pointer)>;
    const std::string name = prefix + "." + member.name;
    if constexpr (std::is_same_v<Field, std::string>) return;
    else if constexpr (boost::describe::has_describe_members<Field>::value) collect<Field>(names, name);
    else names.insert(name);
  });
}

TEST(Catalogue, holds_exactly_the_fields_of_the_gate_policy) {
  std::set<std::string> fields, entries;
  collect<GatePolicy>(fields, "gate");
  for (const Entry& entry : catalogue())
    if (entry.reader == "gate") entries.insert(std::string(entry.name));
  EXPECT_EQ(entries, fields);
  EXPECT_GT(fields.size(), 60u);
}

TEST(Catalogue, holds_exactly_the_fields_of_the_seal_policy) {
  std::set<std::string> fields, entries;
  collect<SealPolicy>(fields, "zone");
  for (const Entry& entry : catalogue())
    if (entry.reader == "seal") entries.insert(std::string(entry.name));
  EXPECT_EQ(entries, fields);
  EXPECT_GT(fields.size(), 20u);
}

TEST(Catalogue, holds_exactly_the_fields_of_the_isolation_policy) {
  std::set<std::string> fields, entries;
  collect<PeoplePolicy>(fields, "people");
  for (const Entry& entry : catalogue())
    if (entry.reader == "isolation") entries.insert(std::string(entry.name));
  EXPECT_EQ(entries, fields);
  EXPECT_GT(fields.size(), 20u);
}

TEST(Catalogue, every_row_is_whole) {
  std::set<std::string_view> names;
  for (const Entry& entry : catalogue()) {
    EXPECT_TRUE(names.insert(entry.name).second) << entry.name;
    EXPECT_FALSE(entry.zh.empty()) << entry.name;
    EXPECT_FALSE(entry.en.empty()) << entry.name;
    if (entry.type == ValueType::integer || entry.type == ValueType::day_list) {
      EXPECT_LT(entry.min, entry.max) << entry.name;
      EXPECT_FALSE(entry.unit.empty()) << entry.name;
    }
    if (entry.type == ValueType::choice || entry.type == ValueType::choice_list) {
      EXPECT_FALSE(entry.choices.empty()) << entry.name;
    }
    EXPECT_EQ(find_entry(entry.name), &entry);
  }
  EXPECT_EQ(find_entry("gate.nat"), nullptr);
  EXPECT_EQ(find_entry(""), nullptr);
}

TEST(Catalogue, values_are_held_to_type_and_range) {
  using Numbers = std::vector<std::int64_t>;
  using Words = std::vector<std::string>;
  struct Row {
    const char* name;
    Value value;
    const char* reason;  // "" = accepted
  };
  const Row rows[] = {
      {"gate.nat.window_hours_out", std::int64_t{0}, ""},
      {"gate.nat.window_hours_out", std::int64_t{720}, ""},
      {"gate.nat.window_hours_out", std::int64_t{721}, "policy.out_of_range"},
      {"gate.nat.window_hours_out", std::int64_t{-1}, "policy.out_of_range"},
      {"gate.nat.window_hours_out", true, "policy.wrong_type"},
      {"gate.nat.window_hours_out", std::string("48"), "policy.wrong_type"},
      {"gate.nat.asked_of_children", true, ""},
      {"gate.nat.asked_of_children", std::int64_t{1}, "policy.wrong_type"},
      {"gate.signs.red_code", std::string("hold"), ""},
      {"gate.signs.red_code", std::string("Hold"), "policy.out_of_range"},
      {"gate.signs.red_code", std::string(""), "policy.out_of_range"},
      {"gate.signs.red_code", std::string("refuse hold"), "policy.out_of_range"},
      {"gate.signs.red_code", std::string("pas"), "policy.out_of_range"},
      {"zone.sealed.nat_days", Numbers{1, 4, 7}, ""},
      {"zone.sealed.nat_days", Numbers{}, ""},
      {"zone.sealed.nat_days", Numbers{4, 1}, "policy.out_of_range"},
      {"zone.sealed.nat_days", Numbers{4, 4}, "policy.out_of_range"},
      {"zone.sealed.nat_days", Numbers{0}, "policy.out_of_range"},
      {"zone.sealed.nat_days", Numbers{61}, "policy.out_of_range"},
      {"zone.restart_on", Words{"new_case", "new_positive"}, ""},
      {"zone.restart_on", Words{"new_case", "new_case"}, "policy.out_of_range"},
      {"zone.restart_on", Words{"rain"}, "policy.out_of_range"},
      {"zone.restart_on", Numbers{1}, "policy.wrong_type"},
  };
  for (const Row& row : rows) {
    const auto checked = check_value(*find_entry(row.name), row.value);
    EXPECT_EQ(checked ? "" : checked.error().reason, row.reason) << row.name << " = " << format_value(row.value);
  }
}

}  // namespace
}  // namespace firstline::policy
