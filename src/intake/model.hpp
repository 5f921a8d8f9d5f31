#pragma once

// An import 导入: one list of the office, from the file to the people at the gate, and back.
//   uploaded > compared > taking > taken > undoing > undone,   uploaded | compared > discarded

#include <optional>
#include <string>
#include <vector>

#include "base/id.hpp"
#include "intake/comparison.hpp"

namespace firstline::intake {

struct ImportTag {};
using ImportId = Id<ImportTag>;

enum class ImportState { uploaded, compared, taking, taken, undoing, undone, discarded };
BOOST_DESCRIBE_ENUM(ImportState, uploaded, compared, taking, taken, undoing, undone, discarded)

// A building that an import put from one grid, or none, into another.
struct BuildingMove {
  AreaId building_id;
  std::optional<AreaId> from;
  AreaId to;
};
BOOST_DESCRIBE_STRUCT(BuildingMove, (), (building_id, from, to))

struct Import {
  AreaId community_id;
  ImportId id;
  Uuid command_id;
  std::string file_name;
  ImportState state = ImportState::uploaded;
  Instant at{};
  AccountId account_id;
  std::string headings;  // JSON array.
  std::string mapping;   // JSON array of Column or null.
  bool allow_new_homes = false;
  bool take_good_rows = false;
  std::string counts;           // JSON of Counts.
  std::string problems;         // JSON array; the first problems_kept.
  std::string gone;             // JSON array of person ids.
  std::string questions;        // JSON array; the first questions_kept.
  std::string answers;          // JSON array: what was answered when it was taken.
  std::string brought;          // JSON of PlacesBrought.
  std::string moved_buildings;  // JSON array of BuildingMove.
  std::int64_t done = 0, total = 0;
  std::int64_t kept_back = 0;  // Rows that an undo left alone, because somebody touched them since.
  std::optional<Instant> ended_at;
};
BOOST_DESCRIBE_STRUCT(Import, (),
                      (community_id, id, command_id, file_name, state, at, account_id, headings, mapping,
                       allow_new_homes, take_good_rows, counts, problems, gone, questions, answers, brought,
                       moved_buildings, done, total, kept_back, ended_at))

inline constexpr std::size_t problems_kept = 1000, questions_kept = 1000;

}  // namespace firstline::intake
