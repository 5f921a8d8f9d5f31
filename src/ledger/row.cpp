#include "ledger/row.hpp"

#include <sodium.h>

namespace firstline::ledger {
namespace {

class Hasher {
 public:
  Hasher() { crypto_hash_sha256_init(&state_); }
  void add(std::int64_t value) {
    unsigned char bytes[8];
    for (int i = 0; i < 8; ++i) bytes[i] = static_cast<unsigned char>(static_cast<std::uint64_t>(value) >> (56 - 8 * i));
    crypto_hash_sha256_update(&state_, bytes, sizeof bytes);
  }
  void add(const void* data, std::size_t size) {
    add(static_cast<std::int64_t>(size));
    crypto_hash_sha256_update(&state_, static_cast<const unsigned char*>(data), size);
  }
  store::Bytes finish() {
    store::Bytes hash(crypto_hash_sha256_BYTES);
    crypto_hash_sha256_final(&state_, reinterpret_cast<unsigned char*>(hash.data()));
    return hash;
  }

 private:
  crypto_hash_sha256_state state_;
};

}  // namespace

store::Bytes hash_of(const FactRow& row) {
  Hasher hasher;
  for (const std::int64_t value : {row.community_id, row.id.value, row.writer, row.seq, to_millis(row.at), to_millis(row.recorded_at),
                                   row.actor, row.device, row.area})
    hasher.add(value);
  for (const std::string* text : {&row.kind, &row.subject, &row.policy_version, &row.body}) hasher.add(text->data(), text->size());
  hasher.add(row.previous_hash.data(), row.previous_hash.size());
  return hasher.finish();
}

}  // namespace firstline::ledger
