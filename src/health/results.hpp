#pragma once

// Test results (检测结果) and vaccinations (接种记录) as laboratories and clinics send them: each has a name of its own
// at its source and a version. The same version twice is one record; a later version replaces the earlier one, which
// stays as history; an earlier one that comes late changes nothing. Decides no colour and opens no case.
//
// Only nucleic acid results move where somebody stands (service.hpp); an antigen result is kept beside them.
//
// Faults: those of record_nat; what others did about a positive and could not (busy); health.version_differs (conflict:
// this version was sent before and said something else); health.bad_key, health.bad_dose, health.given_in_future
// (invalid).

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "health/service.hpp"

namespace firstline::health {

struct TestResultTag {};
using TestResultId = Id<TestResultTag>;
struct VaccinationTag {};
using VaccinationId = Id<VaccinationTag>;
struct BatchTag {};
using BatchId = Id<BatchTag>;

enum class TestKind : std::uint8_t { nucleic_acid, antigen };  // 核酸 抗原
BOOST_DESCRIBE_ENUM(TestKind, nucleic_acid, antigen)

struct TestResult {
  AreaId community_id;
  PersonId person_id;
  TestResultId id;  // Given by take.
  TestKind kind = TestKind::nucleic_acid;
  NatState state = NatState::negative;
  Instant sampled_at{};
  std::optional<Instant> reported_at;
  std::string source;                      // The laboratory.
  std::optional<std::string> external_id;  // What it calls this result; none: taken in by hand, never replaced.
  std::int64_t version = 1;
  std::optional<std::string> tube;  // Of several people (混管): its label.
  BatchId batch_id;                 // The file that it came in.
  TestResultId replaced_by;         // 0: this is what counts.
};
BOOST_DESCRIBE_STRUCT(TestResult, (),
                      (community_id, person_id, id, kind, state, sampled_at, reported_at, source, external_id, version,
                       tube, batch_id, replaced_by))

struct Vaccination {
  AreaId community_id;
  PersonId person_id;
  VaccinationId id;
  Date given_on{};
  int dose = 1;         // 剂次
  std::string product;  // As the clinic calls it.
  std::optional<std::string> lot;
  std::string source;
  std::string external_id;
  std::int64_t version = 1;
  BatchId batch_id;
  VaccinationId replaced_by;
};
BOOST_DESCRIBE_STRUCT(Vaccination, (),
                      (community_id, person_id, id, given_on, dose, product, lot, source, external_id, version,
                       batch_id, replaced_by))

// What came of it.
enum class Taken : std::uint8_t { added, replaced, same, older };
BOOST_DESCRIBE_ENUM(Taken, added, replaced, same, older)

// A result that is positive, or replaces one that was.
struct ResultNews {
  TestResult result;
  std::optional<TestResult> before;  // What it replaces.
  AccountId by;
  Instant now{};
};
// What other modules do about it, in the same transaction.
struct Reactions {
  std::function<Result<void>(store::Session&, const ResultNews&)> positive;
};

// Needs an external id. A replacement is a fact: health.result_replaced, with both states (a sample that goes on to its
// result is none); so is a result that is
// positive or of an abnormal tube: health.result_abnormal. Nothing is written before a fault.
Result<Taken> take_result(store::Session& session, const TestResult& result, AccountId by, Instant now,
                          const Reactions* reactions = nullptr);
// A replacement is a fact: health.vaccination_replaced.
Result<Taken> take_vaccination(store::Session& session, const Vaccination& vaccination, AccountId by, Instant now);
// What taking it would come to; changes nothing. The same faults.
Result<Taken> would_take(store::Session& session, const TestResult& result, Instant now);
Result<Taken> would_take(store::Session& session, const Vaccination& vaccination, Instant now);

// Of all records that are this person's, newest sample first; replaced ones too.
Result<std::vector<TestResult>> results_of(store::Session& session, AreaId community, PersonId person);
Result<std::vector<Vaccination>> vaccinations_of(store::Session& session, AreaId community, PersonId person);
// What counts, of everybody whose home lies below a path, sampled at `since` or later, oldest first; `person_id` is who
// it counts for now, also where the record was merged into another.
Result<std::vector<TestResult>> results_below(store::Session& session, AreaId community, std::string_view path,
                                              Instant since);

}  // namespace firstline::health
