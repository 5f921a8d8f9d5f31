#include "person/likeness.hpp"

#include <algorithm>
#include <iterator>
#include <string_view>
#include <vector>

#include "person/names.hpp"

namespace firstline::person {
namespace {

// The syllable as a careless ear hears it.
std::string heard(std::string syllable) {
  if (syllable.size() > 2 && syllable[1] == 'h' && std::string_view("zcs").find(syllable[0]) != std::string_view::npos)
    syllable.erase(1, 1);
  if (syllable.starts_with("l")) syllable[0] = 'n';
  for (const std::string_view ending : {"ang", "eng", "ing"})
    if (syllable.ends_with(ending)) syllable.pop_back();
  return syllable;
}

std::vector<std::string> heard_name(const std::string& name) {
  auto syllables = spoken(name).syllables;
  for (auto& syllable : syllables) syllable = heard(std::move(syllable));
  return syllables;
}

std::string digits_of(const std::string& name) {
  std::string digits;
  std::copy_if(name.begin(), name.end(), std::back_inserter(digits), [](char c) { return c >= '0' && c <= '9'; });
  return digits;
}

// Whether `shorter` is `longer` without one of its syllables.
bool one_left_out(const std::vector<std::string>& shorter, const std::vector<std::string>& longer) {
  if (longer.size() < 3 || shorter.size() + 1 != longer.size()) return false;
  const auto at = std::mismatch(shorter.begin(), shorter.end(), longer.begin());
  return std::equal(at.first, shorter.end(), at.second + 1, longer.end());
}

}  // namespace

Sounding sounding(const std::string& name, const std::string& other) {
  const auto one = heard_name(name), two = heard_name(other);
  if (one.empty() || two.empty()) return Sounding::apart;
  if (digits_of(name) != digits_of(other)) return Sounding::apart;  // Namesakes, numbered by the office.
  if (one == two || spoken(name).letters() == spoken(other).letters()) return Sounding::alike;
  if (one.size() != two.size())
    return one_left_out(one, two) || one_left_out(two, one) ? Sounding::one_syllable_apart : Sounding::apart;
  int differ = 0;
  for (std::size_t i = 0; i < one.size(); ++i) differ += one[i] != two[i] ? 1 : 0;
  return differ == 1 && one.size() > 1 ? Sounding::one_syllable_apart : Sounding::apart;
}

bool may_be_same_person(const Described& one, const Described& other, bool same_home) {
  if (one.id_number && other.id_number && *one.id_number != *other.id_number) return false;
  const bool same_birth = one.born_on && other.born_on && *one.born_on == *other.born_on;
  if (!same_home && !same_birth) return false;
  const Sounding near = sounding(one.name, other.name);
  return near == Sounding::alike || (near == Sounding::one_syllable_apart && same_home && same_birth);
}

}  // namespace firstline::person
