#pragma once

// One text as gzip, for answers that are large and seldom the same twice.

#include <string>
#include <string_view>

namespace firstline::http {

std::string gzip(std::string_view text);

}  // namespace firstline::http
