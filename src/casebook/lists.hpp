#pragma once

// Brings a line list and a contacts list in: row by row, refused with a reason or taken; the same list again changes
// nothing, a list that says more changes what nobody corrected here since. Opens its own transactions, small ones.
//
// Faults: list.bad_source (invalid); table.* of intake/table.hpp; of Columns::find.

#include "casebook/columns.hpp"
#include "casebook/service.hpp"
#include "store/database.hpp"

namespace firstline::casebook {

struct WantedList {
  ListKind kind = ListKind::cases;
  std::string source;  // Whose list it is: what its ids are unique within.
  AreaId community;
  Mapping mapping;         // What the office says of the columns; the rest is suggested.
  bool only_look = false;  // Everything is done and taken back.
};

struct ListCounts {
  std::int64_t rows = 0, added = 0, changed = 0, same = 0, refused = 0;
  std::int64_t residents = 0;  // Of the added: people who are registered here.
  bool operator==(const ListCounts&) const = default;
};
BOOST_DESCRIBE_STRUCT(ListCounts, (), (rows, added, changed, same, refused, residents))

struct ListOutcome {
  Mapping mapping;  // Column > heading.
  ListCounts counts;
  std::vector<Rejection> rejections;  // In the order of the file.
};

Result<ListOutcome> take_list(store::Database& database, const Parts& parts, const WantedList& wanted,
                              std::string_view bytes, const By& by);

}  // namespace firstline::casebook
