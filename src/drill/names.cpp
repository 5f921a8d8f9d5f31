#include "drill/names.hpp"

#include <algorithm>
#include <array>
#include <string_view>

namespace firstline::drill {
namespace {

// Earlier ones are drawn more often (the smaller of two draws).
constexpr std::array<std::string_view, 48> surnames{
    "王", "李", "张", "刘", "陈", "杨", "赵", "马", "周", "吴", "徐", "孙", "朱", "胡", "郭", "何",
    "高", "林", "罗", "郑", "梁", "谢", "宋", "唐", "许", "韩", "冯", "邓", "曹", "彭", "曾", "肖",
    "田", "董", "潘", "袁", "蔡", "蒋", "余", "于", "杜", "叶", "程", "魏", "苏", "吕", "丁", "欧阳"};
constexpr std::array<std::string_view, 24> female{"芳", "娟", "敏", "静", "丽", "燕", "艳", "霞",
                                                  "玲", "桂", "兰", "英", "梅", "琴", "云", "洁",
                                                  "雪", "婷", "萍", "红", "月", "秀", "慧", "欣"};
constexpr std::array<std::string_view, 24> male{"伟", "强", "军", "勇", "杰", "涛", "明", "超", "刚", "平", "辉", "鹏",
                                                "华", "飞", "建", "国", "文", "斌", "波", "宇", "浩", "志", "林", "龙"};
constexpr std::array<std::string_view, 16> either{"晓", "小", "春", "永", "海", "金", "玉", "新",
                                                  "子", "佳", "一", "思", "家", "天", "安", "宁"};

template <std::size_t N>
std::string_view one_of(const std::array<std::string_view, N>& list, SeededRandom& random) {
  return list[random.below(N)];
}

}  // namespace

std::string made_up_surname(SeededRandom& random) {
  return std::string(surnames[std::min(random.below(surnames.size()), random.below(surnames.size()))]);
}

std::string made_up_given_name(SeededRandom& random, Sex sex) {
  const auto& own = sex == Sex::female ? female : male;
  std::string name;
  if (random.below(100) < 72) name += random.below(2) ? one_of(either, random) : one_of(own, random);
  name += one_of(own, random);
  return name;
}

}  // namespace firstline::drill
