#include "area/plan.hpp"

#include "json/json.hpp"

namespace firstline::area {
namespace {

using http::Access;
using http::Call;
using http::Method;
using http::Role;
using store::Session;

constexpr http::RoleSet may_look{Role::grid_worker, Role::secretary, Role::health_officer, Role::commander,
                                 Role::auditor};

struct PointShown {
  std::string point_id;
  PointKind kind = PointKind::other;
  std::string name;
  std::int64_t x = 0, y = 0, version = 0;
};
BOOST_DESCRIBE_STRUCT(PointShown, (), (point_id, kind, name, x, y, version))
struct Plan {
  AreaId compound_id;
  std::string compound_name;
  std::vector<PointShown> points;
};
BOOST_DESCRIBE_STRUCT(Plan, (), (compound_id, compound_name, points))

struct AddPoint {
  Uuid id;
  PointKind kind = PointKind::other;
  std::string name;
  std::int64_t x = 0, y = 0;
};
BOOST_DESCRIBE_STRUCT(AddPoint, (), (id, kind, name, x, y))
struct ChangePoint {
  Uuid id;
  std::int64_t base_version = 0;
  std::string name;
  std::int64_t x = 0, y = 0;
};
BOOST_DESCRIBE_STRUCT(ChangePoint, (), (id, base_version, name, x, y))
struct RemovePoint {
  Uuid id;
  std::int64_t base_version = 0;
};
BOOST_DESCRIBE_STRUCT(RemovePoint, (), (id, base_version))

struct PointBody {
  PointKind kind;
  std::string name;
  std::int64_t x, y;
};
BOOST_DESCRIBE_STRUCT(PointBody, (), (kind, name, x, y))

PointShown shown(const Point& point) {
  return {format_id(point.id), point.kind, point.name, point.x, point.y, point.version};
}

Result<void> good(std::string_view name, std::int64_t x, std::int64_t y) {
  if (name.empty() || name.size() > 100) return fail(FaultCode::invalid, "area.bad_name", {}, "/name");
  if (x < 0 || y < 0 || x > plan_side || y > plan_side) return fail(FaultCode::invalid, "point.off_plan", {}, "/x");
  return {};
}

Result<void> note(Call& call, const Point& point, const char* kind) {
  return note_change(*call.session, point.community_id, point.compound_id, kind, "point:" + format_id(point.id),
                     json::write(PointBody{point.kind, point.name, point.x, point.y}),
                     {call.actor, call.now, *call.random});
}

Result<Plan> get_plan(Call& call) {
  FL_TRY(const auto id, call.id_parameter<AreaId>("compound"));
  FL_TRY(const auto compound, find(*call.session, call.place.community, id));
  if (compound.kind != AreaKind::compound) return fail(FaultCode::not_found, "area.unknown");
  FL_TRY(const auto points, load_points(*call.session, call.place.community, id));
  Plan plan{id, compound.name, {}};
  for (const Point& point : points) plan.points.push_back(shown(point));
  return plan;
}

Result<PointShown> add_point(Call& call, const AddPoint& command) {
  FL_TRYV(good(command.name, command.x, command.y));
  FL_TRY(const auto id, call.id_parameter<AreaId>("compound"));
  FL_TRY(const auto compound, find(*call.session, call.place.community, id));
  if (compound.kind != AreaKind::compound) return fail(FaultCode::not_found, "area.unknown");
  FL_TRY(const auto there, load_points(*call.session, call.place.community, id));
  if (there.size() >= points_max) return fail(FaultCode::invalid, "point.too_many");
  const Point point{call.place.community,
                    call.session->ids().next(call.now),
                    id,
                    command.kind,
                    command.name,
                    command.x,
                    command.y,
                    1};
  FL_TRYV(save(*call.session, point));
  FL_TRYV(note(call, point, "point.added"));
  return shown(point);
}

Result<Point> point_for(Call& call) {
  FL_TRY(const auto compound, call.id_parameter<AreaId>("compound"));
  const auto id = parse_id(call.parameter("point"));
  if (!id) return fail(FaultCode::not_found, "point.unknown");
  FL_TRY(auto point, load_point(*call.session, call.place.community, *id));
  if (!point || point->compound_id != compound) return fail(FaultCode::not_found, "point.unknown");
  return std::move(*point);
}

Result<PointShown> change_point(Call& call, const ChangePoint& command) {
  FL_TRYV(good(command.name, command.x, command.y));
  FL_TRY(auto point, point_for(call));
  point.name = command.name;
  point.x = command.x;
  point.y = command.y;
  point.version = command.base_version + 1;
  FL_TRY(const auto changed, replace(*call.session, point, command.base_version));
  if (changed == 0) return fail(FaultCode::stale, "point.changed");
  FL_TRYV(note(call, point, "point.changed"));
  return shown(point);
}

Result<http::Empty> remove_point(Call& call, const RemovePoint& command) {
  FL_TRY(auto point, point_for(call));
  if (point.version != command.base_version) return fail(FaultCode::stale, "point.changed");
  FL_TRYV(remove(*call.session, point));
  FL_TRYV(note(call, point, "point.removed"));
  return http::Empty{};
}

}  // namespace

void add_plan_routes(http::RouteTable& table) {
  const std::string path = "/api/v1/communities/{community}/compounds/{compound}/";
  const auto by_secretary = Access::role({Role::secretary}, at_area("compound"));
  table.query<Plan>({Method::get, path + "plan", "get_plan", Access::role(may_look, at_community("community")),
                     "The points on the plan of a compound."},
                    get_plan);
  table.command<AddPoint, PointShown>(
      {Method::post, path + "points", "add_point", by_secretary, "A new point on the plan; a fact."}, add_point);
  table.command<ChangePoint, PointShown>(
      {Method::post, path + "points/{point}/change", "change_point", by_secretary, "Moves or names a point; a fact."},
      change_point);
  table.command<RemovePoint, http::Empty>(
      {Method::post, path + "points/{point}/remove", "remove_point", by_secretary, "Takes a point away; a fact."},
      remove_point);
}

}  // namespace firstline::area
