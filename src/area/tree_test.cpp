#include <algorithm>
#include <set>

#include <gtest/gtest.h>

#include "area/test_world.hpp"

namespace firstline::area {
namespace {

using store::Session;

std::vector<std::string> codes(const Result<std::vector<Area>>& areas) {
  std::vector<std::string> out;
  if (areas) {
    for (const Area& area : *areas) out.push_back(area.code);
  }
  return out;
}

class Tree : public ::testing::Test {
 protected:
  template <class F>
  auto read(F use_case) {
    return database->read(use_case);
  }
  template <class F>
  auto write(F use_case) {
    return database->write(use_case);
  }

  TemporaryDatabase database;
  SmallCommunity w = small_community(*database);
};

TEST_F(Tree, the_desk_opens_the_communities_that_a_role_covers) {
  http::RouteTable table;
  add_routes(table, nullptr);  // Nothing is renamed here.
  const auto mine = [&](http::Role role, const std::string& path) {
    for (const http::Route& route : table.routes()) {
      if (route.spec.name != "my_communities") continue;
      return read([&](Session& session) {
               http::Call call;
               call.session = &session;
               call.actor.grants = {{role, {1}, path}, {role, {1}, path}};
               return route.handle(call, "");
             })
          .value();
    }
    return std::string();
  };
  const std::string one = R"({"items":[{"community_id":")" + format_id(w.community.id.value) + R"(","name":")" +
                          w.community.name + R"("}]})";
  EXPECT_EQ(mine(http::Role::secretary, w.community.path), one);
  EXPECT_EQ(mine(http::Role::grid_worker, w.compound1.path), one);
  EXPECT_EQ(mine(http::Role::commander, "620102"), one);
  EXPECT_EQ(mine(http::Role::commander, "620102/020"), one);
  EXPECT_EQ(mine(http::Role::commander, "620102/021"), R"({"items":[]})");
  EXPECT_EQ(mine(http::Role::resident, w.home101.path), R"({"items":[]})");
}

TEST_F(Tree, official_table_is_whole_and_loads_once) {
  const auto again = write([](Session& session) { return load_divisions(session, embedded_divisions(), test_now); });
  EXPECT_TRUE(again);
  const auto district = read([](Session& session) { return find_by_path(session, {}, "620102"); });
  ASSERT_TRUE(district);
  EXPECT_EQ(district->name, "城关区");
  const auto all = read([](Session& session) { return below(session, {}, "620102"); });
  EXPECT_EQ(std::count_if(all->begin(), all->end(), [](const Area& a) { return a.kind == AreaKind::subdistrict; }), 28);
  EXPECT_EQ(std::count_if(all->begin(), all->end(),
                          [](const Area& a) { return a.kind == AreaKind::community && !a.generated; }),
            181);
  EXPECT_EQ(read([](Session& session) { return find_by_path(session, {}, "620102/020/003"); })->name,
            "宁卧庄社区居委会");
}

TEST_F(Tree, bad_tables_are_refused_with_their_line) {
  const std::pair<const char*, const char*> rows[] = {
      {"code,name\n62010200000,城关区\n", "divisions:2"},
      {"code,name\n620199000000,某区\n620199001001,某社区\n", "divisions:3"},
      {"code,name\n620199000000\n", "divisions:2"},
  };
  for (const auto& [csv, where] : rows) {
    const auto loaded = write([csv = csv](Session& session) { return load_divisions(session, csv, test_now); });
    ASSERT_FALSE(loaded) << csv;
    EXPECT_EQ(loaded.error().where, where);
  }
  EXPECT_FALSE(read([](Session& session) { return find_by_path(session, {}, "620199"); }));
}

TEST_F(Tree, children_and_everything_below) {
  const AreaId community = w.community.id;
  EXPECT_EQ(codes(read([&](Session& s) { return children(s, community, community); })),
            (std::vector<std::string>{"c1", "c2", "g1", "g2"}));
  EXPECT_EQ(codes(read([&](Session& s) { return below(s, community, w.compound1.path); })),
            (std::vector<std::string>{"b01", "u1", "f01", "101", "102"}));
  EXPECT_EQ(codes(read([&](Session& s) { return way_to(s, community, w.home102.path); })),
            (std::vector<std::string>{"c1", "b01", "u1", "f01", "102"}));
  EXPECT_EQ(read([&](Session& s) { return find_on_path(s, w.home101.path); })->id, w.home101.id);
  EXPECT_EQ(read([&](Session& s) { return find_on_path(s, "620102/020"); })->name, "渭源路街道");
  EXPECT_EQ(read([&](Session& s) { return find_on_path(s, "620102/020/901/c9"); }).error().reason, "area.unknown");
}

