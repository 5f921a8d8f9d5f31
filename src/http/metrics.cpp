#include "http/metrics.hpp"

#include <algorithm>
#include <iterator>

#include <fmt/format.h>

namespace firstline::http {

Metrics::Metrics(std::vector<std::string> routes)
    : routes_count_(static_cast<int>(routes.size())), names_(std::move(routes)) {
  names_.insert(names_.end(), {"healthz", "pages", "refused"});
  counters_ = std::make_unique<Counters[]>(names_.size());
}

void Metrics::answered(int route, unsigned status, std::chrono::steady_clock::duration took) {
  Counters& counters = counters_[static_cast<std::size_t>(route)];
  const auto status_at =
      static_cast<std::size_t>(std::find(statuses.begin(), statuses.end(), status) - statuses.begin());
  const double seconds = std::chrono::duration<double>(took).count();
  const auto time_at =
      static_cast<std::size_t>(std::lower_bound(bounds.begin(), bounds.end(), seconds) - bounds.begin());
  counters.by_status[status_at].fetch_add(1, std::memory_order_relaxed);
  counters.by_time[time_at].fetch_add(1, std::memory_order_relaxed);
  counters.microseconds.fetch_add(static_cast<std::uint64_t>(seconds * 1e6), std::memory_order_relaxed);
}

std::string Metrics::text(const std::string& version, const std::string& engine) const {
  std::string out;
  const auto to = std::back_inserter(out);
  const auto head = [&](std::string_view name, std::string_view kind, std::string_view help) {
    fmt::format_to(to, "# HELP {} {}\n# TYPE {} {}\n", name, help, name, kind);
  };
  head("firstline_build_info", "gauge", "Version and database engine.");
  fmt::format_to(to, "firstline_build_info{{version=\"{}\",engine=\"{}\"}} 1\n", version, engine);
  head("firstline_connections", "gauge", "Open connections.");
  fmt::format_to(to, "firstline_connections {}\n", connections.load());
  head("firstline_connections_total", "counter", "Connections ever taken.");
  fmt::format_to(to, "firstline_connections_total {}\n", connections_total.load());
  head("firstline_streams", "gauge", "Open event streams.");
  fmt::format_to(to, "firstline_streams {}\n", streams.load());
  head("firstline_alarms_total", "counter", "Broken promises and other trouble of our own.");
  fmt::format_to(to, "firstline_alarms_total {}\n", alarms.load());
  for (const Gauge& gauge : gauges_) {
    head(gauge.name, "gauge", gauge.help);
    fmt::format_to(to, "{} {}\n", gauge.name, gauge.value());
  }
  head("firstline_requests_total", "counter", "Requests answered.");
  for (std::size_t r = 0; r < names_.size(); ++r) {
    for (std::size_t s = 0; s <= statuses.size(); ++s) {
      const auto count = counters_[r].by_status[s].load(std::memory_order_relaxed);
      if (count == 0) continue;
      const std::string status = s < statuses.size() ? std::to_string(statuses[s]) : "other";
      fmt::format_to(to, "firstline_requests_total{{route=\"{}\",status=\"{}\"}} {}\n", names_[r], status, count);
    }
  }
  head("firstline_request_seconds", "histogram", "From the request's first byte to its answer being ready.");
  for (std::size_t r = 0; r < names_.size(); ++r) {
    std::uint64_t sum = 0;
    for (const auto& count : counters_[r].by_time) sum += count.load(std::memory_order_relaxed);
    if (sum == 0) continue;
    std::uint64_t running = 0;
    for (std::size_t b = 0; b < bounds.size(); ++b) {
      running += counters_[r].by_time[b].load(std::memory_order_relaxed);
      fmt::format_to(to, "firstline_request_seconds_bucket{{route=\"{}\",le=\"{}\"}} {}\n", names_[r], bounds[b],
                     running);
    }
    running += counters_[r].by_time[bounds.size()].load(std::memory_order_relaxed);
    fmt::format_to(to, "firstline_request_seconds_bucket{{route=\"{}\",le=\"+Inf\"}} {}\n", names_[r], running);
    fmt::format_to(to, "firstline_request_seconds_sum{{route=\"{}\"}} {}\n", names_[r],
                   static_cast<double>(counters_[r].microseconds.load(std::memory_order_relaxed)) / 1e6);
    fmt::format_to(to, "firstline_request_seconds_count{{route=\"{}\"}} {}\n", names_[r], running);
  }
  return out;
}

}  // namespace firstline::http
