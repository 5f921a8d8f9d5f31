#include "store/statement.hpp"

#include <vector>


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

}  // namespace firstline::store
