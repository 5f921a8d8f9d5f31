#include "gate/verdict_question.hpp"

#include "gate/verdict.hpp"
#include "gate/wire.hpp"
#include "json/json.hpp"

namespace firstline::gate {

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

}  // namespace

Result<VerdictQuestion> read_question(std::string_view text) {
  FL_TRY(VerdictQuestion question, json::read<VerdictQuestion>(text));
  const int policies = question.policy.has_value() + question.packs.has_value() + question.area.has_value();
  if (policies == 0) return fail(FaultCode::invalid, "verdict.policy_missing", {}, "/policy");
  if (policies > 1) return fail(FaultCode::invalid, "verdict.policy_twice", {}, "/policy");
  return question;
}

Result<GatePolicy> written_policy(const VerdictQuestion& question) {
  if (!question.policy) return fail(FaultCode::invalid, "verdict.policy_missing", {}, "/policy");
  return read_over_default<GatePolicy>(*question.policy, "/policy");
}

Result<Presented> written_presented(const VerdictQuestion& question) {
  return read_over_default<Presented>(question.presented, "/presented");
}

std::string answer_by(const VerdictQuestion& question, const Presented& presented, const GatePolicy& policy) {
  Verdict verdict = decide(presented, policy, question.now);
  return json::write(VerdictAnswer{question.id, verdict.outcome, std::move(verdict.reasons), policy.version});
}

std::string refused_line(std::string_view text, const Fault& fault) {
  RefusedLine refused{std::nullopt, {fault.reason, fault.where}};
  if (const auto question = json::read<VerdictQuestion>(text)) refused.id = question->id;
  return json::write(refused);
}

std::string answer_written_out(std::string_view text) {
  const auto answer = [&]() -> Result<std::string> {
    FL_TRY(const VerdictQuestion question, read_question(text));
    FL_TRY(const Presented presented, written_presented(question));
    FL_TRY(const GatePolicy policy, written_policy(question));
    return answer_by(question, presented, policy);
  }();
  return answer ? *answer : refused_line(text, answer.error());
}

}  // namespace firstline::gate