TEST_F(Tree, a_building_moves_to_another_grid_and_no_path_changes) {
  const auto place = [&] { return read([&](Session& s) { return place_of(s, w.home101); }).value(); };
  EXPECT_EQ(place().grid_path, "620102/020/901/g1");
  const auto before = place().path;
  ASSERT_TRUE(write([&](Session& s) { return move_to_grid(s, w.community.id, w.building1.id, w.grid2.id); }));
  EXPECT_EQ(place().grid_path, "620102/020/901/g2");
  EXPECT_EQ(place().path, before);
  EXPECT_EQ(place().community, w.community.id);
  EXPECT_EQ(
      write([&](Session& s) { return move_to_grid(s, w.community.id, w.building1.id, w.compound1.id); }).error().reason,
      "area.wrong_parent");
  EXPECT_EQ(write([&](Session& s) { return move_to_grid(s, w.community.id, w.home101.id, w.grid1.id); }).error().reason,
            "area.unknown");
}

TEST_F(Tree, what_cannot_stand_there_is_refused) {
  const struct {
    const Area* parent;
    AreaKind kind;
    const char* code;
    const char* reason;
  } rows[] = {
      {&w.compound1, AreaKind::household, "9", "area.wrong_parent"},
      {&w.home101, AreaKind::floor, "f9", "area.wrong_parent"},
      {&w.compound1, AreaKind::grid, "g9", "area.wrong_parent"},
      {nullptr, AreaKind::compound, "c9", "area.wrong_parent"},
      {&w.compound1, AreaKind::building, "B 9", "area.bad_code"},
      {&w.compound1, AreaKind::building, "b01", "area.exists"},
  };
  for (const auto& row : rows) {
    const auto added = write([&](Session& s) {
      return add(s, row.parent, {row.kind, row.code, "x", {}, {}, true}, test_now);
    });
    ASSERT_FALSE(added) << row.code;
    EXPECT_EQ(added.error().reason, row.reason);
  }
}

TEST_F(Tree, gates_are_found_by_code_however_it_is_typed) {
  EXPECT_EQ(w.gate1.venue_code.size(), 8u);
  EXPECT_NE(w.gate1.venue_code, w.gate2.venue_code);
  std::string typed = w.gate1.venue_code.substr(0, 4) + "-" + w.gate1.venue_code.substr(4);
  std::transform(typed.begin(), typed.end(), typed.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  EXPECT_EQ(read([&](Session& s) { return find_gate_by_venue_code(s, typed); })->id, w.gate1.id);
  EXPECT_EQ(read([&](Session& s) { return find_gate_by_venue_code(s, "AAAAAAAA"); }).error().reason, "gate.unknown");
  const auto view = read([&](Session& s) { return area::view(s, w.gate1); });
  EXPECT_EQ(view->compound_name, "示范1号院");
  EXPECT_EQ(view->community_name, "示范社区");
  EXPECT_TRUE(view->generated);
  EXPECT_EQ(read([&](Session& s) { return gates_of(s, w.community.id); })->size(), 2u);
}

TEST_F(Tree, a_grid_worker_is_at_home_in_the_grid_its_gates_and_the_community) {
  const auto actor_of = [](const Area& area) {
    http::Actor actor;
    actor.account = {1};
    actor.grants = {{http::Role::grid_worker, area.id, area.path}};
    return actor;
  };
  const auto at_lists = [&](const http::Actor& actor, AreaId community) {
    return read([&](Session& s) -> Result<bool> {
             http::Call call;
             call.session = &s;
             call.actor = actor;
             call.parameters["community"] = format_id(community.value);
             FL_TRY(const auto place, at_community("community")(call));
             return actor.holds(http::Role::grid_worker, place);
           })
        .value();
  };
  const auto first = actor_of(w.grid1), second = actor_of(w.grid2);
  const auto home = read([&](Session& s) { return place_of(s, w.home101); }).value();
  EXPECT_TRUE(first.holds(http::Role::grid_worker, home));
  EXPECT_FALSE(second.holds(http::Role::grid_worker, home));
  EXPECT_TRUE(first.holds(http::Role::grid_worker, place_of(w.gate1)));
  EXPECT_FALSE(second.holds(http::Role::grid_worker, place_of(w.gate1)));
  EXPECT_FALSE(first.holds(http::Role::grid_worker, place_of(w.gate2)));
  EXPECT_TRUE(at_lists(first, w.community.id));
  EXPECT_FALSE(at_lists(actor_of(w.compound1), w.community.id))
      << "a role over one compound opens no list of the community";
  const auto official = read([](Session& s) { return find_by_path(s, {}, "620102/020/003"); }).value();
  EXPECT_FALSE(at_lists(first, official.id));
  http::Actor keeper = first;
  keeper.grants[0].role = http::Role::keeper;
  EXPECT_FALSE(at_lists(keeper, w.community.id));
}

}  // namespace
}  // namespace firstline::area
