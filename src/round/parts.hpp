#pragma once

// Between the files of the service. Inside the module only.

#include <map>

#include "area/service.hpp"
#include "json/json.hpp"
#include "round/service.hpp"

namespace firstline::round {

// Fault round.unknown.
Result<Round> met(http::Call& call, RoundId id);
Result<void> must_be_open(const Round& round);
Result<void> write_fact(http::Call& call, AreaId community, std::string kind, std::string subject, std::string body);
std::string subject_of(const Round& round);

api::RoundView view_of(const Round& round, std::string area_name);
api::TubeView view_of(const Tube& tube);
api::ManifestView view_of(const Manifest& manifest);

// Also of what was taken under records that were merged into this one.
Result<std::optional<Sample>> last_sample(store::Session& session, RoundId round, person::PersonRef who);

// The last sample of every record in the round.
struct LastSample {
  Sample sample;
  Tube tube;
};
Result<std::map<PersonId, LastSample>> last_samples(store::Session& session, const Round& round);

}  // namespace firstline::round
