#include "gate/check_question.hpp"

#include <boost/describe.hpp>

#include "gate/presented.hpp"
#include "gate/verdict.hpp"
#include "gate/verdict_question.hpp"
#include "gate/wire.hpp"
#include "json/json.hpp"

namespace firstline::gate {

struct CheckQuestion {
  Stands stands;
  Moment moment;
  GatePolicy policy;
  Instant now{};
};
BOOST_DESCRIBE_STRUCT(CheckQuestion, (), (stands, moment, policy, now))

struct CheckAnswer {
  Presented arguments;
  Outcome outcome = Outcome::pass;
  std::vector<Reason> reasons;
  std::string policy_version;
};
BOOST_DESCRIBE_STRUCT(CheckAnswer, (), (arguments, outcome, reasons, policy_version))

std::string answer_check(std::string_view text) {
  const auto question = json::read<CheckQuestion>(text);
  if (!question) return refused_line({}, question.error());
  CheckAnswer answer{presented(question->stands, question->moment, question->policy, question->now), {}, {}, {}};
  Verdict verdict = decide(answer.arguments, question->policy, question->now);
  answer.outcome = verdict.outcome;
  answer.reasons = std::move(verdict.reasons);
  answer.policy_version = question->policy.version;
  return json::write(answer);
}

}  // namespace firstline::gate
