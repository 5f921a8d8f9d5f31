#pragma once

// What a caller must cope with. Three kinds of trouble have three forms in this project:
// a rule that says no is an ordinary value with reasons; what the caller must cope with is a Fault in a Result;
// a broken promise of our own is FL_CHECK.

#include <string>
#include <string_view>
#include <utility>

#include <tl/expected.hpp>

namespace firstline {

enum class FaultCode { not_found, conflict, invalid, unauthenticated, forbidden, stale, busy, unavailable, corrupt };

struct Fault {
  FaultCode code;
  std::string reason;  // Stable id for clients and tests, e.g. "gate.unknown". Never a sentence.
  std::string where;   // Which input: a JSON pointer ("/direction"), a parameter or "pack.toml:12". May be empty.
  std::string
      detail;  // For the log and the developer, in English. Never holds a name, a number or an address of a person.
};

template <class T>
using Result = tl::expected<T, Fault>;

inline tl::unexpected<Fault> fail(FaultCode code, std::string_view reason, std::string detail = {},
                                  std::string where = {}) {
  return tl::unexpected(Fault{code, std::string(reason), std::move(where), std::move(detail)});
}

}  // namespace firstline

// FL_TRY(auto order, find(id));   declares `order` or returns the fault to the caller.
// FL_TRYV(save(order));           the same for Result<void>.
#define FL_TRY(declaration, expression) FL_TRY_(declaration, expression, FL_TRY_NAME_(__LINE__))
#define FL_TRY_NAME_(line) FL_TRY_NAME2_(line)
#define FL_TRY_NAME2_(line) fl_result_##line
#define FL_TRY_(declaration, expression, name)                 \
  auto name = (expression);                                    \
  if (!name) return ::tl::unexpected(std::move(name).error()); \
  declaration = std::move(*name)
#define FL_TRYV(expression)                                                                                     \
  do {                                                                                                          \
    if (auto fl_result_v = (expression); !fl_result_v) return ::tl::unexpected(std::move(fl_result_v).error()); \
  } while (false)
