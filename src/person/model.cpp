#include "person/model.hpp"

#include <algorithm>

namespace firstline::person {
namespace {

// Bytes of the first UTF-8 character; 1 for a stray byte.
std::size_t first_character(std::string_view text) {
  if (text.empty()) return 0;
  std::size_t n = 1;
  while (n < text.size() && n < 4 && (static_cast<unsigned char>(text[n]) & 0xc0) == 0x80) ++n;
  return n;
}

std::string tail_only(std::string_view text, std::size_t shown) {
  shown = text.size() > shown ? shown : 0;  // A text as short as what is shown would be shown whole.
  return std::string(text.size() - shown, '*') + std::string(text.substr(text.size() - shown));
}

bool is_mobile(std::string_view phone) {
  return phone.size() == 11 && phone[0] == '1' &&
         std::all_of(phone.begin(), phone.end(), [](char c) { return c >= '0' && c <= '9'; });
}

}  // namespace

AgeBand age_band(std::optional<Date> born_on, Date today, const AgeLimits& limits) {
  if (!born_on) return AgeBand::adult;
  const int years = age_years(*born_on, today);
  if (years < limits.child_below) return AgeBand::child;
  return years >= limits.elder_from ? AgeBand::elder : AgeBand::adult;
}

std::string mask_name(std::string_view name) { return std::string(name.substr(0, first_character(name))) + "**"; }

std::string mask_phone(std::string_view phone) {
  if (!is_mobile(phone)) return tail_only(phone, 2);
  return std::string(phone.substr(0, 3)) + "****" + std::string(phone.substr(7));
}

std::string mask_id_number(std::string_view id_number) { return tail_only(id_number, 4); }

PersonMasked masked(const Person& person, Date today, const AgeLimits& limits) {
  return {person.id, mask_name(person.name), age_band(person.born_on, today, limits), person.marks, person.generated};
}

}  // namespace firstline::person
