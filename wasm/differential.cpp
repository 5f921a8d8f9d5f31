// Questions to the gate rule with this program's own answers: `question TAB answer`, one a line. differential.mjs asks
// the phone's rules the same and demands the same bytes.
//   rules_differential COUNT SEED     COUNT random ones, after the clauses' edges, their pairs, and lines that are
//   refused

#include <cstdio>
#include <cstdlib>
#include <string>

#include "base/clock.hpp"
#include "gate/check_question.hpp"
#include "gate/stands.hpp"
#include "gate/verdict_any.hpp"
#include "gate/verdict_question.hpp"
#include "gate/verdict_rows.hpp"
#include "json/json.hpp"

namespace firstline::gate {
namespace {

struct Question {
  std::optional<std::string> id;
  Presented presented;
  GatePolicy policy;
  Instant now{};
};
BOOST_DESCRIBE_STRUCT(Question, (), (id, presented, policy, now))

struct Check {
  Stands stands;
  Moment moment;
  GatePolicy policy;
  Instant now{};
};
BOOST_DESCRIBE_STRUCT(Check, (), (stands, moment, policy, now))

void put_line(const char* entry, const std::string& question, const std::string& answer) {
  for (const std::string_view part : {std::string_view(entry), std::string_view(question), std::string_view(answer)}) {
    std::fwrite(part.data(), 1, part.size(), stdout);
    std::fputc(part.data() == answer.data() ? '\n' : '\t', stdout);
  }
}
void put(const std::string& line) { put_line("verdict", line, answer_written_out(line)); }
void put_check(const std::string& line) { put_line("check", line, answer_check(line)); }

// A clause's row as it stands, and moved one millisecond either way, for everybody who may come, in both directions.
void put_edges() {
  for (const rows::ClauseRow& row : rows::clause_rows)
    for (const Direction direction : {Direction::in, Direction::out})
      for (int relation = 0; relation < 6; ++relation)
        for (int moved = -1; moved <= 1; ++moved) {
          Question question{row.id, neighbour(), demanding_policy(), noon + Millis(moved)};
          row.spoil(question.presented, question.policy);
          put(json::write(question));
          question.presented.direction = direction;
          question.presented.relation = static_cast<Relation>(relation);
          put(json::write(question));
        }
}

void put_pairs() {
  for (const rows::ClauseRow& first : rows::clause_rows)
    for (const rows::ClauseRow& second : rows::clause_rows) {
      Question question{std::nullopt, neighbour(), demanding_policy(), noon};
      first.spoil(question.presented, question.policy);
      // A row may look into what the first one took away.
      if (!question.presented.code) question.presented.code = neighbour().code;
      if (!question.presented.nat.last_negative) question.presented.nat.last_negative = neighbour().nat.last_negative;
      second.spoil(question.presented, question.policy);
      put(json::write(question));
    }
}

// Lines that are not understood, or only in part: the refusal is an answer too.
void put_refused(SeededRandom& random, const std::string& whole) {
  const char* const lines[] = {
      "{",
      "[]",
      "null",
      "{}",
      R"({"presented":{},"policy":{}})",
      R"({"presented":{},"now":"2022-03-15T12:00:00+08:00"})",
      R"({"id":{"a":[1,2.50,-0.1,1e300,"\u4e2d\ud83d\ude00"]},"presented":{},"policy":{},"now":"2022-03-15T04:00:00Z"})",
      R"({"id":18446744073709551615,"presented":{"colour":1},"policy":{},"now":"2022-03-15T04:00:00Z"})",
      R"({"presented":{"nat":{"state":"lost"}},"policy":{},"now":"2022-03-15T04:00:00Z"})",
      R"({"presented":{},"policy":{"nat":{"window_hours_out":99999999999}},"now":"2022-03-15T04:00:00Z"})",
      R"({"presented":{},"packs":["fl-base"],"now":"2022-03-15T04:00:00Z"})",
      R"({"presented":{},"presented":{},"policy":{},"now":"2022-03-15T04:00:00Z"})"};
  for (const char* line : lines) put(line);
  for (int i = 0; i < 2000; ++i) {
    std::string line = whole;
    const std::size_t at = random.next() % line.size();
    if (i % 3 == 0) line.resize(at);
    else if (i % 3 == 1) line.erase(at, 1);
    else line[at] = static_cast<char>(0x20 + random.next() % 0x5f);
    put(line);
  }
}

// How somebody stands: as any Presented, with spans and days about the edges of this one.
template <class Any>
Stands any_stands(const Any& any) {
  const Presented p = any.presented();
  const auto term = [&]() -> std::optional<Term> {
    if (any.yes_or_no()) return std::nullopt;
    Term made;
    if (any.yes_or_no()) made.from = any.instant();
    if (any.yes_or_no()) made.until = any.instant();
    return made;
  };
  const auto day = [&] { return civil_date(noon) + std::chrono::days(any.choose(-1, 1)); };
  Stands stands;
  stands.relation = p.relation;
  stands.age_band = p.age_band;
  stands.code = p.code;
  stands.offline_code = p.offline_code;
  stands.nat = p.nat;
  stands.isolation = p.isolation;
  stands.home = p.home;
  stands.compound = p.compound;
  stands.passes_asked = term();
  stands.pass = term();
  for (int i = any.choose(0, 2); i > 0; --i) stands.approved_days.push_back(day());
  if (any.yes_or_no()) stands.outings = OutingsOn{day(), any.choose(0, 4)};
  if (any.yes_or_no())
    stands.trip = KnownTrip{any.template one_of<TripState>(), any.template one_of<PlaceRisk>(), day(), day()};
  stands.visitor = p.visitor;
  return stands;
}

template <class Any>
void put_checks(const Any& any, int count) {
  put_check("{");
  put_check(R"({"stands":{"colour":1},"moment":{},"policy":{},"now":"2022-03-15T12:00:00+08:00"})");
  Check check;
  for (int i = 0; i < count; ++i) {
    check.stands = any_stands(any);
    check.moment = {};
    check.moment.direction = any.template one_of<Direction>();
    if (any.yes_or_no()) check.moment.temperature_tenths = any.choose(330, 390);
    check.moment.mask = any.template one_of<Mask>();
    if (any.choose(0, 3) == 0) check.moment.colour_seen = any.template one_of<CodeColour>();
    if (any.choose(0, 3) == 0) check.moment.nat_seen_hours = any.choose(-1, 73);
    check.moment.leaves_district = any.yes_or_no();
    if (i % 8 == 0) check.policy = any.policy();
    check.now = noon + Millis(any.choose(-2, 2));
    put_check(json::write(check));
  }
}

int run(int count, std::uint64_t seed) {
  SeededRandom random(seed);
  const AnyQuestion any{[&](int from, int to) {
    return from + static_cast<int>(random.next() % static_cast<std::uint64_t>(to - from + 1));
  }};
  put_edges();
  put_pairs();
  Question question{std::nullopt, neighbour(), demanding_policy(), noon};
  put_refused(random, json::write(question));
  for (int i = 0; i < count; ++i) {
    if (i % 2 == 0) {
      question.presented = any.presented();
    } else {  // Nearly everything in order: otherwise most are held.
      question.presented = neighbour();
      GatePolicy unused;
      const int row = any.choose(0, static_cast<int>(rows::clause_rows.size()) - 1);
      rows::clause_rows[static_cast<std::size_t>(row)].spoil(question.presented, unused);
      question.presented.direction = any.one_of<Direction>();
      if (question.presented.nat.last_negative) question.presented.nat.last_negative->sampled_at = any.instant();
    }
    if (i % 8 == 0) question.policy = any.policy();  // Each policy for some people: a pack on a phone is like that.
    question.now = noon + Millis(any.choose(-2, 2));
    put(json::write(question));
  }
  put_checks(any, count / 2);
  return 0;
}

}  // namespace
}  // namespace firstline::gate

int main(int count, char** arguments) {
  if (count != 3) return std::fputs("usage: rules_differential COUNT SEED\n", stderr), 2;
  return firstline::gate::run(std::atoi(arguments[1]), std::strtoull(arguments[2], nullptr, 10));
}
