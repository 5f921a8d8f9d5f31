#pragma once

// What a laboratory or a clinic sends, as rows: one result (检测结果) or one vaccination (接种记录) each, whatever form
// it came in. Knows no database.

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "health/results.hpp"

namespace firstline::laboratory {

enum class Kind { results, vaccinations };
BOOST_DESCRIBE_ENUM(Kind, results, vaccinations)

// Whom a row is about, as its source knows them: a number and the name. Never the name alone.
struct Who {
  std::string name;
  std::optional<std::string> id_number, phone;  // A phone does where there is no ID number.
};

struct ResultRow {
  std::int64_t line = 0;  // Of a table or of NDJSON; the resource's place in a Bundle. From 1.
  Who who;
  std::string external_id;
  std::int64_t version = 1;
  health::TestKind kind = health::TestKind::nucleic_acid;
  health::NatState state = health::NatState::negative;
  Instant sampled_at{};
  std::optional<Instant> reported_at;
  std::optional<std::string> tube;
};

struct VaccinationRow {
  std::int64_t line = 0;
  Who who;
  std::string external_id;
  std::int64_t version = 1;
  Date given_on{};
  int dose = 1;
  std::string product;
  std::optional<std::string> lot;
};

// Why a row was not taken. Names no cell's content.
struct Rejection {
  std::int64_t line = 0;
  std::string code;   // See rejection_words.
  std::string field;  // Heading or element; may be empty.
};
BOOST_DESCRIBE_STRUCT(Rejection, (), (line, code, field))

struct Words {
  std::string_view code, zh, en;  // What is wrong and what to do.
};
// A code without words of its own gets those of "row.refused".
const Words& rejection_words(std::string_view code);

struct BatchCounts {
  std::int64_t rows = 0, added = 0, replaced = 0, same = 0, older = 0, refused = 0;
  std::int64_t left_out = 0;  // Resources that are neither results nor about whom they are.
  bool operator==(const BatchCounts&) const = default;
};
BOOST_DESCRIBE_STRUCT(BatchCounts, (), (rows, added, replaced, same, older, refused, left_out))

// One file or message, as it is remembered.
//   taking > taken;  cut short it stays `taking`, and the same file again goes on: what was taken counts as the same.
enum class BatchState { taking, taken };
BOOST_DESCRIBE_ENUM(BatchState, taking, taken)

struct Batch {
  AreaId community_id;  // 0: of several communities.
  health::BatchId id;
  Uuid command_id;
  Kind kind = Kind::results;
  std::string source;
  std::string file_name;
  Instant at{};
  AccountId account_id;
  BatchState state = BatchState::taking;
  std::string counts;      // JSON of BatchCounts.
  std::string rejections;  // JSON array; the first rejections_kept.
};
BOOST_DESCRIBE_STRUCT(Batch, (),
                      (community_id, id, command_id, kind, source, file_name, at, account_id, state, counts,
                       rejections))

inline constexpr std::size_t rejections_kept = 1000;

}  // namespace firstline::laboratory
