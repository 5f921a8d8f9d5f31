// JSON bodies as the gate takes them: what is read must be written and read again to the same text.

#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "gate/api.hpp"
#include "json/json.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using firstline::gate::api::PassageCommand;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  if (const auto command = firstline::json::read<PassageCommand>(text)) {
    const std::string once = firstline::json::write(*command);
    const auto again = firstline::json::read<PassageCommand>(once);
    if (!again || firstline::json::write(*again) != once) std::abort();
  }
  (void)firstline::json::read<firstline::gate::Presented>(text);
  return 0;
}
