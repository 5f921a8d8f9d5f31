// What a camera or a scanner gun may hand in: personal codes, ID numbers, ids. No forged code may be taken.

#include <array>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "person/id_number.hpp"
#include "person/service.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace firstline;
  static const std::array<std::byte, 32> secret{};
  static const person::FieldKey key{secret};
  const Instant now = from_millis(1647327600000);
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  // A code is 62 characters of which most are a keyed hash: chance does not make one.
  if (person::read_personal_code(key, text, now)) std::abort();
  (void)person::parse_id_number(text, civil_date(now));
  (void)parse_id(text);
  (void)parse_uuid(text);
  (void)parse_instant(text);
  return 0;
}
