#pragma once

// Which column of the office's list holds what, and what one row of it says. Pure: knows no database.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <boost/describe.hpp>

#include "base/time.hpp"
#include "intake/table.hpp"
#include "person/model.hpp"

namespace firstline::intake {

// 小区 网格 楼栋 单元 楼层 房号 门牌（3-2-502） 姓名 身份证号 手机 出生日期 特殊情况 补充地址 暂住至
enum class Column {
  compound,
  grid,
  building,
  unit,
  floor,
  room,
  door,
  name,
  id_number,
  phone,
  born_on,
  marks,
  detail,
  stay_until
};
BOOST_DESCRIBE_ENUM(Column, compound, grid, building, unit, floor, room, door, name, id_number, phone, born_on, marks,
                    detail, stay_until)

// One entry a column of the file; nothing: not taken.
using Mapping = std::vector<std::optional<Column>>;

// The row with the headings: the first of the first ten in which two cells are known headings, else the first row.
std::size_t heading_row(const std::vector<Row>& rows);
// By the usual headings in Chinese and English; each Column at most once.
Mapping suggest(const std::vector<std::string>& headings);
// Without room, door and name it is a list of places: compounds, grids, buildings, units, as far as its columns go.
bool lists_places(const Mapping& mapping);
// Faults (invalid): mapping.home_missing, mapping.twice.
Result<void> check_mapping(const Mapping& mapping);
// The headings of the lists that we hand out, with two example rows: people and homes, or places alone.
std::vector<std::vector<std::string>> template_rows();
std::vector<std::vector<std::string>> places_template_rows();

// Those of an export: the same and the rest of what an import can take.
std::vector<std::string> exported_headings();
// "独居、透析" as the column of special needs is read.
std::string written(const std::vector<person::Mark>& marks);

// A problem keeps its row out (error) or not (warning).
enum class Severity { error, warning };
BOOST_DESCRIBE_ENUM(Severity, error, warning)

struct RowProblem {
  int line = 0;
  std::optional<Column> column;
  std::string code;  // See problem_words.
  Severity severity = Severity::error;
};
BOOST_DESCRIBE_STRUCT(RowProblem, (), (line, column, code, severity))

struct Words {
  std::string_view code, zh, en;  // What is wrong and what to do.
};
const Words& problem_words(std::string_view code);

// Where somebody lives, by what stands on the doors; an empty part is not there.
struct Door {
  std::string compound, building, unit, floor, room;
  bool operator==(const Door&) const = default;
};

// A list without names is a list of homes; one of places ends above the room.
struct Entry {
  int line = 0;
  Door door;
  std::string grid;  // In charge of the building.
  std::string name;
  std::optional<std::string> id_number, phone, detail;
  std::optional<Date> born_on;
  std::vector<person::Mark> marks;
  std::optional<Date> stay_until;  // The last day of a temporary stay.
};

// Reads one row; what is wrong with it goes to `problems`. Nothing if an error was among it.
std::optional<Entry> read_entry(const Row& row, const Mapping& mapping, Date today, std::vector<RowProblem>& problems);

// "3号楼2单元502室", "3-2-502", "3栋502": building, unit, room. Empty where the text says something else.
std::optional<Door> parse_door(std::string_view text);
// 2022-03-15, 2022/3/15, 2022年3月15日, 20220315, or a spreadsheet's day number.
std::optional<Date> parse_any_date(std::string_view text);

}  // namespace firstline::intake
