#include "trace/model.hpp"

namespace firstline::trace {
namespace {

bool in_range(std::int64_t second) { return second >= second_min && second <= second_max; }

}  // namespace

const char* wrong_with(const Scan& scan) {
  if (!in_range(scan.enter) || !in_range(scan.leave)) return "trace.time_out_of_range";
  if (scan.leave < scan.enter) return "trace.leave_before_enter";
  return "";
}

const char* wrong_with(const Case& index_case) {
  if (!in_range(index_case.from) || !in_range(index_case.until)) return "trace.time_out_of_range";
  if (index_case.until < index_case.from) return "trace.until_before_from";
  return "";
}

const char* wrong_with(const Rule& rule) {
  if (rule.linger_seconds < 0 || rule.linger_seconds > second_max) return "trace.linger_out_of_range";
  if (rule.overlap_seconds_min < 0) return "trace.overlap_out_of_range";
  return "";
}

}  // namespace firstline::trace
