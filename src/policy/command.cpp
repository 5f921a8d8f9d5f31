#include "policy/command.hpp"

#include <algorithm>
#include <fstream>
#include <iterator>
#include <ostream>

#include <boost/describe/enum_to_string.hpp>
#include <fmt/format.h>

#include "json/json.hpp"
#include "policy/shown.hpp"

namespace firstline::policy {
namespace {

constexpr int ok = 0, refused = 1, usage = 2;

struct Words {
  std::string_view reason, words;
};
constexpr Words fault_words[] = {
    {"policy.syntax", "this is not TOML"},
    {"policy.unknown_key", "no such key; is it spelt right?"},
    {"policy.unknown_parameter", "the catalogue has no such parameter; is it spelt right?"},
    {"policy.missing_key", "something is missing"},
    {"policy.wrong_type", "the value has the wrong type"},
    {"policy.out_of_range", "the value is outside its range"},
    {"policy.unit_wrong", "the unit is not the one of the catalogue"},
    {"policy.source_missing", "every value needs its source"},
    {"policy.grade_missing", "every value needs the grade of its source: A, B, C, K or U"},
    {"policy.grade_unknown", "the grade is one of A, B, C, K, U"},
    {"policy.uncertain_without_default", "an uncertain value (U) is only allowed with default_of"},
    {"policy.bad_id", "an id has small letters, digits and '-'"},
    {"policy.bad_area", "the area is 0, 2, 4 or 6 digits"},
    {"policy.valid_to_before_valid_from", "the last day is before the first"},
    {"policy.too_large", "the file is too large"},
    {"policy.bad_code", "a place is named by its division code: 2, 4, 6, 9 or 12 digits"},
    {"policy.risk_unknown", "the risk is one of low, medium, high"},
    {"policy.until_before_from", "until is the first day on which the place counts no longer: after from"},
    {"policy.place_twice", "this place stands here twice for the same day"},
    {"policy.too_many_places", "there are too many places at risk"},
    {"policy.version_gone", "this program carries other packs"},
    {"policy.unreadable", "cannot be read"},
    {"policy.duplicate_pack", "two packs have this id"},
    {"policy.unknown_pack", "there is no such pack"},
    {"policy.parameter_missing", "no pack sets this parameter"},
    {"policy.incoherent", "a worse case would be treated more mildly than a lesser one"},
};

void say(std::ostream& err, const Fault& fault) {
  std::string_view words = "refused";
  for (const Words& row : fault_words)
    if (row.reason == fault.reason) words = row.words;
  err << fmt::format("{}: {} [{}]{}{}\n", fault.where, words, fault.reason, fault.detail.empty() ? "" : " ",
                     fault.detail);
}

std::string period(const Pack& pack) {
  return format_date(pack.valid_from) + (pack.valid_to ? " to " + format_date(*pack.valid_to) : " on");
}

// The built-in packs with this one among them, also where it replaces the one of the same id.
Result<void> check_with_others(const Pack& pack) {
  Library library;
  for (const Pack& other : embedded_library().packs())
    if (other.id != pack.id) FL_TRYV(library.add(other));
  FL_TRYV(library.add(pack));
  return checked_in(library, pack);
}

}  // namespace

int check_command(std::span<const std::string> arguments, std::ostream& out, std::ostream& err) {
  if (arguments.empty() || arguments[0].starts_with("--")) {
    err << check_usage << "\n";
    return usage;
  }
  int code = ok;
  for (const std::string& file : arguments) {
    std::ifstream in(file, std::ios::binary);
    const std::string text{std::istreambuf_iterator<char>(in), {}};
    PackReading reading;
    if (in.is_open()) reading = read_pack(text, file);
    else reading.faults.push_back({FaultCode::unavailable, "policy.unreadable", file, {}});
    if (reading.pack) {
      if (auto checked = check_with_others(*reading.pack); !checked) {
        checked.error().detail = checked.error().where + " " + checked.error().detail;
        checked.error().where = file;
        reading.faults.push_back(checked.error());
      }
    }
    for (const Fault& fault : reading.faults) say(err, fault);
    if (!reading.faults.empty()) {
      code = refused;
      continue;
    }
    const Pack& pack = *reading.pack;
    out << fmt::format("{}: ok, {}@{}, area {}, {}, {} parameters", file, pack.id, pack.digest,
                       pack.area.empty() ? "everywhere" : pack.area, period(pack), pack.parameters.size());
    if (!pack.risk_places.empty()) out << fmt::format(", {} places at risk", pack.risk_places.size());
    out << "\n";
  }
  return code;
}

namespace {

struct ShowArguments {
  std::string area;
  std::optional<Date> date;
  std::vector<std::string> packs;
  std::string folder;
  bool json = false;
};

std::vector<std::string> split(std::string_view text, char separator) {
  std::vector<std::string> parts;
  for (std::size_t at = 0; at <= text.size();) {
    const std::size_t end = std::min(text.find(separator, at), text.size());
    if (end > at) parts.emplace_back(text.substr(at, end - at));
    at = end + 1;
  }
  return parts;
}

std::optional<ShowArguments> parse_show(std::span<const std::string> arguments) {
  ShowArguments parsed;
  bool area_given = false;
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    const std::string& flag = arguments[i];
    if (flag == "--json") {
      parsed.json = true;
      continue;
    }
    if (i + 1 == arguments.size()) return std::nullopt;
    const std::string& value = arguments[++i];
    if (flag == "--area") {
      parsed.area = value;
      area_given = true;
      if (value.size() > 12 || !std::all_of(value.begin(), value.end(), [](char c) { return c >= '0' && c <= '9'; }))
        return std::nullopt;
    } else if (flag == "--date") {
      if (!(parsed.date = parse_date(value))) return std::nullopt;
    } else if (flag == "--packs") {
      parsed.packs = split(value, ',');
      if (parsed.packs.empty()) return std::nullopt;
    } else if (flag == "--folder") {
      parsed.folder = value;
    } else {
      return std::nullopt;
    }
  }
  const bool by_place = area_given && parsed.date;
  if (by_place == !parsed.packs.empty() || area_given != parsed.date.has_value()) return std::nullopt;
  return parsed;
}

void show_text(const PolicySet& set, std::ostream& out) {
  out << "version " << set.version << "\n";
  for (const Pack& pack : set.packs)
    out << fmt::format("pack {:16} {:8} {}  {}  {}\n", pack.id, pack.area.empty() ? "-" : pack.area, period(pack),
                       pack.issuer, pack.document);
  for (const Entry& entry : catalogue()) {
    const auto found = set.parameters.find(entry.name);
    if (found == set.parameters.end()) continue;
    const Parameter& p = found->second.parameter;
    out << fmt::format("{:44} {:20} {:15} {:16} {}  {}{}\n", entry.name, format_value(p.value), entry.unit,
                       found->second.pack, "ABCKU"[static_cast<int>(p.grade)], p.source,
                       p.default_of.empty() ? "" : " (stands in for: " + p.default_of + ")");
  }
  for (const RiskPlaceShown& place : shown(set).risk_places)
    out << fmt::format("risk {:12} {:6} {} to {}  {:16} {}  {}\n", place.code,
                       boost::describe::enum_to_string(place.risk, ""), format_date(place.valid_from),
                       place.valid_until ? format_date(*place.valid_until) : "-", place.pack, place.name, place.source);
}

}  // namespace

int show_command(std::span<const std::string> arguments, std::ostream& out, std::ostream& err) {
  const auto parsed = parse_show(arguments);
  if (!parsed) {
    err << show_usage << "\n";
    return usage;
  }
  LibraryReading from_folder;
  if (!parsed->folder.empty()) from_folder = read_folder(parsed->folder);
  for (const Fault& fault : from_folder.faults) say(err, fault);
  if (!from_folder.faults.empty()) return refused;
  const Library& library = parsed->folder.empty() ? embedded_library() : from_folder.library;
  const Result<PolicySet> set =
      parsed->packs.empty() ? library.in_force(parsed->area, *parsed->date) : library.chosen(parsed->packs);
  if (!set) {
    say(err, set.error());
    return refused;
  }
  if (parsed->json) out << json::write(shown(*set)) << "\n";
  else show_text(*set, out);
  return ok;
}

}  // namespace firstline::policy
