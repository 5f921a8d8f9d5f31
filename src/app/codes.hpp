#pragma once

// The commands about signed codes: rows of the command table.

#include <vector>

#include "app/command_line.hpp"

namespace firstline::app {

std::vector<Command> code_commands();

}  // namespace firstline::app
