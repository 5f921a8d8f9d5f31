#include "policy/rules_in_force.hpp"

#include <algorithm>
#include <mutex>

namespace firstline::policy {
namespace {

constexpr std::size_t known_max = 4096;
constexpr std::size_t district_digits = 6;  // No pack is narrower than a district.
constexpr std::size_t community_digits = 12;

bool covers(const RuleChange& change, std::string_view area_code) { return area_code.starts_with(change.area_code); }

// "+lz-gate-2022-07": what tells places under different changes apart.
std::string written(const std::vector<RuleChange>& changes) {
  std::string text;
  for (const RuleChange& change : changes) text += (change.put_in ? '+' : '-') + change.pack;
  return text;
}

}  // namespace

std::string division_code(std::string_view path) {
  std::string code;
  for (const char c : path) {
    if (code.size() == community_digits) break;
    if (c != '/') code += c;
  }
  return code;
}

Result<std::shared_ptr<const Rules>> RulesInForce::at(std::string_view area_code, Instant now) const {
  Key key = pack_ids_.empty() ? Key(area_code.substr(0, district_digits), civil_date(now), std::string()) : Key();
  std::vector<RuleChange> changes;
  {
    const std::shared_lock lock(mutex_);
    if (!changes_.empty()) {
      changes = begun(area_code, now);
      std::get<2>(key) = written(changes);
    }
    if (const auto found = known_.find(key); found != known_.end()) return found->second;
  }
  FL_TRY(auto rules, built(area_code, civil_date(now), changes));
  auto kept = std::make_shared<const Rules>(std::move(rules));
  const std::unique_lock lock(mutex_);
  if (known_.size() >= known_max) known_.clear();
  return known_.emplace(std::move(key), std::move(kept)).first->second;
}

Result<Rules> RulesInForce::with(const RuleChange& one_more, std::string_view area_code, Instant at) const {
  std::vector<RuleChange> changes;
  {
    const std::shared_lock lock(mutex_);
    changes = begun(area_code, at);
  }
  changes.push_back(one_more);
  return built(area_code, civil_date(at), changes);
}

std::optional<Instant> RulesInForce::next_change(std::string_view area_code, Instant after) const {
  std::optional<Instant> next;
  if (pack_ids_.empty()) {
    if (const auto day = library_.next_change(area_code.substr(0, district_digits), civil_date(after)))
      next = start_of(*day);
  }
  const std::shared_lock lock(mutex_);
  for (const RuleChange& change : changes_)
    if (change.starts_at > after && covers(change, area_code) && (!next || change.starts_at < *next))
      next = change.starts_at;
  return next;
}

void RulesInForce::set_changes(std::vector<RuleChange> changes) {
  const std::unique_lock lock(mutex_);
  changes_ = std::move(changes);
}

std::vector<RuleChange> RulesInForce::begun(std::string_view area_code, Instant now) const {
  std::vector<RuleChange> found;
  for (const RuleChange& change : changes_)
    if (change.starts_at <= now && covers(change, area_code)) found.push_back(change);
  return found;
}

Result<Rules> RulesInForce::built(std::string_view area_code, Date day, const std::vector<RuleChange>& changes) const {
  std::vector<std::string> ids = pack_ids_;
  if (ids.empty()) {
    for (const Pack& pack : library_.in_force(area_code.substr(0, district_digits), day).packs) ids.push_back(pack.id);
  }
  for (const RuleChange& change : changes) {
    std::erase(ids, change.pack);
    if (change.put_in) ids.push_back(change.pack);
  }
  FL_TRY(PolicySet set, library_.chosen(ids));
  FL_TRY(GatePolicy gate, gate_policy(set));
  FL_TRY(SealPolicy seal, seal_policy(set));
  FL_TRY(PeoplePolicy people, people_policy(set));
  return Rules{std::move(set), std::move(gate), std::move(seal), std::move(people)};
}

}  // namespace firstline::policy
