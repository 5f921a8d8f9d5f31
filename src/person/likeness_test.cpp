#include "person/likeness.hpp"

#include <gtest/gtest.h>

namespace firstline::person {
namespace {

TEST(Likeness, HowNearTwoNamesSound) {
  struct Row {
    const char* one;
    const char* other;
    Sounding near;
  };
  const Row rows[] = {
      {"张丽", "张莉", Sounding::alike},       // The same sound.
      {"章丽", "臧丽", Sounding::alike},       // zh/z, ...
      {"陈强", "岑强", Sounding::alike},       // ch/c,
      {"石磊", "司磊", Sounding::alike},       // sh/s,
      {"刘兰", "牛男", Sounding::alike},       // l/n,
      {"王英", "王音", Sounding::alike},       // ing/in,
      {"郑刚", "郑干", Sounding::alike},       // ang/an,
      {"程峰", "陈芬", Sounding::alike},       // eng/en, twice.
      {"Zhang San", "张三", Sounding::alike},  // Written in letters.
      {"zhangsan", "张三", Sounding::alike},
      {"买买提·艾力", "买买提艾力", Sounding::alike},
      {"单国庆", "山国庆", Sounding::alike},  // A surname that is read in its own way.
      {"张伟", "张强", Sounding::one_syllable_apart},
      {"李小红", "李红", Sounding::one_syllable_apart},  // One left out,
      {"王建国", "王建军", Sounding::one_syllable_apart},
      {"王红", "王", Sounding::apart},  // but of two, too much is gone.
      {"张伟", "李强", Sounding::apart},
      {"王建国", "张建军", Sounding::apart},
      {"黄丽", "方丽", Sounding::one_syllable_apart},  // h/f is not among what is mixed up here.
      {"周", "邹", Sounding::alike},
      {"张", "李", Sounding::apart},
      {"王芳1", "王芳2", Sounding::apart},  // Namesakes, numbered by the office.
      {"", "", Sounding::apart},
  };
  for (const Row& row : rows) {
    EXPECT_EQ(sounding(row.one, row.other), row.near) << row.one << " " << row.other;
    EXPECT_EQ(sounding(row.other, row.one), row.near) << row.other << " " << row.one;
  }
}

TEST(Likeness, WhomTheDeskIsAskedAbout) {
  const auto day = parse_date("1950-03-15"), other_day = parse_date("1982-07-01");
  const std::string number = "11010519491231002X", other_number = "440524188001010014";
  struct Row {
    const char* what;
    Described one, other;
    bool same_home, asked;
  };
  const Row rows[] = {
      {"home and day, alike", {"张丽", {}, day}, {"张莉", {}, day}, true, true},
      {"home and day, one syllable", {"张伟", {}, day}, {"张强", {}, day}, true, true},
      {"home and day, apart", {"张伟", {}, day}, {"李强", {}, day}, true, false},
      {"home only, alike", {"张丽", {}, day}, {"张莉", {}, other_day}, true, true},
      {"home only, alike, no day known", {"张丽", {}, {}}, {"张莉", {}, day}, true, true},
      {"home only, one syllable: father and son", {"王建国", {}, day}, {"王建军", {}, other_day}, true, false},
      {"day only, alike", {"张丽", {}, day}, {"张莉", {}, day}, false, true},
      {"day only, one syllable", {"张伟", {}, day}, {"张强", {}, day}, false, false},
      {"neither", {"张丽", {}, day}, {"张莉", {}, other_day}, false, false},
      {"no day known, other home", {"张丽", {}, {}}, {"张莉", {}, {}}, false, false},
      {"two numbers", {"张丽", number, day}, {"张莉", other_number, day}, true, false},
      {"one number twice", {"张丽", number, day}, {"张莉", number, day}, true, true},
      {"one number", {"张丽", number, day}, {"张莉", {}, day}, true, true},
  };
  for (const Row& row : rows) {
    EXPECT_EQ(may_be_same_person(row.one, row.other, row.same_home), row.asked) << row.what;
    EXPECT_EQ(may_be_same_person(row.other, row.one, row.same_home), row.asked) << row.what;
  }
}

}  // namespace
}  // namespace firstline::person
