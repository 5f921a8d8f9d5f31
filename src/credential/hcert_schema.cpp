// The published schema's demands (ehn-dcc-schema 1.0 to 1.3) that say something about a payload's use: which fields,
// of which kind. Value sets are left out: issuers' lists are longer than anybody's copy of them.

#include <algorithm>

#include "credential/hcert.hpp"

namespace firstline::credential {
namespace {

enum class Demand { text, number, time, date };

struct FieldRule {
  std::string_view name;
  Demand demand;
  bool optional = false;
};

constexpr FieldRule vaccination[] = {
    {"tg", Demand::text},   {"vp", Demand::text}, {"mp", Demand::text}, {"ma", Demand::text}, {"dn", Demand::number},
    {"sd", Demand::number}, {"dt", Demand::date}, {"co", Demand::text}, {"is", Demand::text}, {"ci", Demand::text},
};
constexpr FieldRule test[] = {
    {"tg", Demand::text}, {"tt", Demand::text},       {"nm", Demand::text, true}, {"ma", Demand::text, true},
    {"sc", Demand::time}, {"dr", Demand::time, true}, {"tr", Demand::text},       {"tc", Demand::text, true},
    {"co", Demand::text}, {"is", Demand::text},       {"ci", Demand::text},
};
constexpr FieldRule recovery[] = {
    {"tg", Demand::text}, {"fr", Demand::date}, {"co", Demand::text}, {"is", Demand::text},
    {"df", Demand::date}, {"du", Demand::date}, {"ci", Demand::text},
};

constexpr std::size_t text_characters_max = 80;

bool digits_at(std::string_view text, std::size_t from, std::size_t count) {
  if (text.size() < from + count) return false;
  return std::all_of(text.begin() + static_cast<std::ptrdiff_t>(from),
                     text.begin() + static_cast<std::ptrdiff_t>(from + count),
                     [](char c) { return c >= '0' && c <= '9'; });
}
bool is_date(std::string_view text) {
  return digits_at(text, 0, 4) && digits_at(text, 5, 2) && digits_at(text, 8, 2) && text[4] == '-' && text[7] == '-';
}
// A year, a year and month, a whole day, or nothing where the day of birth is not known.
bool is_birth(std::string_view text) {
  if (text.empty() || is_date(text)) return true;
  return digits_at(text, 0, 4) && (text.size() == 4 || (text.size() == 7 && text[4] == '-' && digits_at(text, 5, 2)));
}
bool is_version(std::string_view text) {
  int dots = 0;
  for (const char c : text) {
    if (c == '.') ++dots;
    else if (c < '0' || c > '9') return false;
  }
  return dots == 2 && text.front() != '.' && text.back() != '.';
}
bool is_transliterated(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return (c >= 'A' && c <= 'Z') || c == '<'; });
}
std::size_t characters(std::string_view text) {
  return static_cast<std::size_t>(
      std::count_if(text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xc0) != 0x80; }));
}

bool meets(CborValue value, Demand demand) {
  const bool tagged = value.is(CborKind::tag);
  value = value.untagged();
  const auto text = value.text();
  switch (demand) {
    case Demand::text:
      return text && characters(*text) <= text_characters_max;
    case Demand::number:
      return value.integer().has_value() || value.is(CborKind::real);
    case Demand::date:
      return tagged || (text && is_date(*text));
    case Demand::time:
      return tagged || (text && is_date(*text) && text->size() >= 16);
  }
  return false;
}

void check_entries(CborValue payload, std::string_view kind, std::span<const FieldRule> rules,
                   std::vector<std::string>& found) {
  const auto list = payload.find(kind);
  if (!list) return;
  const std::string name(kind);
  if (!list->is(CborKind::array)) {
    found.push_back(name);
    return;
  }
  if (list->item().count != 1) found.push_back(name + ".count");
  CborValue entry = list->first();
  for (std::uint32_t i = 0; i < list->item().count; ++i, entry = entry.following()) {
    for (const FieldRule& rule : rules) {
      const auto value = entry.find(rule.name);
      if (value ? !meets(*value, rule.demand) : !rule.optional) found.push_back(name + "." + std::string(rule.name));
    }
  }
}

}  // namespace

std::vector<std::string> schema_warnings(CborValue payload) {
  std::vector<std::string> found;
  const auto text_of = [&](CborValue map, std::string_view key) {
    const auto value = map.find(key);
    return value ? value->untagged().text() : std::nullopt;
  };
  const auto version = text_of(payload, "ver");
  if (!version || version->empty() || !is_version(*version)) found.emplace_back("ver");
  const auto born = text_of(payload, "dob");
  if (!born || !is_birth(*born)) found.emplace_back("dob");
  const auto name = payload.find("nam");
  const auto family = name ? text_of(*name, "fnt") : std::nullopt;
  if (!name || !name->is(CborKind::map)) found.emplace_back("nam");
  else if (!family || !is_transliterated(*family)) found.emplace_back("nam.fnt");
  const int kinds =
      int(payload.find("v").has_value()) + int(payload.find("t").has_value()) + int(payload.find("r").has_value());
  if (kinds != 1) found.emplace_back("kinds");
  check_entries(payload, "v", vaccination, found);
  check_entries(payload, "t", test, found);
  check_entries(payload, "r", recovery, found);
  return found;
}

}  // namespace firstline::credential
