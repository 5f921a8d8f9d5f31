#include "base/check.hpp"

#include <cstdio>
#include <cstdlib>
#include <string>

namespace firstline {

void broken_promise(const char* condition, const char* file, int line) {
  std::fprintf(stderr, "FL_CHECK failed: %s at %s:%d\n", condition, file, line);
#ifdef FL_CHECK_ABORTS
  std::abort();
#else
  throw BrokenPromise(std::string(condition) + " at " + file + ":" + std::to_string(line));
#endif
}

}  // namespace firstline
