#include "policy/catalogue_tables.hpp"

namespace firstline::policy {
namespace {

constexpr Entry number(std::string_view name, std::string_view unit, std::int64_t min, std::int64_t max,
                       std::string_view zh, std::string_view en) {
  return {name, ValueType::integer, unit, min, max, "", zh, en, ""};
}
constexpr Entry yes_no(std::string_view name, std::string_view zh, std::string_view en) {
  return {name, ValueType::yes_no, "", 0, 0, "", zh, en, ""};
}

constexpr Entry entries[] = {
    number("test.round.hours_max", "hours", 1, 240, "一轮全员核酸须在多少小时内完成",
           "A region-wide round is done within"),
    number("test.round.hours_max_large", "hours", 1, 240, "人口超过界线的城市须在多少小时内完成",
           "The same, above the population line"),
    number("test.round.large_people", "people", 0, 100'000'000, "大城市人口界线", "The population line"),
    number("test.round.rounds_min", "rounds", 0, 30, "来源不明时至少几轮", "Rounds at least, unknown source"),
    number("test.stop.rounds_without_case", "rounds", 0, 30, "连续几轮无社会面病例可停止",
           "Stop after rounds without a community case"),
    number("test.stop.extra_round_after_days", "days", 0, 30, "停止后隔几天再做一轮", "One more round after days"),
    number("test.tube.sealed_persons_max", "persons", 1, 20, "封控区每管人数", "Persons per tube, sealed zone"),
    number("test.tube.controlled_persons_max", "persons", 1, 20, "管控区每管人数", "Persons per tube, controlled zone"),
    number("test.tube.other_persons_max", "persons", 1, 20, "防范区和其他区域每管人数", "Persons per tube, elsewhere"),
    number("test.tube.key_person_persons_max", "persons", 1, 20, "隔离点和重点人员每管人数",
           "Persons per tube, isolation sites and key people"),
    {"test.pool.positive_scope", ValueType::choice, "", 0, 0, "persons building compound", "混管阳性时暂时管控的范围",
     "Held while a positive pool is retested", ""},
    number("test.antigen.symptom_days_max", "days", 0, 30, "基层就诊者出现症状几天内用抗原",
           "Antigen for patients with symptoms for at most"),
    yes_no("test.antigen.voluntary", "抗原检测是否自愿", "Antigen testing is voluntary"),
    yes_no("test.missed_round_turns_yellow", "漏检转黄码", "A missed round turns the code yellow"),

    number("code.validity_hours", "hours", 0, 720, "健康码有效小时数", "A health code is valid for"),
    number("code.offline.valid_days", "days", 0, 3650, "离线码有效天数", "An offline code is valid for"),
    number("code.offline.age_below_years", "years", 0, 150, "多少岁以下可用离线码", "Offline code for people below"),
    number("code.offline.age_from_years", "years", 0, 150, "多少岁以上可用离线码", "Offline code for people from"),
    number("code.nat_registration_valid_days", "days", 0, 3650, "核酸登记码有效天数",
           "A test registration code is valid for"),
    number("code.yellow.key_place_negatives", "tests", 0, 10, "重点区域、中风险黄码转绿所需阴性次数",
           "Yellow for a key place: negatives to turn green"),
    number("code.yellow.key_place_within_days", "days", 0, 30, "在几天内完成", "Yellow for a key place: within days"),
    number("code.yellow.companion_negatives", "tests", 0, 10, "时空伴随、漫入黄码转绿所需阴性次数",
           "Yellow for a companion: negatives to turn green"),
    number("code.yellow.companion_within_hours", "hours", 0, 720, "在几小时内完成",
           "Yellow for a companion: within hours"),
    yes_no("code.yellow.medium_risk_stay", "中风险地区驻留赋黄码", "A stay in a medium-risk area turns yellow"),
    number("code.travel_card.stay_hours_min", "hours", 0, 240, "行程卡：停留超过几小时计入",
           "Travel card: stays longer than count"),
    number("code.travel_card.lookback_days", "days", 0, 60, "行程卡：看前几天", "Travel card: looks back"),
    yes_no("code.travel_card.asked", "是否查行程卡", "The travel card is asked for"),
    yes_no("code.visitor_needs_local_code", "外来人员是否须另申领本地码", "Visitors must apply for the local code"),
};

}  // namespace

std::span<const Entry> test_entries() { return entries; }

}  // namespace firstline::policy
