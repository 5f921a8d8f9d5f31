#include "seal/lines.hpp"

#include <istream>
#include <optional>
#include <ostream>
#include <vector>

#include "json/json.hpp"
#include "policy/library.hpp"
#include "seal/wire.hpp"

namespace firstline::seal {

struct ReleaseQuestion {
  std::optional<boost::json::value> id;
  Order order;
  std::optional<Evidence> evidence;
  std::optional<policy::SealPolicy> policy;
  std::optional<std::vector<std::string>> packs;
  std::optional<std::string> area;
  Instant now{};
};
BOOST_DESCRIBE_STRUCT(ReleaseQuestion, (), (id, order, evidence, policy, packs, area, now))
struct ReleaseAnswer {
  std::optional<boost::json::value> id;
  Projection projection;
};
BOOST_DESCRIBE_STRUCT(ReleaseAnswer, (), (id, projection))
struct ReleaseError {
  std::string code;
  std::string where;
};
BOOST_DESCRIBE_STRUCT(ReleaseError, (), (code, where))
struct ReleaseRefused {
  std::optional<boost::json::value> id;
  ReleaseError error;
};
BOOST_DESCRIBE_STRUCT(ReleaseRefused, (), (id, error))
namespace {

// Beyond these a moment is a slip of the pen, and days added to it could leave the calendar.
const Instant earliest_time = from_millis(946'684'800'000);  // 2000-01-01
const Instant latest_time = from_millis(4'102'444'800'000);  // 2100-01-01
constexpr int policy_days_max = 366;

Result<void> bad(std::string where) { return fail(FaultCode::invalid, "release.bad_time", {}, std::move(where)); }
bool in_calendar(Instant at) { return at >= earliest_time && at < latest_time; }
bool in_calendar(const std::optional<Instant>& at) { return !at || in_calendar(*at); }

Result<void> check_order(const Order& order, Instant now) {
  if (!in_calendar(now)) return bad("/now");
  if (!in_calendar(order.designated_at)) return bad("/order/designated_at");
  if (!in_calendar(order.level_since)) return bad("/order/level_since");
  if (!in_calendar(order.clock_at)) return bad("/order/clock_at");
  if (!in_calendar(order.not_before)) return bad("/order/not_before");
  if (order.level == Level::none) return fail(FaultCode::invalid, "json.unknown_value", {}, "/order/level");
  if (order.designated_at > now) return bad("/order/designated_at");
  return {};
}

Result<void> check_tests(const PersonInside& person, const std::string& where) {
  for (std::size_t i = 0; i < person.tests.size(); ++i) {
    const Test& test = person.tests[i];
    const std::string here = where + "/tests/" + std::to_string(i);
    if (!in_calendar(test.sampled_at)) return bad(here + "/sampled_at");
    if (!in_calendar(test.reported_at) || test.reported_at < test.sampled_at) return bad(here + "/reported_at");
  }
  return {};
}

Result<void> check_evidence(const Evidence& evidence) {
  const auto at = [](const char* list, std::size_t i, const char* field) {
    return std::string("/evidence/") + list + "/" + std::to_string(i) + "/" + field;
  };
  for (std::size_t i = 0; i < evidence.cases.size(); ++i) {
    const CaseInside& found = evidence.cases[i];
    if (!in_calendar(found.found_at)) return bad(at("cases", i, "found_at"));
    if (!in_calendar(found.sampled_at)) return bad(at("cases", i, "sampled_at"));
    if (!in_calendar(found.removed_at)) return bad(at("cases", i, "removed_at"));
  }
  for (std::size_t i = 0; i < evidence.contacts.size(); ++i) {
    const ContactInside& contact = evidence.contacts[i];
    if (!in_calendar(contact.found_at)) return bad(at("contacts", i, "found_at"));
    if (!in_calendar(contact.last_exposure_at)) return bad(at("contacts", i, "last_exposure_at"));
    if (!in_calendar(contact.transferred_at)) return bad(at("contacts", i, "transferred_at"));
    if (!in_calendar(contact.negative_at)) return bad(at("contacts", i, "negative_at"));
  }
  for (std::size_t i = 0; i < evidence.disinfections.size(); ++i)
    if (!in_calendar(evidence.disinfections[i].done_at)) return bad(at("disinfections", i, "done_at"));
  for (std::size_t i = 0; i < evidence.environment.size(); ++i) {
    const EnvironmentSample& sample = evidence.environment[i];
    if (!in_calendar(sample.sampled_at)) return bad(at("environment", i, "sampled_at"));
    if (!in_calendar(sample.reported_at) || sample.reported_at < sample.sampled_at)
      return bad(at("environment", i, "reported_at"));
  }
  for (std::size_t i = 0; i < evidence.people.size(); ++i)
    FL_TRYV(check_tests(evidence.people[i], "/evidence/people/" + std::to_string(i)));
  if (evidence.zones_in_county.value_or(0) < 0)
    return fail(FaultCode::invalid, "json.out_of_range", {}, "/evidence/zones_in_county");
  return {};
}

// A pack is held to its catalogue; a policy that is written out here is held to the same reason.
Result<void> check_policy(const policy::SealPolicy& policy) {
  const auto days = [](const std::optional<int>& value, const char* where) -> Result<void> {
    if (value && (*value < 0 || *value > policy_days_max))
      return fail(FaultCode::invalid, "json.out_of_range", {}, std::string("/policy/") + where);
    return {};
  };
  FL_TRYV(days(policy.contact_days, "contact_days"));
  FL_TRYV(days(policy.sealed.days_without_case, "sealed/days_without_case"));
  FL_TRYV(days(policy.sealed.full_round_within_days, "sealed/full_round_within_days"));
  FL_TRYV(days(policy.controlled.days_without_case, "controlled/days_without_case"));
  FL_TRYV(days(policy.controlled.full_round_within_days, "controlled/full_round_within_days"));
  return days(policy.after_sealed.days, "after_sealed/days");
}

bool is_division(std::string_view code) {
  constexpr std::size_t digits_max = 12;
  return code.size() <= digits_max && code.find_first_not_of("0123456789") == code.npos;
}

Result<policy::SealPolicy> policy_for(const ReleaseQuestion& question) {
  const policy::Library& library = policy::embedded_library();
  if (question.area) return policy::seal_policy(library.in_force(*question.area, question.now));
  FL_TRY(const policy::PolicySet set, library.chosen(*question.packs));
  return policy::seal_policy(set);
}

std::string key_of(const ReleaseQuestion& question) {
  if (question.area) return "area " + *question.area + " " + format_date(civil_date(question.now));
  std::string key = "packs";
  for (const std::string& id : *question.packs) key += " " + id;
  return key;
}

std::string refused(std::string_view text, const Fault& fault) {
  ReleaseRefused line{std::nullopt, {fault.reason, fault.where}};
  if (const auto whole = json::read<std::map<std::string, boost::json::value>>(text))
    if (const auto id = whole->find("id"); id != whole->end() && !id->second.is_null()) line.id = id->second;
  return json::write(line);
}

}  // namespace

Result<std::string> ReleaseLines::answer(std::string_view text) {
  FL_TRY(const auto question, json::read<ReleaseQuestion>(text));
  const int policies = question.policy.has_value() + question.packs.has_value() + question.area.has_value();
  if (policies == 0) return fail(FaultCode::invalid, "release.policy_missing", {}, "/policy");
  if (policies > 1) return fail(FaultCode::invalid, "release.policy_twice", {}, "/policy");
  if (question.area && !is_division(*question.area)) return fail(FaultCode::invalid, "release.bad_area", {}, "/area");
  FL_TRYV(check_order(question.order, question.now));
  const Evidence evidence = question.evidence.value_or(Evidence{});
  FL_TRYV(check_evidence(evidence));
  const policy::SealPolicy* policy = nullptr;
  if (question.policy) {
    FL_TRYV(check_policy(*question.policy));
    policy = &*question.policy;
  } else {
    constexpr std::size_t known_max = 1024;
    if (known_.size() >= known_max) known_.clear();
    const std::string key = key_of(question);
    auto found = known_.find(key);
    if (found == known_.end()) {
      FL_TRY(auto in_force, policy_for(question));
      found = known_.emplace(key, std::move(in_force)).first;
    }
    policy = &found->second;
  }
  return json::write(ReleaseAnswer{question.id, project(question.order, evidence, *policy, question.now)});
}

int release_command(std::span<const std::string> arguments, std::istream& in, std::ostream& out, std::ostream& err) {
  if (arguments.size() != 1 || arguments[0] != "--jsonl") {
    err << release_usage << "\n";
    return 2;
  }
  ReleaseLines lines;
  bool some_refused = false;
  for (std::string line; std::getline(in, line);) {
    if (line.find_first_not_of(" \t\r") == std::string::npos) continue;
    const auto answer = lines.answer(line);
    some_refused = some_refused || !answer;
    out << (answer ? *answer : refused(line, answer.error())) << "\n";
  }
  return some_refused ? 1 : 0;
}

}  // namespace firstline::seal
