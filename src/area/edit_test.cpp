#include "area/edit.hpp"

#include "area/plan.hpp"
#include "area/test_world.hpp"
#include "ledger/query.hpp"

namespace firstline::area {
namespace {

using store::Session;

class Edit : public ::testing::Test {
 protected:
  template <class F>
  auto write(F work) {
    return database->write([&](Session& s) { return work(s, Editing{actor, test_now, system_random()}); });
  }
  Result<AreaShown> add_it(AreaId parent, AreaKind kind, const char* name, std::optional<AreaId> grid = {}) {
    return write([&](Session& s, const Editing& by) {
      return add_area(s, w.community.id, {{}, parent, kind, name, grid}, by);
    });
  }
  Area node(AreaId id) {
    return database->read([&](Session& s) { return find(s, w.community.id, id); }).value();
  }
  std::size_t facts(const char* kind) {
    ledger::FactFilter filter;
    filter.community = w.community.id;
    filter.kind_prefix = kind;
    return database->read([&](Session& s) { return ledger::facts(s, filter); }).value().size();
  }

  TemporaryDatabase database;
  SmallCommunity w = small_community(*database);
  http::Actor actor;
};

TEST_F(Edit, what_is_added_gets_code_and_label_from_its_number) {
  const auto building = add_it(w.compound1.id, AreaKind::building, "7号楼", w.grid2.id).value();
  EXPECT_EQ(building.label, "7");
  EXPECT_EQ(building.grid_id, w.grid2.id);
  EXPECT_EQ(node(building.area_id).path, w.compound1.path + "/b07");
  const auto unit = add_it(building.area_id, AreaKind::unit, "2单元").value();
  EXPECT_EQ(unit.label, "7-2");
  const auto home = add_it(unit.area_id, AreaKind::household, "502室").value();
  EXPECT_EQ(home.label, "7-2-502");
  EXPECT_EQ(node(home.area_id).parent_id, unit.area_id);
  EXPECT_EQ(node(add_it(w.community.id, AreaKind::grid, "第9网格").value().area_id).path, w.community.path + "/g9");
  EXPECT_EQ(facts("area.added"), 4u);
}

TEST_F(Edit, a_home_stands_on_its_floor_where_there_is_one) {
  const AreaId unit = node(node(w.home101.parent_id).parent_id).id;
  const auto home = add_it(unit, AreaKind::household, "103室").value();
  EXPECT_EQ(node(home.area_id).parent_id, w.home101.parent_id);
  EXPECT_EQ(home.label, "1-1-103");
}

TEST_F(Edit, a_compound_may_have_a_name_without_a_number) {
  const auto first = add_it(w.community.id, AreaKind::compound, "阳光家园").value();
  const auto second = add_it(w.community.id, AreaKind::compound, "月亮湾").value();
  EXPECT_EQ(node(first.area_id).code, "c3") << "c1 and c2 are there";
  EXPECT_EQ(node(second.area_id).code, "c4");
  EXPECT_EQ(node(second.area_id).name, "月亮湾");
}

TEST_F(Edit, what_cannot_be_is_refused) {
  const struct {
    AreaId parent;
    AreaKind kind;
    const char *name, *reason;
  } rows[] = {
      {w.compound1.id, AreaKind::building, "1号楼", "area.label_taken"},
      {w.compound1.id, AreaKind::building, "东楼", "area.no_number"},
      {w.compound1.id, AreaKind::building, " ", "area.bad_name"},
      {w.compound1.id, AreaKind::household, "101室", "area.wrong_parent"},
      {w.building1.id, AreaKind::building, "9号楼", "area.wrong_parent"},
      {w.community.id, AreaKind::compound, "示范1号院", "area.exists"},
      {AreaId{5}, AreaKind::building, "9号楼", "area.unknown"},
  };
  for (const auto& row : rows) {
    const auto made = add_it(row.parent, row.kind, row.name);
    ASSERT_FALSE(made) << row.name;
    EXPECT_EQ(made.error().reason, row.reason) << row.name;
  }
  EXPECT_EQ(add_it(w.compound1.id, AreaKind::building, "9号楼", w.compound2.id).error().reason, "area.wrong_parent");
  EXPECT_EQ(facts("area."), 0u);
}

std::vector<std::string> told_of;
Result<void> told(Session&, const Area& area) {
  told_of.push_back(area.name);
  return {};
}

TEST_F(Edit, a_building_is_named_and_put_into_another_grid_once) {
  const std::string version = shown(w.building1).version;
  const auto rename = [&](const char* name) {
    return write([&](Session& s, const Editing& by) {
      return rename_area(s, w.community.id, w.building1.id, {{}, version, name, {}}, by, told);
    });
  };
  const auto renamed = rename("甲1号楼");
  ASSERT_TRUE(renamed);
  EXPECT_EQ(rename("乙1号楼").error().reason, "area.changed");
  EXPECT_EQ(node(w.building1.id).name, "甲1号楼");
  EXPECT_EQ(told_of, std::vector<std::string>{"甲1号楼"});
  EXPECT_EQ(node(w.building1.id).label, "1");
  const auto put = [&](AreaId grid, const std::string& base) {
    return write([&](Session& s, const Editing& by) {
      return put_into_grid(s, w.community.id, w.building1.id, {{}, base, grid}, by);
    });
  };
  ASSERT_TRUE(put(w.grid2.id, renamed->version));
  EXPECT_EQ(node(w.building1.id).grid_id, w.grid2.id);
  EXPECT_EQ(put(w.grid1.id, renamed->version).error().code, FaultCode::stale);
  EXPECT_EQ(facts("area.renamed"), 1u);
  EXPECT_EQ(facts("area.put_into_grid"), 1u);
}

TEST_F(Edit, a_reissued_code_leads_to_the_gate_and_the_old_one_nowhere) {
  const auto before = database->read([&](Session& s) { return shown(s, w.gate1); }).value();
  const auto reissue = [&](const std::string& base) {
    return write([&](Session& s, const Editing& by) { return reissue_code(s, w.gate1.id, {{}, base}, by); });
  };
  const auto after = reissue(before.version).value();
  const auto at = [&](const std::string& code) {
    return database->read([&](Session& s) { return find_gate_by_venue_code(s, code); });
  };
  EXPECT_EQ(at(after.gate.venue_code)->id, w.gate1.id);
  EXPECT_EQ(at(before.gate.venue_code).error().reason, "gate.unknown");
  EXPECT_EQ(reissue(before.version).error().reason, "gate.changed");
  EXPECT_EQ(facts("gate.code_reissued"), 1u);
  const auto renamed = write([&](Session& s, const Editing& by) {
    return rename_gate(s, w.gate1.id, {{}, after.version, "东门"}, by);
  });
  EXPECT_EQ(renamed->gate.name, "东门");
  const auto added = write([&](Session& s, const Editing& by) {
    return add_gate(s, w.community.id, {{}, w.compound1.id, "西门", w.grid1.id}, by);
  });
  EXPECT_EQ(at(added->gate.venue_code)->grid_path, w.grid1.path);
}

TEST_F(Edit, points_stay_where_they_were_put) {
  const Point point{w.community.id, 77, w.compound1.id, PointKind::sampling, "采样点", 100, 900, 1};
  ASSERT_TRUE(database->write([&](Session& s) { return save(s, point); }));
  const auto moved = [&](std::int64_t base) {
    return database->write([&](Session& s) {
      Point other = point;
      other.x = 500;
      other.version = base + 1;
      return replace(s, other, base);
    });
  };
  EXPECT_EQ(moved(1).value(), 1);
  EXPECT_EQ(moved(1).value(), 0);
  const auto points = database->read([&](Session& s) { return load_points(s, w.community.id, w.compound1.id); });
  ASSERT_EQ(points->size(), 1u);
  EXPECT_EQ((*points)[0].x, 500);
  EXPECT_EQ((*points)[0].y, 900);
  EXPECT_EQ((*points)[0].kind, PointKind::sampling);
}

}  // namespace
}  // namespace firstline::area
