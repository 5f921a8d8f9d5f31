#include "http/call.hpp"

namespace firstline::http {

std::string_view Call::parameter(std::string_view name) const {
  const auto found = parameters.find(name);
  return found == parameters.end() ? std::string_view() : std::string_view(found->second);
}

std::optional<std::string> Call::query(std::string_view name) const {
  const auto found = queries.find(name);
  if (found == queries.end()) return std::nullopt;
  return found->second;
}

void Call::set_cookie(std::string name, std::string value, std::chrono::seconds age) {
  cookies.push_back(std::move(name) + '=' + std::move(value) +
                    "; Path=/; HttpOnly; SameSite=Strict; Max-Age=" + std::to_string(age.count()));
}

void Call::clear_cookie(std::string name) { set_cookie(std::move(name), "", std::chrono::seconds(0)); }

bool Call::asker_holds(std::string tag) {
  etag = '"' + std::move(tag) + '"';
  unchanged = if_none_match.find(etag) != if_none_match.npos;
  return unchanged;
}

}  // namespace firstline::http
