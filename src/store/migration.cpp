#include "store/migration.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace firstline::store {
namespace {

std::vector<const Migration*>& registry() {
  static std::vector<const Migration*> all;
  return all;
}

}  // namespace

Migration::Migration(int version_number, std::string module_name, std::string ddl)
    : version(version_number), module(std::move(module_name)), text(std::move(ddl)) {
  registry().push_back(this);
}

std::string Migration::key() const { return fmt::format("{:04} {}", version, module); }

std::vector<const Migration*> migrations() {
  auto sorted = registry();
  std::sort(sorted.begin(), sorted.end(), [](const Migration* a, const Migration* b) { return a->key() < b->key(); });
  return sorted;
}

}  // namespace firstline::store
