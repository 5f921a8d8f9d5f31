#pragma once

// The route table as an OpenAPI 3.1 document. The same table gives the same text.

#include <string>

#include "http/route.hpp"

namespace firstline::http {

std::string openapi_text(const RouteTable& table, const std::string& version);

}  // namespace firstline::http
