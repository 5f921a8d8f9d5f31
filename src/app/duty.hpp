#pragma once

// firstline match: who goes where, from files and to a file; nothing of the office's database is touched.

#include <vector>

#include "app/command_line.hpp"

namespace firstline::app {

std::vector<Command> duty_commands();

}  // namespace firstline::app
