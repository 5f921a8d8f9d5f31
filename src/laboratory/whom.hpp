#pragma once

// Whom a row of somebody's list is about: by a number and the name, never by the name alone. Guesses nobody.

#include "laboratory/model.hpp"
#include "person/service.hpp"

namespace firstline::laboratory {

struct Found {
  std::optional<person::PersonRef> ref;
  std::string refused;  // Why there is none: a code of rejection_words.
};

// Only what the database cannot do is a fault.
Result<Found> whom(store::Session& session, const person::Directory& people, const Who& who, Date today);

}  // namespace firstline::laboratory
