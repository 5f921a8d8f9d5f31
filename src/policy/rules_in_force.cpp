#include "policy/rules_in_force.hpp"

#include <mutex>

namespace firstline::policy {
namespace {

constexpr std::size_t known_max = 4096;
constexpr std::size_t district_digits = 6;  // No pack is narrower than a district.

}  // namespace

Result<std::shared_ptr<const Rules>> RulesInForce::at(std::string_view area_code, Instant now) const {
  const Key key = pack_ids_.empty() ? Key(area_code.substr(0, district_digits), civil_date(now)) : Key();
  {
    const std::shared_lock lock(mutex_);
    if (const auto found = known_.find(key); found != known_.end()) return found->second;
  }
  Result<PolicySet> set = pack_ids_.empty() ? library_.in_force(key.first, key.second) : library_.chosen(pack_ids_);
  if (!set) return tl::unexpected(std::move(set).error());
  FL_TRY(GatePolicy gate, gate_policy(*set));
  auto rules = std::make_shared<const Rules>(Rules{std::move(*set), std::move(gate)});
  const std::unique_lock lock(mutex_);
  if (known_.size() >= known_max) known_.clear();
  return known_.emplace(key, std::move(rules)).first->second;
}

}  // namespace firstline::policy
