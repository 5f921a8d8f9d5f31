#include "gate/verdict_lines.hpp"

#include <algorithm>
#include <istream>
#include <optional>
#include <ostream>

#include <boost/describe.hpp>
#include <boost/json/value.hpp>

#include "gate/verdict.hpp"
#include "gate/wire.hpp"
#include "json/json.hpp"
#include "policy/library.hpp"

namespace firstline::gate {

struct VerdictQuestion {
  std::optional<boost::json::value> id;
  boost::json::value presented;
  std::optional<boost::json::value> policy;
  std::optional<std::vector<std::string>> packs;
  std::optional<std::string> area;
  Instant now{};
};
BOOST_DESCRIBE_STRUCT(VerdictQuestion, (), (id, presented, policy, packs, area, now))

struct VerdictAnswer {
  std::optional<boost::json::value> id;
  Outcome outcome = Outcome::pass;
  std::vector<Reason> reasons;
  std::string policy_version;
};
BOOST_DESCRIBE_STRUCT(VerdictAnswer, (), (id, outcome, reasons, policy_version))

struct LineError {
  std::string code;
  std::string where;
};
BOOST_DESCRIBE_STRUCT(LineError, (), (code, where))

struct RefusedLine {
  std::optional<boost::json::value> id;
  LineError error;
};
BOOST_DESCRIBE_STRUCT(RefusedLine, (), (id, error))

namespace {

void lay_over(boost::json::value& base, const boost::json::value& given) {
  if (!base.is_object() || !given.is_object()) {
    base = given;
    return;
  }
  for (const auto& [key, value] : given.get_object()) {
    auto* known = base.get_object().if_contains(key);
    if (known) lay_over(*known, value);
    else base.get_object().emplace(key, value);
  }
}

// Strict about what is given, silent about what is not.
template <class T>
Result<T> read_over_default(const boost::json::value& given, std::string_view pointer) {
  if (!given.is_object()) return fail(FaultCode::invalid, "json.wrong_type", {}, std::string(pointer));
  boost::json::value whole = json::to_value(T{});
  lay_over(whole, given);
  auto read = json::from_value<T>(whole);
  if (!read) read.error().where.insert(0, pointer);
  return read;
}

Result<GatePolicy> policy_for(const VerdictQuestion& question) {
  if (question.policy) return read_over_default<GatePolicy>(*question.policy, "/policy");
  const policy::Library& library = policy::embedded_library();
  if (question.area) return policy::gate_policy(library.in_force(*question.area, question.now));
  FL_TRY(const policy::PolicySet set, library.chosen(*question.packs));
  return policy::gate_policy(set);
}

// The key under which a policy may be kept; a policy written out in the question is not kept.
std::string key_of(const VerdictQuestion& question) {
  if (question.area) return "area " + *question.area + " " + format_date(civil_date(question.now));
  std::string key = "packs";
  for (const std::string& id : *question.packs) key += " " + id;
  return key;
}

}  // namespace

Result<std::string> VerdictLines::answer(std::string_view question_text) {
  FL_TRY(const VerdictQuestion question, json::read<VerdictQuestion>(question_text));
  const int policies = question.policy.has_value() + question.packs.has_value() + question.area.has_value();
  if (policies == 0) return fail(FaultCode::invalid, "verdict.policy_missing", {}, "/policy");
  if (policies > 1) return fail(FaultCode::invalid, "verdict.policy_twice", {}, "/policy");
  FL_TRY(const Presented presented, read_over_default<Presented>(question.presented, "/presented"));

  GatePolicy written_out;
  const GatePolicy* policy = &written_out;
  if (question.policy) {
    FL_TRY(written_out, policy_for(question));
  } else {
    constexpr std::size_t known_max = 1024;
    if (known_.size() >= known_max) known_.clear();
    const std::string key = key_of(question);
    auto found = known_.find(key);
    if (found == known_.end()) {
      FL_TRY(GatePolicy in_force, policy_for(question));
      found = known_.emplace(key, std::move(in_force)).first;
    }
    policy = &found->second;
  }
  Verdict verdict = decide(presented, *policy, question.now);
  return json::write(VerdictAnswer{question.id, verdict.outcome, std::move(verdict.reasons), policy->version});
}

Result<std::string> verdict_line(std::string_view question) { return VerdictLines().answer(question); }

int verdict_command(std::span<const std::string> arguments, std::istream& in, std::ostream& out, std::ostream& err) {
  if (arguments.size() != 1 || arguments[0] != "--jsonl") {
    err << verdict_usage << "\n";
    return 2;
  }
  VerdictLines lines;
  bool some_refused = false;
  for (std::string line; std::getline(in, line);) {
    if (line.find_first_not_of(" \t\r") == std::string::npos) continue;
    if (const auto answer = lines.answer(line)) {
      out << *answer << "\n";
      continue;
    } else {
      some_refused = true;
      RefusedLine refused{std::nullopt, {answer.error().reason, answer.error().where}};
      if (const auto question = json::read<VerdictQuestion>(line)) refused.id = question->id;
      out << json::write(refused) << "\n";
    }
  }
  return some_refused ? 1 : 0;
}

}  // namespace firstline::gate
