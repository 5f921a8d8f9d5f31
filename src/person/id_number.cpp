#include "person/id_number.hpp"

#include <array>

#include "base/check.hpp"

namespace firstline::person {
namespace {

constexpr std::array weights{7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2};  // 2^(17-i) mod 11.
constexpr std::string_view check_characters = "10X98765432";
constexpr int age_years_max = 150;

bool is_digit(char c) { return c >= '0' && c <= '9'; }

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
  while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
  return text;
}

}  // namespace

char id_number_check_digit(std::string_view first_17) {
  FL_CHECK(first_17.size() == weights.size());
  int sum = 0;
  for (std::size_t i = 0; i < weights.size(); ++i) sum += (first_17[i] - '0') * weights[i];
  return check_characters[static_cast<std::size_t>(sum % 11)];
}

Result<IdNumber> parse_id_number(std::string_view text, Date today) {
  text = trimmed(text);
  if (text.size() != 18) return fail(FaultCode::invalid, "id_number.length", {}, "/id_number");
  IdNumber number;
  number.text = std::string(text);
  if (number.text[17] == 'x') number.text[17] = 'X';
  for (std::size_t i = 0; i < 18; ++i) {
    if (!is_digit(number.text[i]) && !(i == 17 && number.text[i] == 'X')) {
      return fail(FaultCode::invalid, "id_number.character", {}, "/id_number");
    }
  }
  if (id_number_check_digit(std::string_view(number.text).substr(0, 17)) != number.text[17]) {
    return fail(FaultCode::invalid, "id_number.check_digit", {}, "/id_number");
  }
  const std::string& t = number.text;
  const auto born = parse_date(t.substr(6, 4) + "-" + t.substr(10, 2) + "-" + t.substr(12, 2));
  if (!born || *born > today || age_years(*born, today) > age_years_max) {
    return fail(FaultCode::invalid, "id_number.birth_date", {}, "/id_number");
  }
  number.born_on = *born;
  number.generated = t.starts_with(generated_division);
  return number;
}

}  // namespace firstline::person
