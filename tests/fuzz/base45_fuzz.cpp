// What a camera reads: base45, zlib behind it, and times. What is read is written back the same.

#include <cstdint>
#include <cstdlib>
#include <string>

#include "credential/base45.hpp"
#include "credential/clock_text.hpp"
#include "credential/inflate.hpp"
#include "credential/text_codes.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace firstline::credential;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  if (const auto octets = from_base45(text); octets && to_base45(*octets) != text) std::abort();
  if (from_base45(to_base45(text)).value() != text) std::abort();
  if (const auto inflated = inflate(text); inflated && inflated->size() > inflated_bytes_max) std::abort();
  if (const auto octets = from_hex(to_hex(text)); !octets || *octets != text) std::abort();
  if (const auto octets = from_base64(to_base64(text)); !octets || *octets != text) std::abort();
  (void)from_base64(text);
  (void)parse_clock(text);
  return 0;
}
