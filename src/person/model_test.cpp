#include "person/model.hpp"

#include <gtest/gtest.h>

#include "json/json.hpp"
#include "person/wire.hpp"

namespace firstline::person {
namespace {

const Date today = *parse_date("2022-03-15");

TEST(Masking, names) {
  const std::pair<const char*, const char*> rows[] = {
      {"张三", "张**"}, {"张三丰", "张**"}, {"欧阳修远", "欧**"}, {"阿依努尔·买买提", "阿**"},
      {"𠮷野", "𠮷**"}, {"Anna", "A**"},    {"", "**"},           {"李", "李**"},
  };
  for (const auto& [name, masked] : rows) EXPECT_EQ(mask_name(name), masked);
}

TEST(Masking, phones_and_numbers) {
  EXPECT_EQ(mask_phone("13812341234"), "138****1234");
  EXPECT_EQ(mask_phone("09318888888"), "*********88");
  EXPECT_EQ(mask_phone("12"), "**");
  EXPECT_EQ(mask_phone(""), "");
  EXPECT_EQ(mask_id_number("11010519491231002X"), "**************002X");
  EXPECT_EQ(mask_id_number("002X"), "****");
}

TEST(Masking, no_clear_field_in_what_lists_show) {
  const Person person{{1},
                      {2},
                      {3},
                      "欧阳修远",
                      "11010519491231002X",
                      "13812341234",
                      parse_date("1949-12-31"),
                      "科技街 7 号",
                      {Mark::lone_elder, Mark::no_phone},
                      false};
  const std::string text = json::write(masked(person, today));
  for (const char* clear : {"欧阳", "阳修", "修远", "1101051949", "13812341234", "1949", "科技街"}) {
    EXPECT_EQ(text.find(clear), std::string::npos) << clear << " in " << text;
  }
  EXPECT_NE(text.find("\"欧**\""), std::string::npos) << text;
  EXPECT_NE(text.find("lone_elder"), std::string::npos) << text;
}

TEST(AgeBands, turn_on_the_birthday) {
  const struct {
    const char* born;
    AgeBand band;
  } rows[] = {
      {"2008-03-16", AgeBand::child}, {"2008-03-15", AgeBand::adult}, {"1962-03-16", AgeBand::adult},
      {"1962-03-15", AgeBand::elder}, {"2022-03-15", AgeBand::child},
  };
  for (const auto& row : rows) EXPECT_EQ(age_band(parse_date(row.born), today), row.band) << row.born;
  EXPECT_EQ(age_band(std::nullopt, today), AgeBand::adult);
}

}  // namespace
}  // namespace firstline::person
