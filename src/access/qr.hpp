#pragma once

// A text as a QR code, drawn as one SVG path with the quiet zone of four modules that scanners expect.

#include <string>
#include <string_view>

namespace firstline::access {

// `text` of at most some hundred bytes.
std::string qr_svg(std::string_view text);

}  // namespace firstline::access
