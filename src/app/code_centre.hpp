#pragma once

// firstline code-centre VERB: one of the seven verbs by hand, a JSON line in, a JSON line out.

#include <vector>

#include "app/command_line.hpp"

namespace firstline::app {

std::vector<Command> code_centre_commands();

}  // namespace firstline::app
