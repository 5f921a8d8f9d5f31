#include "movement/destinations.hpp"

#include <algorithm>
#include <tuple>
#include <unordered_map>
#include <utility>

#include "area/service.hpp"
#include "person/names.hpp"
#include "policy/risk_place.hpp"

namespace firstline::movement {
namespace {

constexpr std::size_t typed_bytes_max = 120;
constexpr int no_match = 100;
constexpr std::u32string_view kinds = U"\u7701\u5e02\u533a\u53bf\u65d7";  // Province, city, district, county, banner.

// "620102020000" > "620102020"; "620102000000" > "620102".
std::string short_code(std::string_view code) {
  if (code.size() != 12) return std::string(code);
  if (code.ends_with("000000")) return std::string(code.substr(0, 6));
  return std::string(code.ends_with("000") ? code.substr(0, 9) : code);
}

std::string parent_of(std::string_view code) {
  const std::size_t length = code.size() > 9 ? 9 : code.size() > 6 ? 6 : code.size() > 4 ? 4 : code.size() > 2 ? 2 : 0;
  return std::string(code.substr(0, length));
}

// "Lanzhou City" > "Lanzhou", as people say it.
std::string without_kind(const std::string& name) {
  auto characters = person::characters_of(name);
  if (characters.size() > 2 && kinds.find(characters.back()) != kinds.npos) characters.pop_back();
  return person::utf8_of(characters);
}

// In this order, whatever stands between them; the last one in the place's own name.
bool in_order(std::u32string_view typed, std::u32string_view whole, std::size_t own_from) {
  std::size_t at = 0;
  for (const char32_t c : typed) {
    at = whole.find(c, at);
    if (at == whole.npos) return false;
    ++at;
  }
  return at > own_from;
}

}  // namespace

Gazetteer::Gazetteer(std::initializer_list<std::string_view> tables) {
  std::unordered_map<std::string, std::size_t> known;
  for (std::string_view table : tables) {
    bool heading = true;
    while (!table.empty()) {
      const auto end = std::min(table.find('\n'), table.size());
      std::string_view line = table.substr(0, end);
      table.remove_prefix(std::min(end + 1, table.size()));
      if (!line.empty() && line.back() == '\r') line.remove_suffix(1);
      const auto comma = line.find(',');
      if (std::exchange(heading, false) || comma == line.npos) continue;
      Entry entry;
      entry.place.code = short_code(line.substr(0, comma));
      entry.place.name = std::string(line.substr(comma + 1));
      if (!policy::is_division_code(entry.place.code) || known.contains(entry.place.code)) continue;
      entry.name = person::characters_of(entry.place.name);
      const auto spoken = person::spoken(entry.place.name);
      entry.letters = spoken.letters();
      entry.initials = spoken.initials();
      // Districts of Beijing lie in Beijing: a level that only the code has is not in the table.
      std::string above = parent_of(entry.place.code);
      while (!above.empty() && !known.contains(above)) above = parent_of(above);
      if (!above.empty()) {
        const Entry& upper = entries_[known.at(above)];
        const std::string& outer = upper.place.inside;
        entry.place.inside = outer + (outer.empty() ? "" : " ") + upper.place.name;
        entry.whole = upper.whole;
        const auto before = person::spoken(without_kind(upper.place.name));
        entry.letters_from_city = before.letters() + entry.letters;
        entry.initials_from_city = before.initials() + entry.initials;
      }
      entry.whole += entry.name;
      known.emplace(entry.place.code, entries_.size());
      entries_.push_back(std::move(entry));
    }
  }
}

int Gazetteer::rank(const Entry& entry, std::u32string_view characters, std::string_view letters) {
  if (!letters.empty()) {
    if (entry.letters.starts_with(letters) || entry.initials.starts_with(letters)) return 1;
    const bool from_city =
        entry.letters_from_city.starts_with(letters) || entry.initials_from_city.starts_with(letters);
    // What reaches no further than the city's own name means the city.
    return from_city && letters.size() > entry.initials_from_city.size() - entry.initials.size() ? 2 : no_match;
  }
  const std::u32string_view name(entry.name), whole(entry.whole);
  if (name.starts_with(characters)) return name.size() == characters.size() ? 0 : 1;
  if (name.find(characters) != name.npos) return 2;
  if (characters.size() >= 2 && in_order(characters, whole, whole.size() - name.size())) return 3;
  return no_match;
}

std::vector<Destination> Gazetteer::find(std::string_view typed, std::string_view home, std::size_t limit) const {
  std::u32string characters;
  std::string letters;
  bool only_letters = true, only_digits = true;
  for (char32_t c : person::characters_of(typed.substr(0, typed_bytes_max))) {
    if (c == U' ' || c == U'\u3000' || c == U'\'') continue;
    if (c >= U'A' && c <= U'Z') c += U'a' - U'A';
    characters += c;
    only_digits = only_digits && c >= U'0' && c <= U'9';
    only_letters = only_letters && c >= U'a' && c <= U'z';
    if (c < 0x80) letters += static_cast<char>(c);
  }
  if (characters.empty()) return {};
  using Found = std::tuple<int, std::size_t, std::size_t, std::string_view, const Entry*>;
  std::vector<Found> found;
  for (const Entry& entry : entries_) {
    const std::string_view code(entry.place.code);
    const int match = only_digits ? (code.starts_with(letters) ? 1 : no_match)
                                  : rank(entry, characters, only_letters ? std::string_view(letters) : "");
    if (match == no_match) continue;
    const auto apart = std::mismatch(home.begin(), home.end(), code.begin(), code.end()).first;
    const auto shared = static_cast<std::size_t>(apart - home.begin()) / 2;
    found.emplace_back(match, code.size(), home.size() - shared, code, &entry);
  }
  const auto shown = found.begin() + static_cast<std::ptrdiff_t>(std::min(limit, found.size()));
  std::partial_sort(found.begin(), shown, found.end());
  std::vector<Destination> places;
  for (auto each = found.begin(); each != shown; ++each) places.push_back(std::get<4>(*each)->place);
  return places;
}

const Gazetteer& gazetteer() {
  static const Gazetteer all{area::embedded_country(), area::embedded_divisions()};
  return all;
}

}  // namespace firstline::movement
