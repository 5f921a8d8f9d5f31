#include "policy/pack.hpp"

#include <string>

#include <gtest/gtest.h>

#include "policy/library.hpp"

namespace firstline::policy {
namespace {

const std::string head = R"([pack]
id = "test-1"
area = "620102"
issuer = "Somebody"
document = "Something"
valid_from = 2022-03-07
valid_to = 2022-03-31
)";
const std::string line8 = "[parameters.gate.nat]\n";
const std::string good = R"(window_hours_out = { value = 48, unit = "hours", source = "a notice", grade = "B" })";

std::string all_faults(const PackReading& reading) {
  std::string text;
  for (const Fault& fault : reading.faults) text += (text.empty() ? "" : " ") + fault.where + "=" + fault.reason;
  return text;
}

TEST(Pack, reads_a_whole_one) {
  const PackReading reading = read_pack(head + line8 + good, "t.toml");
  EXPECT_EQ(all_faults(reading), "");
  ASSERT_TRUE(reading.pack);
  const Pack& pack = *reading.pack;
  EXPECT_EQ(pack.id, "test-1");
  EXPECT_EQ(pack.level(), Level::district);
  EXPECT_EQ(format_date(pack.valid_from), "2022-03-07");
  EXPECT_EQ(format_date(*pack.valid_to), "2022-03-31");
  const Parameter& parameter = pack.parameters.at("gate.nat.window_hours_out");
  EXPECT_EQ(parameter.value, Value(std::int64_t{48}));
  EXPECT_EQ(parameter.source, "a notice");
  EXPECT_EQ(parameter.grade, Grade::B);
  EXPECT_EQ(parameter.line, 9);
}

TEST(Pack, quoted_names_are_the_same_as_tables) {
  const PackReading reading =
      read_pack(head + "[parameters]\n\"gate.nat.window_hours_out\"" + good.substr(16), "t.toml");
  ASSERT_TRUE(reading.pack) << all_faults(reading);
  EXPECT_EQ(reading.pack->digest, read_pack(head + line8 + good, "t.toml").pack->digest);
}

// Lines 9 on: "code", "name", "risk", "from", "until", "source" of one place.
std::string risk_place(const std::string& change = "", const std::string& more = "") {
  std::vector<std::string> lines{"code = \"110105\"", "name = \"Chaoyang\"", "risk = \"high\"",
                                 "from = 2022-03-08", "until = 2022-03-20",  "source = \"notice 7\""};
  const std::string key = change.substr(0, change.find(' '));
  std::string text = "[[risk_places]]\n";
  for (const std::string& line : lines) {
    if (!change.empty() && line.starts_with(key + " ")) text += change == key ? "\n" : change + "\n";
    else text += line + "\n";
  }
  return text + more;
}

TEST(Pack, may_list_places_at_risk_beside_its_parameters_or_alone) {
  const auto both = read_pack(head + line8 + good + "\n" + risk_place(), "t.toml");
  ASSERT_TRUE(both.pack) << all_faults(both);
  ASSERT_EQ(both.pack->risk_places.size(), 1u);
  const RiskPlace& place = both.pack->risk_places[0];
  EXPECT_EQ(place.code, "110105");
  EXPECT_EQ(place.risk, Risk::high);
  EXPECT_EQ(format_date(place.valid_from), "2022-03-08");
  EXPECT_EQ(format_date(*place.valid_until), "2022-03-20");
  const auto alone = read_pack(head + risk_place(), "t.toml");
  ASSERT_TRUE(alone.pack) << all_faults(alone);
  EXPECT_TRUE(alone.pack->parameters.empty());
  EXPECT_EQ(all_faults(read_pack(head, "t.toml")), "t.toml:1=policy.missing_key") << "neither";
}

TEST(Pack, refuses_a_bad_place_with_its_line_and_reason) {
  const std::pair<const char*, const char*> rows[] = {
      {"code = \"11010\"", "t.toml:9=policy.bad_code"},
      {"code = \"Beijing\"", "t.toml:9=policy.bad_code"},
      {"code", "t.toml:8=policy.missing_key"},
      {"name = \" \"", "t.toml:10=policy.missing_key"},
      {"risk = \"severe\"", "t.toml:11=policy.risk_unknown"},
      {"risk = 3", "t.toml:11=policy.wrong_type"},
      {"from = \"2022-03-08\"", "t.toml:12=policy.wrong_type"},
      {"until = 2022-03-08", "t.toml:13=policy.until_before_from"},
      {"source = \"\"", "t.toml:14=policy.source_missing"},
      {"source", "t.toml:8=policy.source_missing"},
      {"until", ""},
  };
  for (const auto& [change, faults] : rows)
    EXPECT_EQ(all_faults(read_pack(head + risk_place(change), "t.toml")), faults) << change;
  EXPECT_EQ(all_faults(read_pack(head + risk_place("", "colour = \"red\"\n"), "t.toml")),
            "t.toml:15=policy.unknown_key");
  EXPECT_EQ(all_faults(read_pack("risk_places = 3\n" + head + line8 + good, "t.toml")), "t.toml:1=policy.wrong_type");
  EXPECT_EQ(all_faults(read_pack(head + risk_place() + risk_place("from = 2022-03-19"), "t.toml")),
            "t.toml:15=policy.place_twice");
  EXPECT_EQ(all_faults(read_pack(head + risk_place() + risk_place("from = 2022-03-20", ""), "t.toml")),
            "t.toml:20=policy.until_before_from")
      << "the other line stays as it is";
}

TEST(Pack, the_digest_covers_places_and_stays_where_there_are_none) {
  const auto digest = [](const std::string& text) { return read_pack(text, "t.toml").pack->digest; };
  EXPECT_NE(digest(head + line8 + good), digest(head + line8 + good + "\n" + risk_place()));
  EXPECT_NE(digest(head + risk_place()), digest(head + risk_place("risk = \"medium\"")));
  EXPECT_NE(digest(head + risk_place()), digest(head + risk_place("until")));
}

TEST(Pack, first_and_last_day_are_in_force) {
  const Pack pack = *read_pack(head + line8 + good, "t.toml").pack;
  EXPECT_FALSE(pack.in_force_on(*parse_date("2022-03-06")));
  EXPECT_TRUE(pack.in_force_on(*parse_date("2022-03-07")));
  EXPECT_TRUE(pack.in_force_on(*parse_date("2022-03-31")));
  EXPECT_FALSE(pack.in_force_on(*parse_date("2022-04-01")));
  EXPECT_TRUE(pack.covers("620102020001"));
  EXPECT_FALSE(pack.covers("6201"));
  EXPECT_FALSE(pack.covers("620103"));
}

TEST(Pack, digest_is_of_the_content_and_not_of_the_layout) {
  const std::string digest = read_pack(head + line8 + good, "t.toml").pack->digest;
  EXPECT_EQ(read_pack("# a comment\n\n" + head + "\n" + line8 + "\n" + good + " # more", "other.toml").pack->digest,
            digest);
  std::string changed = head + line8 + good;
  changed.replace(changed.find("48"), 2, "72");
  EXPECT_NE(read_pack(changed, "t.toml").pack->digest, digest);
  changed = head + line8 + good;
  changed.replace(changed.find("a notice"), 8, "b notice");
  EXPECT_NE(read_pack(changed, "t.toml").pack->digest, digest);
}

// One thing is spoilt in a good pack: what is refused, and on which line.
struct Spoilt {
  const char* what;
  const char* from;
  const char* to;
  const char* faults;
};
const Spoilt spoilt[] = {
    {"broken text", "[pack]", "[pack", "t.toml:1=policy.syntax"},
    {"no id", "id = \"test-1\"\n", "", "t.toml:1=policy.missing_key"},
    {"an empty issuer", "\"Somebody\"", "\"  \"", "t.toml:4=policy.missing_key"},
    {"an id with a blank", "test-1", "test 1", "t.toml:2=policy.bad_id"},
    {"an area of odd length", "620102", "62010", "t.toml:3=policy.bad_area"},
    {"an area with letters", "620102", "62010x", "t.toml:3=policy.bad_area"},
    {"a date as text", "2022-03-07", "\"2022-03-07\"", "t.toml:6=policy.wrong_type"},
    {"a day that does not exist", "2022-03-07", "2022-02-30", "t.toml:6=policy.syntax"},
    {"the end before the beginning", "2022-03-31", "2022-03-06", "t.toml:7=policy.valid_to_before_valid_from"},
    {"an unknown key of the head", "issuer =", "editor = \"x\"\nissuer =", "t.toml:4=policy.unknown_key"},
    {"an unknown table", "[parameters.gate.nat]", "[parameter.gate.nat]",
     "t.toml:1=policy.missing_key t.toml:8=policy.unknown_key"},
    {"an unknown parameter", "window_hours_out", "window_hour_out", "t.toml:9=policy.unknown_parameter"},
    {"a bare value", "{ value = 48, unit = \"hours\", source = \"a notice\", grade = \"B\" }", "48",
     "t.toml:9=policy.missing_key"},
    {"no value", "value = 48, ", "", "t.toml:9=policy.missing_key"},
    {"text for a number", "48", "\"48\"", "t.toml:9=policy.wrong_type"},
    {"a fraction", "48", "48.5", "t.toml:9=policy.wrong_type"},
    {"a mixed list", "48", "[1, \"a\"]", "t.toml:9=policy.wrong_type"},
    {"a negative window", "48", "-48", "t.toml:9=policy.out_of_range"},
    {"a window of years", "48", "9000", "t.toml:9=policy.out_of_range"},
    {"no unit", "unit = \"hours\", ", "", "t.toml:9=policy.unit_wrong"},
    {"the wrong unit", "\"hours\"", "\"days\"", "t.toml:9=policy.unit_wrong"},
    {"no source", "source = \"a notice\", ", "", "t.toml:9=policy.source_missing"},
    {"an empty source", "\"a notice\"", "\"\"", "t.toml:9=policy.source_missing"},
    {"no grade", ", grade = \"B\"", "", "t.toml:9=policy.grade_missing"},
    {"an unknown grade", "\"B\"", "\"D\"", "t.toml:9=policy.grade_unknown"},
    {"an uncertain number as a rule", "\"B\"", "\"U\"", "t.toml:9=policy.uncertain_without_default"},
    {"an unknown key of a parameter", "grade =", "level = 1, grade =", "t.toml:9=policy.unknown_key"},
    {"two at once", "48, unit = \"hours\"", "-1, unit = \"days\"",
     "t.toml:9=policy.out_of_range t.toml:9=policy.unit_wrong"},
};

TEST(Pack, refuses_each_spoilt_one_with_line_and_reason) {
  for (const Spoilt& row : spoilt) {
    std::string text = head + line8 + good;
    const std::size_t at = text.find(row.from);
    ASSERT_NE(at, std::string::npos) << row.what;
    text.replace(at, std::string_view(row.from).size(), row.to);
    const PackReading reading = read_pack(text, "t.toml");
    EXPECT_FALSE(reading.pack) << row.what;
    EXPECT_EQ(all_faults(reading), row.faults) << row.what;
  }
}

TEST(Pack, an_uncertain_number_may_be_a_default) {
  std::string text = head + line8 + good;
  text.replace(text.find("grade = \"B\""), 11, "grade = \"U\", default_of = \"the city\"");
  const PackReading reading = read_pack(text, "t.toml");
  EXPECT_EQ(all_faults(reading), "");
  EXPECT_TRUE(reading.pack);
}

TEST(Pack, a_huge_file_is_refused_unread) {
  EXPECT_EQ(all_faults(read_pack(std::string(pack_bytes_max + 1, '#'), "t.toml")), "t.toml:1=policy.too_large");
}

TEST(Packs, shipped_ones_have_no_fault) {
  const LibraryReading reading = read_folder(FL_SOURCE_DIR "/policies");
  for (const Fault& fault : reading.faults) ADD_FAILURE() << fault.where << " " << fault.reason << " " << fault.detail;
  EXPECT_GE(reading.library.packs().size(), 10u);
  ASSERT_EQ(embedded_library().packs().size(), reading.library.packs().size());
  for (std::size_t i = 0; i < reading.library.packs().size(); ++i)
    EXPECT_EQ(embedded_library().packs()[i].digest, reading.library.packs()[i].digest);
}

}  // namespace
}  // namespace firstline::policy
