#pragma once

// Seal orders as plain values: how strictly a place is closed. Pure: also compiled for the keeper's phone.

#include <cstdint>

namespace firstline::seal {

// Three zones (防范区、管控区、封控区), mildest first.
enum class Level : std::uint8_t { none, precautionary, controlled, sealed };

}  // namespace firstline::seal
