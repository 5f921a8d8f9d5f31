#include "http/matcher.hpp"

#include <map>

#include "base/check.hpp"

namespace firstline::http {
namespace {

constexpr std::size_t methods = 4;

// Takes the next segment off a path that starts with '/'.
std::string_view next_segment(std::string_view& path) {
  path.remove_prefix(1);
  const std::string_view segment = path.substr(0, path.find('/'));
  path.remove_prefix(segment.size());
  return segment;
}

}  // namespace

struct Matcher::Node {
  std::map<std::string, std::unique_ptr<Node>, std::less<>> fixed;
  std::unique_ptr<Node> any;  // {name}
  std::array<int, methods> route{-1, -1, -1, -1};
  std::array<std::vector<std::string>, methods> names;  // Of the parameters on the way here.
};

Matcher::~Matcher() = default;

Matcher::Matcher(const std::vector<Route>& routes) : root_(std::make_unique<Node>()) {
  for (std::size_t i = 0; i < routes.size(); ++i) {
    std::string_view path = routes[i].spec.path;
    FL_CHECK(path.starts_with('/'));
    Node* node = root_.get();
    std::vector<std::string> names;
    while (!path.empty()) {
      const std::string_view segment = next_segment(path);
      const bool parameter = segment.starts_with('{');
      if (parameter) names.emplace_back(segment.substr(1, segment.size() - 2));
      auto& next = parameter ? node->any : node->fixed[std::string(segment)];
      if (!next) next = std::make_unique<Node>();
      node = next.get();
    }
    const auto method = static_cast<std::size_t>(routes[i].spec.method);
    FL_CHECK(node->route[method] < 0);
    FL_CHECK(names.size() <= Match{}.parameters.size());
    node->route[method] = static_cast<int>(i);
    node->names[method] = std::move(names);
  }
}

Match Matcher::find(Method method, std::string_view target) const {
  Match match;
  std::string_view path = target.substr(0, target.find('?'));
  if (path.size() < target.size()) match.query = target.substr(path.size() + 1);
  if (!path.starts_with('/')) return match;
  const Node* node = root_.get();
  while (!path.empty()) {
    const std::string_view segment = next_segment(path);
    // A fixed segment wins over a parameter and is not tried again: "/shift" is never somebody's {name}.
    if (const auto fixed = node->fixed.find(segment); fixed != node->fixed.end()) {
      node = fixed->second.get();
    } else if (node->any && !segment.empty() && match.parameter_count < match.parameters.size()) {
      match.parameters[match.parameter_count++].value = segment;
      node = node->any.get();
    } else {
      return match;
    }
  }
  const auto index = static_cast<std::size_t>(method);
  match.route = node->route[index];
  if (match.route < 0) {
    for (const int other : node->route)
      if (other >= 0) match.kind = Match::Kind::wrong_method;
    return match;
  }
  match.kind = Match::Kind::found;
  for (std::size_t i = 0; i < match.parameter_count; ++i) match.parameters[i].name = node->names[index][i];
  return match;
}

}  // namespace firstline::http
