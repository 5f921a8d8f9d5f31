#include "access/model.hpp"

#include <algorithm>

#include "store/value.hpp"

namespace firstline::access {

bool needs_second_factor(const std::vector<http::Grant>& grants) {
  return std::any_of(grants.begin(), grants.end(),
                     [](const http::Grant& grant) { return deciding_roles.has(grant.role); });
}

std::string pack_grants(const std::vector<http::Grant>& grants) {
  std::string text;
  for (const http::Grant& grant : grants) {
    text +=
        std::string(store::enum_name(grant.role)) + ' ' + std::to_string(grant.area.value) + ' ' + grant.path + '\n';
  }
  return text;
}

Result<std::vector<http::Grant>> unpack_grants(std::string_view text) {
  std::vector<http::Grant> grants;
  while (!text.empty()) {
    const auto end = text.find('\n');
    const std::string_view line = text.substr(0, end);
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    const auto first = line.find(' '), second = first == std::string_view::npos ? first : line.find(' ', first + 1);
    http::Grant grant{};
    if (second == std::string_view::npos ||
        !boost::describe::enum_from_string(std::string(line.substr(0, first)).c_str(), grant.role)) {
      return fail(FaultCode::corrupt, "access.bad_grant");
    }
    const auto area = parse_id(line.substr(first + 1, second - first - 1));
    if (!area) return fail(FaultCode::corrupt, "access.bad_grant");
    grant.area = AreaId{*area};
    grant.path = line.substr(second + 1);
    grants.push_back(std::move(grant));
  }
  return grants;
}

}  // namespace firstline::access
