#include "seal/spans.hpp"

#include <algorithm>

namespace firstline::seal {
namespace {

// "a/b" covers "a/b" and "a/b/c", not "a/bc".
bool covers(std::string_view root, std::string_view path) {
  return path.starts_with(root) && (path.size() == root.size() || path[root.size()] == '/');
}

}  // namespace

bool holds(const Span& span, Instant at) { return span.from <= at && (!span.until || at < *span.until); }

Level level_at(const std::vector<Span>& spans, std::string_view path, Instant at) {
  Level level = Level::none;
  for (const Span& span : spans)
    if (holds(span, at) && covers(span.path, path)) level = std::max(level, span.level);
  return level;
}

Level level_inside(const std::vector<Span>& spans, std::string_view root, std::string_view path, Instant at) {
  Level level = Level::none;
  for (const Span& span : spans)
    if (holds(span, at) && span.path.size() > root.size() && covers(root, span.path) && covers(span.path, path))
      level = std::max(level, span.level);
  return level;
}

}  // namespace firstline::seal
