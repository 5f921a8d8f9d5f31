#include "casebook/columns.hpp"

#include <algorithm>
#include <charconv>

#include "intake/columns.hpp"
#include "intake/text.hpp"

namespace firstline::casebook {
namespace {

constexpr std::size_t id_bytes_max = 100, text_bytes_max = 200;
constexpr int age_max = 130;

struct Heading {
  Column column;
  std::string_view words;  // Space-separated, as `plain` writes them, without signs.
};
constexpr Heading of_cases[] = {
    {Column::id, "编号 病例编号 病例号 序号 id caseid case linelistid idnr"},
    {Column::name, "姓名 名字 name fullname"},
    {Column::id_number, "身份证号 身份证 身份证号码 证件号码 idnumber idcard"},
    {Column::phone, "手机 手机号 电话 联系电话 phone mobile"},
    {Column::gender, "性别 gender sex"},
    {Column::age, "年龄 age ageyears"},
    {Column::classified, "病例分类 分类 诊断分类 诊断类型 classification casedefinition status caseclassification"},
    {Column::onset, "发病日期 发病时间 发病 dateofonset onset dtonset onsetdate symptomonset dateonset"},
    {Column::sampled, "采样日期 首次阳性采样日期 采样时间 dateofsampling sampledon datesampled dateofsample"},
    {Column::reported,
     "报告日期 报告时间 确诊日期 dateofreport dtreport reported reportdate datereport dateofreporting"},
    {Column::admitted,
     "入院日期 住院日期 转运日期 转运时间 dateofhospitalisation dateofhospitalization hospitalisation dtadmission "
     "dateofadmission admissiondate dateofisolation"},
    {Column::outcome, "转归 结局 outcome"},
    {Column::ended, "转归日期 结局日期 出院日期 死亡日期 dateofoutcome dtoutcome outcomedate dtdeath dateofdeath"},
};
constexpr Heading of_contacts[] = {
    {Column::from, "感染者 感染来源 来源 传染源 from infector source infectorid"},
    {Column::to, "被感染者 续发病例 to infectee caseid infecteeid id"},
    {Column::kind, "接触方式 传播方式 方式 kind type relation contacttype exposuretype"},
    {Column::confidence, "把握 把握程度 可信度 confidence certainty"},
    {Column::exposed_from,
     "暴露日期 首次暴露 暴露开始 dateofexposure exposuredate exposurestart exposedfrom dtstartexp dateofinfection"},
    {Column::exposed_until, "末次暴露 暴露结束 exposureend exposeduntil dtendexp lastexposure"},
    {Column::place, "地点 场所 暴露地点 exposure place location setting placeinfect"},
};

struct Word {
  std::string_view words;  // Space-separated.
  int value;
};
constexpr Word status_words[] = {
    {"确诊 确诊病例 confirmed", static_cast<int>(Status::confirmed)},
    {"疑似 疑似病例 suspected suspect probable", static_cast<int>(Status::suspected)},
    {"无症状 无症状感染者 asymptomatic", static_cast<int>(Status::asymptomatic)},
};
constexpr Word outcome_words[] = {
    {"治愈 出院 治愈出院 痊愈 解除 解除医学观察 recover recovered cured discharged alive survived",
     static_cast<int>(Status::recovered)},
    {"死亡 病亡 death dead died deceased fatal", static_cast<int>(Status::died)},
    {"排除 已排除 excluded discarded notacase", static_cast<int>(Status::excluded)},
};
constexpr Word kind_words[] = {
    {"同户 家庭 同住 household family", static_cast<int>(LinkKind::household)},
    {"同单元 同楼 邻居 stairwell neighbour neighbor", static_cast<int>(LinkKind::stairwell)},
    {"同事 工作 单位 work workplace colleague", static_cast<int>(LinkKind::work)},
    {"聚餐 同餐 meal dining", static_cast<int>(LinkKind::meal)},
    {"照护 医疗 护理 care healthcare nosocomial", static_cast<int>(LinkKind::care)},
    {"交接 handover", static_cast<int>(LinkKind::hand_over)},
    {"同乘 交通 transport travel", static_cast<int>(LinkKind::transport)},
    {"其他 other funeral", static_cast<int>(LinkKind::other)},
};
constexpr Word confidence_words[] = {
    {"确定 certain confirmed sure", static_cast<int>(Confidence::certain)},
    {"很可能 probable likely", static_cast<int>(Confidence::probable)},
    {"可能 possible suspected", static_cast<int>(Confidence::possible)},
};

bool among(std::string_view words, std::string_view word) {
  return !word.empty() && (" " + std::string(words) + " ").find(" " + std::string(word) + " ") != std::string::npos;
}
std::string bare(std::string_view text) {
  std::string made = intake::plain(text);
  std::erase_if(made, [](char c) { return c == '_' || c == '-' || c == '.' || c == '*' || c == ':'; });
  return made;
}
template <std::size_t N>
std::optional<int> value_of(const Word (&words)[N], std::string_view text) {
  const std::string word = bare(text);
  for (const Word& each : words)
    if (among(each.words, word)) return each.value;
  return std::nullopt;
}

class Reading {
 public:
  Reading(const intake::Row& row, const Columns& columns, Date today) : row_(row), columns_(columns), today_(today) {}

