#pragma once

// What a compound's pack holds at one moment, and what has changed between two: versions, and what was dropped. Decides
// what a phone must be told; keeps nothing and reads nothing itself.

#include <memory>
#include <set>
#include <vector>

#include "offline/api.hpp"

namespace firstline::offline {

// A home or a visit as it has stood since a version.
template <class Thing>
struct Kept {
  std::shared_ptr<const Thing> thing;
  PackVersion since;
};

enum class DroppedKind { household, person, visit };
struct DroppedRow {
  DroppedKind kind = DroppedKind::person;
  std::int64_t id = 0;
  PackVersion version;
  Instant at{};
};

struct Content {
  PackVersion version;
  Instant made_at{};
  std::string rules;  // Which policies hold and come next: another text is another version.
  std::vector<Kept<api::PackHome>> homes;
  std::vector<Kept<api::PackVisit>> visits;
  std::vector<DroppedRow> dropped;
  std::set<PackVersion> versions;  // From which a phone can be told the difference.
};

// What was read now.
struct Found {
  std::string rules;
  std::vector<api::PackHome> homes;
  std::vector<api::PackVisit> visits;
};

// `next` is the version if anything differs; otherwise the old one goes on. What was dropped longer ago than a pack
// lives is forgotten, and so are the versions from before that.
Content advanced(const Content& before, Found found, PackVersion next, Instant now);
// Everything, or what a phone with `since` must be told; `since` must be one of content.versions.
void fill(const Content& content, std::optional<PackVersion> since, api::Pack& pack);

inline constexpr std::chrono::hours pack_age_max{24};

}  // namespace firstline::offline
