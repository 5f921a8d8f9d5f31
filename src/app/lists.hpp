#pragma once

// The commands about the office's lists: rows of the command table.

#include <vector>

#include "app/command_line.hpp"

namespace firstline::app {

std::vector<Command> list_commands();

}  // namespace firstline::app
