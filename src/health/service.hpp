#pragma once

// Takes in code readings and test results, and answers how a person stands. Decides nothing about a passage, and makes
// no colour: every reading names its source and grade. Later news about an earlier moment never replaces earlier news
// about a later one. Faults (invalid): health.reading_from_future,
// health.bad_source, health.reported_before_sampled, health.no_sample, health.negative_without_report.

#include <map>
#include <string>
#include <string_view>

#include "base/fault.hpp"
#include "base/id.hpp"
#include "health/wire.hpp"
#include "http/route.hpp"
#include "person/service.hpp"
#include "store/session.hpp"

namespace firstline::health {

// The latest code reading and where testing stands, by one row. Nothing known: an empty Standing, no fault.
Result<Standing> standing(store::Session& session, AreaId community, PersonId person);

// The same of everybody whose home lies below a path, by one statement.
Result<std::map<PersonId, Standing>> standings_below(store::Session& session, AreaId community, std::string_view path);
// How somebody stood at an earlier moment, by what is known now: readings and samples from before it, results that were
// out by then.
Result<Standing> standing_at(store::Session& session, AreaId community, PersonId person, Instant moment);

// Who took it in: an account, or 0 for a connector.
Result<void> record_code(store::Session& session, AreaId community, PersonId person, const CodeReading& reading,
                         AccountId set_by, std::string reason, Instant now);

struct NatResult {
  Instant sampled_at{};
  std::optional<Instant> reported_at;
  NatState state = NatState::sampled;
  std::string source;  // Laboratory or sampling point.
};
// Every reading as it came in, with who took it in and why; in that order. Of one record: see person::records_of.
struct KeptReading {
  CodeColour colour = CodeColour::green;
  EvidenceGrade grade = EvidenceGrade::visual;
  Instant read_at{};
  std::string source;
  AccountId set_by;  // 0: a connector.
  std::string reason;
};
BOOST_DESCRIBE_STRUCT(KeptReading, (), (colour, grade, read_at, source, set_by, reason))
Result<std::vector<KeptReading>> code_history(store::Session& session, AreaId community, PersonId record);

// What a result must be to be one; see the faults above.
Result<void> check_nat(const NatResult& result, Instant now);
Result<void> record_nat(store::Session& session, AreaId community, PersonId person, const NatResult& result,
                        Instant now);

// Derives a person's standing anew, from the readings of all records that are theirs: records were merged or separated.
Result<void> stand_anew(store::Session& session, AreaId community, PersonId person);

// GET my/household (own data, unmasked, with health standing). `directory` outlives the table.
void add_routes(http::RouteTable& table, const person::Directory& directory);

}  // namespace firstline::health
