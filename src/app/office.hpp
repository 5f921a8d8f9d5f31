#pragma once

// The commands that set up an office: rows of the command table.

#include <vector>

#include "app/command_line.hpp"

namespace firstline::app {

std::vector<Command> office_commands();

}  // namespace firstline::app
