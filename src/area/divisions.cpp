// Reads the official table (divisions): lines "620102020003,宁卧庄社区居委会". A code says its level by its zeros.

#include <map>

#include "area/service.hpp"
#include "area/store.hpp"

namespace firstline::area {
namespace {

struct Division {
  AreaKind kind;
  std::string code, path, parent_path;
};

Result<Division> read_code(std::string_view code, int line) {
  const auto bad = [&] {
    return fail(FaultCode::invalid, "divisions.bad_line", {}, "divisions:" + std::to_string(line));
  };
  if (code.size() != 12 || code.find_first_not_of("0123456789") != std::string_view::npos) return bad();
  const std::string district(code.substr(0, 6)), street(code.substr(6, 3)), community(code.substr(9, 3));
  if (street == "000") {
    if (community != "000") return bad();
    return Division{AreaKind::district, district, district, ""};
  }
  const std::string street_path = join_path(district, street);
  if (community == "000") return Division{AreaKind::subdistrict, street, street_path, district};
  return Division{AreaKind::community, community, join_path(street_path, community), street_path};
}

}  // namespace

Result<void> load_divisions(store::Session& session, std::string_view csv, Instant now) {
  std::map<std::string, Area, std::less<>> seen;
  int line_number = 0;
  while (!csv.empty()) {
    const auto end = csv.find('\n');
    std::string_view line = csv.substr(0, end);
    csv.remove_prefix(end == std::string_view::npos ? csv.size() : end + 1);
    if (!line.empty() && line.back() == '\r') line.remove_suffix(1);
    if (++line_number == 1 || line.empty()) continue;  // The first line names the columns.
    const auto comma = line.find(',');
    FL_TRY(const Division division, read_code(line.substr(0, comma), line_number));
    if (comma == std::string_view::npos || comma + 1 == line.size()) {
      return fail(FaultCode::invalid, "divisions.bad_line", {}, "divisions:" + std::to_string(line_number));
    }
    FL_TRY(auto there, load_area_at(session, {}, division.path));
    if (!there) {
      const auto parent = seen.find(division.parent_path);
      if (division.kind != AreaKind::district && parent == seen.end()) {
        return fail(FaultCode::invalid, "divisions.parent_missing", {}, "divisions:" + std::to_string(line_number));
      }
      FL_TRY(there, add(session, parent == seen.end() ? nullptr : &parent->second,
                        {division.kind, division.code, std::string(line.substr(comma + 1)), {}, {}, false}, now));
    }
    seen.emplace(division.path, std::move(*there));
  }
  return {};
}

}  // namespace firstline::area
