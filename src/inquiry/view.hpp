#pragma once

// How facts are shown: posts by name, people masked, areas by label. Internal to the module.

#include <map>

#include "inquiry/service.hpp"

namespace firstline::inquiry {

inline constexpr std::string_view person_prefix = "person:";

// Posts are asked for once each, however many facts they wrote.
class Names {
 public:
  explicit Names(store::Session& session) : session_(session) {}
  Result<std::string> of(AccountId account);

 private:
  store::Session& session_;
  std::map<std::int64_t, std::string> known_;
};

std::optional<http::Role> role_named(std::string_view name);
// The id behind "person:123"; nothing if it is of another kind.
std::optional<std::int64_t> id_in(std::string_view subject, std::string_view prefix);
Result<FactView> view_of(http::Call& call, const person::Directory& people, Names& names, ledger::FactRow row);

}  // namespace firstline::inquiry
