#pragma once

// A place with a venue code (场所码): a shop, a clinic, a lift; and that somebody was there. Plain values.

#include <string>

#include <boost/describe.hpp>

#include "base/id.hpp"
#include "base/time.hpp"

namespace firstline::venue {

struct VenueTag {};
using VenueId = Id<VenueTag>;

// 商店 诊所 食堂 电梯 办公 其他
enum class VenueKind { shop, clinic, canteen, lift, office, other };
BOOST_DESCRIBE_ENUM(VenueKind, shop, clinic, canteen, lift, office, other)

struct Venue {
  VenueId id;
  AreaId community_id;
  AreaId compound_id;  // Whoever keeps a gate there may scan people here.
  VenueKind kind = VenueKind::shop;
  std::string name;
  std::string venue_code;  // What the poster's QR holds, as a gate's.
  Instant made_at{};
  AccountId made_by;
};
BOOST_DESCRIBE_STRUCT(Venue, (), (id, community_id, compound_id, kind, name, venue_code, made_at, made_by))

// 本人扫码 场所扫码
enum class ScannedBy { own_phone, keeper };
BOOST_DESCRIBE_ENUM(ScannedBy, own_phone, keeper)

struct VenueScan {
  AreaId community_id;
  std::int64_t id = 0;
  Uuid command;
  VenueId venue_id;
  AreaId person_community_id;
  PersonId person_id;
  Instant at{};
  ScannedBy scanned_by = ScannedBy::own_phone;
};
BOOST_DESCRIBE_STRUCT(VenueScan, (),
                      (community_id, id, command, venue_id, person_community_id, person_id, at, scanned_by))

}  // namespace firstline::venue
