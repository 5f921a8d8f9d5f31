#pragma once

// Time-based one-time passwords (RFC 6238) with HMAC-SHA1, 30 s steps and six digits: what every code app speaks.
// Decides whether six digits are right now; that a step is used once only is the account's row. Pure but for OpenSSL.

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/time.hpp"

namespace firstline::access {

inline constexpr int totp_step_seconds = 30;
inline constexpr std::size_t totp_secret_bytes_min = 20;  // RFC 4226 section 4, R6: 160 bits recommended.

std::int64_t totp_step(Instant now);
std::string totp_digits(std::span<const std::byte> secret, std::int64_t step, int digits = 6);
// The step that the digits belong to, if it is the current one or a neighbour and later than `last_used_step`.
std::optional<std::int64_t> totp_accept(std::span<const std::byte> secret, std::string_view digits, Instant now,
                                        std::int64_t last_used_step);
// RFC 4648, upper case, no padding: the form in which code apps take a secret.
std::string totp_base32(std::span<const std::byte> secret);
// Back from that form, case and spaces forgiven; empty if it is not of that form.
std::optional<std::vector<std::byte>> totp_from_base32(std::string_view text);
// What an enrolment QR holds.
std::string totp_uri(std::string_view login, std::span<const std::byte> secret);

}  // namespace firstline::access
