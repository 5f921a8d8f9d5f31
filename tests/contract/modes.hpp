#pragma once

// What this program does besides testing, in a process of its own.

namespace firstline::tests {

// URL FIRST_ID: writes samples with facts until somebody kills it; prints each id after its answer.
inline constexpr const char* write_until_killed_mode = "--write-until-killed";
// URL SECONDS: keeps 64 inserts waiting and prints how many a second were answered.
inline constexpr const char* measure_mode = "--measure-writes";

}  // namespace firstline::tests
