#pragma once

// What a gate's phone holds for the time without a network, as it is sent (docs/api.md).

#include <optional>
#include <string>
#include <vector>

#include <boost/describe.hpp>

#include "area/wire.hpp"
#include "gate/wire.hpp"
#include "issuing/service.hpp"
#include "movement/wire.hpp"
#include "offline/wire.hpp"

namespace firstline::offline {

struct PackTag {};
using PackVersion = Id<PackTag>;  // Made from what the pack holds: the same on every node. Compare for equality only.

namespace api {

struct PackPerson {
  PersonId person_id;
  std::string name_masked;
  std::optional<std::string> id_last4;
  std::optional<std::string> id_tag;  // First byte of HMAC-SHA256(tag_key, ID number).
  gate::Stands stands;
  bool operator==(const PackPerson&) const = default;
};
BOOST_DESCRIBE_STRUCT(PackPerson, (), (person_id, name_masked, id_last4, id_tag, stands))

struct PackHome {
  AreaId household_id;
  std::string label;
  std::vector<PackPerson> people;
  bool operator==(const PackHome&) const = default;
};
BOOST_DESCRIBE_STRUCT(PackHome, (), (household_id, label, people))

struct PackVisit {
  VisitorId visit_id;
  movement::VisitKind kind = movement::VisitKind::guest;
  movement::VisitState state = movement::VisitState::invited;
  std::string name_masked;
  std::string household_label;
  std::string token_tag;  // First eight bytes of HMAC-SHA256(tag_key, the text of the visit's code).
  gate::Stands stands;
  bool operator==(const PackVisit&) const = default;
};
BOOST_DESCRIBE_STRUCT(PackVisit, (), (visit_id, kind, state, name_masked, household_label, token_tag, stands))

// What the phone must forget.
struct Dropped {
  std::vector<AreaId> household_ids;
  std::vector<PersonId> person_ids;
  std::vector<VisitorId> visit_ids;
};
BOOST_DESCRIBE_STRUCT(Dropped, (), (household_ids, person_ids, visit_ids))

struct NextPolicy {
  Instant from{};
  policy::GatePolicy policy;
};
BOOST_DESCRIBE_STRUCT(NextPolicy, (), (from, policy))

// A signed file that belongs to the pack: which keys to believe, which codes are revoked. `number` is its ETag.
enum class ListKind { trust, revocations };
BOOST_DESCRIBE_ENUM(ListKind, trust, revocations)
struct PackList {
  ListKind kind = ListKind::trust;
  std::string path;
  std::int64_t number = 0;
};
BOOST_DESCRIBE_STRUCT(PackList, (), (kind, path, number))

struct Pack {
  int format = 2;
  PackVersion version;
  std::optional<PackVersion> since;  // There: what follows is only what has changed since that version.
  Instant made_at{};
  Instant expires_at{};
  area::GateView gate;
  std::string division_code;
  std::vector<area::GateView> neighbours;  // The other gates of the compound.
  policy::GatePolicy policy;
  std::optional<NextPolicy> next_policy;
  std::string tag_key;  // 64 hexadecimal digits.
  std::vector<PackList> lists;
  std::vector<issuing::api::HealthSigner> health_signers;
  Dropped dropped;  // To be done before what follows.
  std::vector<PackHome> homes;
  std::vector<PackVisit> visits;
};
BOOST_DESCRIBE_STRUCT(Pack, (),
                      (format, version, since, made_at, expires_at, gate, division_code, neighbours, policy,
                       next_policy, tag_key, lists, health_signers, dropped, homes, visits))

// The pack as a text, and what the community's key says about it (credential/pack_statement.hpp): base64 of a COSE
// message that names the SHA-256 of the text.
struct SignedPack {
  PackText pack;
  std::string signature;
};
BOOST_DESCRIBE_STRUCT(SignedPack, (), (pack, signature))

}  // namespace api
}  // namespace firstline::offline
