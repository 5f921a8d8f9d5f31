#include "health/results.hpp"

#include <algorithm>

#include "health/results_store.hpp"
#include "health/store.hpp"
#include "json/json.hpp"
#include "ledger/fact.hpp"

namespace firstline::health {
namespace {

using store::Session;

constexpr std::size_t key_bytes_max = 100, text_bytes_max = 300;
constexpr int dose_max = 20;
constexpr std::int64_t version_max = 1'000'000'000;

struct ResultFact {
  NatState state = NatState::negative;
  Instant sampled_at{};
  std::string source, external_id;
  std::int64_t version = 1;
  std::optional<NatState> before;  // What the replaced version said,
  std::optional<PersonId> about;   // and about whom, where that was somebody else.
};
BOOST_DESCRIBE_STRUCT(ResultFact, (), (state, sampled_at, source, external_id, version, before, about))

struct VaccinationFact {
  Date given_on{};
  int dose = 1;
  std::string source, external_id;
  std::int64_t version = 1;
  std::optional<PersonId> about;
};
BOOST_DESCRIBE_STRUCT(VaccinationFact, (), (given_on, dose, source, external_id, version, about))

RecordKind kind_of(const TestResult&) { return RecordKind::test; }
RecordKind kind_of(const Vaccination&) { return RecordKind::vaccination; }
Result<std::optional<TestResult>> there(Session& session, const RecordKey& key, const TestResult&) {
  return load_result(session, key);
}
Result<std::optional<Vaccination>> there(Session& session, const RecordKey& key, const Vaccination&) {
  return load_vaccination(session, key);
}
const std::string& key_text(const TestResult& result) {
  static const std::string none;
  return result.external_id ? *result.external_id : none;
}
const std::string& key_text(const Vaccination& vaccination) { return vaccination.external_id; }

bool says_the_same(const TestResult& a, const TestResult& b) {
  return a.kind == b.kind && a.state == b.state && a.sampled_at == b.sampled_at && a.reported_at == b.reported_at &&
         a.tube == b.tube;
}
bool says_the_same(const Vaccination& a, const Vaccination& b) {
  return a.given_on == b.given_on && a.dose == b.dose && a.product == b.product && a.lot == b.lot;
}

Result<void> check(const TestResult& result, Instant now) {
  return check_nat({result.sampled_at, result.reported_at, result.state, result.source}, now);
}
Result<void> check(const Vaccination& vaccination, Instant now) {
  if (vaccination.given_on > civil_date(now)) return fail(FaultCode::invalid, "health.given_in_future");
  if (vaccination.dose < 1 || vaccination.dose > dose_max) return fail(FaultCode::invalid, "health.bad_dose");
  if (vaccination.source.empty() || vaccination.source.size() > text_bytes_max || vaccination.product.empty() ||
      vaccination.product.size() > text_bytes_max)
    return fail(FaultCode::invalid, "health.bad_source");
  return {};
}

struct Weighed {
  Taken taken = Taken::added;
  std::optional<RecordKey> key;  // Of the record that is there.
};

// The whole rule of versions.
template <class Record>
Result<Weighed> weigh(Session& session, const Record& record, Instant now) {
  FL_TRYV(check(record, now));
  const std::string& text = key_text(record);
  if (text.empty() || text.size() > key_bytes_max || record.version < 0 || record.version > version_max)
    return fail(FaultCode::invalid, "health.bad_key");
  Weighed weighed;
  FL_TRY(weighed.key, load_key(session, kind_of(record), record.source, text));
  if (!weighed.key) return weighed;
  if (record.version > weighed.key->version) weighed.taken = Taken::replaced;
  if (record.version < weighed.key->version) weighed.taken = Taken::older;
  if (record.version != weighed.key->version) return weighed;
  weighed.taken = Taken::same;
  FL_TRY(const auto found, there(session, *weighed.key, record));
  FL_CHECK(found);
  bool same = says_the_same(*found, record);
  if (same && found->person_id != record.person_id) {
    // The record may have been merged into the one that the number names now.
    FL_TRY(const auto counted, person::counted_as(session, {found->community_id, found->person_id}));
    same = counted == person::PersonRef{record.community_id, record.person_id};
  }
  if (!same) return fail(FaultCode::conflict, "health.version_differs");
  return weighed;
}

Result<void> write_fact(Session& session, person::PersonRef about, std::string kind, std::string body, AccountId by,
                        Instant now) {
  ledger::Draft fact;
  fact.community = fact.area = about.community_id;
  fact.at = fact.recorded_at = now;
  fact.actor = by;
  fact.kind = std::move(kind);
  fact.subject = "person:" + format_id(about.person_id.value);
  fact.body = std::move(body);
  FL_TRYV(ledger::write(session, fact));
  return {};
}

Result<void> stand_anew_whoever_counts(Session& session, person::PersonRef record) {
  FL_TRY(const auto counted, person::counted_as(session, record));
  return stand_anew(session, counted.community_id, counted.person_id);
}

// A sample on its way to its result: nothing is corrected.
bool goes_on(const TestResult& before, const TestResult& after) {
  const bool unfinished = before.state == NatState::sampled || before.state == NatState::testing;
  return unfinished && before.person_id == after.person_id && before.community_id == after.community_id &&
         before.kind == after.kind && after.kind == TestKind::nucleic_acid && before.sampled_at == after.sampled_at;
}

bool abnormal(NatState state) { return state == NatState::positive || state == NatState::pool_abnormal; }

}  // namespace

Result<Taken> would_take(Session& session, const TestResult& result, Instant now) {
  FL_TRY(const auto weighed, weigh(session, result, now));
  return weighed.taken;
}
Result<Taken> would_take(Session& session, const Vaccination& vaccination, Instant now) {
  FL_TRY(const auto weighed, weigh(session, vaccination, now));
  return weighed.taken;
}

Result<Taken> take_result(Session& session, const TestResult& result, AccountId by, Instant now,
                          const Reactions* reactions) {
  FL_TRY(const auto weighed, weigh(session, result, now));
  if (weighed.taken == Taken::same || weighed.taken == Taken::older) return weighed.taken;
  TestResult made = result;
  made.id = session.new_id<TestResultId>(now);
  made.replaced_by = {};
  const person::PersonRef about{made.community_id, made.person_id};
  FL_TRYV(save(session, made));
  FL_TRYV(save_key(session, RecordKind::test, made.source, *made.external_id,
                   {made.community_id, made.person_id, made.id.value, made.version}));
  ResultFact body{made.state, made.sampled_at, made.source, *made.external_id, made.version, {}, {}};
  std::optional<TestResult> before;
  if (weighed.key) {
    FL_TRY(before, load_result(session, *weighed.key));
    FL_CHECK(before);
    FL_TRYV(save_replaced(session, RecordKind::test, *weighed.key, made.id.value));
    const person::PersonRef was{before->community_id, before->person_id};
    if (goes_on(*before, made)) {
      FL_TRYV(move_nat(session, made.community_id, made.person_id,
                       {made.sampled_at, made.reported_at, made.state, made.source}));
    } else {
      FL_TRYV(stand_anew_whoever_counts(session, about));
      body.before = before->state;
      if (was != about) {
        FL_TRYV(stand_anew_whoever_counts(session, was));
        body.about = was.person_id;
      }
      FL_TRYV(write_fact(session, about, "health.result_replaced", json::write(body), by, now));
    }
  } else if (made.kind == TestKind::nucleic_acid) {
    FL_TRYV(move_nat(session, made.community_id, made.person_id,
                     {made.sampled_at, made.reported_at, made.state, made.source}));
  }
  if (abnormal(made.state)) {
    FL_TRYV(write_fact(session, about, "health.result_abnormal", json::write(body), by, now));
  }
  const bool was_positive = before && before->state == NatState::positive;
  if (reactions && reactions->positive && (was_positive || made.state == NatState::positive)) {
    const auto told = reactions->positive(session, {made, before, by, now});
    // The result is written by now: nothing that a caller could take for its refusal may come of it.
    if (!told) return fail(FaultCode::busy, told.error().reason, told.error().detail, told.error().where);
  }
  return weighed.taken;
}

Result<Taken> take_vaccination(Session& session, const Vaccination& vaccination, AccountId by, Instant now) {
  FL_TRY(const auto weighed, weigh(session, vaccination, now));
  if (weighed.taken == Taken::same || weighed.taken == Taken::older) return weighed.taken;
  Vaccination made = vaccination;
  made.id = session.new_id<VaccinationId>(now);
  made.replaced_by = {};
  FL_TRYV(save(session, made));
  FL_TRYV(save_key(session, RecordKind::vaccination, made.source, made.external_id,
                   {made.community_id, made.person_id, made.id.value, made.version}));
  if (!weighed.key) return weighed.taken;
  FL_TRYV(save_replaced(session, RecordKind::vaccination, *weighed.key, made.id.value));
  VaccinationFact body{made.given_on, made.dose, made.source, made.external_id, made.version, {}};
  if (weighed.key->person_id != made.person_id) body.about = weighed.key->person_id;
  FL_TRYV(write_fact(session, {made.community_id, made.person_id}, "health.vaccination_replaced", json::write(body), by,
                     now));
  return weighed.taken;
}

Result<std::vector<TestResult>> results_of(Session& session, AreaId community, PersonId person) {
  FL_TRY(const auto records, person::records_of(session, {community, person}));
  std::vector<TestResult> all;
  for (const PersonId record : records) {
    FL_TRY(auto found, load_results(session, community, record));
    all.insert(all.end(), std::make_move_iterator(found.begin()), std::make_move_iterator(found.end()));
  }
  std::sort(all.begin(), all.end(), [](const TestResult& a, const TestResult& b) {
    return std::pair(a.sampled_at, a.id.value) > std::pair(b.sampled_at, b.id.value);
  });
  return all;
}

Result<std::vector<Vaccination>> vaccinations_of(Session& session, AreaId community, PersonId person) {
  FL_TRY(const auto records, person::records_of(session, {community, person}));
  std::vector<Vaccination> all;
  for (const PersonId record : records) {
    FL_TRY(auto found, load_vaccinations(session, community, record));
    all.insert(all.end(), std::make_move_iterator(found.begin()), std::make_move_iterator(found.end()));
  }
  std::sort(all.begin(), all.end(), [](const Vaccination& a, const Vaccination& b) {
    return std::pair(a.given_on, a.id.value) > std::pair(b.given_on, b.id.value);
  });
  return all;
}

Result<std::vector<TestResult>> results_below(Session& session, AreaId community, std::string_view path,
                                              Instant since) {
  FL_TRY(auto all, load_results_below(session, community, path, since));
  std::sort(all.begin(), all.end(), [](const TestResult& a, const TestResult& b) {
    return std::pair(a.sampled_at, a.id.value) < std::pair(b.sampled_at, b.id.value);
  });
  return all;
}

}  // namespace firstline::health
