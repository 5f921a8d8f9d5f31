#include "policy/risk_place.hpp"

#include <gtest/gtest.h>

#include "base/clock.hpp"
#include "policy/library.hpp"

namespace firstline::policy {
namespace {

const Date day = *parse_date("2022-07-20");
constexpr std::chrono::days one{1};

RiskPlace place(const char* code, Risk risk, int from = 0, std::optional<int> until = {}) {
  return {code, "a place", risk, day + from * one, until ? std::optional(day + *until * one) : std::nullopt, "notice"};
}

TEST(RiskOf, TheHighestPlaceThatHoldsTheDestinationOnADayOfTheTrip) {
  const std::vector<RiskList> lists{{"", {place("6201", Risk::medium, 0, 10), place("620102", Risk::high, 5)}}};
  const auto risk = [&](std::string_view code, int leaves, int back) {
    return risk_of(lists, code, day + leaves * one, day + back * one).risk;
  };
  EXPECT_EQ(risk("620103", 0, 0), Risk::medium);
  EXPECT_EQ(risk("620102020", 0, 4), Risk::medium) << "high from the sixth day only";
  EXPECT_EQ(risk("620102020", 0, 5), Risk::high);
  EXPECT_EQ(risk("62", 0, 9), Risk::low) << "said less exactly than any place";
  EXPECT_EQ(risk("", 0, 0), Risk::low);
  EXPECT_EQ(risk("620103", 10, 11), Risk::low) << "its end is excluded";
  EXPECT_EQ(risk("620103", -3, -1), Risk::low);
  EXPECT_EQ(risk("620103", 9, 30), Risk::medium) << "its last day is a day of the trip";
  EXPECT_EQ(risk("620103", -3, 0), Risk::medium) << "its first day is a day of the trip";
}

// The rule for two lists: place by place and day by day the nearer word counts, and then the highest of all places.
struct Row {
  const char* why;
  std::vector<RiskPlace> nation, city, own;
  Risk risk;
  const char* said_by;  // Whose word it rests on; "-": nobody's.
};
TEST(RiskOf, WhereTwoListsSpeakAboutOnePlaceTheNearerCounts) {
  const auto high = [](const char* code) { return place(code, Risk::high); };
  const auto medium = [](const char* code) { return place(code, Risk::medium); };
  const auto low = [](const char* code) { return place(code, Risk::low); };
  const Row rows[] = {
      {"nobody speaks", {}, {}, {}, Risk::low, "-"},
      {"only the nation", {high("110105")}, {}, {}, Risk::high, "nation"},
      {"the city is stricter", {medium("110105")}, {high("110105")}, {}, Risk::high, "city"},
      {"the city is milder: it is nearer", {high("110105")}, {medium("110105")}, {}, Risk::medium, "city"},
      {"the community's own table is the nearest",
       {high("110105")},
       {high("110105")},
       {medium("110105")},
       Risk::medium,
       ""},
      {"and may say that it is over", {high("110105")}, {}, {low("110105")}, Risk::low, ""},
      {"a word about another place changes nothing", {high("110105")}, {}, {low("110106")}, Risk::high, "nation"},
      {"a word about the whole city does not lift its district",
       {high("110105")},
       {},
       {low("11")},
       Risk::high,
       "nation"},
      {"of nested places the highest", {medium("11")}, {high("110105")}, {}, Risk::high, "city"},
      {"of nested places the highest, also the wider", {high("11")}, {medium("110105")}, {}, Risk::high, "nation"},
      {"two words of one list: the stricter", {}, {}, {medium("110105"), high("110105")}, Risk::high, ""},
      {"a nearer word counts only on its own days",
       {high("110105")},
       {},
       {place("110105", Risk::low, 5, 9)},
       Risk::high,
       "nation"},
      {"a nearer word on every day of the trip",
       {high("110105")},
       {},
       {place("110105", Risk::low, 0, 2)},
       Risk::low,
       ""},
      {"the trip goes on after the nearer word ends",
       {high("110105")},
       {},
       {place("110105", Risk::low, 0, 1)},
       Risk::high,
       "nation"},
  };
  for (const Row& row : rows) {
    const std::vector<RiskList> lists{{"nation", row.nation}, {"city", row.city}, {"", row.own}};
    const RiskFound found = risk_of(lists, "110105001", day, day + one);
    EXPECT_EQ(found.risk, row.risk) << row.why;
    EXPECT_EQ(found.list ? found.list->pack : "-", row.said_by) << row.why;
    EXPECT_EQ(found.place != nullptr, found.list != nullptr) << row.why;
  }
}

// Against the plain reading of the rule: every day of the trip, every code above the destination.
TEST(RiskOf, AgreesWithTheRuleReadDayByDay) {
  SeededRandom random{11};
  const char* codes[] = {"11", "1101", "110105", "110105001"};
  for (int run = 0; run < 400; ++run) {
    std::vector<RiskList> lists(3);
    for (RiskList& list : lists)
      for (std::uint64_t i = random.below(4); i > 0; --i) {
        const int from = static_cast<int>(random.below(12));
        const bool ends = random.below(2) == 0;
        list.places.push_back(place(codes[random.below(4)], static_cast<Risk>(random.below(3)), from,
                                    ends ? std::optional(from + 1 + static_cast<int>(random.below(5))) : std::nullopt));
      }
    const int leaves = static_cast<int>(random.below(12)), back = leaves + static_cast<int>(random.below(6));
    Risk wanted = Risk::low;
    for (int each = leaves; each <= back; ++each) {
      const Date today = day + each * one;
      for (const char* code : codes) {
        std::optional<Risk> word;
        for (const RiskList& list : lists) {  // Nearer later: it replaces.
          std::optional<Risk> here;
          for (const RiskPlace& p : list.places)
            if (p.code == code && p.valid_from <= today && (!p.valid_until || today < *p.valid_until))
              here = std::max(here.value_or(Risk::low), p.risk);
          if (here) word = here;
        }
        wanted = std::max(wanted, word.value_or(Risk::low));
      }
    }
    EXPECT_EQ(risk_of(lists, "110105001", day + leaves * one, day + back * one).risk, wanted) << "run " << run;
  }
}

// Packs of a nation and of a city, as an office writes them.
TEST(RiskOf, PacksOverlayInTheOrderOfAuthorities) {
  const auto pack = [](const char* id, const char* area, const char* rows) {
    const auto reading = read_pack("[pack]\nid = \"" + std::string(id) + "\"\narea = \"" + area +
                                       "\"\nissuer = \"i\"\ndocument = \"d\"\nvalid_from = 2022-07-01\n" + rows,
                                   id);
    EXPECT_TRUE(reading.pack) << (reading.faults.empty() ? "" : reading.faults[0].where + reading.faults[0].reason);
    return *reading.pack;
  };
  Library library;
  ASSERT_TRUE(library.add(pack("city", "6201",
                               "[[risk_places]]\ncode = \"110105\"\nname = \"n\"\nrisk = \"low\"\nfrom = "
                               "2022-07-20\nsource = \"s\"\n")));
  ASSERT_TRUE(library.add(pack("nation", "",
                               "[[risk_places]]\ncode = \"110105\"\nname = \"n\"\nrisk = \"high\"\nfrom = "
                               "2022-07-20\nuntil = 2022-07-25\nsource = \"s\"\n")));
  const auto here = library.in_force("620102", day), elsewhere = library.in_force("110105", day);
  ASSERT_EQ(here.risk_lists.size(), 2u);
  EXPECT_EQ(here.risk_lists[1].pack, "city") << "the nearer one later";
  EXPECT_EQ(risk_of(here.risk_lists, "110105", day, day).risk, Risk::low);
  EXPECT_EQ(risk_of(elsewhere.risk_lists, "110105", day, day).risk, Risk::high) << "the city speaks for itself only";
  EXPECT_TRUE(here.packs[0].risk_places.empty()) << "a head only";
}

}  // namespace
}  // namespace firstline::policy
