#include "isolation/words.hpp"

#include <fmt/format.h>

namespace firstline::isolation {
namespace {

// From this day another text of the law is in force, whose articles are not cited here by number.
constexpr Date law_of_2025{std::chrono::year(2025) / 9 / 1};

std::string day_text(Instant at) { return format_date(civil_date(at)); }

}  // namespace

std::string DocumentWords::kind(IsolationKind kind) const {
  switch (kind) {
    case IsolationKind::central:
      return say("集中隔离医学观察", "Isolation at an isolation site");
    case IsolationKind::home:
      return say("居家隔离医学观察", "Isolation at home");
    case IsolationKind::home_monitoring:
      return say("居家健康监测", "Health monitoring at home");
    case IsolationKind::none:
      break;
  }
  return {};
}

std::string DocumentWords::title(const DocumentContent& content) const {
  const IsolationKind first = content.clock.stays.empty() ? IsolationKind::central : content.clock.stays.front().kind;
  if (content.kind == DocumentKind::end) return say("解除隔离医学观察通知书", "Certificate: end of isolation");
  return kind(first) + say("通知书", ": notice");
}

std::string DocumentWords::ground(const DocumentContent& content) const {
  std::string text;
  switch (content.category) {
    case Category::close_contact:
      text = say("密切接触者", "Close contact");
      break;
    case Category::secondary_contact:
      text = say("密切接触者的密切接触者", "Contact of a close contact");
      break;
    case Category::inbound:
      text = say("入境人员", "Inbound traveller");
      break;
    case Category::from_high_risk:
      text = say("高风险区来返人员", "Return from a high-risk area");
      break;
    case Category::from_medium_risk:
      text = say("中风险区来返人员", "Return from a medium-risk area");
      break;
    case Category::closed_loop_worker:
      text = say("闭环作业离岗人员", "Closed-loop worker after the shift");
      break;
    case Category::discharged:
      text = say("治愈出院人员", "Discharged patient");
      break;
    case Category::infected:
      text = say("感染者", "Infected person");
      break;
  }
  if (content.ground == IsolationGround::by_hand)
    text += say("（经流调人员判定）", " (as judged by the investigating officer)");
  if (!content.ground_ref.empty()) text += fmt::format("{}{}", say("，编号 ", ", number "), content.ground_ref);
  return text;
}

std::string DocumentWords::stay(const Stay& stay) const {
  if (!stay.until)
    return fmt::format("{}{}{}", kind(stay.kind), say("，自 ", ", from "), day_text(stay.from)) +
           say(" 起，至医学上可以解除时", " until it may end on medical grounds");
  const std::string from = format_instant(stay.from).substr(0, 16), until = format_instant(*stay.until).substr(0, 16);
  const auto plain = [](std::string text) { return text.replace(10, 1, " "); };
  return language == DocumentLanguage::zh
             ? fmt::format("{} {} 天：{} 至 {}", kind(stay.kind), *stay.days, plain(from), plain(until))
             : fmt::format("{}, {} days: {} to {}", kind(stay.kind), *stay.days, plain(from), plain(until));
}

std::string DocumentWords::law(Instant decided_at) const {
  if (civil_date(decided_at) < law_of_2025)
    return say("《中华人民共和国传染病防治法》（2013年修正）第四十一条；《中华人民共和国突发事件应对法》",
               "Law on the Prevention and Control of Infectious Diseases (as amended in 2013), article 41; "
               "Emergency Response Law");
  return say("《中华人民共和国传染病防治法》（2025年修订）；《中华人民共和国突发事件应对法》（2024年修订）",
             "Law on the Prevention and Control of Infectious Diseases (as revised in 2025); "
             "Emergency Response Law (as revised in 2024)");
}

std::string DocumentWords::reports(const policy::MonitoredPolicy& policy) const {
  const int times = policy.temperatures_per_day.value_or(0);
  if (times < 1 || !policy.first_due_hour || !policy.last_due_hour) return {};
  return language == DocumentLanguage::zh
             ? fmt::format("每天测体温 {} 次并报告有无症状，第一次不晚于 {} 时，最后一次不晚于 {} 时。", times,
                           *policy.first_due_hour, *policy.last_due_hour)
             : fmt::format(
                   "Take your temperature {} times a day and report it with any symptoms: the first by {}:00, "
                   "the last by {}:00.",
                   times, *policy.first_due_hour, *policy.last_due_hour);
}

std::vector<std::string> DocumentWords::duties(IsolationKind kind) const {
  std::vector<std::string> lines;
  switch (kind) {
    case IsolationKind::central:
      lines.emplace_back(
          say("在隔离点的单人房间内观察，往返途中实行点对点转运。",
              "Stay in your own room at the isolation site; you are brought there and back door to door."));
      break;
    case IsolationKind::home:
      lines.emplace_back(say("本人及同住者不外出，尽量单间居住、使用单独卫生间，不接待来客。",
                             "Nobody in the home goes out; keep to a room and a bathroom of your own; no visitors."));
      break;
    case IsolationKind::home_monitoring:
      lines.emplace_back(say("非必要不外出；确需外出的，先向社区说明并做好防护，不参加聚集。",
                             "Go out only if you must, after telling the community, protected, and to no gathering."));
      break;
    case IsolationKind::none:
      break;
  }
  lines.emplace_back(say("发热、咳嗽、咽痛、嗅觉减退、腹泻或其他不适，立即报告，由专人安排就医，不要自行前往。",
                         "With fever, cough, sore throat, loss of smell, diarrhoea or any other complaint, report at "
                         "once; you will be brought to a doctor. Do not go by yourself."));
  lines.emplace_back(say("急病、火灾等紧急情况随时可以出门，先救人，事后补记。请拨打 120、119。",
                         "A medical emergency or a fire opens every gate at once: go first, it is written down later. "
                         "Call 120 or 119."));
  lines.emplace_back(say("隔离期间的生活物资、用药、就医和照护困难，社区负责帮助。",
                         "The community helps with food, medicine, doctors and care while you are isolated."));
  return lines;
}

}  // namespace firstline::isolation
