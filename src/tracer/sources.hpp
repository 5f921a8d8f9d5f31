#pragma once

// The sources of scans that this program has. One more (a parcel handed over, a care visit) is one function more here.

#include "trace/service.hpp"

namespace firstline::tracer {

// Passages: somebody turned back at a gate stood there too.
trace::ScanSource passages_at_gates();

// All of them, in the order in which a place is asked for.
std::vector<trace::ScanSource> scan_sources();

}  // namespace firstline::tracer
