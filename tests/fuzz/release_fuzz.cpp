// Questions of project-release: answered or refused with a place; the same question twice has the same answer.

#include <cstdint>
#include <cstdlib>

#include "seal/lines.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace firstline;
  static seal::ReleaseLines lines;
  const std::string_view question(reinterpret_cast<const char*>(data), size);
  const auto first = lines.answer(question), second = seal::ReleaseLines().answer(question);
  if (first.has_value() != second.has_value() || (first && *first != *second)) std::abort();
  if (!first && first.error().reason.empty()) std::abort();
  return 0;
}
