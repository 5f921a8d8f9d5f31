#pragma once

// `firstline serve`: the life of the running service.

#include <vector>

#include "app/command_line.hpp"

namespace firstline::app {

std::vector<Flag> data_flags();  // --config, --data, --database, --node, ...: for every command that opens the data.
std::vector<Flag> serve_flags();
int serve(const Arguments& arguments);

struct Settings;
// The flags code-centre...; none given: no centre.
Result<void> join_centre(const Arguments& arguments, Settings& settings);
Result<Settings> settings_of(const Arguments& arguments);

}  // namespace firstline::app
