#pragma once

// Counters for Prometheus. Cheap to add to from any thread; never holds anything about a person.

#include <array>
#include <atomic>
#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace firstline::http {

class Metrics {
 public:
  // Names of the routes, by index; the last three of the table are added here: "healthz", "pages", "refused".
  explicit Metrics(std::vector<std::string> routes);

  int healthz() const { return routes_count_; }
  int pages() const { return routes_count_ + 1; }
  int refused() const { return routes_count_ + 2; }  // Before any route was found.

  void answered(int route, unsigned status, std::chrono::steady_clock::duration took);

  std::atomic<std::int64_t> connections{0}, connections_total{0}, streams{0};
  std::atomic<std::uint64_t> alarms{0};  // Broken promises and other trouble of our own.

  struct Gauge {
    std::string name, help;
    std::function<double()> value;
  };
  // Before the server starts.
  void add_gauge(Gauge gauge) { gauges_.push_back(std::move(gauge)); }

  // Text format 0.0.4; `build` stands in firstline_build_info.
  std::string text(const std::string& version, const std::string& engine) const;

 private:
  static constexpr std::array<unsigned, 18> statuses{200, 204, 301, 302, 304, 400, 401, 403, 404,
                                                     405, 408, 409, 413, 415, 429, 431, 500, 503};
  static constexpr std::array<double, 12> bounds{0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025,
                                                 0.05,   0.1,   0.25,   0.5,   1,    2.5};
  struct Counters {
    std::array<std::atomic<std::uint64_t>, statuses.size() + 1> by_status{};
    std::array<std::atomic<std::uint64_t>, bounds.size() + 1> by_time{};
    std::atomic<std::uint64_t> microseconds{0};
  };

  int routes_count_;
  std::vector<std::string> names_;
  std::unique_ptr<Counters[]> counters_;
  std::vector<Gauge> gauges_;
};

}  // namespace firstline::http
