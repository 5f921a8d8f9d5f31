#pragma once

// The one table of commands; `--help` is made from it.

#include <vector>

#include "app/command_line.hpp"

namespace firstline::app {

std::vector<Command> commands();

}  // namespace firstline::app
