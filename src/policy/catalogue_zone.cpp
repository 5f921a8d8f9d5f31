#include "policy/catalogue_tables.hpp"

namespace firstline::policy {
namespace {

constexpr Entry days(std::string_view name, std::string_view zh, std::string_view en) {
  return {name, ValueType::integer, "days", 0, 60, "", zh, en, ""};
}
constexpr Entry day_list(std::string_view name, std::string_view zh, std::string_view en) {
  return {name, ValueType::day_list, "days", 1, 60, "", zh, en, ""};
}
constexpr Entry choice(std::string_view name, std::string_view choices, std::string_view zh, std::string_view en) {
  return {name, ValueType::choice, "", 0, 0, choices, zh, en, ""};
}

constexpr std::string_view movements = "stay_in_home stay_in_area avoid_gatherings free";

constexpr Entry entries[] = {
    choice("zone.smallest_unit", "district compound building unit floor household", "可缩小到的最小范围",
           "The smallest scope of a zone"),
    {"zone.temporary_sealing_allowed", ValueType::yes_no, "", 0, 0, "", "是否允许临时封控", "Temporary sealing allowed",
     ""},
    days("zone.designation.lookback_days", "从发病或首次采样前几天起算活动范围",
         "Days before onset or first sample that count for designation"),
    choice("zone.clock_anchor",
           "designated_at last_case_removed terminal_disinfection_done last_contact_transferred last_exposure "
           "last_positive_sample",
           "封控时间从何时算起", "The clock starts at"),
    {"zone.restart_on", ValueType::choice_list, "", 0, 0,
     "new_case new_positive new_positive_outside_unit new_contacts_of_confirmed_contact", "什么情况重新计时",
     "What restarts the clock", ""},
    {"zone.release.all_of", ValueType::choice_list, "", 0, 0, "no_new_case last_contact_clear full_round_negative",
     "解除条件（须全部满足）", "Release needs all of", ""},
    days("zone.release.days_without_case", "解除：多少天无新增", "Release: days without a new case"),
    days("zone.release.contact_days_since_exposure", "解除：末位密接距末次暴露多少天",
         "Release: days since the last contact's exposure"),
    days("zone.release.full_round_within_days", "解除：解除前多少天内全员核酸阴性",
         "Release: full negative round within this many days before"),

    choice("zone.sealed.movement", movements, "封控区的活动限制", "Sealed zone: movement"),
    days("zone.sealed.isolation_days", "封控区居家隔离天数", "Sealed zone: days of home isolation"),
    days("zone.sealed.monitoring_days", "封控区居家健康监测天数", "Sealed zone: days of home monitoring after"),
    day_list("zone.sealed.nat_days", "封控区核酸检测日", "Sealed zone: test days"),
    choice("zone.controlled.movement", movements, "管控区的活动限制", "Controlled zone: movement"),
    days("zone.controlled.isolation_days", "管控区居家隔离天数", "Controlled zone: days of home isolation"),
    days("zone.controlled.monitoring_days", "管控区居家健康监测天数", "Controlled zone: days of home monitoring after"),
    day_list("zone.controlled.nat_days", "管控区核酸检测日", "Controlled zone: test days"),
    days("zone.controlled.lower_tier_days", "管控区检测后转低一级的天数",
         "Controlled zone: days in the lower tier after the tests"),
    {"zone.controlled.sealed_on_positive", ValueType::yes_no, "", 0, 0, "", "管控区出现阳性即转封控区",
     "Controlled zone turns sealed on a positive", ""},
    choice("zone.precautionary.movement", movements, "防范区的活动限制", "Precautionary zone: movement"),

    choice("zone.high.movement", movements, "高风险区的活动限制", "High-risk area: movement"),
    days("zone.high.step_down_days", "高风险区连续几天无新增可降级",
         "High-risk area: days without a case to step down"),
    choice("zone.high.step_down_to", "medium low released", "高风险区降为", "High-risk area steps down to"),
    days("zone.high.full_round_day", "高风险区全员核酸在第几天", "High-risk area: day of the full round"),
    {"zone.high.extended_by_home_isolated_positive", ValueType::yes_no, "", 0, 0, "",
     "居家隔离的同住者、密接新增阳性是否延长封控", "A positive among the strictly home-isolated moves the release date",
     ""},
    choice("zone.medium.movement", movements, "中风险区的活动限制", "Medium-risk area: movement"),
    days("zone.medium.step_down_days", "中风险区连续几天无新增可降级",
         "Medium-risk area: days without a case to step down"),
    days("zone.medium.full_round_day", "中风险区全员核酸在第几天", "Medium-risk area: day of the full round"),
    days("zone.medium.step_down_days_from_high", "由高降中的再过几天可降为低", "Medium after high: days to step down"),
    {"zone.medium.cases_max", ValueType::integer, "cases", 0, 10000, "", "街道级中风险的累计病例上限",
     "Street-level medium risk: cumulative cases at most", ""},
    days("zone.medium.case_window_days", "街道级风险看多少天内的病例", "Street-level risk: window of cases"),
    choice("zone.low.movement", movements, "低风险区的活动限制", "Low-risk area: movement"),
    days("zone.low.days_without_case", "多少天无病例为低风险", "Low risk after days without a case"),
    {"zone.low.leave_city_nat_hours", ValueType::integer, "hours", 0, 720, "",
     "低风险区离开城市须持多少小时内核酸（0 为不要求）",
     "Low-risk area: test needed to leave the city, within (0 = not demanded)", ""},
};

}  // namespace

std::span<const Entry> zone_entries() { return entries; }

}  // namespace firstline::policy
