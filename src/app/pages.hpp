#pragma once

// The pages built into the program; the source is made by tools/embed_pages.py (see pages.cmake).

#include <iterator>
#include <memory>

#include "http/pages.hpp"

namespace firstline::app {

std::unique_ptr<http::Pages> built_in_pages();

}  // namespace firstline::app
