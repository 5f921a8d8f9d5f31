#pragma once

// Where somebody has to stay, as plain values. Pure: also compiled for the keeper's phone.

#include <cstdint>

namespace firstline::isolation {

// Isolation order (隔离医学观察): at home with outings on approval only, at home, at an isolation site. Mildest first.
enum class IsolationKind : std::uint8_t { none, home_monitoring, home, central };

}  // namespace firstline::isolation
