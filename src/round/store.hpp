#pragma once

// What is kept of rounds. SQL stands in store_sql.cpp.

#include "round/model.hpp"
#include "store/session.hpp"

namespace firstline::round {

Result<void> add(store::Session& session, const Round& round);
Result<std::optional<Round>> load(store::Session& session, AreaId community, RoundId id);
// Newest first.
Result<std::vector<Round>> load_newest(store::Session& session, AreaId community, int limit);
Result<std::int64_t> last_number(store::Session& session, AreaId community);
Result<void> save_state(store::Session& session, const Round& round);
// The serial of the last tube becomes `made`. False if somebody else made some meanwhile.
Result<bool> save_made(store::Session& session, const Round& round, std::int64_t made_before);

Result<void> add(store::Session& session, const Point& point);
Result<std::optional<Point>> load(store::Session& session, AreaId community, PointId id);
Result<std::vector<Point>> load_points(store::Session& session, AreaId community, RoundId round);
Result<void> save_waiting(store::Session& session, const Point& point);

Result<void> add(store::Session& session, const Tube& tube);
Result<std::optional<Tube>> load(store::Session& session, AreaId community, TubeId id);
Result<std::optional<Tube>> load_by_label(store::Session& session, AreaId community, std::string_view label);
Result<std::vector<Tube>> load_tubes(store::Session& session, AreaId community, RoundId round);
Result<std::vector<Tube>> load_tubes_of(store::Session& session, AreaId community, ManifestId manifest);
// False if somebody changed it since it was read with `people` and `state` as they were.
Result<bool> save(store::Session& session, const Tube& tube, int people_before, TubeState state_before);

Result<void> add(store::Session& session, const Sample& sample);
Result<void> remove(store::Session& session, const Sample& sample);
// In the order in which they were taken.
Result<std::vector<Sample>> load_samples(store::Session& session, AreaId community, RoundId round, PersonId person);
Result<std::vector<Sample>> load_samples(store::Session& session, AreaId community, RoundId round);
Result<std::vector<Sample>> load_samples_in(store::Session& session, AreaId community, TubeId tube);

Result<void> put(store::Session& session, const Exempt& exempt);
Result<std::vector<Exempt>> load_exempt(store::Session& session, AreaId community, RoundId round);

Result<void> add(store::Session& session, const Manifest& manifest);
Result<std::vector<Manifest>> load_manifests(store::Session& session, AreaId community, RoundId round);

}  // namespace firstline::round
