#pragma once

// Where scans come from: each source hands over what its part of the database wrote down, and knows what its places are
// called. A new source (a parcel handed over, a care visit) is one value of this struct more.
//
// A source may not hand over what can still be undone: see settled_after.

#include <chrono>
#include <functional>
#include <optional>
#include <string>

#include <boost/describe.hpp>

#include "base/fault.hpp"
#include "base/id.hpp"
#include "store/session.hpp"
#include "trace/model.hpp"

namespace firstline::trace {

// 卡口 场所 采样点
enum class PlaceKind { gate, venue, sampling_point };
BOOST_DESCRIBE_ENUM(PlaceKind, gate, venue, sampling_point)

struct NamedPlace {
  PlaceKind kind = PlaceKind::gate;
  std::string name;
};

// `home`: the community that keeps the person's record.
using TakeScan = std::function<void(const Scan& scan, AreaId home)>;

struct ScanSource {
  // What was written down in a community after `after` and before `until`, in the source's own order; a few thousand at
  // most. The new `after`: the same if there was nothing. It begins as 0, and nothing from before `oldest` is wanted.
  std::function<Result<std::int64_t>(store::Session&, AreaId community, std::int64_t after, Instant oldest,
                                     Instant until, const TakeScan& take)>
      scans;
  // `community`: where it is asked for; a source whose places are known by their community alone looks there.
  // Nothing: the place is not one of this source's.
  std::function<Result<std::optional<NamedPlace>>(store::Session&, AreaId community, std::int64_t place)> place;
};

// A passage can be undone for ten seconds, and a row may become visible a little after its id's moment.
inline constexpr std::chrono::seconds settled_after{12};

}  // namespace firstline::trace
