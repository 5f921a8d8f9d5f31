#include <algorithm>

#include "area/model.hpp"

namespace firstline::area {

std::string join_path(std::string_view parent, std::string_view code) {
  std::string path(parent);
  if (!path.empty()) path += '/';
  return path.append(code);
}

std::vector<std::string> path_prefixes(std::string_view path) {
  std::vector<std::string> prefixes;
  for (std::size_t at = path.find('/'); at != std::string_view::npos; at = path.find('/', at + 1)) {
    prefixes.emplace_back(path.substr(0, at));
  }
  if (!path.empty()) prefixes.emplace_back(path);
  return prefixes;
}

// '0' is the byte after '/', so [path/, path0) holds every path that goes on with a slash and no other.
PathRange range_below(std::string_view path) { return {std::string(path) + '/', std::string(path) + '0'}; }

bool valid_code(std::string_view code) {
  return !code.empty() && code.size() <= 12 &&
         std::all_of(code.begin(), code.end(), [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'); });
}

}  // namespace firstline::area
