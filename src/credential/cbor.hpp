#pragma once

// Reads and writes CBOR (RFC 8949) that strangers wrote. A document becomes a flat row of items: nothing here calls
// itself, whatever the nesting, and nothing is read outside the bytes given.
//
// Refused with Fault `invalid` cbor.*: more than 64 KiB, or what the caller allows (too_large), more than 16 levels of
// arrays, maps and tags (too_deep), anything behind the first item (trailing), keys that are no integer, text or octets
// (key_kind) or come twice (duplicate_key), text that is not UTF-8 (not_utf8), reserved forms (malformed), an early end
// (truncated). `deterministic` also refuses lengths left open, numbers written longer than needed, keys out of order,
// floating-point numbers and undefined (not_deterministic): our own formats have none of these.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/fault.hpp"

namespace firstline::credential {

inline constexpr std::size_t cbor_bytes_max = 64 * 1024;
inline constexpr int cbor_depth_max = 16;

enum class CborRules { lenient, deterministic };

enum class CborKind : std::uint8_t {
  unsigned_integer,
  negative_integer,  // -1 - number
  octets,
  text,
  array,
  map,
  tag,
  boolean,
  null,
  undefined,
  real
};

struct CborItem {
  CborKind kind = CborKind::null;
  std::uint32_t next = 0;    // Index of the first item behind this one and all that it holds.
  std::uint32_t count = 0;   // Items of an array, pairs of a map.
  std::uint64_t number = 0;  // Integers, the tag's number, 0 or 1 for booleans.
  double real = 0;
  std::string_view octets;  // Of octets and text.
};

class Cbor;

// One item of a document; as short-lived as it.
class CborValue {
 public:
  CborValue(const Cbor& document, std::uint32_t index) : document_(&document), index_(index) {}
  // Another item of the same document.
  CborValue(const CborValue& other, std::uint32_t index) : document_(other.document_), index_(index) {}
  CborValue(const CborValue&) = default;
  CborValue& operator=(const CborValue&) = default;
  const CborItem& item() const;
  CborKind kind() const { return item().kind; }
  bool is(CborKind kind) const { return item().kind == kind; }
  std::optional<std::int64_t> integer() const;  // Empty also beyond 63 bits.
  std::optional<std::string_view> octets() const;
  std::optional<std::string_view> text() const;
  std::uint32_t index() const { return index_; }
  // The first item inside: of an array, a tag, or the first key of a map.
  CborValue first() const { return {*document_, index_ + 1}; }
  // The item behind this one on the same level; only where there is one.
  CborValue following() const { return {*document_, item().next}; }
  // What stands behind any tags.
  CborValue untagged() const;
  // Of a map.
  std::optional<CborValue> find(std::int64_t key) const;
  std::optional<CborValue> find(std::string_view key) const;

 private:
  const Cbor* document_;
  std::uint32_t index_;
};

// Keeps its memory from one document to the next. The bytes must outlive what is asked of it.
class Cbor {
 public:
  Cbor() = default;
  Cbor(const Cbor&) = delete;  // Values point into it.
  Cbor& operator=(const Cbor&) = delete;
  Result<void> read(std::string_view bytes, CborRules rules, std::size_t bytes_max = cbor_bytes_max);
  CborValue root() const { return {*this, 0}; }
  const std::vector<CborItem>& items() const { return items_; }

 private:
  friend class CborReader;
  std::vector<CborItem> items_;
  std::string joined_;  // Strings that came in pieces; reserved once, so that views into it stay.
};

// Writes the shortest form. Maps: `map(n)` and then keys in order, or `sorted_map`, which orders them.
class CborWriter {
 public:
  CborWriter& integer(std::int64_t value);
  CborWriter& octets(std::string_view value);
  CborWriter& text(std::string_view value);
  CborWriter& array(std::uint64_t items);
  CborWriter& map(std::uint64_t pairs);
  CborWriter& tag(std::uint64_t number);
  CborWriter& boolean(bool value);
  CborWriter& raw(std::string_view encoded);
  // Pairs of encoded key and encoded value; each key once.
  CborWriter& sorted_map(std::vector<std::pair<std::string, std::string>> pairs);
  std::string take() { return std::move(out_); }
  const std::string& bytes() const { return out_; }

 private:
  void head(unsigned major, std::uint64_t argument);
  std::string out_;
};

bool is_utf8(std::string_view text);

}  // namespace firstline::credential
