// Times the trace index over a generated city and writes what it answers, so that other engines can be held against it.
// One JSON object on stdout. bench/README.md says what each figure is.
//
//   firstline_bench_trace --people N --outings PERCENT --cases N --depth 1|2 --linger S --overlap S --seconds N
//                         --sets N --set-cases N --append 0|1 --out DIR

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <map>
#include <memory>
#include <string>
#include <thread>

#include "drill/city.hpp"
#include "trace/answer_file.hpp"
#include "trace/exposure.hpp"
#include "trace/parallel.hpp"
#include "trace/scan_file.hpp"

namespace firstline {
namespace {

using Blocks = std::vector<std::vector<trace::Scan>>;

double wall() { return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count(); }

// Of all threads of this process: what it took, whatever ran beside it.
double cpu() {
  timespec now{};
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) * 1e-9;
}

// Of this thread alone.
double thread_cpu() {
  timespec now{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) * 1e-9;
}

struct Words {
  std::map<std::string, std::string> given;
  Words(int count, char** words) {
    for (int at = 1; at + 1 < count; at += 2) given[std::string(words[at]).substr(2)] = words[at + 1];
  }
  std::int64_t number(const std::string& name) const { return std::strtoll(given.at(name).c_str(), nullptr, 10); }
};

Blocks scans_of(const drill::City& city) {
  Blocks blocks(city.parts());
  trace::in_parallel(city.parts(), trace::threads_of(0),
                     [&](unsigned, std::size_t part) { blocks[part] = city.scans(part); });
  return blocks;
}

void must(const Result<void>& done) {
  if (done) return;
  std::fprintf(stderr, "%s %s\n", done.error().reason.c_str(), done.error().where.c_str());
  std::exit(3);
}

trace::AnswerFile file_at(const std::string& path, std::string_view heading) {
  auto file = trace::AnswerFile::create(path);
  if (!file) must(tl::unexpected(file.error()));
  file->write(std::string(heading) + "\n");
  return std::move(*file);
}

void write_scans(const std::string& path, const Blocks& blocks) {
  auto file = file_at(path, trace::scan_heading);
  trace::in_parallel_in_order(
      blocks.size(), trace::threads_of(0), 16,
      [&](unsigned, std::size_t at) {
        std::string text;
        for (const auto& scan : blocks[at])
          trace::write_row(text, std::array{scan.person, scan.place, scan.enter, scan.leave});
        return text;
      },
      [&](const std::string& text) { file.write(text); });
  must(file.finish());
}

void write_cases(const std::string& path, const std::vector<trace::Case>& cases) {
  auto file = file_at(path, trace::case_heading);
  std::string text;
  for (const auto& one : cases) trace::write_row(text, std::array{one.person, one.from, one.until});
  file.write(text);
  must(file.finish());
}

// Every case's rows, kept, on all cores: what a caller would get.
struct Answers {
  std::vector<std::vector<trace::Contact>> rows;
  double wall_seconds = 0, cpu_seconds = 0;
  std::uint64_t count() const {
    std::uint64_t sum = 0;
    for (const auto& one : rows) sum += one.size();
    return sum;
  }
};

Answers ask(const trace::Index& index, const trace::Rule& rule, const std::vector<trace::Case>& cases,
            unsigned threads) {
  Answers answers;
  const double begin = wall(), cpu_begin = cpu();
  answers.rows.resize(cases.size());
  const trace::Index::View view = index.view();
  std::vector<std::unique_ptr<trace::Exposure>> exposures;
  for (unsigned thread = 0; thread < threads; ++thread)
    exposures.push_back(std::make_unique<trace::Exposure>(view, rule));
  constexpr std::size_t together = 16;
  trace::in_parallel((cases.size() + together - 1) / together, threads, [&](unsigned thread, std::size_t part) {
    for (std::size_t at = part * together; at < std::min(cases.size(), (part + 1) * together); ++at) {
      if (at + 4 < cases.size()) exposures[thread]->expect(cases[at + 4]);
      answers.rows[at] = exposures[thread]->contacts_of(cases[at]);
    }
  });
  answers.wall_seconds = wall() - begin;
  answers.cpu_seconds = cpu() - cpu_begin;
  return answers;
}

void write_answers(const std::string& path, std::vector<trace::Case> cases, const trace::Index& index,
                   const trace::Rule& rule) {
  std::sort(cases.begin(), cases.end(), [](const auto& a, const auto& b) { return a.person < b.person; });
  auto file = file_at(path, trace::contact_heading);
  trace::Exposure exposure(index.view(), rule);
  for (const auto& one : cases) {
    std::string text;
    for (const auto& row : exposure.contacts_of(one))
      trace::write_row(text,
                       std::array{one.person, row.person, row.encounters, row.overlap_seconds, row.first, row.last});
    file.write(text);
  }
  must(file.finish());
}

double median(std::vector<double> values) {
  std::nth_element(values.begin(), values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2), values.end());
  return values[values.size() / 2];
}

