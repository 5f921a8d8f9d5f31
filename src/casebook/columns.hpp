#pragma once

// Which column of a line list (病例名单) or a contacts list (传播关系) holds what, and what one row of it says. The
// common form of outbreak data: id, date_of_onset, date_of_hospitalisation, outcome, gender, age ...; from, to,
// exposure. Pure.

#include <functional>
#include <map>
#include <string>
#include <variant>
#include <vector>

#include "casebook/model.hpp"
#include "intake/table.hpp"

namespace firstline::casebook {

enum class ListKind { cases, contacts };
BOOST_DESCRIBE_ENUM(ListKind, cases, contacts)

// 编号 姓名 身份证号 手机 性别 年龄 分类 发病 采样 报告 入院 转归 转归日期 | 感染者 被感染者 方式 把握 暴露起 暴露止
// 地点
enum class Column {
  id,
  name,
  id_number,
  phone,
  gender,
  age,
  classified,
  onset,
  sampled,
  reported,
  admitted,
  outcome,
  ended,
  from,
  to,
  kind,
  confidence,
  exposed_from,
  exposed_until,
  place
};
BOOST_DESCRIBE_ENUM(Column, id, name, id_number, phone, gender, age, classified, onset, sampled, reported, admitted,
                    outcome, ended, from, to, kind, confidence, exposed_from, exposed_until, place)

// Why a row was not taken. Names no cell's content.
struct Rejection {
  int line = 0;
  std::string code;   // See rejection_words.
  std::string field;  // A Column; may be empty.
};
BOOST_DESCRIBE_STRUCT(Rejection, (), (line, code, field))
struct Words {
  std::string_view code, zh, en;  // What is wrong and what to do.
};
// A code without words of its own gets those of "row.refused".
const Words& rejection_words(std::string_view code);

// Column > the heading that stands over it.
using Mapping = std::map<Column, std::string>;

class Columns {
 public:
  // The first of the first ten rows with the headings that the kind needs. What `said` names is where it says; the rest
  // is suggested by the usual headings, each column once. Faults (invalid): table.no_headings; mapping.missing,
  // where = the column; mapping.unknown, where = the heading that no column has.
  static Result<Columns> find(const std::vector<intake::Row>& rows, ListKind kind, const Mapping& said);
  std::size_t row() const { return row_; }
  const Mapping& mapping() const { return mapping_; }
  // Empty where there is no such column or cell, and where a statistics program wrote that there is no value.
  std::string cell(const intake::Row& row, Column column) const;

 private:
  std::size_t row_ = 0;
  Mapping mapping_;
  std::map<Column, std::size_t> at_;
};

struct CaseRow {
  int line = 0;
  std::string id;
  Listed listed;
  std::optional<std::string> id_number, phone;
  Status status = Status::confirmed;      // With its outcome.
  Status classified = Status::confirmed;  // Without.
};
std::variant<CaseRow, Rejection> read_case(const intake::Row& row, const Columns& columns, Date today);

struct ContactRow {
  int line = 0;
  std::string from, to;
  LinkKind kind = LinkKind::other;
  Confidence confidence = Confidence::probable;
  std::optional<Date> exposed_from, exposed_until;
  std::string place;
};
std::variant<ContactRow, Rejection> read_contact(const intake::Row& row, const Columns& columns, Date today);

// "onset=dt_onset,id=case": as the command line says it. Fault mapping.unknown.
Result<Mapping> parse_mapping(std::string_view text);

}  // namespace firstline::casebook
