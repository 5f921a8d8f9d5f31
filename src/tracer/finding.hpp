#pragma once

// Finds who belongs in a list: those of the home and the stairwell from the place tree, those who were met from the
// index, and contacts of contacts from close contacts only (whoever passed the same gate as somebody who passed the
// same gate is half the city). Inside the module only; writes nothing.

#include "http/call.hpp"
#include "trace/service.hpp"
#include "tracer/rules.hpp"
#include "tracer/service.hpp"

namespace firstline::tracer {

struct FoundEncounter {
  std::int64_t place = 0;
  Instant from{}, until{};
};

struct Found {
  PersonId person;
  AreaId home;  // Their community.
  BasisSet bases;
  bool of_contact = false;
  PersonId via;
  std::int64_t encounters = 0, overlap_seconds = 0;
  std::optional<Instant> first, last;
  std::vector<FoundEncounter> latest;  // The latest encounters_max.

  Evidence evidence() const { return {bases, encounters, overlap_seconds, of_contact}; }
};

struct Finding {
  std::vector<Found> people;  // As a run lists them: at most rows_max.
  int left_out = 0, unknown = 0;
};

struct Window {
  Instant from{}, until{};
};

Result<Finding> find_contacts(http::Call& call, const Ground& ground, const person::Resident& who,
                              const Parameters& parameters, Neighbours close_neighbours, Window window);

}  // namespace firstline::tracer
