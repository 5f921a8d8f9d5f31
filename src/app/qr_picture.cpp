#include "app/qr_picture.hpp"

#include <vector>

#define ZX_USE_UTF8 1  // Texts as std::string.
#include <ZXing/ReadBarcode.h>
#include <png.h>

namespace firstline::app {
namespace {

constexpr std::size_t pixels_max = 40'000'000;

struct Picture {
  int width = 0, height = 0;
  std::vector<png_byte> grey;
};

Result<Picture> read_png(const std::string& file) {
  png_image image{};
  image.version = PNG_IMAGE_VERSION;
  const auto refuse = [&] {
    png_image_free(&image);
    return fail(FaultCode::invalid, "picture.unreadable", image.message, file);
  };
  if (png_image_begin_read_from_file(&image, file.c_str()) == 0) return refuse();
  if (std::size_t{image.width} * image.height > pixels_max) return refuse();
  image.format = PNG_FORMAT_GRAY;
  Picture picture{static_cast<int>(image.width), static_cast<int>(image.height), {}};
  picture.grey.resize(PNG_IMAGE_SIZE(image));
  const png_color white{255, 255, 255};  // Behind whatever is see-through.
  if (png_image_finish_read(&image, &white, picture.grey.data(), 0, nullptr) == 0) return refuse();
  return picture;
}

}  // namespace

Result<std::string> read_qr_picture(const std::string& png_file) {
  FL_TRY(const Picture picture, read_png(png_file));
  ZXing::DecodeHints hints;
  hints.setFormats(ZXing::BarcodeFormat::QRCode).setTryHarder(true).setTryRotate(true);
  const auto found =
      ZXing::ReadBarcode({picture.grey.data(), picture.width, picture.height, ZXing::ImageFormat::Lum}, hints);
  if (!found.isValid()) return fail(FaultCode::not_found, "picture.no_code", {}, png_file);
  return found.text();
}

}  // namespace firstline::app
