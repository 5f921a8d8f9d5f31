#include "gate/seal.hpp"

#include <map>

#include "gate/store.hpp"

namespace firstline::gate {
namespace {

void add_row(ledger::DayDigest& digest, const Passage& row) {
  for (const std::int64_t value :
       {row.id.value, std::int64_t{row.line}, row.person_community_id.value, row.person_id.value,
        row.household_id.value, to_millis(row.at), to_millis(row.device_at), std::int64_t{row.people},
        row.account_id.value, row.device_id.value})
    digest.add(value);
  digest.add(std::span<const std::byte>(row.command_id.bytes));
  for (const std::string_view text :
       {std::string_view(store::enum_name(row.direction)), std::string_view(store::enum_name(row.recognised_by)),
        std::string_view(store::enum_name(row.outcome)), std::string_view(row.policy_version),
        std::string_view(row.arguments), std::string_view(row.reasons)})
    digest.add(text);
}

struct Part {
  ledger::DayDigest digest;
  std::int64_t count = 0;
};

Result<std::vector<ledger::DaySeal>> seals(store::Session& session, AreaId community, Date day) {
  std::map<GateId, Part> parts;
  FL_TRYV(each_passage(session, community, first_id_at(start_of(day)),
                       first_id_at(start_of(day + std::chrono::days(1))), [&](const store::RowView& view) {
                         const auto row = store::from_row<Passage>(view);
                         Part& part = parts[row.gate_id];
                         add_row(part.digest, row);
                         ++part.count;
                       }));
  std::vector<ledger::DaySeal> made;
  for (auto& [gate, part] : parts) made.push_back({"gate:" + format_id(gate.value), part.count, part.digest.finish()});
  return made;
}

}  // namespace

ledger::SealedTable sealed_passages() { return {"gate.day_sealed", seals}; }

}  // namespace firstline::gate
