#pragma once

// The key outside the database: seals personal fields one by one, makes the keyed hashes they are found by, and lends
// subkeys to tokens. Whoever has the database without this file has no name, number, phone or birth date.
//
// A sealed field is bound to its table, column and row: moved to another row it does not open.
// Layout: 1 byte format (1) | 24 bytes nonce | XChaCha20-Poly1305 ciphertext and tag. Safe to share between threads.

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "base/clock.hpp"
#include "base/fault.hpp"
#include "store/value.hpp"

namespace firstline::person {

using store::Bytes;
using Digest = std::array<std::byte, 32>;

struct Field {
  std::string_view table, column;
};

// What a subkey is for; each has its own, so that no use can be turned against another.
enum class KeyUse {
  seal = 1,
  search,
  personal_code,
  device_token,
  enrolment_code,
  csrf,
  token_hash,
  one_time_password,
  second_factor,
  pack_tag
};

class FieldKey {
 public:
  // Reads 32 bytes from `file`, or makes it (mode 0600, folder 0700) where there is none. Faults: field_key.unreadable
  // (unavailable), field_key.wrong_size, field_key.open_to_others (invalid: group or others may read it).
  static Result<FieldKey> load_or_create(const std::string& file, Random& random);
  explicit FieldKey(std::span<const std::byte, 32> secret);
  FieldKey(FieldKey&&) noexcept;
  FieldKey& operator=(FieldKey&&) noexcept;
  ~FieldKey();  // Wipes.

  Bytes seal(Random& random, Field field, std::int64_t row_id, std::string_view clear) const;
  // Fault `corrupt` field.sealed_elsewhere_or_changed.
  Result<std::string> open(Field field, std::int64_t row_id, std::span<const std::byte> sealed) const;

  // Keyed BLAKE2b-256. Equal texts give equal hashes under one use, and nothing can be told from one without the key.
  Digest mac(KeyUse use, std::string_view text) const;
  // BLAKE2b-256 with the search subkey, over the column's name and the text as `normalised`.
  Digest search_hash(std::string_view column, std::string_view normalised) const;

 private:
  struct Subkeys;
  std::unique_ptr<Subkeys> keys_;
};

// Equal in a time that depends on the length only.
bool equal_in_constant_time(std::span<const std::byte> a, std::span<const std::byte> b);

// Letters and digits that cannot be mistaken for each other (Crockford), upper case. 5 bits a character.
std::string base32(std::span<const std::byte> bytes);
// Takes either case; empty on anything else.
std::optional<Bytes> parse_base32(std::string_view text);

}  // namespace firstline::person
