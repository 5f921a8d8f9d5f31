#pragma once

// All packs that this program knows, and what they say together. Packs overlay one another: nation < province < city <
// district, and among equals the one that came into force later; a later word replaces an earlier one, parameter by
// parameter. A change takes effect at 00:00 in Asia/Shanghai of the pack's first day.

#include <filesystem>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "policy/gate_policy.hpp"
#include "policy/pack.hpp"
#include "policy/people_policy.hpp"
#include "policy/seal_policy.hpp"

namespace firstline::policy {

// A parameter in force and the pack that said so.
struct InForce {
  Parameter parameter;
  std::string pack;
};

// What holds in one place on one day. Knows where each value comes from.
struct PolicySet {
  std::string version;      // "cn-8@1a2b3c4d+lz-gate-2022@9f8e7d6c", mildest authority first; "" without packs.
  std::vector<Pack> packs;  // In the order of the overlay, each without its parameters.
  std::map<std::string, InForce, std::less<>> parameters;
  std::vector<RiskList> risk_lists;  // In the order of the overlay: the nearer one later.
};

class Library {
 public:
  // conflict policy.duplicate_pack (where = id) when the id is there already.
  Result<void> add(Pack pack);
  std::span<const Pack> packs() const { return packs_; }

  // `area_code`: a division code of 0 to 12 digits; packs whose area is its prefix apply.
  PolicySet in_force(std::string_view area_code, Date day) const;
  PolicySet in_force(std::string_view area_code, Instant at) const { return in_force(area_code, civil_date(at)); }
  // Exactly these, whatever their dates and areas, overlaid as usual: replay, drills, demo.
  // not_found policy.unknown_pack (where = id).
  Result<PolicySet> chosen(std::span<const std::string> ids) const;
  // The packs that a decision was made by, from the version that it kept: stale policy.version_gone when this program
  // carries other packs, or the same ones with another content.
  Result<PolicySet> of_version(std::string_view version) const;
  // The first day after `day` on which something changes there; nothing if nothing does.
  std::optional<Date> next_change(std::string_view area_code, Date day) const;

 private:
  std::vector<Pack> packs_;  // In the order of the overlay.
};

// The packs that were built into the program. A fault here is a broken build.
const Library& embedded_library();
// Every *.toml of a folder. All faults of all files; an empty list means success.
struct LibraryReading {
  Library library;
  std::vector<Fault> faults;  // Also unavailable policy.unreadable, where = file.
};
LibraryReading read_folder(const std::filesystem::path& folder);

// Whether a pack among these makes whole, coherent rules in its area, on its first day and its last. Faults of
// gate_policy.
Result<void> checked_in(const Library& library, const Pack& pack);

// The typed view that the gate decides by. not_found policy.parameter_missing (where = name) when no pack sets one;
// conflict policy.incoherent (where = the stricter situation's parameter) when a worse situation is treated more mildly
// than a lesser one, e.g. a sealed home more mildly than a controlled one.
Result<GatePolicy> gate_policy(const PolicySet& set);

// The typed view of the seal rule; what no pack sets stays absent. conflict policy.incoherent (where = the stricter
// situation's parameter) when a sealed zone could be let go sooner than a controlled one.
Result<SealPolicy> seal_policy(const PolicySet& set);

// The typed view of the isolation rule; what no pack sets stays absent. conflict policy.incoherent when the first
// report of a day would be due after the last.
Result<PeoplePolicy> people_policy(const PolicySet& set);

}  // namespace firstline::policy
