#pragma once

// Points on the plan of a compound: where the gate, the sampling point or the supplies stand. A plan is a square of a
// thousand by a thousand; x grows to the right, y downwards.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include <boost/describe.hpp>

#include "area/edit.hpp"

namespace firstline::area {

// 卡口 楼栋 采样点 物资点 公告栏 医疗点 其他
enum class PointKind { gate, building, sampling, supplies, notice, medical, other };
BOOST_DESCRIBE_ENUM(PointKind, gate, building, sampling, supplies, notice, medical, other)

inline constexpr std::int64_t plan_side = 1000;
inline constexpr std::size_t points_max = 200;  // Of one compound.

struct Point {
  AreaId community_id;
  std::int64_t id = 0;
  AreaId compound_id;
  PointKind kind = PointKind::other;
  std::string name;
  std::int64_t x = 0, y = 0;
  std::int64_t version = 1;
};
BOOST_DESCRIBE_STRUCT(Point, (), (community_id, id, compound_id, kind, name, x, y, version))

Result<std::vector<Point>> load_points(store::Session& session, AreaId community, AreaId compound);
Result<std::optional<Point>> load_point(store::Session& session, AreaId community, std::int64_t id);
Result<void> save(store::Session& session, const Point& point);
// Number of rows changed: 0 if somebody else was faster.
Result<std::int64_t> replace(store::Session& session, const Point& point, std::int64_t base_version);
Result<std::int64_t> remove(store::Session& session, const Point& point);

}  // namespace firstline::area
