#include "seal/sms.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace firstline::seal {
namespace {

constexpr std::size_t label_max = 14;

// Whole characters only.
std::string cut(std::string_view text, std::size_t characters_max) {
  std::size_t at = 0, count = 0;
  while (at < text.size() && count < characters_max) {
    ++at;
    while (at < text.size() && (static_cast<unsigned char>(text[at]) & 0xc0) == 0x80) ++at;
    ++count;
  }
  return std::string(text.substr(0, at));
}

struct Moment {
  unsigned month, day;
  int hour, minute;
};
Moment moment_of(Instant at) {
  const std::chrono::year_month_day date(civil_date(at));
  const int minute = minute_of_day(at);
  return {static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()), minute / 60, minute % 60};
}
std::string zh(Instant at) {
  const Moment m = moment_of(at);
  return fmt::format("{}月{}日{}:{:02}", m.month, m.day, m.hour, m.minute);
}
std::string en(Instant at) {
  const Moment m = moment_of(at);
  return fmt::format("{}/{} {}:{:02}", m.month, m.day, m.hour, m.minute);
}

const char* level_zh(Level level) {
  return level == Level::sealed ? "封控" : level == Level::controlled ? "管控" : "防范";
}
const char* level_en(Level level) {
  return level == Level::sealed ? "sealed" : level == Level::controlled ? "controlled" : "precautionary";
}

std::string places_of(const api::SealCard& card, const char* more) {
  std::string text = cut(card.places.front().label, label_max);
  if (card.places.size() > 1) text += fmt::format(fmt::runtime(more), card.places.size());
  return text;
}

// The place that opens last speaks for the order.
const api::SealCardPlace& last_of(const api::SealCard& card) {
  return *std::max_element(card.places.begin(), card.places.end(), [](const auto& a, const auto& b) {
    return a.earliest.value_or(Instant::max()) < b.earliest.value_or(Instant::max());
  });
}

std::string end_zh(const api::SealCardPlace& place) {
  const std::string when = place.earliest ? zh(*place.earliest) : std::string();
  switch (place.sureness) {
    case Sureness::now:
      return "条件已满足，等待决定";
    case Sureness::by_time:
      return "预计" + when + "可调整";
    case Sureness::if_negative:
      return "检测均为阴性则" + when + "可调整";
    case Sureness::at_least:
      return "最早" + when + "，尚有事项待查清";
    case Sureness::no_rule:
      break;
  }
  return "现行规定未定期限，请来电询问";
}
std::string end_en(const api::SealCardPlace& place) {
  const std::string when = place.earliest ? en(*place.earliest) : std::string();
  switch (place.sureness) {
    case Sureness::now:
      return "Conditions met, decision due";
    case Sureness::by_time:
      return "May open " + when;
    case Sureness::if_negative:
      return "If negative: " + when;
    case Sureness::at_least:
      return "Not before " + when;
    case Sureness::no_rule:
      break;
  }
  return "No date set: please call";
}

}  // namespace

std::size_t characters(std::string_view utf8) {
  return static_cast<std::size_t>(
      std::count_if(utf8.begin(), utf8.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xc0) != 0x80; }));
}

std::string sms_zh(const api::SealCard& card) {
  if (card.places.empty()) return "本封控令已解除，可以正常出入。";
  const api::SealCardPlace& last = last_of(card);
  return cut(fmt::format("{}{}，{}起。{}。急病随时可出门，出口不封。", places_of(card, "等{}处"), level_zh(last.level),
                         zh(last.since), end_zh(last)),
             sms_characters_max);
}

std::string sms_en(const api::SealCard& card) {
  if (card.places.empty()) return "This order is lifted: you may come and go.";
  const api::SealCardPlace& last = last_of(card);
  return cut(fmt::format("{} {}. {}. Emergencies may always leave.", places_of(card, " (+{})"), level_en(last.level),
                         end_en(last)),
             sms_characters_max);
}

}  // namespace firstline::seal
