#pragma once

// What anybody may know of this office before signing in: whether its people are made up, what number to call, and the
// fingerprint of the certificate authority that phones are asked to trust. Names no person and no place.

#include <string>

#include "http/route.hpp"

namespace firstline::area {

// As the program was started. Empty: there is none.
struct Office {
  std::string phone;
  std::string authority_sha256;  // "AB:CD:..."; only where the server made the authority itself.
};

// 3 to 32 digits, spaces, hyphens, brackets and a leading plus.
bool valid_phone(std::string_view phone);

// GET /api/v1/office
void add_office_route(http::RouteTable& table, Office office);

}  // namespace firstline::area
