// Records of a phone's queue: what is read must be written and read again to the same text.

#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "json/json.hpp"
#include "offline/record_api.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace firstline;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto batch = json::read<offline::api::Batch>(text);
  if (!batch) return 0;
  for (const auto& unread : batch->records) {
    const auto record = json::from_value<offline::api::Record>(unread.value);
    if (!record) continue;
    const std::string once = json::write(*record);
    const auto again = json::read<offline::api::Record>(once);
    if (!again || json::write(*again) != once) std::abort();
  }
  return 0;
}
