#include "ledger/row.hpp"

#include "ledger/hash.hpp"

namespace firstline::ledger {

store::Bytes hash_of(const FactRow& row) {
  Hasher hasher;
  // Facts written before roles were kept. No community has this number, so the two forms never write down the same.
  const bool first_form = row.hash_version == 1 && row.role.empty();
  if (!first_form) {
    hasher.add(-row.hash_version);
    hasher.add(row.role.data(), row.role.size());
  }
  for (const std::int64_t value : {row.community_id, row.id.value, row.writer, row.seq, to_millis(row.at),
                                   to_millis(row.recorded_at), row.actor, row.device, row.area})
    hasher.add(value);
  for (const std::string* text : {&row.kind, &row.subject, &row.policy_version, &row.body})
    hasher.add(text->data(), text->size());
  hasher.add(row.previous_hash.data(), row.previous_hash.size());
  return hasher.finish();
}

}  // namespace firstline::ledger
