#include <algorithm>

#include "credential/cbor.hpp"

namespace firstline::credential {

void CborWriter::head(unsigned major, std::uint64_t argument) {
  const int width = argument < 24 ? 0 : argument <= 0xff ? 1 : argument <= 0xffff ? 2 : argument <= 0xffffffff ? 4 : 8;
  const unsigned info = width == 0 ? static_cast<unsigned>(argument)
                                   : 24u + (width == 1   ? 0u
                                            : width == 2 ? 1u
                                            : width == 4 ? 2u
                                                         : 3u);
  out_ += static_cast<char>((major << 5) | info);
  for (int shift = 8 * (width - 1); shift >= 0; shift -= 8) out_ += static_cast<char>((argument >> shift) & 0xff);
}

CborWriter& CborWriter::integer(std::int64_t value) {
  if (value >= 0) head(0, static_cast<std::uint64_t>(value));
  else head(1, static_cast<std::uint64_t>(-1 - value));
  return *this;
}
CborWriter& CborWriter::octets(std::string_view value) {
  head(2, value.size());
  out_ += value;
  return *this;
}
CborWriter& CborWriter::text(std::string_view value) {
  head(3, value.size());
  out_ += value;
  return *this;
}
CborWriter& CborWriter::array(std::uint64_t items) {
  head(4, items);
  return *this;
}
CborWriter& CborWriter::map(std::uint64_t pairs) {
  head(5, pairs);
  return *this;
}
CborWriter& CborWriter::tag(std::uint64_t number) {
  head(6, number);
  return *this;
}
CborWriter& CborWriter::boolean(bool value) {
  out_ += static_cast<char>(value ? 0xf5 : 0xf4);
  return *this;
}
CborWriter& CborWriter::raw(std::string_view encoded) {
  out_ += encoded;
  return *this;
}
CborWriter& CborWriter::sorted_map(std::vector<std::pair<std::string, std::string>> pairs) {
  std::sort(pairs.begin(), pairs.end());
  map(pairs.size());
  for (const auto& [key, value] : pairs) raw(key).raw(value);
  return *this;
}

}  // namespace firstline::credential
