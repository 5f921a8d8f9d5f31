#pragma once

// Reads results and vaccinations from HL7 FHIR R4 resources: Observation and Immunization, with the Patient and
// Specimen that they point at. What is read of each stands in README.md. Pure.
//
// Two passes: `remember` every piece of a file first, because a result may stand before the person it is about.

#include <unordered_map>
#include <variant>

#include "laboratory/model.hpp"
#include "laboratory/pieces.hpp"

namespace firstline::laboratory {

class FhirFile {
 public:
  // Faults (invalid): fhir.not_json; fhir.too_many_patients.
  Result<void> remember(const Piece& piece);

  struct Nothing {};  // Another kind of resource.
  using Read = std::variant<Nothing, ResultRow, VaccinationRow, Rejection>;
  Result<Read> read(const Piece& piece, Kind kind) const;

 private:
  class Resource;
  struct Sample {
    std::optional<Instant> collected_at;
    std::optional<std::string> tube;
  };
  std::unordered_map<std::string, std::string> people_;  // Reference > name, ID number and phone with '\n' between.
  std::unordered_map<std::string, Sample> samples_;
};

}  // namespace firstline::laboratory
