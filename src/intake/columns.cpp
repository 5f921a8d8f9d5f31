#include "intake/columns.hpp"

#include <algorithm>
#include <array>

#include "intake/text.hpp"
#include "person/id_number.hpp"

namespace firstline::intake {
namespace {

struct Heading {
  Column column;
  std::string_view words;  // Space-separated, as `plain` writes them.
};
constexpr Heading headings_known[] = {
    {Column::compound, "小区 小区名称 院落 庭院 所在小区 compound estate"},
    {Column::grid, "网格 网格名称 网格号 所属网格 所在网格 grid gridname"},
    {Column::building, "楼栋 楼号 栋号 栋 楼 楼幢 幢号 楼栋号 building block"},
    {Column::unit, "单元 单元号 unit entrance stairwell"},
    {Column::floor, "楼层 层 层数 floor level"},
    {Column::room, "房号 房间号 室 户号 房间 室号 room flat apartment roomno"},
    {Column::door, "门牌 门牌号 住址 地址 家庭住址 现住址 详细地址 居住地址 楼栋房号 address door home"},
    {Column::name, "姓名 名字 居民姓名 人员姓名 name fullname residentname"},
    {Column::id_number, "身份证号 身份证 身份证号码 公民身份号码 证件号码 证件号 idnumber idcard id idno"},
    {Column::phone, "手机 手机号 手机号码 电话 联系电话 联系方式 电话号码 phone mobile tel telephone"},
    {Column::born_on, "出生日期 生日 出生年月日 出生年月 birthdate birthday born bornon dateofbirth"},
    {Column::marks, "特殊情况 特殊人群 特殊标记 人员类别 重点人群 备注标签 标签 marks specialneeds special"},
    {Column::detail, "补充地址 地址补充 备注地址 addressdetail"},
    {Column::stay_until, "暂住至 暂住到 暂住到期 暂住截止 暂住到期日 暂住截止日期 居住至 stayuntil staysuntil"},
};

bool is_one_of(std::string_view word, std::string_view words) {
  for (std::size_t at = 0; at <= words.size();) {
    const auto end = std::min(words.find(' ', at), words.size());
    if (words.substr(at, end - at) == word) return true;
    at = end + 1;
  }
  return false;
}

std::string heading_plain(std::string_view heading) {
  std::string text = plain(heading);
  // "姓名*", "手机（必填）", "id_number": signs and what stands in brackets say nothing about the column.
  for (const std::string_view bracket : {"(", "（", "["})
    if (const auto at = text.find(bracket); at != text.npos && at > 0) text.resize(at);
  std::erase_if(text, [](char c) { return c == '*' || c == '_' || c == '-' || c == ':' || c == '.'; });
  return text;
}

std::optional<Column> column_of(std::string_view heading) {
  const std::string text = heading_plain(heading);
  if (text.empty()) return std::nullopt;
  for (const Heading& known : headings_known)
    if (is_one_of(text, known.words)) return known.column;
  return std::nullopt;
}

struct MarkWord {
  std::string_view word;
  person::Mark mark;
};
constexpr MarkWord mark_words[] = {
    {"独居", person::Mark::lone_elder},
    {"孤寡", person::Mark::lone_elder},
    {"空巢", person::Mark::lone_elder},
    {"lone_elder", person::Mark::lone_elder},
    {"无手机", person::Mark::no_phone},
    {"没有手机", person::Mark::no_phone},
    {"no_phone", person::Mark::no_phone},
    {"残疾", person::Mark::disabled},
    {"失能", person::Mark::disabled},
    {"disabled", person::Mark::disabled},
    {"孕", person::Mark::pregnant},
    {"pregnant", person::Mark::pregnant},
    {"透析", person::Mark::regular_treatment},
    {"化疗", person::Mark::regular_treatment},
    {"放疗", person::Mark::regular_treatment},
    {"定期就医", person::Mark::regular_treatment},
    {"regular_treatment", person::Mark::regular_treatment},
};
constexpr std::string_view nothing_words = "无 否 没有 正常 普通 none no 0 / - 一般";

// Parts between commas, spaces and the like, in both scripts.
std::vector<std::string> parts_of(std::string_view text) {
  std::vector<std::string> parts(1);
  for (std::size_t i = 0; i < text.size(); ++i) {
    bool ends = std::string_view(",;/|+ ").find(text[i]) != std::string_view::npos;
    for (const std::string_view wide : {"、", "，", "；"})
      if (text.substr(i).starts_with(wide)) ends = true, i += wide.size() - 1;
    if (ends) parts.emplace_back();
    else parts.back() += text[i];
  }
  std::erase_if(parts, [](const std::string& part) { return part.empty(); });
  return parts;
}

bool is_digits(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

class EntryReader {
 public:
  EntryReader(const Row& row, const Mapping& mapping, Date today, std::vector<RowProblem>& problems)
      : row_(row), mapping_(mapping), today_(today), problems_(problems) {}

  std::optional<Entry> read() {
    entry_.line = row_.line;
    read_home();
    entry_.name = cell(Column::name);
    if (entry_.name.size() > 200) error(Column::name, "name.too_long");
    if (entry_.name.empty() && has(Column::name)) read_nobody();
    else read_person();
    if (failed_) return std::nullopt;
    return std::move(entry_);
  }

 private:
  std::string cell(Column column) const {
    for (std::size_t i = 0; i < mapping_.size() && i < row_.cells.size(); ++i)
      if (mapping_[i] == column) return row_.cells[i];
    return {};
  }
  bool has(Column column) const { return std::find(mapping_.begin(), mapping_.end(), column) != mapping_.end(); }
  void error(Column column, std::string code) {
    problems_.push_back({row_.line, column, std::move(code), Severity::error});
    failed_ = true;
  }
  void warn(Column column, std::string code) {
    problems_.push_back({row_.line, column, std::move(code), Severity::warning});
  }

  void read_home() {
    Door& door = entry_.door;
    if (const std::string text = cell(Column::door); !text.empty()) {
      if (auto parsed = parse_door(text)) door = std::move(*parsed);
      else error(Column::door, "door.unreadable");
    }
    const auto take = [&](Column column, std::string& part) {
      if (auto text = cell(column); !text.empty()) part = std::move(text);
    };
    take(Column::compound, door.compound);
    take(Column::grid, entry_.grid);
    take(Column::building, door.building);
    take(Column::unit, door.unit);
    take(Column::floor, door.floor);
    take(Column::room, door.room);
    if (failed_) return;
    if (lists_places(mapping_)) return read_place();
    if (door.building.empty()) error(has(Column::building) ? Column::building : Column::door, "home.no_building");
    else if (door.room.empty()) error(has(Column::room) ? Column::room : Column::door, "home.no_room");
    const std::string room = digits_in(door.room), floor = digits_in(door.floor);
    if (!floor.empty() && room.size() >= 3 && room.substr(0, room.size() - 2) != floor)
      warn(Column::floor, "home.floor_and_room_differ");
  }

  void read_place() {
    const Door& door = entry_.door;
    if (!door.unit.empty() && door.building.empty()) error(Column::building, "home.no_building");
    else if (door.compound.empty() && door.building.empty() && entry_.grid.empty())
      error(Column::compound, "place.empty");
  }

  // A row of a list of people without a name: a vacant home, unless it says something about somebody.
  void read_nobody() {
    if (!cell(Column::id_number).empty() || !cell(Column::phone).empty()) error(Column::name, "name.missing");
  }

  void read_person() {
    read_id_number();
    read_phone();
    if (const auto text = cell(Column::born_on); !text.empty()) {
      const auto day = parse_any_date(text);
      if (!day || *day > today_ || *day < today_ - std::chrono::days(55'000)) error(Column::born_on, "born.unreadable");
      else if (entry_.born_on && *entry_.born_on != *day) error(Column::born_on, "born.differs_from_id_number");
      else entry_.born_on = day;
    }
    if (const auto text = cell(Column::stay_until); !text.empty()) {
      entry_.stay_until = parse_any_date(text);
      if (!entry_.stay_until) error(Column::stay_until, "stay.unreadable");
    }
    for (const std::string& part : parts_of(cell(Column::marks))) read_mark(part);
    if (auto text = cell(Column::detail); !text.empty()) entry_.detail = std::move(text);
  }

  void read_id_number() {
    const std::string text = plain(cell(Column::id_number));
    if (text.empty()) return;
    // Excel keeps fifteen digits of a number: the last three are gone.
    if (text.find("e+") != text.npos || text.find('.') != text.npos)
      return error(Column::id_number, "id_number.as_number");
    const auto number = person::parse_id_number(text, today_);
    if (!number) {
      const bool cut = text.size() == 18 && text.ends_with("000") && number.error().reason == "id_number.check_digit";
      return error(Column::id_number, cut ? "id_number.as_number" : number.error().reason);
    }
    entry_.id_number = number->text;
    entry_.born_on = number->born_on;
  }

  void read_phone() {
    std::string digits;
    for (const char c : plain(cell(Column::phone))) {
      if (c >= '0' && c <= '9') digits += c;
      else if (c != '-' && c != '+') return error(Column::phone, "phone.bad");
    }
    if (digits.empty()) return;
    if (digits.size() == 13 && digits.starts_with("86")) digits.erase(0, 2);
    if (digits.size() < 5 || digits.size() > 15 || (digits.size() == 11 && digits[0] != '1' && digits[0] != '0'))
      return error(Column::phone, "phone.bad");
    entry_.phone = digits;
  }

  void read_mark(const std::string& part) {
    if (is_one_of(plain(part), nothing_words)) return;
    for (const MarkWord& known : mark_words) {
      if (part.find(known.word) == part.npos) continue;
      if (std::find(entry_.marks.begin(), entry_.marks.end(), known.mark) == entry_.marks.end())
        entry_.marks.push_back(known.mark);
      return;
    }
    warn(Column::marks, "marks.unknown");
  }

  const Row& row_;
  const Mapping& mapping_;
  const Date today_;
  std::vector<RowProblem>& problems_;
  Entry entry_;
  bool failed_ = false;
};

}  // namespace

std::size_t heading_row(const std::vector<Row>& rows) {
  for (std::size_t i = 0; i < rows.size() && i < 10; ++i) {
    int known = 0;
    for (const std::string& cell : rows[i].cells) known += column_of(cell) ? 1 : 0;
    if (known >= 2) return i;
  }
  return 0;
}

Mapping suggest(const std::vector<std::string>& headings) {
  Mapping mapping;
  for (const std::string& heading : headings) {
    const auto column = column_of(heading);
    const bool taken = column && std::find(mapping.begin(), mapping.end(), column) != mapping.end();
    mapping.push_back(taken ? std::nullopt : column);
  }
  return mapping;
}

namespace {

std::ptrdiff_t count_of(const Mapping& mapping, std::initializer_list<Column> columns) {
  return std::count_if(mapping.begin(), mapping.end(), [&](const std::optional<Column>& each) {
    return each && std::find(columns.begin(), columns.end(), *each) != columns.end();
  });
}

}  // namespace

bool lists_places(const Mapping& mapping) {
  return std::all_of(mapping.begin(), mapping.end(), [](const std::optional<Column>& each) {
    return !each || *each == Column::compound || *each == Column::grid || *each == Column::building ||
           *each == Column::unit;
  });
}

Result<void> check_mapping(const Mapping& mapping) {
  for (const auto& column : mapping)
    if (column && count_of(mapping, {*column}) > 1) return fail(FaultCode::invalid, "mapping.twice", {}, "/mapping");
  const auto has = [&](Column column) { return count_of(mapping, {column}) > 0; };
  const bool home = has(Column::door) || (has(Column::building) && has(Column::room));
  const bool place = has(Column::compound) || has(Column::grid) || has(Column::building);
  if (!home && !(lists_places(mapping) && place))
    return fail(FaultCode::invalid, "mapping.home_missing", {}, "/mapping");
  return {};
}

std::vector<std::vector<std::string>> template_rows() {
  return {{"小区", "网格", "楼栋", "单元", "房号", "姓名", "身份证号", "手机号", "出生日期", "特殊情况"},
          {"示例小区", "第1网格", "3号楼", "2单元", "502", "（示例，请删除）", "", "", "1950-03-15", "独居"},
          {"示例小区", "第1网格", "3号楼", "2单元", "503", "", "", "", "", ""}};
}

std::vector<std::vector<std::string>> places_template_rows() {
  return {{"小区", "网格", "楼栋", "单元"},
          {"示例小区", "第1网格", "3号楼", "1单元"},
          {"示例小区", "第1网格", "3号楼", "2单元"}};
}

std::vector<std::string> exported_headings() {
  auto headings = template_rows().front();
  headings.insert(headings.end(), {"补充地址", "暂住至"});
  return headings;
}

std::string written(const std::vector<person::Mark>& marks) {
  constexpr std::string_view signs[] = {"独居", "无手机", "残疾", "孕", "定期就医"};  // In the order of Mark.
  std::string text;
  for (const person::Mark mark : marks) {
    if (!text.empty()) text += "、";
    text += signs[static_cast<std::size_t>(mark)];
  }
  return text;
}

std::optional<Door> parse_door(std::string_view text) {
  const std::string clean = plain(text);
  // The numbers in order, with the words behind them.
  std::vector<std::string> numbers, words(1);
  for (std::size_t i = 0; i < clean.size();) {
    if (clean[i] >= '0' && clean[i] <= '9') {
      std::size_t end = i;
      while (end < clean.size() && clean[end] >= '0' && clean[end] <= '9') ++end;
      numbers.push_back(clean.substr(i, end - i));
      words.emplace_back();
      i = end;
    } else {
      words.back() += clean[i++];
    }
  }
  if (numbers.size() < 2 || numbers.size() > 3) return std::nullopt;
  const auto starts = [&](std::size_t behind, std::initializer_list<std::string_view> any) {
    return std::any_of(any.begin(), any.end(), [&](std::string_view word) { return words[behind].starts_with(word); });
  };
  const bool dashes = starts(1, {"-", "#", "/"}) && (numbers.size() == 2 || starts(2, {"-", "#", "/"}));
  const bool named =
      starts(1, {"号楼", "栋", "幢", "楼", "座"}) && (numbers.size() == 2 || starts(2, {"单元", "门", "梯"}));
  if (!dashes && !named) return std::nullopt;
  Door door;
  if (const std::string& before = words[0]; !before.empty()) door.compound = before;
  door.building = numbers[0];
  if (numbers.size() == 3) door.unit = numbers[1];
  door.room = numbers.back();
  return door;
}

std::optional<Date> parse_any_date(std::string_view text) {
  const std::string clean = plain(text);
  if (is_digits(clean) && clean.size() == 8)
    return parse_date(clean.substr(0, 4) + "-" + clean.substr(4, 2) + "-" + clean.substr(6));
  if (is_digits(clean) && clean.size() <= 5 && !clean.empty()) {
    const int days = std::atoi(clean.c_str());  // Since 1899-12-30.
    if (days < 3000) return std::nullopt;       // Sooner a year than a day of it.
    return Date(std::chrono::days(days - 25'569));
  }
  std::array<std::string, 3> parts;
  std::size_t part = 0;
  for (std::size_t i = 0; i < clean.size(); ++i) {
    const char c = clean[i];
    if (c >= '0' && c <= '9') {
      if (part < 3) parts[part] += c;
      else return std::nullopt;
      continue;
    }
    bool separates = c == '-' || c == '/' || c == '.';
    for (const std::string_view wide : {"年", "月", "日"})
      if (std::string_view(clean).substr(i).starts_with(wide)) separates = true, i += wide.size() - 1;
    if (!separates || part > 2 || parts[part].empty()) return std::nullopt;
    ++part;
  }
  if (parts[0].size() != 4 || parts[1].empty() || parts[1].size() > 2 || parts[2].empty() || parts[2].size() > 2)
    return std::nullopt;
  for (auto* each : {&parts[1], &parts[2]})
    if (each->size() == 1) each->insert(0, "0");
  return parse_date(parts[0] + "-" + parts[1] + "-" + parts[2]);
}

std::optional<Entry> read_entry(const Row& row, const Mapping& mapping, Date today, std::vector<RowProblem>& problems) {
  return EntryReader(row, mapping, today, problems).read();
}

}  // namespace firstline::intake
