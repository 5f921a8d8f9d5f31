#pragma once

// The QR code in a PNG file. Only the command line reads pictures: pages read theirs in the browser.

#include <string>

#include "base/fault.hpp"

namespace firstline::app {

// Faults: picture.unreadable (no PNG, or larger than 40 megapixels), picture.no_code.
Result<std::string> read_qr_picture(const std::string& png_file);

}  // namespace firstline::app
