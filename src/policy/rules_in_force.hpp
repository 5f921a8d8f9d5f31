#pragma once

// The typed views that hold in a place at a moment, built once a day and place and shared by all requests.

#include <map>
#include <memory>
#include <optional>
#include <shared_mutex>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "policy/library.hpp"

namespace firstline::policy {

struct Rules {
  PolicySet set;        // Where each value comes from.
  GatePolicy gate;      // The same, as the gate rule takes it,
  SealPolicy seal;      // as the seal rule does,
  PeoplePolicy people;  // and as the isolation rule does.
};

// A pack that an office put in force, or took out of it, whatever the pack's own dates say.
struct RuleChange {
  std::string area_code;  // Holds in every place whose division code begins so.
  std::string pack;
  bool put_in = true;
  Instant starts_at{};
};

// "620102/020/901/c1" > "620102020901": the division code that packs are overlaid by.
std::string division_code(std::string_view path);

// Safe to share between threads.
class RulesInForce {
 public:
  explicit RulesInForce(Library library) : library_(std::move(library)) {}
  // Drills and demos stand at a date of their own choice: exactly these packs, everywhere and always.
  RulesInForce(Library library, std::vector<std::string> pack_ids)
      : library_(std::move(library)), pack_ids_(std::move(pack_ids)) {}

  // `area_code`: a division code of 0 to 12 digits. Faults of Library::chosen and gate_policy.
  Result<std::shared_ptr<const Rules>> at(std::string_view area_code, Instant now) const;
  // What would hold with one change more. Nothing of it is kept.
  Result<Rules> with(const RuleChange& one_more, std::string_view area_code, Instant at) const;
  // When the rules there change next, by a pack's own dates or by a change; nothing if nothing is known to come.
  std::optional<Instant> next_change(std::string_view area_code, Instant after) const;
  // All changes that were decided, in order of their start: the later word wins. Any thread, any time.
  void set_changes(std::vector<RuleChange> changes);
  const Library& library() const { return library_; }

 private:
  using Key = std::tuple<std::string, Date, std::string>;

  // Those that have begun and cover the place. Under the lock.
  std::vector<RuleChange> begun(std::string_view area_code, Instant now) const;
  Result<Rules> built(std::string_view area_code, Date day, const std::vector<RuleChange>& changes) const;

  const Library library_;
  const std::vector<std::string> pack_ids_;
  mutable std::shared_mutex mutex_;
  std::vector<RuleChange> changes_;
  mutable std::map<Key, std::shared_ptr<const Rules>> known_;
};

}  // namespace firstline::policy
