#pragma once

// Tokens and codes: how they are made, and what of them is kept. 256 random bits, or a keyed hash that a repeated
// command makes again, so that the first answer can be given twice without having kept the token.

#include <string>
#include <string_view>

#include "access/store.hpp"
#include "base/clock.hpp"
#include "base/id.hpp"
#include "person/field_key.hpp"

namespace firstline::access {

inline Digest token_hash(const person::FieldKey& key, std::string_view token) {
  return key.mac(person::KeyUse::token_hash, token);
}

inline std::string new_token(Random& random) {
  Digest bytes;
  random.fill(bytes);
  return person::base32(bytes);
}

inline std::string device_token(const person::FieldKey& key, const Uuid& command, std::string_view code) {
  return person::base32(key.mac(person::KeyUse::device_token, format_uuid(command) + " " + std::string(code)));
}

inline constexpr std::size_t enrolment_code_length = 8;  // 40 bits, for ten minutes, behind a limiter.
inline std::string enrolment_code(const person::FieldKey& key, const Uuid& command, GateId gate, AccountId by) {
  const std::string text = format_uuid(command) + " " + format_id(gate.value) + " " + format_id(by.value);
  return person::base32(key.mac(person::KeyUse::enrolment_code, text)).substr(0, enrolment_code_length);
}

inline bool is_live(const LoginSession& login, Instant now) {
  return now < login.expires_at && now - login.seen_at < Millis(login.idle_ms_max);
}

}  // namespace firstline::access
