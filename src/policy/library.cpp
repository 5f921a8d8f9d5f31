#include "policy/library.hpp"

#include <algorithm>
#include <fstream>
#include <iterator>
#include <tuple>

#include "base/check.hpp"
#include "policy/embedded.hpp"

namespace firstline::policy {
namespace {

bool overlaid_before(const Pack& a, const Pack& b) {
  return std::tuple(a.level(), a.valid_from, std::string_view(a.id)) <
         std::tuple(b.level(), b.valid_from, std::string_view(b.id));
}

void overlay(PolicySet& set, const Pack& pack) {
  if (!set.version.empty()) set.version += '+';
  set.version += pack.id + '@' + pack.digest;
  for (const auto& [name, parameter] : pack.parameters) set.parameters[name] = {parameter, pack.id};
  if (!pack.risk_places.empty()) set.risk_lists.push_back({pack.id, pack.risk_places});
  Pack head = pack;
  head.parameters.clear();
  head.risk_places.clear();
  set.packs.push_back(std::move(head));
}

}  // namespace

Result<void> Library::add(Pack pack) {
  for (const Pack& other : packs_)
    if (other.id == pack.id) return fail(FaultCode::conflict, "policy.duplicate_pack", {}, pack.id);
  packs_.insert(std::upper_bound(packs_.begin(), packs_.end(), pack, overlaid_before), std::move(pack));
  return {};
}

PolicySet Library::in_force(std::string_view area_code, Date day) const {
  PolicySet set;
  for (const Pack& pack : packs_)
    if (pack.in_force_on(day) && pack.covers(area_code)) overlay(set, pack);
  return set;
}

Result<PolicySet> Library::chosen(std::span<const std::string> ids) const {
  for (const std::string& id : ids)
    if (std::none_of(packs_.begin(), packs_.end(), [&](const Pack& pack) { return pack.id == id; }))
      return fail(FaultCode::not_found, "policy.unknown_pack", {}, id);
  PolicySet set;
  for (const Pack& pack : packs_)
    if (std::find(ids.begin(), ids.end(), pack.id) != ids.end()) overlay(set, pack);
  return set;
}

// "cn-8@1a2b3c4d+lz-gate-2022@9f8e7d6c" > cn-8, lz-gate-2022
Result<PolicySet> Library::of_version(std::string_view version) const {
  std::vector<std::string> ids;
  for (std::string_view rest = version; !rest.empty();) {
    const auto end = std::min(rest.find('+'), rest.size());
    ids.emplace_back(rest.substr(0, rest.substr(0, end).find('@')));
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
  const auto known = [this](const std::string& id) {
    return std::any_of(packs_.begin(), packs_.end(), [&](const Pack& pack) { return pack.id == id; });
  };
  const bool all_known = std::all_of(ids.begin(), ids.end(), known);
  if (all_known) {
    FL_TRY(auto set, chosen(ids));
    if (set.version == version) return set;
  }
  return fail(FaultCode::stale, "policy.version_gone", std::string(version));
}

std::optional<Date> Library::next_change(std::string_view area_code, Date day) const {
  std::optional<Date> next;
  const auto consider = [&](Date candidate) {
    if (candidate > day && (!next || candidate < *next)) next = candidate;
  };
  for (const Pack& pack : packs_) {
    if (!pack.covers(area_code)) continue;
    consider(pack.valid_from);
    if (pack.valid_to) consider(*pack.valid_to + std::chrono::days(1));
  }
  return next;
}

Result<void> checked_in(const Library& library, const Pack& pack) {
  FL_TRYV(gate_policy(library.in_force(pack.area, pack.valid_from)));
  FL_TRYV(seal_policy(library.in_force(pack.area, pack.valid_from)));
  FL_TRYV(people_policy(library.in_force(pack.area, pack.valid_from)));
  if (pack.valid_to) {
    FL_TRYV(gate_policy(library.in_force(pack.area, *pack.valid_to)));
    FL_TRYV(seal_policy(library.in_force(pack.area, *pack.valid_to)));
    FL_TRYV(people_policy(library.in_force(pack.area, *pack.valid_to)));
  }
  return {};
}

const Library& embedded_library() {
  static const Library library = [] {
    Library built;
    for (const EmbeddedPack& file : embedded_packs()) {
      PackReading reading = read_pack(file.text, file.name);
      FL_CHECK(reading.pack);
      FL_CHECK(built.add(std::move(*reading.pack)));
    }
    return built;
  }();
  return library;
}

LibraryReading read_folder(const std::filesystem::path& folder) {
  LibraryReading result;
  std::error_code error;
  std::vector<std::filesystem::path> files;
  for (std::filesystem::directory_iterator it(folder, error), end; !error && it != end; it.increment(error))
    if (it->path().extension() == ".toml") files.push_back(it->path());
  if (error) {
    result.faults.push_back({FaultCode::unavailable, "policy.unreadable", folder.string(), error.message()});
    return result;
  }
  std::sort(files.begin(), files.end());
  for (const auto& path : files) {
    std::ifstream in(path, std::ios::binary);
    const std::string text{std::istreambuf_iterator<char>(in), {}};
    if (!in) {
      result.faults.push_back({FaultCode::unavailable, "policy.unreadable", path.string(), {}});
      continue;
    }
    PackReading reading = read_pack(text, path.string());
    if (!reading.pack) {
      result.faults.insert(result.faults.end(), reading.faults.begin(), reading.faults.end());
    } else if (const auto added = result.library.add(std::move(*reading.pack)); !added) {
      result.faults.push_back(added.error());
    }
  }
  return result;
}

}  // namespace firstline::policy
