// What a program finds on a system and a rule does not need: somewhere to write, and somebody to catch an exception.
// Defined here so that the module asks nothing of whoever loads it. Whoever comes here is stopped: the page sees a
// trap.

#include <cstdint>
#include <exception>

#include <boost/assert/source_location.hpp>

#include "base/check.hpp"

namespace boost {

void throw_exception(const std::exception&) { __builtin_trap(); }
void throw_exception(const std::exception&, const source_location&) { __builtin_trap(); }

}  // namespace boost

namespace firstline {

void broken_promise(const char*, const char*, int) { __builtin_trap(); }

}  // namespace firstline

extern "C" {

void abort_message(const char*, ...) { __builtin_trap(); }

// The three calls that wasi-libc's messages of last resort would import. 8: no such file.
std::int32_t __imported_wasi_snapshot_preview1_fd_write(std::int32_t, std::int32_t, std::int32_t, std::int32_t) {
  return 8;
}
std::int32_t __imported_wasi_snapshot_preview1_fd_seek(std::int32_t, std::int64_t, std::int32_t, std::int32_t) {
  return 8;
}
std::int32_t __imported_wasi_snapshot_preview1_fd_close(std::int32_t) { return 8; }
}
