#pragma once

// A text as a QR code, drawn as one SVG path with the quiet zone of four modules that scanners expect.

#include <string>
#include <string_view>

namespace firstline::access {

// How much of it may be dirty: M for screens, Q for paper.
enum class QrLevel { medium, quartile };
// `text` of at most some hundred bytes.
std::string qr_svg(std::string_view text, QrLevel level = QrLevel::medium);

}  // namespace firstline::access
