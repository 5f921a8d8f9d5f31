#pragma once

// The demo: a generated community, its logins by role, and how to reach it. Only under `serve --demo`.

#include "app/wiring.hpp"

namespace firstline::app {

// Idempotent. Shows progress on stderr; writes DATA/demo.json (logins, for tests and for whoever lost the terminal).
Result<void> set_up_demo(Application& application, const Settings& settings, Instant now);
// Address, QR of it and the logins, on stderr.
void print_welcome(const Settings& settings, const std::string& url);

}  // namespace firstline::app