  std::string text(Column column) { return columns_.cell(row_, column); }
  void refuse(std::string_view code, Column column) {
    if (!refused) refused = Rejection{row_.line, std::string(code), store::enum_name(column)};
  }
  std::string id(Column column) {
    std::string found = text(column);
    if (found.empty()) refuse("id.missing", column);
    if (found.size() > id_bytes_max) refuse("id.too_long", column);
    return found;
  }
  std::optional<Date> day(Column column) {
    const std::string said = text(column);
    if (said.empty()) return std::nullopt;
    // "2014-04-07 00:00:00" as programs write a day.
    const auto day = intake::parse_any_date(std::string_view(said).substr(0, said.find_first_of(" T")));
    if (!day) refuse("day.unreadable", column);
    else if (*day > today_) refuse("day.in_future", column);
    return day;
  }
  template <std::size_t N>
  std::optional<int> one_of(const Word (&words)[N], Column column, std::string_view code) {
    const std::string said = text(column);
    if (said.empty()) return std::nullopt;
    const auto value = value_of(words, said);
    if (!value && !code.empty()) refuse(code, column);
    return value;
  }
  std::optional<Rejection> refused;

 private:
  const intake::Row& row_;
  const Columns& columns_;
  const Date today_;
};

}  // namespace

Result<Columns> Columns::find(const std::vector<intake::Row>& rows, ListKind kind, const Mapping& said) {
  const std::span<const Heading> known =
      kind == ListKind::cases ? std::span<const Heading>(of_cases) : std::span<const Heading>(of_contacts);
  const std::vector<Column> needed =
      kind == ListKind::cases ? std::vector{Column::id} : std::vector{Column::from, Column::to};
  for (std::size_t i = 0; i < rows.size() && i < 10; ++i) {
    Columns found;
    found.row_ = i;
    const auto& cells = rows[i].cells;
    std::vector<bool> used(cells.size());
    const auto take = [&](Column column, std::size_t c) {
      if (used[c] || !found.at_.emplace(column, c).second) return;
      used[c] = true;
      found.mapping_.emplace(column, cells[c]);
    };
    std::optional<std::string> unknown;
    for (const auto& [column, heading] : said) {
      for (std::size_t c = 0; c < cells.size(); ++c)
        if (bare(cells[c]) == bare(heading)) take(column, c);
      if (!found.at_.contains(column)) unknown = heading;
    }
    for (const Heading& each : known)
      for (std::size_t c = 0; c < cells.size(); ++c)
        if (among(each.words, bare(cells[c]))) take(each.column, c);
    if (found.at_.size() < 2) continue;
    if (unknown) return fail(FaultCode::invalid, "mapping.unknown", {}, *unknown);
    for (const Column column : needed)
      if (!found.at_.contains(column)) return fail(FaultCode::invalid, "mapping.missing", {}, store::enum_name(column));
    return found;
  }
  return fail(FaultCode::invalid, "table.no_headings");
}

std::string Columns::cell(const intake::Row& row, Column column) const {
  const auto found = at_.find(column);
  if (found == at_.end() || found->second >= row.cells.size()) return {};
  const std::string& text = row.cells[found->second];
  return among("na n/a nan null none unknown 不详 -", intake::plain(text)) ? std::string() : text;
}

std::variant<CaseRow, Rejection> read_case(const intake::Row& row, const Columns& columns, Date today) {
  Reading reading(row, columns, today);
  CaseRow made;
  made.line = row.line;
  made.id = reading.id(Column::id);
  Listed& listed = made.listed;
  listed.name = reading.text(Column::name);
  listed.gender = reading.text(Column::gender);
  if (listed.name.size() > text_bytes_max) reading.refuse("text.too_long", Column::name);
  if (listed.gender.size() > text_bytes_max) reading.refuse("text.too_long", Column::gender);
  if (auto said = reading.text(Column::id_number); !said.empty()) made.id_number = std::move(said);
  if (auto said = reading.text(Column::phone); !said.empty()) made.phone = std::move(said);
  if (const std::string said = reading.text(Column::age); !said.empty()) {
    double age = -1;
    const auto read = std::from_chars(said.data(), said.data() + said.size(), age);
    if (read.ec != std::errc() || read.ptr != said.data() + said.size() || age < 0 || age > age_max)
      reading.refuse("age.bad", Column::age);
    else listed.age = static_cast<int>(age);
  }
  listed.onset_on = reading.day(Column::onset);
  listed.sampled_on = reading.day(Column::sampled);
  listed.reported_on = reading.day(Column::reported);
  listed.admitted_on = reading.day(Column::admitted);
  listed.ended_on = reading.day(Column::ended);
  if (const auto said = reading.one_of(status_words, Column::classified, "status.unknown"))
    made.classified = static_cast<Status>(*said);
  made.status = made.classified;
  if (const auto said = reading.one_of(outcome_words, Column::outcome, "outcome.unknown"))
    made.status = static_cast<Status>(*said);
  listed.outcome = store::enum_name(made.status);
  // A day of an end says nothing where nothing has ended.
  if (is_open(made.status)) listed.ended_on.reset();
  if (listed.ended_on && listed.admitted_on && *listed.ended_on < *listed.admitted_on)
    reading.refuse("days.out_of_order", Column::ended);
  if (listed.ended_on && listed.onset_on && *listed.ended_on < *listed.onset_on)
    reading.refuse("days.out_of_order", Column::ended);
  if (listed.reported_on && listed.sampled_on && *listed.reported_on < *listed.sampled_on)
    reading.refuse("days.out_of_order", Column::reported);
  if (reading.refused) return std::move(*reading.refused);
  return made;
}

std::variant<ContactRow, Rejection> read_contact(const intake::Row& row, const Columns& columns, Date today) {
  Reading reading(row, columns, today);
  ContactRow made;
  made.line = row.line;
  made.from = reading.id(Column::from);
  made.to = reading.id(Column::to);
  if (!made.from.empty() && made.from == made.to) reading.refuse("link.self", Column::to);
  if (const auto said = reading.one_of(kind_words, Column::kind, {})) made.kind = static_cast<LinkKind>(*said);
  if (const auto said = reading.one_of(confidence_words, Column::confidence, "confidence.unknown"))
    made.confidence = static_cast<Confidence>(*said);
  made.exposed_from = reading.day(Column::exposed_from);
  made.exposed_until = reading.day(Column::exposed_until);
  if (made.exposed_from && made.exposed_until && *made.exposed_until < *made.exposed_from)
    reading.refuse("days.out_of_order", Column::exposed_until);
  made.place = reading.text(Column::place);
  if (made.place.size() > 120) reading.refuse("text.too_long", Column::place);
  if (reading.refused) return std::move(*reading.refused);
  return made;
}

Result<Mapping> parse_mapping(std::string_view text) {
  Mapping mapping;
  while (!text.empty()) {
    const auto end = std::min(text.find(','), text.size());
    const std::string_view one = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    const auto sign = one.find('=');
    bool known = false;
    for (int column = 0; column <= static_cast<int>(Column::place); ++column)
      if (sign != one.npos && one.substr(0, sign) == store::enum_name(static_cast<Column>(column)))
        known = mapping.emplace(static_cast<Column>(column), one.substr(sign + 1)).second;
    if (!known) return fail(FaultCode::invalid, "mapping.unknown", {}, std::string(one));
  }
  return mapping;
}

}  // namespace firstline::casebook
