#pragma once

// The commands about results and vaccinations: rows of the command table.

#include <vector>

#include "app/command_line.hpp"

namespace firstline::app {

std::vector<Command> result_commands();

}  // namespace firstline::app