// The days before the last are there; the last one's scans arrive in the order of time, while one thread settles and
// one asks. Every answer is of a view taken the moment before.
void time_appending(const Blocks& all, const trace::Rule& rule, const std::vector<trace::Case>& cases) {
  Blocks before;
  std::vector<trace::Scan> last;
  std::int64_t latest = INT64_MIN;
  for (const auto& block : all)
    for (const auto& scan : block) latest = std::max(latest, scan.enter);
  const std::int64_t midnight = trace::day_of(latest) * trace::day_seconds;
  for (const auto& block : all) {
    if (!block.empty() && block.front().enter >= midnight) last.insert(last.end(), block.begin(), block.end());
    else before.push_back(block);
  }
  std::sort(last.begin(), last.end(), [](const auto& a, const auto& b) { return a.enter < b.enter; });
  trace::Index index;
  index.begin_with(std::move(before));
  std::atomic<bool> done{false};
  std::vector<double> seconds;
  double settled = 0;
  std::jthread settler([&] {
    const double begin = wall();
    while (!done)
      if (!index.settle()) std::this_thread::sleep_for(std::chrono::milliseconds(5));
    settled = wall() - begin;
  });
  std::jthread reader([&] {
    for (std::size_t at = 0; !done; at = (at + 1) % cases.size()) {
      const double begin = wall();
      trace::Exposure exposure(index.view(), rule);
      (void)exposure.contacts_of(cases[at]);
      seconds.push_back(wall() - begin);
      std::this_thread::sleep_for(std::chrono::milliseconds(1));
    }
  });
  const double begin = wall(), cpu_begin = thread_cpu();
  for (const auto& scan : last) index.append(scan);
  const double took = wall() - begin, took_cpu = thread_cpu() - cpu_begin;
  done = true;
  reader.join();
  settler.join();
  std::sort(seconds.begin(), seconds.end());
  std::printf(
      ",\"appended\":%zu,\"appends_per_second\":%.0f,\"appends_per_second_core\":%.0f,\"answers_while_appending\":%zu,"
      "\"answer_while_appending_p50_us\":%.1f,\"answer_while_appending_p99_us\":%.1f",
      last.size(), static_cast<double>(last.size()) / took, static_cast<double>(last.size()) / took_cpu, seconds.size(),
      seconds.empty() ? 0.0 : seconds[seconds.size() / 2] * 1e6,
      seconds.empty() ? 0.0 : seconds[seconds.size() * 99 / 100] * 1e6);
}

int run(const Words& words) {
  const drill::CityOptions options{
      .people = words.number("people"), .days = 14, .seed = 1, .outings_percent = words.number("outings")};
  const drill::City city(options);
  const std::string out = words.given.at("out");
  const trace::Rule rule{words.number("linger"), words.number("overlap"),
                         static_cast<trace::Depth>(words.number("depth"))};
  trace::Rule direct = rule;
  direct.depth = trace::Depth::contacts;
  const auto cases = city.cases(words.number("cases"), 1);

  Blocks blocks = scans_of(city);
  std::uint64_t scans = 0;
  for (const auto& block : blocks) scans += block.size();
  write_scans(out + "/scans.csv", blocks);
  write_cases(out + "/cases.csv", cases);

  std::printf("{\"people\":%lld", static_cast<long long>(options.people));
  if (words.number("append")) time_appending(blocks, direct, city.cases(1000, 5));

  trace::Index index;
  const double begin = wall(), cpu_begin = cpu();
  index.begin_with(std::move(blocks));
  const double built = wall() - begin, built_cpu = cpu() - cpu_begin;
  std::printf(",\"scans\":%llu,\"build_seconds\":%.3f,\"build_scans_per_second_core\":%.0f,\"bytes_per_scan\":%.2f",
              static_cast<unsigned long long>(scans), built, static_cast<double>(scans) / built_cpu,
              static_cast<double>(index.memory_bytes()) / static_cast<double>(scans));

  // On one thread and on all: waking others costs more than a few cases do, and on a busy machine much more.
  std::vector<double> walls, cpus;
  std::uint64_t rows = 0;
  double wall_ms = 1e300;
  for (const unsigned threads : {1u, trace::threads_of(0)}) {
    walls.clear(), cpus.clear();
    const double questions_end = wall() + static_cast<double>(words.number("seconds"));
    while (walls.size() < 3 || (walls.size() < 1001 && wall() < questions_end)) {
      const Answers answers = ask(index, rule, cases, threads);
      walls.push_back(answers.wall_seconds * 1e3);
      cpus.push_back(answers.cpu_seconds * 1e3);
      rows = answers.count();
    }
    std::printf(",\"answer_ms_on_%u\":%.4f,\"answer_cpu_ms_on_%u\":%.4f", threads, median(walls), threads,
                median(cpus));
    if (median(walls) >= wall_ms) continue;
    wall_ms = median(walls);
    std::printf(",\"answer_ms\":%.4f,\"answer_cpu_ms\":%.4f", wall_ms, median(cpus));
  }
  std::printf(",\"rows\":%llu", static_cast<unsigned long long>(rows));

  // One case at a time, each another one.
  const auto many = city.cases(20'000, 7);
  std::vector<double> each;
  trace::Exposure exposure(index.view(), direct);
  for (const auto& one : many) {
    const double one_begin = wall();
    (void)exposure.contacts_of(one);
    each.push_back((wall() - one_begin) * 1e6);
  }
  std::sort(each.begin(), each.end());
  std::printf(",\"one_case_p50_us\":%.1f,\"one_case_p99_us\":%.1f", each[each.size() / 2],
              each[each.size() * 99 / 100]);

  for (std::int64_t set = 1; set <= words.number("sets"); ++set) {
    const auto some = city.cases(words.number("set-cases"), 100 + static_cast<std::uint64_t>(set));
    const std::string name = out + "/set-" + std::to_string(set);
    write_cases(name + ".csv", some);
    trace::Rule further = direct;
    further.depth = trace::Depth::contacts_of_contacts;
    write_answers(name + "-depth-1.csv", some, index, direct);
    write_answers(name + "-depth-2.csv", some, index, further);
  }
  std::printf("}\n");
  return 0;
}

}  // namespace
}  // namespace firstline

int main(int count, char** words) { return firstline::run(firstline::Words(count, words)); }
