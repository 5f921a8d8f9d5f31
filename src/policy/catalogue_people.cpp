#include "policy/catalogue_tables.hpp"

namespace firstline::policy {
namespace {

// Most of these are what an isolation order is made of.
constexpr Entry days(std::string_view name, std::string_view zh, std::string_view en,
                     std::string_view reader = "isolation") {
  return {name, ValueType::integer, "days", 0, 60, "", zh, en, reader};
}
constexpr Entry day_list(std::string_view name, std::string_view zh, std::string_view en) {
  return {name, ValueType::day_list, "days", 1, 60, "", zh, en, "isolation"};
}
constexpr Entry place(std::string_view name, std::string_view zh, std::string_view en) {
  return {name, ValueType::choice, "", 0, 0, "none central home home_monitoring central_or_home", zh, en, "isolation"};
}
constexpr Entry choice(std::string_view name, std::string_view words, std::string_view zh, std::string_view en) {
  return {name, ValueType::choice, "", 0, 0, words, zh, en, "isolation"};
}
constexpr Entry opened_as(std::string_view name, std::string_view zh, std::string_view en) {
  return {name, ValueType::choice, "", 0, 0, "none suspected confirmed asymptomatic", zh, en, "casebook"};
}
constexpr Entry yes_no(std::string_view name, std::string_view zh, std::string_view en) {
  return {name, ValueType::yes_no, "", 0, 0, "", zh, en, ""};
}
constexpr Entry count(std::string_view name, std::string_view unit, std::int64_t max, std::string_view zh,
                      std::string_view en) {
  return {name, ValueType::integer, unit, 0, max, "", zh, en, ""};
}

// Of the tracer's list.
constexpr Entry minutes(std::string_view name, std::string_view zh, std::string_view en) {
  return {name, ValueType::integer, "minutes", 0, 1440, "", zh, en, "tracer"};
}
constexpr Entry neighbours(std::string_view name, std::string_view zh, std::string_view en) {
  return {name, ValueType::choice, "", 0, 0, "none floor unit", zh, en, "tracer"};
}

constexpr Entry entries[] = {
    opened_as("people.case.nat_positive_opens", "核酸阳性：立为哪类病例",
              "A positive nucleic acid test opens a case as"),
    opened_as("people.case.antigen_positive_opens", "抗原阳性：立为哪类病例",
              "A positive antigen test opens a case as"),
    {"people.close_contact.lookback_days", ValueType::integer, "days", 0, 60, "", "密接：发病或采样前几天起算",
     "Close contact: days before onset or sampling", "tracer"},
    {"people.close_contact.traced", ValueType::yes_no, "", 0, 0, "", "是否判定密接", "Close contacts are determined",
     "tracer"},
    minutes("people.close_contact.linger_minutes", "密接：扫码后至少按停留几分钟计",
            "Close contact: a scan counts as a stay of at least"),
    minutes("people.close_contact.overlap_minutes_min", "列入名单：同处累计至少几分钟",
            "Listed at all: together at least, in sum"),
    minutes("people.close_contact.close_minutes_min", "建议判为密接：同处累计至少几分钟",
            "Proposed as a close contact: together at least, in sum"),
    neighbours("people.close_contact.neighbours", "列入名单的邻居：不列、同层或同单元",
               "Neighbours that are listed: none, same floor, same unit"),
    neighbours("people.close_contact.close_neighbours", "建议判为密接的邻居：不判、同层或同单元",
               "Neighbours proposed as close contacts: none, same floor, same unit"),
    {"people.source_search.lookback_days", ValueType::integer, "days", 1, 28, "", "溯源：发病或采样前几天起查",
     "Search for the source: days before onset or sampling", "tracer"},
    days("people.close_contact.central_days", "密接：集中隔离天数", "Close contact: days of central isolation"),
    days("people.close_contact.home_days", "密接：其后居家天数", "Close contact: days at home after"),
    place("people.close_contact.home_kind", "密接：其后居家的方式", "Close contact: kind of the days at home"),
    day_list("people.close_contact.central_nat_days", "密接：集中隔离核酸日",
             "Close contact: test days in central isolation"),
    day_list("people.close_contact.home_nat_days", "密接：居家核酸日", "Close contact: test days at home"),
    {"people.close_contact.double_test_at_end", ValueType::yes_no, "", 0, 0, "", "密接：期满双采双检",
     "Close contact: double sample, double test at the end", "isolation"},
    {"people.secondary_contact.traced", ValueType::yes_no, "", 0, 0, "", "是否判定密接的密接",
     "Contacts of contacts are determined", "tracer"},
    days("people.secondary_contact.days", "密接的密接：天数", "Contact of a contact: days"),
    place("people.secondary_contact.kind", "密接的密接：方式", "Contact of a contact: kind"),
    day_list("people.secondary_contact.nat_days", "密接的密接：核酸日", "Contact of a contact: test days"),
    days("people.inbound.central_days", "入境人员：集中隔离天数", "Inbound traveller: days of central isolation"),
    days("people.inbound.home_days", "入境人员：其后居家天数", "Inbound traveller: days at home after"),
    count("people.inbound.boarding_nat_hours", "hours", 720, "入境人员：登机前多少小时内核酸",
          "Inbound traveller: test before boarding, within"),
    count("people.inbound.boarding_nat_count", "tests", 10, "入境人员：登机前核酸次数",
          "Inbound traveller: tests before boarding"),
    days("people.from_high_risk.days", "高风险区来人：天数", "From a high-risk area: days"),
    place("people.from_high_risk.kind", "高风险区来人：方式", "From a high-risk area: kind"),
    day_list("people.from_high_risk.nat_days", "高风险区来人：核酸日", "From a high-risk area: test days"),
    days("people.from_medium_risk.days", "中风险区来人：天数", "From a medium-risk area: days"),
    place("people.from_medium_risk.kind", "中风险区来人：方式", "From a medium-risk area: kind"),
    day_list("people.from_medium_risk.nat_days", "中风险区来人：核酸日", "From a medium-risk area: test days"),
    count("people.from_low_risk.nat_count", "tests", 10, "低风险区来人：核酸次数", "From the low-risk part: tests"),
    days("people.from_low_risk.nat_within_days", "低风险区来人：几天内完成",
         "From the low-risk part: tests within days", ""),
    days("people.closed_loop_worker.days", "闭环人员离岗后：天数", "Closed-loop worker after the shift: days"),
    place("people.closed_loop_worker.kind", "闭环人员离岗后：方式", "Closed-loop worker after the shift: kind"),
    day_list("people.closed_loop_worker.nat_days", "闭环人员离岗后：核酸日",
             "Closed-loop worker after the shift: test days"),
    days("people.discharged.monitoring_days", "出院者居家监测天数", "Discharged case: days of home monitoring"),
    {"people.monitored.temperatures_per_day", ValueType::integer, "times", 0, 10, "", "隔离、监测人员每天测温几次",
     "Isolated and monitored: temperatures a day", "isolation"},
    {"people.monitored.first_due_hour", ValueType::integer, "hours", 0, 23, "",
     "隔离、监测人员：每天第一次报告最迟几点", "Isolated and monitored: the first report of a day is due at",
     "isolation"},
    {"people.monitored.last_due_hour", ValueType::integer, "hours", 0, 23, "",
     "隔离、监测人员：每天最后一次报告最迟几点", "Isolated and monitored: the last report of a day is due at",
     "isolation"},
    count("people.isolation.objection_hours", "hours", 720, "隔离异议须在多少小时内答复",
          "An objection to isolation is answered within"),
    choice("people.isolation.counted_from", "last_exposure decision", "隔离天数从末次暴露还是决定时起算",
           "The days of isolation count from"),
    choice("people.isolation.day_begins", "at_clock midnight_after", "隔离：第1天从起算时刻还是次日零点开始",
           "Isolation: day 1 begins at the clock's very moment or at the next midnight"),
    count("people.appeal.hours_a_level", "hours", 720, "转码申请：每一级最多几小时办理",
          "Appeal against a colour: hours that each level has"),
    yes_no("health.signed_certificates", "是否采信其他签发机构的健康证书（HC1）作为核酸依据",
           "Signed health certificates of other issuers (HC1) count as test results"),
};

}  // namespace

std::span<const Entry> people_entries() { return entries; }

}  // namespace firstline::policy
