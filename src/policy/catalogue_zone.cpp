#include "policy/catalogue_tables.hpp"

namespace firstline::policy {
namespace {

constexpr Entry days(std::string_view name, std::string_view zh, std::string_view en, std::string_view reader = "") {
  return {name, ValueType::integer, "days", 0, 60, "", zh, en, reader};
}
constexpr Entry day_list(std::string_view name, std::string_view zh, std::string_view en) {
  return {name, ValueType::day_list, "days", 1, 60, "", zh, en, "seal"};
}
constexpr Entry choice(std::string_view name, std::string_view choices, std::string_view zh, std::string_view en,
                       std::string_view reader = "") {
  return {name, ValueType::choice, "", 0, 0, choices, zh, en, reader};
}
constexpr Entry choices(std::string_view name, std::string_view words, std::string_view zh, std::string_view en) {
  return {name, ValueType::choice_list, "", 0, 0, words, zh, en, "seal"};
}
constexpr Entry yes_no(std::string_view name, std::string_view zh, std::string_view en, std::string_view reader = "") {
  return {name, ValueType::yes_no, "", 0, 0, "", zh, en, reader};
}

constexpr std::string_view movements = "stay_in_home stay_in_area avoid_gatherings free";

constexpr std::string_view needs = "no_new_case last_contact_clear full_round_negative";
constexpr std::string_view ends = "controlled precautionary released";

// The high, medium and low risk areas of the 9th edition stand under the names of the three zones that they replaced.
constexpr Entry entries[] = {
    choice("zone.smallest_unit", "district compound building unit floor household", "可缩小到的最小范围",
           "The smallest scope of a zone", "seal"),
    yes_no("zone.temporary_sealing_allowed", "是否允许临时封控", "Temporary sealing allowed", "seal"),
    days("zone.designation.lookback_days", "从发病或首次采样前几天起算活动范围",
         "Days before onset or first sample that count for designation"),
    choice("zone.clock_anchor",
           "designated_at last_case_removed terminal_disinfection_done last_contact_transferred last_exposure "
           "last_positive_sample",
           "封控时间从何时算起", "The clock starts at", "seal"),
    yes_no("zone.anchor_by_environment", "环境样本全阴按病例转运时间、否则按终末消毒时间起算",
           "The clock starts at the case's removal if all environmental samples are negative, else at the disinfection",
           "seal"),
    choice("zone.day_begins", "at_clock midnight_after", "第1天从起算时刻还是次日零点开始",
           "Day 1 begins at the clock's very moment or at the next midnight", "seal"),
    choices("zone.restart_on", "new_case new_positive new_positive_outside_unit new_contacts_of_confirmed_contact",
            "什么情况重新计时", "What restarts the clock"),
    yes_no("zone.extended_by_home_isolated_positive", "居家隔离的同住者、密接新增阳性是否延长封控",
           "A positive among the strictly home-isolated moves the release date", "seal"),
    days("zone.contact_days", "解除：末位密接须过多少天", "Release: days that the last contact must be past", "seal"),
    choice("zone.contact_counted_from", "last_exposure transfer", "末位密接的天数从末次暴露还是转运算起",
           "The last contact's days count from", "seal"),

    choice("zone.sealed.movement", movements, "封控区（高风险区）的活动限制", "Sealed zone: movement"),
    days("zone.sealed.days_without_case", "封控区（高风险区）多少天无新增可降级",
         "Sealed zone: days without a case to step down", "seal"),
    choice("zone.sealed.steps_down_to", ends, "封控区（高风险区）降为", "Sealed zone steps down to", "seal"),
    choices("zone.sealed.release_needs", needs, "封控区解除条件（须全部满足）", "Sealed zone: release needs all of"),
    days("zone.sealed.full_round_within_days", "封控区：解除前多少天内全员核酸阴性",
         "Sealed zone: full negative round within this many days before", "seal"),
    day_list("zone.sealed.nat_days", "封控区核酸检测日", "Sealed zone: test days"),
    day_list("zone.sealed.antigen_days", "封控区抗原检测日", "Sealed zone: antigen days"),
    days("zone.sealed.isolation_days", "封控区居家隔离天数", "Sealed zone: days of home isolation"),
    days("zone.sealed.monitoring_days", "封控区居家健康监测天数", "Sealed zone: days of home monitoring after", "seal"),
    choice("zone.controlled.movement", movements, "管控区（中风险区）的活动限制", "Controlled zone: movement"),
    days("zone.controlled.days_without_case", "管控区（中风险区）多少天无新增可降级",
         "Controlled zone: days without a case to step down", "seal"),
    days("zone.after_sealed.days", "由封控区降来的再过几天", "Controlled after sealed: days to step down", "seal"),
    choice("zone.controlled.steps_down_to", ends, "管控区（中风险区）降为", "Controlled zone steps down to", "seal"),
    choices("zone.controlled.release_needs", needs, "管控区解除条件（须全部满足）",
            "Controlled zone: release needs all of"),
    choices("zone.after_sealed.release_needs", needs, "由封控区降来的管控区解除条件",
            "Controlled after sealed: release needs all of"),
    days("zone.controlled.full_round_within_days", "管控区：解除前多少天内全员核酸阴性",
         "Controlled zone: full negative round within this many days before", "seal"),
    day_list("zone.controlled.nat_days", "管控区核酸检测日", "Controlled zone: test days"),
    day_list("zone.controlled.antigen_days", "管控区抗原检测日", "Controlled zone: antigen days"),
    days("zone.controlled.isolation_days", "管控区居家隔离天数", "Controlled zone: days of home isolation"),
    days("zone.controlled.monitoring_days", "管控区居家健康监测天数", "Controlled zone: days of home monitoring after",
         "seal"),
    days("zone.controlled.lower_tier_days", "管控区检测后转低一级的天数",
         "Controlled zone: days in the lower tier after the tests"),
    yes_no("zone.sealed_on_positive", "管控区出现阳性即转封控区", "Controlled zone turns sealed on a positive", "seal"),
    {"zone.escalation_step_hours", ValueType::integer, "hours", 0, 720, "",
     "条件已满足或复核已到期而未决定，每过多少小时上报一级（0 为不上报）",
     "Met or due and undecided: goes up one level every so many hours (0 = never)", "seal"},
    {"zone.objection_hours", ValueType::integer, "hours", 1, 2160, "", "居民异议须在多少小时内答复",
     "An objection is answered within", "seal"},
    choice("zone.precautionary.movement", movements, "防范区（低风险区）的活动限制", "Precautionary zone: movement"),

    {"zone.medium.cases_max", ValueType::integer, "cases", 0, 10000, "", "街道级中风险的累计病例上限",
     "Street-level medium risk: cumulative cases at most", ""},
    days("zone.medium.case_window_days", "街道级风险看多少天内的病例", "Street-level risk: window of cases"),
    days("zone.low.days_without_case", "多少天无病例为低风险", "Low risk after days without a case"),
    {"zone.low.leave_city_nat_hours", ValueType::integer, "hours", 0, 720, "",
     "低风险区离开城市须持多少小时内核酸（0 为不要求）",
     "Low-risk area: test needed to leave the city, within (0 = not demanded)", ""},
};

}  // namespace

std::span<const Entry> zone_entries() { return entries; }

}  // namespace firstline::policy
