#pragma once

// What goes first when more is asked than can be done. An emergency at a gate waits for nobody; then the gates, then
// whoever is on duty, then everybody else. The server's own work has a queue's last place and is never turned away.

namespace firstline::store {

enum class Urgency { emergency, gate, duty, other, own };  // Most urgent first.
inline constexpr int urgencies = 5;

}  // namespace firstline::store
