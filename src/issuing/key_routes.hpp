#pragma once

// The office's keys over HTTP: which there are, and a withdrawal by two persons. Internal to the module.

#include "issuing/service.hpp"

namespace firstline::issuing {

void add_key_routes(http::RouteTable& table, const Ground& ground);

}  // namespace firstline::issuing
