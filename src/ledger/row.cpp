#include "ledger/row.hpp"

#include "ledger/hash.hpp"

namespace firstline::ledger {

store::Bytes hash_of(const FactRow& row) {
  Hasher hasher;
  for (const std::int64_t value : {row.community_id, row.id.value, row.writer, row.seq, to_millis(row.at),
                                   to_millis(row.recorded_at), row.actor, row.device, row.area})
    hasher.add(value);
  for (const std::string* text : {&row.kind, &row.subject, &row.policy_version, &row.body})
    hasher.add(text->data(), text->size());
  hasher.add(row.previous_hash.data(), row.previous_hash.size());
  return hasher.finish();
}

}  // namespace firstline::ledger
