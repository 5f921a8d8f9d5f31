#pragma once

// The typed views that hold in a place at a moment, built once a day and place and shared by all requests.

#include <map>
#include <memory>
#include <shared_mutex>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "policy/library.hpp"

namespace firstline::policy {

struct Rules {
  PolicySet set;    // Where each value comes from.
  GatePolicy gate;  // The same, as the gate rule takes it.
};

// Safe to share between threads.
class RulesInForce {
 public:
  explicit RulesInForce(Library library) : library_(std::move(library)) {}
  // Drills and demos stand at a date of their own choice: exactly these packs, everywhere and always.
  RulesInForce(Library library, std::vector<std::string> pack_ids)
      : library_(std::move(library)), pack_ids_(std::move(pack_ids)) {}

  // `area_code`: a division code of 0 to 12 digits. Faults of Library::chosen and gate_policy.
  Result<std::shared_ptr<const Rules>> at(std::string_view area_code, Instant now) const;
  const Library& library() const { return library_; }

 private:
  using Key = std::pair<std::string, Date>;

  const Library library_;
  const std::vector<std::string> pack_ids_;
  mutable std::shared_mutex mutex_;
  mutable std::map<Key, std::shared_ptr<const Rules>> known_;
};

}  // namespace firstline::policy
