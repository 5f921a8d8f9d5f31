#include "area/office.hpp"

#include <algorithm>
#include <optional>

#include "area/store.hpp"

namespace firstline::area {
namespace {

struct OfficeView {
  bool generated = false;  // Some community here was made up.
  std::optional<std::string> phone, authority_sha256;
};
BOOST_DESCRIBE_STRUCT(OfficeView, (), (generated, phone, authority_sha256))

std::optional<std::string> unless_empty(const std::string& text) {
  return text.empty() ? std::nullopt : std::optional(text);
}

}  // namespace

bool valid_phone(std::string_view phone) {
  const std::string_view number = phone.starts_with('+') ? phone.substr(1) : phone;
  const auto digit = [](char c) { return c >= '0' && c <= '9'; };
  return phone.size() <= 32 && std::count_if(number.begin(), number.end(), digit) >= 3 &&
         std::all_of(number.begin(), number.end(),
                     [&](char c) { return digit(c) || c == ' ' || c == '-' || c == '(' || c == ')'; });
}

void add_office_route(http::RouteTable& table, Office office) {
  table.query<OfficeView>(
      {http::Method::get, "/api/v1/office", "get_office", http::Access::anyone(),
       "The office's phone number, the fingerprint of its certificate authority, and whether its "
       "people are generated."},
      [office = std::move(office)](http::Call& call) -> Result<OfficeView> {
        FL_TRY(const bool generated, any_generated(*call.session));
        return OfficeView{generated, unless_empty(office.phone), unless_empty(office.authority_sha256)};
      });
}

}  // namespace firstline::area
