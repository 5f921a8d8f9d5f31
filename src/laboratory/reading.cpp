#include "laboratory/reading.hpp"

#include "laboratory/table_stream.hpp"

namespace firstline::laboratory {
namespace {

Result<std::unique_ptr<std::istream>> opened(const OpenFile& open) {
  auto in = open();
  if (!in || !*in) return fail(FaultCode::invalid, "file.unreadable");
  return in;
}

// A table never begins with a brace.
Result<bool> is_json(const OpenFile& open) {
  FL_TRY(const auto in, opened(open));
  for (char c = 0; in->get(c);) {
    const bool skipped = c == ' ' || c == '\t' || c == '\r' || c == '\n' || c == '\xef' || c == '\xbb' || c == '\xbf';
    if (!skipped) return c == '{' || c == '[';
  }
  return fail(FaultCode::invalid, "table.empty");
}

Result<void> each_piece(const OpenFile& open, const std::function<Result<void>(const Piece&)>& use) {
  FL_TRY(const auto in, opened(open));
  Pieces pieces(*in);
  while (true) {
    FL_TRY(const auto piece, pieces.next());
    if (!piece) return {};
    FL_TRYV(use(*piece));
  }
}

}  // namespace

Result<void> read_file(const OpenFile& open, Kind kind, const std::function<Result<void>(AnyRow)>& use) {
  FL_TRY(const bool json, is_json(open));
  if (json) {
    FhirFile file;
    FL_TRYV(each_piece(open, [&](const Piece& piece) { return file.remember(piece); }));
    return each_piece(open, [&](const Piece& piece) -> Result<void> {
      FL_TRY(auto row, file.read(piece, kind));
      return use(std::move(row));
    });
  }
  FL_TRY(const auto in, opened(open));
  TableStream table(*in, kind);
  while (true) {
    FL_TRY(const auto rows, table.next());
    if (!rows) return {};
    for (const intake::Row& row : *rows) {
      const auto as_any = [](auto read) {
        return std::visit([](auto& found) { return AnyRow(std::move(found)); }, read);
      };
      if (kind == Kind::results) FL_TRYV(use(as_any(read_result(row, table.headings()))));
      else FL_TRYV(use(as_any(read_vaccination(row, table.headings()))));
    }
  }
}

}  // namespace firstline::laboratory
