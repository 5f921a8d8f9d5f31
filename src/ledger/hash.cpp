#include "ledger/hash.hpp"

namespace firstline::ledger {

void Hasher::add(std::int64_t value) {
  unsigned char bytes[8];
  for (int i = 0; i < 8; ++i) bytes[i] = static_cast<unsigned char>(static_cast<std::uint64_t>(value) >> (56 - 8 * i));
  crypto_hash_sha256_update(&state_, bytes, sizeof bytes);
}

void Hasher::add(const void* data, std::size_t size) {
  add(static_cast<std::int64_t>(size));
  crypto_hash_sha256_update(&state_, static_cast<const unsigned char*>(data), size);
}

store::Bytes Hasher::finish() {
  store::Bytes hash(crypto_hash_sha256_BYTES);
  crypto_hash_sha256_final(&state_, reinterpret_cast<unsigned char*>(hash.data()));
  return hash;
}

std::string to_hex(std::span<const std::byte> bytes) {
  static constexpr char digits[] = "0123456789abcdef";
  std::string out;
  out.reserve(bytes.size() * 2);
  for (const std::byte b : bytes) {
    out += digits[std::to_integer<int>(b >> 4)];
    out += digits[std::to_integer<int>(b & std::byte{15})];
  }
  return out;
}

}  // namespace firstline::ledger
