#include "credential/clock_text.hpp"

namespace firstline::credential {
namespace {

class Cursor {
 public:
  explicit Cursor(std::string_view text) : text_(text) {}
  bool at_end() const { return text_.empty(); }
  bool take(std::string_view any_of) {
    if (text_.empty() || any_of.find(text_.front()) == std::string_view::npos) return false;
    last_ = text_.front();
    text_.remove_prefix(1);
    return true;
  }
  char last() const { return last_; }
  std::optional<int> number(std::size_t digits) {
    if (text_.size() < digits) return std::nullopt;
    int value = 0;
    for (std::size_t i = 0; i < digits; ++i) {
      if (text_[i] < '0' || text_[i] > '9') return std::nullopt;
      value = value * 10 + (text_[i] - '0');
    }
    text_.remove_prefix(digits);
    return value;
  }
  // Milliseconds of a fraction; at least one digit, those beyond the third are cut off.
  std::optional<int> fraction() {
    int value = 0, digits = 0;
    while (!text_.empty() && text_.front() >= '0' && text_.front() <= '9') {
      if (digits < 3) value = value * 10 + (text_.front() - '0');
      ++digits;
      text_.remove_prefix(1);
    }
    if (digits == 0) return std::nullopt;
    for (int i = digits; i < 3; ++i) value *= 10;
    return value;
  }

 private:
  std::string_view text_;
  char last_ = 0;
};

// Minutes east of UTC.
std::optional<int> offset_of(Cursor& at) {
  if (at.at_end() || at.take("Zz")) return 0;
  if (!at.take("+-")) return std::nullopt;
  const int sign = at.last() == '-' ? -1 : 1;
  const auto hours = at.number(2);
  if (!hours || *hours > 18) return std::nullopt;
  if (at.at_end()) return sign * *hours * 60;
  at.take(":");
  const auto minutes = at.number(2);
  if (!minutes || *minutes > 59) return std::nullopt;
  return sign * (*hours * 60 + *minutes);
}

}  // namespace

std::optional<Instant> parse_clock(std::string_view text) {
  using namespace std::chrono;
  Cursor at(text);
  const auto y = at.number(4);
  if (!y || !at.take("-")) return std::nullopt;
  const auto m = at.number(2);
  if (!m || !at.take("-")) return std::nullopt;
  const auto d = at.number(2);
  if (!d) return std::nullopt;
  const year_month_day date{year{*y}, month{static_cast<unsigned>(*m)}, day{static_cast<unsigned>(*d)}};
  if (!date.ok()) return std::nullopt;
  Instant instant = sys_days(date);
  if (at.at_end()) return instant;
  if (!at.take("Tt ")) return std::nullopt;
  const auto hour = at.number(2);
  if (!hour || *hour > 23 || !at.take(":")) return std::nullopt;
  const auto minute = at.number(2);
  if (!minute || *minute > 59) return std::nullopt;
  instant += hours(*hour) + minutes(*minute);
  if (at.take(":")) {
    const auto second = at.number(2);
    if (!second || *second > 60) return std::nullopt;
    instant += seconds(*second);
    if (at.take(".,")) {
      const auto fraction = at.fraction();
      if (!fraction) return std::nullopt;
      instant += milliseconds(*fraction);
    }
  }
  const auto offset = offset_of(at);
  if (!offset || !at.at_end()) return std::nullopt;
  return instant - minutes(*offset);
}

}  // namespace firstline::credential
