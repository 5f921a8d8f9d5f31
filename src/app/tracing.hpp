#pragma once

// The commands about tracing: rows of the command table.

#include <vector>

#include "app/command_line.hpp"

namespace firstline::app {

std::vector<Command> trace_commands();

}  // namespace firstline::app
