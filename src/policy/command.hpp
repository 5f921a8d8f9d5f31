#pragma once

// `firstline policy check FILE...` and `firstline policy show ...`: results on `out`, words on `err`.
// Exit codes: 0 ok, 1 refused, 2 usage.

#include <iosfwd>
#include <span>
#include <string>

namespace firstline::policy {

// Reads each pack and says what is wrong with it, one line a fault: "FILE:LINE: words [reason] detail". A good pack is
// also laid over the packs that were built in, on its first day and in its area, and refused if what results treats a
// worse case more mildly than a lesser one.
int check_command(std::span<const std::string> arguments, std::ostream& out, std::ostream& err);

// --area CODE --date YYYY-MM-DD | --packs ID,ID,...   [--folder DIR] [--json]
// What is in force there on that day, or what exactly these packs say together; from the built-in packs, or a folder's.
int show_command(std::span<const std::string> arguments, std::ostream& out, std::ostream& err);

inline constexpr const char* check_usage = "usage: firstline policy check FILE...";
inline constexpr const char* show_usage =
    "usage: firstline policy show (--area CODE --date YYYY-MM-DD | --packs ID,ID,...) [--folder DIR] [--json]";

}  // namespace firstline::policy
