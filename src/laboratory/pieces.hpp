#pragma once

// Cuts a stream of FHIR JSON into resources, one at a time, so that a file of a million needs the memory of one: NDJSON
// (a resource a line), one resource, or a Bundle (its entries). Knows brackets and quotes, nothing about resources.
// Faults (invalid): fhir.not_json, fhir.resource_too_large, where = "line N".

#include <array>
#include <istream>
#include <optional>
#include <string>

#include "base/fault.hpp"

namespace firstline::laboratory {

inline constexpr std::size_t resource_bytes_max = 1u << 20;

struct Piece {
  std::int64_t number = 0;  // The line that it begins in, or its place among the entries of its Bundle; from 1.
  std::string text;         // An object: of a Bundle the entry, with its resource inside.
};

class Pieces {
 public:
  explicit Pieces(std::istream& in) : in_(in) {}
  // Nothing at the end.
  Result<std::optional<Piece>> next();

 private:
  enum class Where { between, inside, among_entries };

  bool get(char& c);
  Result<void> take(char c);
  Result<bool> step(char c, Piece& piece);
  void in_string(char c);
  tl::unexpected<Fault> refuse(std::string_view reason) const;

  std::istream& in_;
  std::array<char, 64 * 1024> block_;
  std::size_t at_ = 0, size_ = 0;
  Where where_ = Where::between;
  bool in_bundle_ = false;  // Its "entry" was seen: what else it says is left out.
  bool quoted_ = false, escaped_ = false;
  int depth_ = 0;
  std::string text_, last_;  // last_: the beginning of the last string at depth 1.
  int entry_seen_ = 0;       // 1: the name, 2: its colon.
  std::int64_t line_ = 1, begun_ = 1, entries_ = 0;
};

}  // namespace firstline::laboratory
