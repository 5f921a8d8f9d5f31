#pragma once

// The sources of scans that this program has. One more (a parcel handed over, a care visit) is one function more here.

#include "trace/service.hpp"

namespace firstline::tracer {

// Passages: somebody turned back at a gate stood there too.
trace::ScanSource passages_at_gates();

// Whoever scanned a venue's code, or was scanned there.
trace::ScanSource scans_at_venues();
// Whoever gave a sample stood in the queue of the point.
trace::ScanSource samples_at_points();

// All of them, in the order in which a place is asked for.
std::vector<trace::ScanSource> scan_sources();

}  // namespace firstline::tracer
