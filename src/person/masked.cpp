#include "person/masked.hpp"

#include "person/store.hpp"

namespace firstline::person {
namespace {

// All that is sealed in a row, end to end; every sealing has a nonce of its own, so no two are alike.
std::string sealed_text(const PackRow& row) {
  std::string text;
  const auto add = [&](const store::Bytes& bytes) {
    text.append(reinterpret_cast<const char*>(bytes.data()), bytes.size());
  };
  add(row.name_sealed);
  if (row.born_sealed) add(*row.born_sealed);
  if (row.id_number_sealed) add(*row.id_number_sealed);
  return text;
}

}  // namespace

Result<std::vector<ResidentMasked>> MaskedBefore::below(store::Session& session, const Directory& people,
                                                        AreaId community, std::string_view path,
                                                        const Digest& tag_key) {
  FL_TRY(auto rows, load_pack_rows(session, community, path));
  std::vector<ResidentMasked> residents;
  residents.reserve(rows.size());
  decltype(people_) found;
  found.reserve(rows.size());
  for (PackRow& row : rows) {
    std::string sealed = sealed_text(row);
    const auto known = people_.find(row.id.value);
    if (known != people_.end() && known->second.sealed == sealed) {
      residents.push_back(std::move(known->second.made));
    } else {
      FL_TRY(residents.emplace_back(), masked(people.key(), row, tag_key));
    }
    residents.back().household_id = row.household_id;
    residents.back().household_label = std::move(row.household_label);
    found.emplace(row.id.value, One{std::move(sealed), residents.back()});
  }
  people_ = std::move(found);
  return residents;
}

}  // namespace firstline::person
