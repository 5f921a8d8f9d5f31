#include "credential/inflate.hpp"

#include <zlib.h>

#include "base/check.hpp"

namespace firstline::credential {
namespace {

// Kept from one stream to the next: making its window costs as much as a small stream.
class Stream {
 public:
  Stream() { FL_CHECK(inflateInit(&state_) == Z_OK); }
  ~Stream() { inflateEnd(&state_); }
  Stream(const Stream&) = delete;
  Stream& operator=(const Stream&) = delete;

  z_stream& begin(std::string_view in) {
    FL_CHECK(inflateReset(&state_) == Z_OK);
    state_.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(in.data()));  // zlib only reads it.
    state_.avail_in = static_cast<uInt>(in.size());
    return state_;
  }

 private:
  z_stream state_{};
};

}  // namespace

Result<std::string> inflate(std::string_view compressed, std::size_t bytes_max) {
  thread_local Stream kept;
  if (compressed.size() > inflated_bytes_max) return fail(FaultCode::invalid, "zlib.too_large");
  z_stream& stream = kept.begin(compressed);
  std::string out;
  constexpr std::size_t usual = 1024;
  while (true) {
    // One octet more than allowed, so that a stream of just the limit can end.
    const std::size_t had = out.size();
    const std::size_t room = std::min(std::max(usual, had * 2), bytes_max + 1);
    if (room == had) return fail(FaultCode::invalid, "zlib.too_large");
    out.resize(room);
    stream.next_out = reinterpret_cast<Bytef*>(out.data() + had);
    stream.avail_out = static_cast<uInt>(room - had);
    const bool at_start = stream.total_in == 0;
    const int state = ::inflate(&stream, Z_NO_FLUSH);
    out.resize(room - stream.avail_out);
    if (state == Z_STREAM_END) break;
    if (state == Z_NEED_DICT) return fail(FaultCode::invalid, "zlib.not_zlib");
    if (state == Z_DATA_ERROR)
      return fail(FaultCode::invalid, at_start && stream.total_in <= 2 ? "zlib.not_zlib" : "zlib.corrupt");
    if (state != Z_OK && state != Z_BUF_ERROR) return fail(FaultCode::invalid, "zlib.corrupt");
    if (stream.avail_out != 0) return fail(FaultCode::invalid, "zlib.truncated");
  }
  if (out.size() > bytes_max) return fail(FaultCode::invalid, "zlib.too_large");
  if (stream.avail_in != 0) return fail(FaultCode::invalid, "zlib.trailing");
  return out;
}

std::string deflate(std::string_view octets) {
  uLongf length = compressBound(static_cast<uLong>(octets.size()));
  std::string out(length, '\0');
  FL_CHECK(compress2(reinterpret_cast<Bytef*>(out.data()), &length, reinterpret_cast<const Bytef*>(octets.data()),
                     static_cast<uLong>(octets.size()), Z_BEST_COMPRESSION) == Z_OK);
  out.resize(length);
  return out;
}

}  // namespace firstline::credential
