#pragma once

// What a compound's pack holds at one moment, and what has changed between two: versions, and what was dropped. Decides
// what a phone must be told; keeps nothing and reads nothing itself.
//
// A version is made from what it holds, so two nodes that find the same give it the same name, and so does a node that
// was started anew. Which version came after which is known only here, by steps.

#include <map>
#include <memory>
#include <vector>

#include "offline/api.hpp"

namespace firstline::offline {

using Step = std::int64_t;  // Grows by one with every change that this node has seen.

// A home or a visit, written once for all who ask.
template <class Thing>
struct Part {
  Thing thing;
  std::string text;    // Its JSON,
  std::string digest;  // and the SHA-256 of that.
};
// As it has stood since a step.
template <class Thing>
struct Kept {
  std::shared_ptr<const Part<Thing>> part;
  Step since = 0;
};

enum class DroppedKind { household, person, visit };
struct DroppedRow {
  DroppedKind kind = DroppedKind::person;
  std::int64_t id = 0;
  Step step = 0;
  Instant at{};
};

// What all gates of the compound are told alike.
struct Shared {
  std::string division_code;
  std::vector<area::GateView> gates;
  policy::GatePolicy policy;
  std::optional<api::NextPolicy> next_policy;
  std::vector<api::PackList> lists;
  std::vector<issuing::api::HealthSigner> health_signers;
};
BOOST_DESCRIBE_STRUCT(Shared, (), (division_code, gates, policy, next_policy, lists, health_signers))

struct Seen {
  Step step = 0;
  Instant at{};  // Last.
};

struct Content {
  PackVersion version;
  Step step = 0;
  Instant made_at{};
  std::shared_ptr<const Part<Shared>> shared;
  std::vector<Kept<api::PackHome>> homes;
  std::vector<Kept<api::PackVisit>> visits;
  std::vector<DroppedRow> dropped;
  std::map<PackVersion, Seen> versions;  // From which a phone can be told the difference.
};

// What was read now.
struct Found {
  Shared shared;
  std::vector<api::PackHome> homes;
  std::vector<api::PackVisit> visits;
};

// A step on if anything differs; otherwise the old one goes on. What was dropped longer ago than a pack lives is
// forgotten, and so are versions that nobody can hold any more.
Content advanced(const Content& before, Found found, Instant now);
// The text of `pack`, to which are put everything, or what a phone with `since` must be told; `since` must be one of
// content.versions.
std::string pack_text(const Content& content, std::optional<PackVersion> since, api::Pack pack);

inline constexpr std::chrono::hours pack_age_max{24};

}  // namespace firstline::offline
