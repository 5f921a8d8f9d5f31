#include "gate/verdict_lines.hpp"

#include <algorithm>
#include <istream>
#include <ostream>

#include "gate/verdict_question.hpp"
#include "policy/library.hpp"

namespace firstline::gate {

namespace {

Result<GatePolicy> policy_for(const VerdictQuestion& question) {
  if (question.policy) return written_policy(question);
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
  FL_TRY(const VerdictQuestion question, read_question(question_text));
  FL_TRY(const Presented presented, written_presented(question));
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
  return answer_by(question, presented, *policy);
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
      out << refused_line(line, answer.error()) << "\n";
    }
  }
  return some_refused ? 1 : 0;
}

}  // namespace firstline::gate
