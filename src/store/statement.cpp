#include "store/statement.hpp"

#include <vector>

#include "store/connection.hpp"

namespace firstline::store {
namespace {

std::vector<const Statement*>& registry() {
  static std::vector<const Statement*> statements;
  return statements;
}

}  // namespace

Statement::Statement(std::string name, Scope scope, std::string text)
    : name_(std::move(name)), text_(std::move(text)), scope_(scope), index_(static_cast<int>(registry().size())) {
  registry().push_back(this);
}

std::span<const Statement* const> catalogue() { return registry(); }

Result<void> refuse_zero_in_text(const Statement& statement, std::span<const Value> values) {
  for (const Value& value : values)
    if (const auto* text = std::get_if<std::string_view>(&value); text && text->find('\0') != std::string_view::npos)
      return fail(FaultCode::invalid, "store.zero_in_text", statement.name());
  return {};
}

}  // namespace firstline::store
