#pragma once

// Our own codes and bare COSE messages at the command line; internal to lines.cpp.

#include <iosfwd>
#include <string>

#include "credential/line_text.hpp"

namespace firstline::credential {

// The one answer goes to `out`; 0 accepted, 1 not. Faults usage.*, list.*, key.*.
Result<int> verify_one_fl(const Words& words, const std::string& qr, std::ostream& out);

}  // namespace firstline::credential
