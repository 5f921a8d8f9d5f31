#include "seal/service.hpp"

#include "seal/acts.hpp"

namespace firstline::seal {

Result<std::vector<Span>> spans_at(store::Session& session, AreaId community, Instant at) {
  FL_TRY(const auto rows, load_spans_at(session, community, at));
  std::vector<Span> spans;
  spans.reserve(rows.size());
  for (const SpanRow& row : rows) {
    Span span{path_of(row), row.level, row.from_at, {}};
    if (row.until_at != open_end) span.until = row.until_at;
    spans.push_back(std::move(span));
  }
  return spans;
}

}  // namespace firstline::seal
