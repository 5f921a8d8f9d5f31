#pragma once

// Health readings as plain values: what colour a health code had, and how far a nucleic acid test has come.
// The community reads colours and results and never gives them: nothing here can make one.
// Pure: also compiled for the keeper's phone. Holds no rule; how long a negative counts is policy, decided in `gate`.

#include <cstdint>
#include <optional>
#include <string>

#include "base/time.hpp"

namespace firstline::health {

// Health code (健康码).
enum class CodeColour : std::uint8_t { green, yellow, red };  // Mildest first.
// How sure we are of a reading, surest first: a verified signature, an answer of the code's own system, a keeper's eye.
enum class EvidenceGrade : std::uint8_t { signed_code, connector, visual };

struct CodeReading {
  CodeColour colour = CodeColour::green;
  EvidenceGrade grade = EvidenceGrade::visual;
  Instant read_at{};   // When the colour was true, by the reader's clock.
  std::string source;  // The system or the keeper's device that said so; never a person's name.
  bool operator==(const CodeReading&) const = default;
};

// Nucleic acid test (核酸检测), of one sample.
enum class NatState : std::uint8_t { not_sampled, sampled, testing, negative, pool_abnormal, positive, invalid };

struct NegativeResult {
  Instant sampled_at{};
  Instant reported_at{};
  bool operator==(const NegativeResult&) const = default;
};

struct NatStatus {
  NatState state = NatState::not_sampled;       // Of the latest sample.
  std::optional<NegativeResult> last_negative;  // Of whichever sample; a new one in testing does not void it.
  bool operator==(const NatStatus&) const = default;
};

// What a gate may ask about one person's health.
struct Standing {
  std::optional<CodeReading> code;  // The latest reading.
  NatStatus nat;
  bool operator==(const Standing&) const = default;
};

}  // namespace firstline::health
