#pragma once

// SHA-256 over values written so that no two lists of values look the same: integers as 8 bytes, big end first; texts
// and bytes with their length before them. Inside the ledger only.

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include <sodium.h>

#include "store/value.hpp"

namespace firstline::ledger {

class Hasher {
 public:
  Hasher() { crypto_hash_sha256_init(&state_); }
  void add(std::int64_t value);
  void add(const void* data, std::size_t size);
  store::Bytes finish();

 private:
  crypto_hash_sha256_state state_;
};

std::string to_hex(std::span<const std::byte> bytes);

}  // namespace firstline::ledger
