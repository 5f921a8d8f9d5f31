#pragma once

// Which column of a laboratory's table holds what, and what one row of it says. Pure.

#include <variant>

#include "intake/table.hpp"
#include "laboratory/model.hpp"

namespace firstline::laboratory {

// 编号 版本 姓名 身份证号 手机 采样时间 报告时间 结果 方法 管号 接种日期 剂次 疫苗 批号
enum class Column {
  external_id,
  version,
  name,
  id_number,
  phone,
  sampled_at,
  reported_at,
  state,
  kind,
  tube,
  given_on,
  dose,
  product,
  lot
};
BOOST_DESCRIBE_ENUM(Column, external_id, version, name, id_number, phone, sampled_at, reported_at, state, kind, tube,
                    given_on, dose, product, lot)

class Headings {
 public:
  // Index of the row with the headings: the first of the first ten in which three cells are known headings. Faults
  // (invalid): table.no_headings; mapping.missing, where = the column.
  static Result<Headings> find(const std::vector<intake::Row>& rows, Kind kind);
  std::size_t row() const { return row_; }
  // Empty where there is no such column or no such cell.
  std::string_view cell(const intake::Row& row, Column column) const;

 private:
  std::size_t row_ = 0;
  std::map<Column, std::size_t> at_;
};

std::variant<ResultRow, Rejection> read_result(const intake::Row& row, const Headings& headings);
std::variant<VaccinationRow, Rejection> read_vaccination(const intake::Row& row, const Headings& headings);

// "2022-03-15 14:30", "2022/3/15 14:30:05", "2022年3月15日 14:30", RFC 3339, or a spreadsheet's day number with its
// fraction. In Shanghai where no zone is said. A day alone is none: how long a negative counts depends on the hour.
std::optional<Instant> parse_moment(std::string_view text);
std::optional<health::NatState> parse_state(std::string_view text);

}  // namespace firstline::laboratory
