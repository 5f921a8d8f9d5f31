#include "movement/risk.hpp"

#include <algorithm>

namespace firstline::movement {
namespace {

constexpr std::size_t text_bytes_max = 200;

const policy::InForce* said(const policy::PolicySet& policy, const std::string& name) {
  const auto found = policy.parameters.find(name);
  return found == policy.parameters.end() ? nullptr : &found->second;
}
int number_of(const policy::InForce* said) {
  const auto* value = said ? std::get_if<std::int64_t>(&said->parameter.value) : nullptr;
  return value ? static_cast<int>(*value) : 0;
}

// "central_or_home" is proposed as central: whoever decides may say home.
std::optional<FollowUp> kind_of(const policy::InForce* said) {
  const auto* word = said ? std::get_if<std::string>(&said->parameter.value) : nullptr;
  if (!word || *word == "none") return std::nullopt;
  if (*word == "home_monitoring") return FollowUp::home_monitoring;
  return *word == "home" ? FollowUp::home : FollowUp::central;
}

std::vector<std::string> columns_of(std::string_view line) {
  std::vector<std::string> columns{""};
  bool quoted = false;
  for (std::size_t i = 0; i < line.size(); ++i) {
    const char c = line[i];
    if (c == '"') {
      const bool doubled = quoted && i + 1 < line.size() && line[i + 1] == '"';
      if (doubled) columns.back() += line[++i];
      else quoted = !quoted;
    } else if (c == ',' && !quoted) {
      columns.emplace_back();
    } else if (c != '\r') {
      columns.back() += c;
    }
  }
  for (std::string& column : columns) {
    const auto first = column.find_first_not_of(" \t");
    const auto last = column.find_last_not_of(" \t");
    column = first == std::string::npos ? "" : column.substr(first, last - first + 1);
  }
  return columns;
}

// Low, medium, high; as Chinese offices write them too.
std::optional<Risk> risk_word(std::string_view word) {
  if (word == "low" || word.starts_with("\xe4\xbd\x8e")) return Risk::low;
  if (word == "medium" || word.starts_with("\xe4\xb8\xad")) return Risk::medium;
  if (word == "high" || word.starts_with("\xe9\xab\x98")) return Risk::high;
  return std::nullopt;
}

// The name of the column that is wrong; empty if all are good.
std::string take(const std::vector<std::string>& columns, RiskPlace& place) {
  const auto at = [&](std::size_t i) { return i < columns.size() ? columns[i] : std::string(); };
  place.code = at(0);
  if (!policy::is_division_code(place.code)) return "code";
  place.name = at(1);
  if (place.name.empty() || place.name.size() > text_bytes_max) return "name";
  const auto risk = risk_word(at(2));
  if (!risk) return "risk";
  place.risk = *risk;
  const auto from = parse_date(at(3));
  if (!from) return "from";
  place.valid_from = *from;
  if (!at(4).empty()) {
    place.valid_until = parse_date(at(4));
    if (!place.valid_until || *place.valid_until <= place.valid_from) return "until";
  }
  place.source = at(5);
  if (place.source.empty() || place.source.size() > text_bytes_max) return "source";
  return columns.size() > 6 ? "source" : "";
}

}  // namespace

std::vector<Proposal> proposals(Risk risk, const policy::PolicySet& policy) {
  const std::string group = risk == Risk::high     ? "people.from_high_risk"
                            : risk == Risk::medium ? "people.from_medium_risk"
                                                   : "people.from_low_risk";
  if (risk == Risk::low) {
    const auto* tests = said(policy, group + ".nat_count");
    if (number_of(tests) == 0) return {};
    Proposal test;
    test.tests = number_of(tests);
    test.within_days = number_of(said(policy, group + ".nat_within_days"));
    test.parameter = group + ".nat_count";
    test.pack = tests->pack;
    test.source = tests->parameter.source;
    return {test};
  }
  const auto* kind = said(policy, group + ".kind");
  const auto what = kind_of(kind);
  if (!what) return {};
  Proposal stay;
  stay.kind = *what;
  stay.days = number_of(said(policy, group + ".days"));
  if (const auto* days = said(policy, group + ".nat_days")) stay.nat_days = policy::format_value(days->parameter.value);
  stay.parameter = group + ".kind";
  stay.pack = kind->pack;
  stay.source = kind->parameter.source;
  return {stay};
}

RiskReading read_risk_places(std::string_view csv) {
  RiskReading reading;
  if (csv.starts_with("\xef\xbb\xbf")) csv.remove_prefix(3);
  for (int line = 1; !csv.empty(); ++line) {
    const auto end = csv.find('\n');
    const std::string_view text = csv.substr(0, end);
    csv.remove_prefix(end == std::string_view::npos ? csv.size() : end + 1);
    const bool heading = line == 1 && text.find_first_of("0123456789") == std::string_view::npos;
    if (heading || text.find_first_not_of(" \t\r") == std::string_view::npos) continue;
    if (reading.places.size() >= risk_places_max) {
      reading.bad.push_back({line, "count"});
      break;
    }
    RiskPlace place;
    const std::string wrong = take(columns_of(text), place);
    if (wrong.empty()) reading.places.push_back(std::move(place));
    else reading.bad.push_back({line, wrong});
  }
  return reading;
}

}  // namespace firstline::movement
