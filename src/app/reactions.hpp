#pragma once

// What one module's event does to others, on one page: no module calls another sideways.

#include "person/service.hpp"

namespace firstline::app {

person::Reactions reactions_to_people();

}  // namespace firstline::app
