#pragma once

// The commands about line lists and contacts lists: rows of the command table.

#include <vector>

#include "app/command_line.hpp"

namespace firstline::app {

std::vector<Command> case_list_commands();

}  // namespace firstline::app
