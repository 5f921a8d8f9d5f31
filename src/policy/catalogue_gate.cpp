#include "policy/catalogue_tables.hpp"

namespace firstline::policy {
namespace {

constexpr Entry outcome(std::string_view name, std::string_view zh, std::string_view en) {
  return {name, ValueType::choice, "", 0, 0, outcome_choices, zh, en, "gate"};
}
constexpr Entry number(std::string_view name, std::string_view unit, std::int64_t min, std::int64_t max,
                       std::string_view zh, std::string_view en) {
  return {name, ValueType::integer, unit, min, max, "", zh, en, "gate"};
}

constexpr Entry entries[] = {
    number("gate.clock_skew_seconds_max", "seconds", 0, 3600, "读数时间最多可超前多少秒",
           "How far a reading may lie in the future before it is disbelieved"),

    outcome("gate.signs.red_code", "红码", "Red code"),
    outcome("gate.signs.nat_positive", "核酸阳性", "Positive test"),
    outcome("gate.signs.pool_abnormal", "混管异常，等待单管复核", "Abnormal pool, single retest awaited"),
    outcome("gate.signs.fever", "发热", "Fever"),
    number("gate.signs.fever_tenths", "tenths_celsius", 0, 420, "体温达到多少算发热（0 为不设）",
           "Fever begins here (0 = no fever rule)"),
    number("gate.signs.temperature_tenths_min", "tenths_celsius", 0, 360, "低于此值按测错处理，重新测量",
           "Below this the thermometer was wrong"),
    outcome("gate.signs.temperature_missing", "未测体温", "Temperature not taken"),

    outcome("gate.isolation.central", "应在集中隔离点的人", "Person under central isolation"),
    outcome("gate.isolation.home_out", "居家隔离人员外出", "Home isolation, going out"),
    outcome("gate.isolation.home_in", "居家隔离人员返回", "Home isolation, coming back"),
    outcome("gate.isolation.monitoring_out", "居家健康监测人员外出", "Home monitoring, going out"),
    outcome("gate.isolation.monitoring_in", "居家健康监测人员返回", "Home monitoring, coming back"),
    outcome("gate.isolation.past_end", "隔离期已满但尚未解除", "Isolation past its end, not released yet"),

    outcome("gate.zone.sealed_home_out", "封控楼栋（单元、户）的居民外出", "Home sealed, going out"),
    outcome("gate.zone.sealed_home_in", "封控楼栋（单元、户）的居民返回", "Home sealed, coming back"),
    outcome("gate.zone.controlled_home_out", "管控楼栋（单元、户）的居民外出", "Home controlled, going out"),
    outcome("gate.zone.controlled_home_in", "管控楼栋（单元、户）的居民返回", "Home controlled, coming back"),
    outcome("gate.zone.closed_home_elsewhere_in", "住在别处封控、管控楼栋的人进入", "Closed home elsewhere, coming in"),
    outcome("gate.zone.closed_home_elsewhere_out", "住在别处封控、管控楼栋的人离开",
            "Closed home elsewhere, going out"),
    outcome("gate.zone.sealed_compound_out", "封控小区，外出", "Compound sealed, going out"),
    outcome("gate.zone.sealed_compound_in_resident", "封控小区，本小区居民返回",
            "Compound sealed, resident coming back"),
    outcome("gate.zone.sealed_compound_in_worker", "封控小区，工作人员进入", "Compound sealed, worker coming in"),
    outcome("gate.zone.sealed_compound_in_other", "封控小区，其他人进入", "Compound sealed, anybody else coming in"),
    outcome("gate.zone.controlled_compound_out", "管控小区，外出", "Compound controlled, going out"),
    outcome("gate.zone.controlled_compound_in_resident", "管控小区，本小区居民返回",
            "Compound controlled, resident coming back"),
    outcome("gate.zone.controlled_compound_in_worker", "管控小区，工作人员进入",
            "Compound controlled, worker coming in"),
    outcome("gate.zone.controlled_compound_in_other", "管控小区，其他人进入",
            "Compound controlled, anybody else coming in"),
    outcome("gate.zone.precautionary", "防范区提醒", "Precautionary zone"),

    outcome("gate.code.missing", "没有健康码（成人）", "No health code, adult"),
    outcome("gate.code.missing_child", "没有健康码（儿童）", "No health code, child"),
    outcome("gate.code.missing_elder", "没有健康码（老人）", "No health code, elder"),
    outcome("gate.code.stale", "健康码读数过旧或时间不对", "Code reading too old or from the future"),
    number("gate.code.age_hours_max", "hours", 0, 720, "健康码读数最多可用多少小时（0 为不限）",
           "How old a code reading may be (0 = no limit)"),
    outcome("gate.code.yellow_out", "黄码外出", "Yellow code, going out"),
    outcome("gate.code.yellow_in_resident", "黄码，本小区居民返回", "Yellow code, resident coming back"),
    outcome("gate.code.yellow_in_other", "黄码，其他人进入", "Yellow code, anybody else coming in"),
    outcome("gate.code.seen_by_eye", "只凭肉眼看到的码", "Colour seen by eye only"),

    number("gate.nat.window_hours_out", "hours", 0, 720, "外出须有多少小时内核酸阴性（0 为不要求）",
           "Negative test needed to go out, within (0 = not demanded)"),
    number("gate.nat.window_hours_in", "hours", 0, 720, "进入须有多少小时内核酸阴性（0 为不要求）",
           "Negative test needed to come in, within (0 = not demanded)"),
    {"gate.nat.anchor", ValueType::choice, "", 0, 0, "sampled_at reported_at", "核酸时效从采样时还是出报告时算起",
     "The window starts at", "gate"},
    {"gate.nat.asked_of_children", ValueType::yes_no, "", 0, 0, "", "是否要求儿童有核酸", "Children need a test too",
     "gate"},
    outcome("gate.nat.overdue_out", "核酸缺失或过期，外出", "Test missing or expired, going out"),
    outcome("gate.nat.overdue_in_resident", "核酸缺失或过期，本小区居民返回",
            "Test missing or expired, resident coming back"),
    outcome("gate.nat.overdue_in_other", "核酸缺失或过期，其他人进入",
            "Test missing or expired, anybody else coming in"),
    outcome("gate.nat.pending", "已采样等待结果时最严的处理", "At the harshest, with a new sample on its way"),

    outcome("gate.outing.approved", "社区批准本次外出时最严的处理",
            "At the harshest, for an outing approved by the community"),
    outcome("gate.outing.pass_missing_out", "没有出入证，外出", "No entry pass, going out"),
    outcome("gate.outing.pass_missing_in", "没有出入证，返回", "No entry pass, coming back"),
    number("gate.outing.per_household_per_day", "outings", 0, 100, "每户每天可外出几次（0 为不限）",
           "Outings per household and day (0 = no limit)"),
    outcome("gate.outing.used_up", "当天外出次数已用完", "Today's outings used up"),

    outcome("gate.visit.visitor_in", "访客进入（已登记也适用）", "Visitor coming in, even with a record"),
    outcome("gate.visit.unregistered", "访客未登记或不在登记时间内", "Visitor without a record or outside its hours"),
    outcome("gate.visit.to_closed_home", "访客要去封控、管控的住户", "Visitor of a sealed or controlled home"),
    outcome("gate.visit.overstayed", "访客超时离开", "Visitor leaving late"),
    outcome("gate.visit.worker_in", "工作人员进入", "Worker coming in"),
    outcome("gate.visit.courier_in", "快递、外卖人员进入", "Courier coming in"),
    outcome("gate.visit.unknown_in", "身份不明的人进入", "Unknown person coming in"),
    outcome("gate.visit.unknown_out", "身份不明的人离开", "Unknown person going out"),

    outcome("gate.trip.unregistered", "跨区出行未登记", "Cross-district trip not registered"),
    outcome("gate.trip.to_risk_area", "要去中高风险地区", "Going to a medium- or high-risk area"),
    outcome("gate.trip.back_from_medium_risk", "从中风险地区返回", "Back from a medium-risk area"),
    outcome("gate.trip.back_from_high_risk", "从高风险地区返回", "Back from a high-risk area"),

    outcome("gate.reminder.mask_missing", "没戴口罩", "No mask"),
    outcome("gate.reminder.health_card", "有新的健康宣传卡片", "A health-education card to show"),
};

}  // namespace

std::span<const Entry> gate_entries() { return entries; }

}  // namespace firstline::policy
