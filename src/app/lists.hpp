#pragma once

// The commands about the office's lists: rows of the command table.

#include <vector>

#include "app/command_line.hpp"

namespace firstline::app {

std::vector<Command> list_commands();

// Says a fault on stderr: 1 where the answer is no, 2 for wrong usage, 3 for a fault of ours.
int exit_code(const Result<int>& outcome);

}  // namespace firstline::app
