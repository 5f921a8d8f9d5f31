#include "laboratory/columns.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstdlib>

#include "intake/columns.hpp"
#include "intake/text.hpp"

namespace firstline::laboratory {
namespace {

using health::NatState;
using health::TestKind;

struct Word {
  std::string_view word;
  int value;
};

struct Heading {
  Column column;
  std::string_view words;  // Space-separated, as `plain` writes them, without signs.
};
constexpr Heading known[] = {
    {Column::external_id,
     "编号 样本编号 标本编号 样本号 条码 条形码 样本条码 报告编号 记录编号 externalid id sampleid barcode recordid"},
    {Column::version, "版本 版本号 version"},
    {Column::name, "姓名 名字 受检人 受检者 受种者 name fullname"},
    {Column::id_number, "身份证号 身份证 身份证号码 证件号码 证件号 idnumber idcard"},
    {Column::phone, "手机 手机号 手机号码 电话 联系电话 phone mobile"},
    {Column::sampled_at, "采样时间 采集时间 采样日期 采样时刻 sampledat collectedat sampled collected"},
    {Column::reported_at, "报告时间 检测时间 出具时间 报告日期 reportedat reported issued"},
    {Column::state, "结果 检测结果 检验结果 核酸结果 result state"},
    {Column::kind, "方法 检测方法 检测类型 类型 kind method type"},
    {Column::tube, "管号 试管号 混管编号 试管编号 tube pool"},
    {Column::given_on, "接种日期 接种时间 givenon date vaccinatedon"},
    {Column::dose, "剂次 针次 第几针 dose dosenumber"},
    {Column::product, "疫苗 疫苗名称 疫苗种类 产品 product vaccine"},
    {Column::lot, "批号 疫苗批号 lot lotnumber batch"},
};
constexpr Column of_results[] = {Column::external_id, Column::name, Column::sampled_at, Column::state};
constexpr Column of_vaccinations[] = {Column::external_id, Column::name, Column::given_on, Column::dose,
                                      Column::product};

std::string heading_plain(std::string_view heading) {
  std::string text = intake::plain(heading);
  for (const std::string_view bracket : {"(", "（", "["})
    if (const auto at = text.find(bracket); at != text.npos && at > 0) text.resize(at);
  std::erase_if(text, [](char c) { return c == '*' || c == '_' || c == '-' || c == ':' || c == '.'; });
  return text;
}

std::optional<Column> column_of(std::string_view heading) {
  const std::string text = " " + heading_plain(heading) + " ";
  if (text.size() == 2) return std::nullopt;
  for (const Heading& each : known)
    if ((" " + std::string(each.words) + " ").find(text) != std::string::npos) return each.column;
  return std::nullopt;
}

constexpr Word state_words[] = {
    {"阴性", static_cast<int>(NatState::negative)},
    {"阴", static_cast<int>(NatState::negative)},
    {"未检出", static_cast<int>(NatState::negative)},
    {"negative", static_cast<int>(NatState::negative)},
    {"notdetected", static_cast<int>(NatState::negative)},
    {"阳性", static_cast<int>(NatState::positive)},
    {"阳", static_cast<int>(NatState::positive)},
    {"检出", static_cast<int>(NatState::positive)},
    {"positive", static_cast<int>(NatState::positive)},
    {"detected", static_cast<int>(NatState::positive)},
    {"混管异常", static_cast<int>(NatState::pool_abnormal)},
    {"混管阳性", static_cast<int>(NatState::pool_abnormal)},
    {"混检阳性", static_cast<int>(NatState::pool_abnormal)},
    {"pool_abnormal", static_cast<int>(NatState::pool_abnormal)},
    {"poolabnormal", static_cast<int>(NatState::pool_abnormal)},
    {"无效", static_cast<int>(NatState::invalid)},
    {"不确定", static_cast<int>(NatState::invalid)},
    {"可疑", static_cast<int>(NatState::invalid)},
    {"invalid", static_cast<int>(NatState::invalid)},
    {"inconclusive", static_cast<int>(NatState::invalid)},
    {"检测中", static_cast<int>(NatState::testing)},
    {"testing", static_cast<int>(NatState::testing)},
    {"已采样", static_cast<int>(NatState::sampled)},
    {"sampled", static_cast<int>(NatState::sampled)},
};
constexpr Word kind_words[] = {
    {"核酸", static_cast<int>(TestKind::nucleic_acid)},         {"核酸检测", static_cast<int>(TestKind::nucleic_acid)},
    {"pcr", static_cast<int>(TestKind::nucleic_acid)},          {"nat", static_cast<int>(TestKind::nucleic_acid)},
    {"nucleic_acid", static_cast<int>(TestKind::nucleic_acid)}, {"抗原", static_cast<int>(TestKind::antigen)},
    {"抗原检测", static_cast<int>(TestKind::antigen)},          {"antigen", static_cast<int>(TestKind::antigen)},
};

template <std::size_t N>
std::optional<int> value_of(const Word (&words)[N], std::string_view text) {
  const std::string clean = intake::plain(text);
  for (const Word& each : words)
    if (each.word == clean) return each.value;
  return std::nullopt;
}

std::optional<std::int64_t> whole_number(std::string_view text) {
  std::int64_t value = 0;
  const std::string clean = intake::plain(text);
  const auto end = clean.data() + clean.size();
  const auto read = std::from_chars(clean.data(), end, value);
  if (clean.empty() || read.ec != std::errc() || read.ptr != end) return std::nullopt;
  return value;
}

// "14:30" or "14:30:05".
std::optional<std::chrono::seconds> parse_clock(std::string_view text) {
  int parts[3] = {0, 0, 0};
  std::size_t at = 0;
  int part = 0;
  for (; part < 3 && at < text.size(); ++part) {
    const auto end = std::min(text.find(':', at), text.size());
    const auto value = whole_number(text.substr(at, end - at));
    if (!value || end - at > 2 || *value < 0 || *value > (part == 0 ? 23 : 59)) return std::nullopt;
    parts[part] = static_cast<int>(*value);
    at = end + 1;
  }
  if (part < 2 || at <= text.size()) return std::nullopt;
  return std::chrono::hours(parts[0]) + std::chrono::minutes(parts[1]) + std::chrono::seconds(parts[2]);
}

// A spreadsheet's moment: days since 1899-12-30 in Shanghai, with a fraction.
std::optional<Instant> parse_day_number(std::string_view text) {
  if (text.find('.') == text.npos || text.find_first_not_of("0123456789.") != text.npos || text.size() > 24)
    return std::nullopt;
  const double days = std::strtod(std::string(text).c_str(), nullptr);
  if (days < 3000 || days > 80'000) return std::nullopt;
  const auto seconds = std::chrono::seconds(std::llround((days - 25'569) * 86'400));
  return Instant(seconds) - shanghai_offset;
}

class Reading {
 public:
  Reading(const intake::Row& row, const Headings& headings) : row_(row), headings_(headings) {}

  std::string text(Column column) const { return std::string(headings_.cell(row_, column)); }
  std::optional<std::string> maybe(Column column) const {
    std::string found = text(column);
    return found.empty() ? std::nullopt : std::optional(std::move(found));
  }
  void refuse(std::string_view code, Column column) {
    if (!rejection_) rejection_ = Rejection{row_.line, std::string(code), store::enum_name(column)};
  }
  // What every record has.
  template <class Record>
  void common(Record& record) {
    record.line = row_.line;
    record.who = {text(Column::name), maybe(Column::id_number), maybe(Column::phone)};
    record.external_id = text(Column::external_id);
    if (record.external_id.empty()) refuse("external_id.missing", Column::external_id);
    if (const auto version = maybe(Column::version)) {
      const auto value = whole_number(*version);
      if (!value) refuse("version.not_a_number", Column::version);
      else record.version = *value;
    }
  }
  template <class Record>
  std::variant<Record, Rejection> done(Record record) {
    if (rejection_) return std::move(*rejection_);
    return record;
  }

 private:
  const intake::Row& row_;
  const Headings& headings_;
  std::optional<Rejection> rejection_;
};

}  // namespace

Result<Headings> Headings::find(const std::vector<intake::Row>& rows, Kind kind) {
  Headings headings;
  for (std::size_t i = 0; i < rows.size() && i < 10; ++i) {
    std::map<Column, std::size_t> at;
    for (std::size_t c = 0; c < rows[i].cells.size(); ++c)
      if (const auto column = column_of(rows[i].cells[c])) at.emplace(*column, c);
    if (at.size() < 3) continue;
    headings.row_ = i;
    headings.at_ = std::move(at);
    const auto need = [&](Column column) -> Result<void> {
      if (headings.at_.contains(column)) return {};
      return fail(FaultCode::invalid, "mapping.missing", {}, store::enum_name(column));
    };
    if (kind == Kind::results)
      for (const Column column : of_results) FL_TRYV(need(column));
    else
      for (const Column column : of_vaccinations) FL_TRYV(need(column));
    if (!headings.at_.contains(Column::phone)) FL_TRYV(need(Column::id_number));
    return headings;
  }
  return fail(FaultCode::invalid, "table.no_headings");
}

std::string_view Headings::cell(const intake::Row& row, Column column) const {
  const auto found = at_.find(column);
  if (found == at_.end() || found->second >= row.cells.size()) return {};
  return row.cells[found->second];
}

std::optional<Instant> parse_moment(std::string_view text) {
  text = intake::trimmed(text);
  if (const auto exact = parse_instant(text)) return exact;
  if (const auto counted = parse_day_number(text)) return counted;
  const auto clock_at = text.rfind(' ');
  std::size_t split = clock_at == text.npos ? text.find('T') : clock_at, skip = 1;
  constexpr std::string_view day_sign = "日";
  if (split == text.npos) {
    const auto sign = text.find(day_sign);
    if (sign == text.npos) return std::nullopt;
    split = sign + day_sign.size();
    skip = 0;
  }
  const auto day = intake::parse_any_date(text.substr(0, split));
  const auto clock = parse_clock(intake::trimmed(text.substr(split + skip)));
  if (!day || !clock) return std::nullopt;
  return start_of(*day) + *clock;
}

std::optional<NatState> parse_state(std::string_view text) {
  const auto value = value_of(state_words, text);
  return value ? std::optional(static_cast<NatState>(*value)) : std::nullopt;
}

std::variant<ResultRow, Rejection> read_result(const intake::Row& row, const Headings& headings) {
  Reading reading(row, headings);
  ResultRow result;
  reading.common(result);
  if (const auto state = parse_state(reading.text(Column::state))) result.state = *state;
  else reading.refuse("state.unknown", Column::state);
  if (const auto at = parse_moment(reading.text(Column::sampled_at))) result.sampled_at = *at;
  else reading.refuse("moment.unreadable", Column::sampled_at);
  if (const auto said = reading.maybe(Column::reported_at)) {
    result.reported_at = parse_moment(*said);
    if (!result.reported_at) reading.refuse("moment.unreadable", Column::reported_at);
  }
  if (const auto said = reading.maybe(Column::kind)) {
    const auto kind = value_of(kind_words, *said);
    if (kind) result.kind = static_cast<TestKind>(*kind);
    else reading.refuse("kind.unknown", Column::kind);
  }
  result.tube = reading.maybe(Column::tube);
  return reading.done(std::move(result));
}

std::variant<VaccinationRow, Rejection> read_vaccination(const intake::Row& row, const Headings& headings) {
  Reading reading(row, headings);
  VaccinationRow vaccination;
  reading.common(vaccination);
  if (const auto day = intake::parse_any_date(reading.text(Column::given_on))) vaccination.given_on = *day;
  else reading.refuse("day.unreadable", Column::given_on);
  // "2", "第2针".
  const std::string digits = intake::digits_in(intake::plain(reading.text(Column::dose)));
  if (const auto dose = whole_number(digits); dose && *dose < 1000) vaccination.dose = static_cast<int>(*dose);
  else reading.refuse("health.bad_dose", Column::dose);
  vaccination.product = reading.text(Column::product);
  if (vaccination.product.empty()) reading.refuse("product.missing", Column::product);
  vaccination.lot = reading.maybe(Column::lot);
  return reading.done(std::move(vaccination));
}

}  // namespace firstline::laboratory
