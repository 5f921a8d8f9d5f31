#pragma once

// Every statement and migration of the program, for the checks that walk them. Modules whose sources nothing names
// would be left out by the linker; this names them.

#include <vector>

#include "store/migration.hpp"
#include "store/statement.hpp"

namespace firstline::tests {

// Without those of the tests themselves.
std::vector<const store::Statement*> program_statements();
std::vector<const store::Migration*> program_migrations();

}  // namespace firstline::tests
