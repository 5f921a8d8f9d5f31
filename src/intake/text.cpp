#include "intake/text.hpp"

namespace firstline::intake {

std::string_view trimmed(std::string_view text) {
  constexpr std::string_view wide[] = {"\xe3\x80\x80", "\xc2\xa0"};
  for (bool more = true; more;) {
    more = false;
    while (!text.empty() && (static_cast<unsigned char>(text.front()) <= ' ')) text.remove_prefix(1);
    while (!text.empty() && (static_cast<unsigned char>(text.back()) <= ' ')) text.remove_suffix(1);
    for (const std::string_view space : wide) {
      if (text.starts_with(space)) text.remove_prefix(space.size()), more = true;
      if (text.ends_with(space)) text.remove_suffix(space.size()), more = true;
    }
  }
  return text;
}

std::string plain(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto c = static_cast<unsigned char>(text[i]);
    // U+FF01..U+FF5E are U+0021..U+007E drawn wide: EF BC 81..BF and EF BD 80..9E.
    if (c == 0xef && i + 2 < text.size()) {
      const auto second = static_cast<unsigned char>(text[i + 1]), third = static_cast<unsigned char>(text[i + 2]);
      const int wide = second == 0xbc ? third - 0x81 + 0x21 : second == 0xbd ? third - 0x80 + 0x60 : 0;
      if (wide >= 0x21 && wide <= 0x7e) {
        out += static_cast<char>(wide >= 'A' && wide <= 'Z' ? wide + 32 : wide);
        i += 2;
        continue;
      }
    }
    if (c == 0xe3 && text.substr(i, 3) == "\xe3\x80\x80") {
      i += 2;
      continue;
    }
    if (c <= ' ') continue;
    out += static_cast<char>(c >= 'A' && c <= 'Z' ? c + 32 : c);
  }
  return out;
}

std::string digits_in(std::string_view text) {
  std::string digits;
  for (const char c : text) {
    if (c >= '0' && c <= '9') digits += c;
    else if (!digits.empty()) break;
  }
  const auto first = digits.find_first_not_of('0');
  return first == digits.npos ? digits.substr(0, digits.empty() ? 0 : 1) : digits.substr(first);
}

}  // namespace firstline::intake
