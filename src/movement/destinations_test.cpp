#include "movement/destinations.hpp"

#include <gtest/gtest.h>

namespace firstline::movement {
namespace {

std::string first(std::string_view typed, std::string_view home = "620102020") {
  const auto found = gazetteer().find(typed, home, 8);
  return found.empty() ? "" : found[0].code;
}

TEST(Destinations, AreFoundAsTheyAreTyped) {
  const std::pair<const char*, const char*> rows[] = {
      {"甘肃", "62"},
      {"兰州", "6201"},
      {"兰州市", "6201"},
      {"城关区", "620102"},
      {"兰州 七里河", "620103"},
      {"兰州七里河", "620103"},
      {"北京朝阳", "110105"},
      {"北京市朝阳区", "110105"},
      {"朝阳区 北京", ""},  // The wider place is said first.
      {"宁卧庄", "620102020003"},
      {"渭源路", "620102020"},
      {"lanzhou", "6201"},
      {"lz", "6201"},
      {"LanZhou QiLiHe", "620103"},
      {"lzqlh", "620103"},
      {"beijingchaoyang", "110105"},
      {"620102020", "620102020"},
      {"1101", "110101"},
      {"香港", "81"},
      {"济源", "419001"},
      {"没有这个地方", ""},
      {"", ""},
      {"   ", ""},
  };
  for (const auto& [typed, code] : rows) EXPECT_EQ(first(typed), code) << typed;
}

TEST(Destinations, SayWhatTheyLieIn) {
  EXPECT_EQ(gazetteer().find("七里河", "62", 1)[0].inside, "甘肃省 兰州市");
  EXPECT_EQ(gazetteer().find("北京朝阳", "62", 1)[0].inside, "北京市");
  EXPECT_EQ(gazetteer().find("宁卧庄", "62", 1)[0].inside, "甘肃省 兰州市 城关区 渭源路街道");
  EXPECT_EQ(gazetteer().find("甘肃", "62", 1)[0].inside, "");
}

TEST(Destinations, OfEqualsTheNearerComesFirst) {
  EXPECT_EQ(first("鼓楼区", "320102"), "320106") << "Nanjing, seen from Nanjing";
  EXPECT_EQ(first("鼓楼区", "350103"), "350102") << "Fuzhou, seen from Fuzhou";
  EXPECT_LE(gazetteer().find("区", "62", 8).size(), 8u);
}

TEST(Destinations, BrokenTextFindsNothingAndBreaksNothing) {
  EXPECT_TRUE(gazetteer().find("\xff\xfe", "62", 8).empty());
  EXPECT_TRUE(gazetteer().find(std::string(5000, 'x'), "62", 8).empty());
  EXPECT_TRUE(gazetteer().find("!!", "", 8).empty());
}

}  // namespace
}  // namespace firstline::movement
