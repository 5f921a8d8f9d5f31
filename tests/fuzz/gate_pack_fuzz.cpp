// A gate's pack as a phone is given it: whatever the text, it is read or refused, and what is read says the same again.

#include <cstdint>
#include <string_view>

#include "base/check.hpp"
#include "json/json.hpp"
#include "offline/api.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace firstline;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  if (const auto answer = json::read<offline::api::SignedPack>(text))
    static_cast<void>(json::read<offline::api::Pack>(answer->pack.text));
  const auto pack = json::read<offline::api::Pack>(text);
  if (!pack) return 0;
  const std::string written = json::write(*pack);
  const auto again = json::read<offline::api::Pack>(written);
  FL_CHECK(again.has_value());
  FL_CHECK(json::write(*again) == written);
  return 0;
}
