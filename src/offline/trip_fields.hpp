#pragma once

// The fields of a trip as texts that can be merged one by one, and back. Internal to the module.

#include "movement/trips.hpp"
#include "offline/merge.hpp"
#include "offline/record_api.hpp"

namespace firstline::offline {

std::vector<FieldVersions> versions_of(const api::BaseTrip& base, const movement::api::FileTrip& device,
                                       const movement::TripRow& server);
// Fault json.unknown_value: a text that is no value of its field.
Result<movement::TripChange> change_of(const std::vector<FieldVersions>& fields);

}  // namespace firstline::offline
