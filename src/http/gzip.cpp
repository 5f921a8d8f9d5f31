#include "http/gzip.hpp"

#include <zlib.h>

#include "base/check.hpp"

namespace firstline::http {

namespace {
constexpr int level = 4;              // A gate pack: half the time of 6, a few per cent more bytes.
constexpr int window_bits = 15 + 16;  // 16: with gzip's own head.
constexpr int memory_level = 9;
}  // namespace

std::string gzip(std::string_view text) {
  z_stream stream{};
  const int begun = deflateInit2(&stream, level, Z_DEFLATED, window_bits, memory_level, Z_DEFAULT_STRATEGY);
  FL_CHECK(begun == Z_OK);
  std::string out(deflateBound(&stream, text.size()), '\0');
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(text.data()));
  stream.avail_in = static_cast<uInt>(text.size());
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = static_cast<uInt>(out.size());
  const int ended = deflate(&stream, Z_FINISH);
  FL_CHECK(ended == Z_STREAM_END);
  out.resize(stream.total_out);
  deflateEnd(&stream);
  return out;
}

}  // namespace firstline::http
