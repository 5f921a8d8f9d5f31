// The resident's own code until signed codes exist: 16 bytes of keyed hash over (community, person, step), then the
// same 20 bytes hidden under a key stream drawn from that hash. Two codes of one person have nothing in common for
// anybody without the key, so that codes photographed at two gates cannot be joined.

#include <algorithm>
#include <cstring>

#include "person/service.hpp"

namespace firstline::person {
namespace {

constexpr std::string_view prefix = "FL0:";
constexpr std::size_t tag_bytes = 16, body_bytes = 20;

std::int64_t step_of(Instant now) { return to_millis(now) / (code_step_seconds * 1000); }

std::string body_text(PersonRef person, std::int64_t step) {
  std::string body;
  const auto put = [&](std::int64_t value, int bytes) {
    for (int i = bytes - 1; i >= 0; --i) body += static_cast<char>((value >> (8 * i)) & 0xff);
  };
  put(person.community_id.value, 8);
  put(person.person_id.value, 8);
  put(step, 4);
  return body;
}

std::int64_t number_at(std::string_view body, std::size_t at, std::size_t bytes) {
  std::int64_t value = 0;
  for (std::size_t i = 0; i < bytes; ++i) value = (value << 8) | static_cast<unsigned char>(body[at + i]);
  return value;
}

std::string_view view(std::span<const std::byte> bytes) {
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

std::string hidden(const FieldKey& key, std::string_view tag, std::string_view body) {
  const Digest stream = key.mac(KeyUse::personal_code, "stream" + std::string(tag));
  std::string out(body);
  for (std::size_t i = 0; i < out.size(); ++i) out[i] = static_cast<char>(out[i] ^ std::to_integer<char>(stream[i]));
  return out;
}

Digest tag_of(const FieldKey& key, std::string_view body) {
  return key.mac(KeyUse::personal_code, "tag" + std::string(body));
}

}  // namespace

PersonalCode personal_code(const FieldKey& key, PersonRef person, Instant now) {
  const std::int64_t step = step_of(now);
  const std::string body = body_text(person, step);
  const Digest digest = tag_of(key, body);
  const std::string tag(view(std::span(digest).first(tag_bytes)));
  const std::string token = tag + hidden(key, tag, body);
  const auto bytes = std::as_bytes(std::span(token));
  return {std::string(prefix) + base32(bytes), code_step_seconds, from_millis((step + 1) * code_step_seconds * 1000)};
}

Result<PersonRef> read_personal_code(const FieldKey& key, std::string_view token, Instant now) {
  const auto unknown = [] { return fail(FaultCode::not_found, "person.unknown_code", {}, "/token"); };
  if (!token.starts_with(prefix) || token.size() > 100) return unknown();
  const auto bytes = parse_base32(token.substr(prefix.size()));
  if (!bytes || bytes->size() != tag_bytes + body_bytes) return unknown();
  const std::string_view tag = view(*bytes).substr(0, tag_bytes);
  const std::string body = hidden(key, tag, view(*bytes).substr(tag_bytes));
  const Digest expected = tag_of(key, body);
  if (!equal_in_constant_time(std::span(expected).first(tag_bytes), std::span(*bytes).first(tag_bytes)))
    return unknown();
  const std::int64_t behind = (step_of(now) & 0xffffffff) - number_at(body, 16, 4);
  if (behind < -1 || behind > 1) return fail(FaultCode::stale, "code.expired", {}, "/token");
  return PersonRef{{number_at(body, 0, 8)}, {number_at(body, 8, 8)}};
}

}  // namespace firstline::person
