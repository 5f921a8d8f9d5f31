#pragma once

// FL_CHECK(condition): a promise of our own code. Debug builds and tests abort; in release it throws BrokenPromise,
// which the request boundary turns into status 500, a roll-back and an alarm. It is never used on outside input.

#include <stdexcept>

namespace firstline {

struct BrokenPromise : std::logic_error {
  using std::logic_error::logic_error;
};

[[noreturn]] void broken_promise(const char* condition, const char* file, int line);

}  // namespace firstline

#define FL_CHECK(condition) \
  (static_cast<bool>(condition) ? void(0) : ::firstline::broken_promise(#condition, __FILE__, __LINE__))
