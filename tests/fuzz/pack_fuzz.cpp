// The TOML reader of policy packs: whatever the text, it answers with a pack or with faults, and a pack it accepts
// holds only values that the catalogue allows.

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "base/check.hpp"
#include "policy/library.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace firstline::policy;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const PackReading reading = read_pack(text, "fuzz.toml");
  FL_CHECK(reading.pack.has_value() == reading.faults.empty());
  if (!reading.pack) return 0;
  for (const auto& [name, parameter] : reading.pack->parameters) {
    FL_CHECK(parameter.entry && parameter.entry->name == name);
    FL_CHECK(check_value(*parameter.entry, parameter.value).has_value());
    FL_CHECK(!parameter.source.empty());
  }
  Library library;
  FL_CHECK(library.add(*reading.pack).has_value());
  static_cast<void>(gate_policy(library.in_force(reading.pack->area, reading.pack->valid_from)));
  return 0;
}
