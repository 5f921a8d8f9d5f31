#include "seal/round.hpp"

#include <algorithm>

namespace firstline::seal {
namespace {

// First moment after the last at which a sample taken then still counts; inclusive of its whole age.
Instant good_until(const Test& test, const RoundWindow& window) {
  if (!window.age_max) return test.sampled_at >= window.since ? Instant::max() : test.sampled_at;
  return test.sampled_at + *window.age_max + Millis(1);
}

// The latest known result that is not negative, unless a later sample was negative.
const Test* trouble_of(const PersonInside& person, Instant now) {
  const Test* latest = nullptr;
  for (const Test& test : person.tests)
    if (test.reported_at <= now && (!latest || test.sampled_at > latest->sampled_at ||
                                    (test.sampled_at == latest->sampled_at && test.result != TestResult::negative)))
      latest = &test;
  return latest && latest->result != TestResult::negative ? latest : nullptr;
}

bool covered(const PersonInside& person, const RoundWindow& window, Instant release, Instant now) {
  for (const Test& test : person.tests)
    if (test.result == TestResult::negative && test.reported_at <= now && release < good_until(test, window))
      return true;
  return false;
}

struct Span {
  Instant from, until;
};

// When this person was covered, as spans that do not touch. A negative stops counting when a later sample is not one.
void spans_of(const PersonInside& person, const RoundWindow& window, Instant now, std::vector<Span>& spans) {
  spans.clear();
  for (const Test& test : person.tests) {
    if (test.result != TestResult::negative || test.reported_at > now) continue;
    Span span{test.reported_at, good_until(test, window)};
    for (const Test& other : person.tests)
      if (other.result != TestResult::negative && other.reported_at <= now && other.sampled_at >= test.sampled_at)
        span.until = std::min(span.until, other.reported_at);
    if (span.from < span.until) spans.push_back(span);
  }
  std::sort(spans.begin(), spans.end(), [](const Span& a, const Span& b) { return a.from < b.from; });
  std::size_t kept = 0;
  for (std::size_t i = 0; i < spans.size(); ++i) {
    if (kept > 0 && spans[i].from <= spans[kept - 1].until)
      spans[kept - 1].until = std::max(spans[kept - 1].until, spans[i].until);
    else spans[kept++] = spans[i];
  }
  spans.resize(kept);
}

}  // namespace

ConditionState full_round(const Evidence& evidence, const RoundWindow& window, Instant release, Instant now) {
  ConditionState state;
  state.clause = "SEAL-6";
  state.condition = Condition::full_round_negative;
  state.from = window.age_max ? release - *window.age_max : window.since;
  if (evidence.people.empty()) {
    state.met = Met::unknown;
    state.missing.push_back({Lack::people_list, {}, {}});
    return state;
  }
  StillMissing untested{Lack::negative_result, 0, {}}, retest{Lack::single_retest, 0, {}},
      positive{Lack::positive_person, 0, {}};
  for (const PersonInside& person : evidence.people) {
    const Test* trouble = trouble_of(person, now);
    if (!trouble && covered(person, window, release, now)) continue;
    StillMissing& where = !trouble ? untested : trouble->result == TestResult::positive ? positive : retest;
    ++*where.count;
    where.people.push_back(person.person);
    if (trouble && !trouble->evidence.empty()) state.evidence.push_back(trouble->evidence);
  }
  for (StillMissing* each : {&untested, &retest, &positive})
    if (*each->count > 0) state.missing.push_back(std::move(*each));
  state.met = state.missing.empty() ? Met::met : Met::unmet;
  return state;
}

std::optional<Instant> first_complete(const Evidence& evidence, const RoundWindow& window, Instant from, Instant now) {
  if (evidence.people.empty() || from > now) return std::nullopt;
  struct Turn {
    Instant at;
    int change;
  };
  std::vector<Turn> turns;
  std::vector<Span> spans;
  for (const PersonInside& person : evidence.people) {
    spans_of(person, window, now, spans);
    bool any = false;
    for (const Span& span : spans) {
      const Instant begin = std::max(span.from, from);
      if (begin >= span.until || begin > now) continue;
      any = true;
      turns.push_back({begin, 1});
      if (span.until <= now) turns.push_back({span.until, -1});
    }
    if (!any) return std::nullopt;
  }
  // Who stops being covered at a moment stops before anybody begins.
  std::sort(turns.begin(), turns.end(),
            [](const Turn& a, const Turn& b) { return a.at != b.at ? a.at < b.at : a.change < b.change; });
  int in = 0;
  const int all = static_cast<int>(evidence.people.size());
  for (const Turn& turn : turns) {
    in += turn.change;
    if (in == all) return turn.at;
  }
  return std::nullopt;
}

}  // namespace firstline::seal
