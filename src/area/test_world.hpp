#pragma once

// For tests: a database in a folder of its own, and a small community to stand on.
//
//   620102/020 渭源路街道 > 901 > g1 g2, c1 (北门) > b01 (g1) > u1 > f01 > 101, 102;  c2 (北门) > b01 (g2) > u1 > f01 >
//   101

#include <atomic>
#include <filesystem>
#include <memory>
#include <string>

#include <gtest/gtest.h>
#include <unistd.h>

#include "area/service.hpp"
#include "store/database.hpp"

namespace firstline::area {

inline const Instant test_now = from_millis(1'647'327'600'000);  // 2022-03-15 15:00 in Shanghai.

class TemporaryDatabase {
 public:
  TemporaryDatabase() {
    static std::atomic<int> count{0};
    folder_ = std::filesystem::temp_directory_path() /
              ("fl_test_" + std::to_string(::getpid()) + "_" + std::to_string(count++));
    std::filesystem::remove_all(folder_);
    std::filesystem::create_directories(folder_);
    store::Options options;
    options.url = "sqlite://" + file();
    options.readers = 1;
    auto opened = store::Database::open(options);
    if (opened) database_ = std::move(*opened);
    else ADD_FAILURE() << opened.error().reason << " " << opened.error().detail;
  }
  ~TemporaryDatabase() {
    database_.reset();
    std::filesystem::remove_all(folder_);
  }
  std::string file() const { return (folder_ / "firstline.db").string(); }
  store::Database& operator*() { return *database_; }
  store::Database* operator->() { return database_.get(); }
  std::filesystem::path folder() const { return folder_; }

 private:
  std::filesystem::path folder_;
  std::unique_ptr<store::Database> database_;
};

struct SmallCommunity {
  Area community, grid1, grid2, compound1, compound2, building1, building2, home101, home102, other_home;
  Gate gate1, gate2;
};

inline Result<SmallCommunity> make_small_community(store::Session& session) {
  SeededRandom random(1);
  FL_TRYV(load_divisions(session, embedded_divisions(), test_now));
  SmallCommunity w;
  FL_TRY(const auto street, find_by_path(session, {}, "620102/020"));
  const auto put = [&](const Area& parent, AreaKind kind, const char* code, const char* name, const char* label,
                       AreaId grid = {}) {
    return add(session, &parent, {kind, code, name, label, grid, true}, test_now);
  };
  FL_TRY(w.community, put(street, AreaKind::community, "901", "示范社区", ""));
  FL_TRY(w.grid1, put(w.community, AreaKind::grid, "g1", "第1网格", ""));
  FL_TRY(w.grid2, put(w.community, AreaKind::grid, "g2", "第2网格", ""));
  FL_TRY(w.compound1, put(w.community, AreaKind::compound, "c1", "示范1号院", ""));
  FL_TRY(w.compound2, put(w.community, AreaKind::compound, "c2", "示范2号院", ""));
  FL_TRY(w.building1, put(w.compound1, AreaKind::building, "b01", "1号楼", "1", w.grid1.id));
  FL_TRY(w.building2, put(w.compound2, AreaKind::building, "b01", "1号楼", "1", w.grid2.id));
  FL_TRY(const auto unit1, put(w.building1, AreaKind::unit, "u1", "1单元", "1-1"));
  FL_TRY(const auto floor1, put(unit1, AreaKind::floor, "f01", "1层", "1-1-1F"));
  FL_TRY(w.home101, put(floor1, AreaKind::household, "101", "101室", "1-1-101"));
  FL_TRY(w.home102, put(floor1, AreaKind::household, "102", "102室", "1-1-102"));
  FL_TRY(const auto unit2, put(w.building2, AreaKind::unit, "u1", "1单元", "1-1"));
  FL_TRY(const auto floor2, put(unit2, AreaKind::floor, "f01", "1层", "1-1-1F"));
  FL_TRY(w.other_home, put(floor2, AreaKind::household, "101", "101室", "1-1-101"));
  FL_TRY(w.gate1, add_gate(session, w.compound1, &w.grid1, "北门", test_now, random));
  FL_TRY(w.gate2, add_gate(session, w.compound2, nullptr, "北门", test_now, random));
  return w;
}

inline SmallCommunity small_community(store::Database& database) {
  auto made = database.write([](store::Session& session) { return make_small_community(session); });
  if (made) return *made;
  ADD_FAILURE() << made.error().reason << " " << made.error().detail;
  return {};
}

}  // namespace firstline::area
