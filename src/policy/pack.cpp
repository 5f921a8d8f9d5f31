#include "policy/pack.hpp"

#include <algorithm>

#include <sodium.h>
#include <toml++/toml.h>

namespace firstline::policy {
namespace {

bool is_lower_or_digit(char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'); }

bool good_id(std::string_view id) {
  return !id.empty() && id.size() <= 40 && is_lower_or_digit(id[0]) && std::all_of(id.begin(), id.end(), [](char c) {
    return is_lower_or_digit(c) || c == '-' || (c >= 'A' && c <= 'Z');
  });
}

bool good_area(std::string_view area) {
  return area.size() <= 6 && area.size() % 2 == 0 &&
         std::all_of(area.begin(), area.end(), [](char c) { return c >= '0' && c <= '9'; });
}

std::optional<Grade> parse_grade(std::string_view text) {
  constexpr std::string_view letters = "ABCKU";
  if (text.size() != 1 || letters.find(text[0]) == letters.npos) return std::nullopt;
  return static_cast<Grade>(letters.find(text[0]));
}

std::optional<Value> to_value(const toml::node& node) {
  if (const auto* number = node.as_integer()) return Value(number->get());
  if (const auto* yes = node.as_boolean()) return Value(yes->get());
  if (const auto* word = node.as_string()) return Value(word->get());
  const auto* list = node.as_array();
  if (!list) return std::nullopt;
  std::vector<std::int64_t> numbers;
  std::vector<std::string> words;
  for (const toml::node& item : *list) {
    if (const auto* number = item.as_integer()) numbers.push_back(number->get());
    else if (const auto* word = item.as_string()) words.push_back(word->get());
    else return std::nullopt;
  }
  if (!numbers.empty() && !words.empty()) return std::nullopt;
  if (!words.empty()) return Value(std::move(words));
  return Value(std::move(numbers));
}

// An empty list in TOML has no type of its own: it takes the one that the catalogue asks for.
void adopt_empty_list(const Entry& entry, Value& value) {
  const auto* numbers = std::get_if<std::vector<std::int64_t>>(&value);
  if (numbers && numbers->empty() && entry.type == ValueType::choice_list) value = std::vector<std::string>{};
}

class Reader {
 public:
  explicit Reader(std::string_view file) : file_(file) {}

  PackReading read(std::string_view text);

 private:
  void fault(std::string_view reason, const toml::node& at, std::string detail) {
    fault(reason, static_cast<int>(at.source().begin.line), std::move(detail));
  }
  void fault(std::string_view reason, int line, std::string detail) {
    faults_.push_back({FaultCode::invalid, std::string(reason), file_ + ":" + std::to_string(line), std::move(detail)});
    lines_.push_back(line);
  }
  // Empty with a fault when the key is absent and needed, or no text.
  std::string text_of(const toml::table& table, std::string_view key, bool needed, std::string_view reason_if_absent);
  std::optional<Date> date_of(const toml::table& table, std::string_view key, bool needed);
  void only_keys(const toml::table& table, std::initializer_list<std::string_view> known);
  void read_head(const toml::table& head);
  void read_parameters(const toml::table& table, const std::string& prefix);
  void read_parameter(const Entry& entry, const toml::node& node);
  void read_risk_places(const toml::node& node);
  void read_risk_place(const toml::table& row);
  PackReading finish();

  std::string file_;
  Pack pack_;
  std::vector<Fault> faults_;
  std::vector<int> lines_;
};

std::string Reader::text_of(const toml::table& table, std::string_view key, bool needed,
                            std::string_view reason_if_absent) {
  const toml::node* node = table.get(key);
  if (!node) {
    if (needed) fault(reason_if_absent, table, std::string(key));
    return {};
  }
  const auto* text = node->as_string();
  if (!text) {
    fault("policy.wrong_type", *node, std::string(key) + " is no text");
    return {};
  }
  if (needed && text->get().find_first_not_of(" \t\r\n") == std::string::npos) {
    fault(reason_if_absent, *node, std::string(key) + " is empty");
    return {};
  }
  return text->get();
}

std::optional<Date> Reader::date_of(const toml::table& table, std::string_view key, bool needed) {
  const toml::node* node = table.get(key);
  if (!node) {
    if (needed) fault("policy.missing_key", table, std::string(key));
    return std::nullopt;
  }
  const auto* date = node->as_date();
  if (!date) {
    fault("policy.wrong_type", *node, std::string(key) + " is no date; write 2022-03-07 without quotation marks");
    return std::nullopt;
  }
  using namespace std::chrono;
  const toml::date d = date->get();
  return Date(year_month_day(year(d.year), month(d.month), day(d.day)));
}

void Reader::only_keys(const toml::table& table, std::initializer_list<std::string_view> known) {
  for (const auto& [key, node] : table)
    if (std::find(known.begin(), known.end(), key.str()) == known.end())
      fault("policy.unknown_key", static_cast<int>(key.source().begin.line), std::string(key.str()));
}

void Reader::read_head(const toml::table& head) {
  only_keys(head, {"id", "area", "issuer", "document", "valid_from", "valid_to"});
  pack_.id = text_of(head, "id", true, "policy.missing_key");
  if (!pack_.id.empty() && !good_id(pack_.id)) fault("policy.bad_id", *head.get("id"), "");
  pack_.area = text_of(head, "area", false, "");
  if (!head.get("area")) fault("policy.missing_key", head, "area");
  else if (!good_area(pack_.area)) fault("policy.bad_area", *head.get("area"), "");
  pack_.issuer = text_of(head, "issuer", true, "policy.missing_key");
  pack_.document = text_of(head, "document", true, "policy.missing_key");
  const auto from = date_of(head, "valid_from", true);
  pack_.valid_to = date_of(head, "valid_to", false);
  if (from) pack_.valid_from = *from;
  if (from && pack_.valid_to && *pack_.valid_to < *from)
    fault("policy.valid_to_before_valid_from", *head.get("valid_to"), "");
}

// Quoted ("gate.nat.anchor" = {...}) and plain dotted keys are both fine: tables are walked until a name is known.
void Reader::read_parameters(const toml::table& table, const std::string& prefix) {
  for (const auto& [key, node] : table) {
    const std::string name = prefix + std::string(key.str());
    if (const Entry* entry = find_entry(name)) {
      read_parameter(*entry, node);
    } else if (const auto* group = node.as_table(); group && !group->empty() && !group->is_inline()) {
      read_parameters(*group, name + ".");
    } else {
      fault("policy.unknown_parameter", static_cast<int>(key.source().begin.line), name);
    }
  }
}

void Reader::read_parameter(const Entry& entry, const toml::node& node) {
  const std::string name(entry.name);
  const auto* table = node.as_table();
  if (!table) return fault("policy.missing_key", node, name + " needs { value, source, grade }");
  only_keys(*table, {"value", "unit", "source", "grade", "note", "default_of"});

  Parameter parameter;
  parameter.entry = &entry;
  parameter.line = static_cast<int>(table->source().begin.line);
  const toml::node* value_node = table->get("value");
  if (!value_node) {
    fault("policy.missing_key", *table, name + ": value");
  } else if (auto value = to_value(*value_node)) {
    adopt_empty_list(entry, *value);
    if (const auto checked = check_value(entry, *value); !checked) fault(checked.error().reason, *value_node, name);
    parameter.value = std::move(*value);
  } else {
    fault("policy.wrong_type", *value_node, name);
  }
  const std::string unit = text_of(*table, "unit", false, "");
  if (unit != entry.unit)
    fault("policy.unit_wrong", *table,
          name + (entry.unit.empty() ? " has no unit" : " is in " + std::string(entry.unit)));
  parameter.source = text_of(*table, "source", true, "policy.source_missing");
  parameter.note = text_of(*table, "note", false, "");
  parameter.default_of = text_of(*table, "default_of", false, "");
  const std::string grade_text = text_of(*table, "grade", true, "policy.grade_missing");
  if (!grade_text.empty()) {
    if (const auto grade = parse_grade(grade_text)) parameter.grade = *grade;
    else fault("policy.grade_unknown", *table->get("grade"), name);
    if (grade_text == "U" && parameter.default_of.empty()) fault("policy.uncertain_without_default", *table, name);
  }
  pack_.parameters.emplace(name, std::move(parameter));
}

void Reader::read_risk_places(const toml::node& node) {
  const auto* rows = node.as_array();
  if (!rows) return fault("policy.wrong_type", node, "risk_places is a list: write [[risk_places]] above each place");
  if (rows->size() > risk_places_max)
    return fault("policy.too_many_places", node, "at most " + std::to_string(risk_places_max));
  for (const toml::node& row : *rows) {
    if (const auto* table = row.as_table()) read_risk_place(*table);
    else fault("policy.wrong_type", row, "a place is a table");
  }
}

void Reader::read_risk_place(const toml::table& row) {
  only_keys(row, {"code", "name", "risk", "from", "until", "source"});
  const std::size_t faults_before = faults_.size();
  RiskPlace place;
  place.code = text_of(row, "code", true, "policy.missing_key");
  if (!place.code.empty() && !is_division_code(place.code)) fault("policy.bad_code", *row.get("code"), place.code);
  place.name = text_of(row, "name", true, "policy.missing_key");
  const std::string word = text_of(row, "risk", true, "policy.missing_key");
  if (word == "high") place.risk = Risk::high;
  else if (word == "medium") place.risk = Risk::medium;
  else if (word == "low") place.risk = Risk::low;
  else if (!word.empty()) fault("policy.risk_unknown", *row.get("risk"), word);
  const auto from = date_of(row, "from", true);
  if (from) place.valid_from = *from;
  place.valid_until = date_of(row, "until", false);
  if (from && place.valid_until && *place.valid_until <= *from)
    fault("policy.until_before_from", *row.get("until"), format_date(*place.valid_until));
  place.source = text_of(row, "source", true, "policy.source_missing");
  if (faults_.size() != faults_before) return;
  // Two words about one place on one day: the reader could not tell which was meant.
  for (const RiskPlace& other : pack_.risk_places)
    if (other.code == place.code && (!other.valid_until || place.valid_from < *other.valid_until) &&
        (!place.valid_until || other.valid_from < *place.valid_until))
      return fault("policy.place_twice", row, place.code);
  pack_.risk_places.push_back(std::move(place));
}

// One line a field, parameters by name: the same content gives the same digest, however the file is laid out.
std::string content_of(const Pack& pack) {
  std::string text = "id=" + pack.id + "\narea=" + pack.area + "\nissuer=" + pack.issuer +
                     "\ndocument=" + pack.document + "\nvalid_from=" + format_date(pack.valid_from) +
                     "\nvalid_to=" + (pack.valid_to ? format_date(*pack.valid_to) : "") + "\n";
  for (const auto& [name, p] : pack.parameters) {
    for (const std::string& field : {name, format_value(p.value), p.source,
                                     std::string(1, "ABCKU"[static_cast<int>(p.grade)]), p.note, p.default_of})
      text += std::to_string(field.size()) + ":" + field + ";";
    text += "\n";
  }
  for (const RiskPlace& place : pack.risk_places) {
    text += "risk=";
    for (const std::string& field :
         {place.code, place.name, std::to_string(static_cast<int>(place.risk)), format_date(place.valid_from),
          place.valid_until ? format_date(*place.valid_until) : std::string(), place.source})
      text += std::to_string(field.size()) + ":" + field + ";";
    text += "\n";
  }
  return text;
}

std::string digest_of(const Pack& pack) {
  const std::string content = content_of(pack);
  unsigned char hash[crypto_hash_sha256_BYTES];
  crypto_hash_sha256(hash, reinterpret_cast<const unsigned char*>(content.data()), content.size());
  constexpr char hex[] = "0123456789abcdef";
  std::string text;
  for (int i = 0; i < 4; ++i) (text += hex[hash[i] >> 4]) += hex[hash[i] & 15];
  return text;
}

PackReading Reader::finish() {
  PackReading reading;
  std::vector<std::size_t> order(faults_.size());
  for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return lines_[a] < lines_[b]; });
  for (const std::size_t i : order) reading.faults.push_back(std::move(faults_[i]));
  if (reading.faults.empty()) {
    pack_.digest = digest_of(pack_);
    reading.pack = std::move(pack_);
  }
  return reading;
}

PackReading Reader::read(std::string_view text) {
  if (text.size() > pack_bytes_max) {
    fault("policy.too_large", 1, "");
    return finish();
  }
  toml::table root;
  try {
    root = toml::parse(text, std::string_view(file_));
  } catch (const toml::parse_error& error) {
    fault("policy.syntax", static_cast<int>(error.source().begin.line), std::string(error.description()));
    return finish();
  }
  only_keys(root, {"pack", "parameters", "risk_places"});
  if (const toml::node* places = root.get("risk_places")) read_risk_places(*places);
  for (const std::string_view key : {"pack", "parameters"}) {
    const toml::node* node = root.get(key);
    const bool needed = key == "pack" || !root.contains("risk_places");  // A pack may be a list of places alone.
    if (!node && !needed) continue;
    if (!node) fault("policy.missing_key", 1, "[" + std::string(key) + "]");
    else if (!node->is_table()) fault("policy.wrong_type", *node, std::string(key) + " is no table");
    else if (key == "pack") read_head(*node->as_table());
    else read_parameters(*node->as_table(), "");
  }
  return finish();
}

}  // namespace

PackReading read_pack(std::string_view toml_text, std::string_view file) { return Reader(file).read(toml_text); }

}  // namespace firstline::policy
