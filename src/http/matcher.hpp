#pragma once

// Finds the route of a method and path. Built once from the route table; a match makes no copy and no regular
// expression. Two routes of one method whose paths could both match are a broken promise.

#include <array>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "http/route.hpp"

namespace firstline::http {

struct Match {
  enum class Kind { found, unknown_path, wrong_method } kind = Kind::unknown_path;
  int route = -1;  // Index in the table.
  struct Parameter {
    std::string_view name, value;  // The value as it stands in the path: still escaped.
  };
  std::array<Parameter, 8> parameters;
  std::size_t parameter_count = 0;
  std::string_view query;  // After '?', still escaped.
};

class Matcher {
 public:
  explicit Matcher(const std::vector<Route>& routes);
  ~Matcher();
  // `target` is the path with its query; the match refers to it.
  Match find(Method method, std::string_view target) const;

 private:
  struct Node;
  std::unique_ptr<Node> root_;
};

}  // namespace firstline::http
