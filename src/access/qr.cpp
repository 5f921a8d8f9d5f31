#include "access/qr.hpp"

#include <qrcodegen/qrcodegen.hpp>

namespace firstline::access {

std::string qr_svg(std::string_view text, QrLevel level) {
  constexpr int quiet = 4;
  const auto& grade = level == QrLevel::quartile ? qrcodegen::QrCode::Ecc::QUARTILE : qrcodegen::QrCode::Ecc::MEDIUM;
  const auto code = qrcodegen::QrCode::encodeText(std::string(text).c_str(), grade);
  const std::string size = std::to_string(code.getSize() + 2 * quiet);
  std::string path;
  for (int y = 0; y < code.getSize(); ++y) {
    for (int x = 0; x < code.getSize(); ++x) {
      if (!code.getModule(x, y)) continue;
      int width = 1;
      while (x + width < code.getSize() && code.getModule(x + width, y)) ++width;
      path += "M" + std::to_string(x + quiet) + "," + std::to_string(y + quiet) + "h" + std::to_string(width) + "v1h-" +
              std::to_string(width) + "z";
      x += width - 1;
    }
  }
  return "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 " + size + " " + size +
         "\" shape-rendering=\"crispEdges\"><rect width=\"100%\" height=\"100%\" fill=\"#fff\"/><path fill=\"#000\" "
         "d=\"" +
         path + "\"/></svg>";
}

}  // namespace firstline::access
