#include "trace/command.hpp"

#include <algorithm>
#include <array>
#include <memory>

#include "trace/answer_file.hpp"
#include "trace/exposure.hpp"
#include "trace/parallel.hpp"
#include "trace/scan_file.hpp"

namespace firstline::trace {
namespace {

constexpr std::size_t cases_ahead = 64;

struct Answer {
  std::string text;
  std::uint64_t rows = 0;
};

}  // namespace

Result<CommandCounts> trace_files(const CommandRequest& request) {
  FL_TRY(std::vector<Case> cases, read_case_file(request.cases_path));
  FL_TRY(std::vector<std::vector<Scan>> scans, read_scan_file(request.scans_path, request.threads));
  std::stable_sort(cases.begin(), cases.end(), [](const Case& a, const Case& b) { return a.person < b.person; });
  Index index({.open_rows = 1, .threads = request.threads});
  index.begin_with(std::move(scans));
  const Index::View view = index.view();

  FL_TRY(AnswerFile out, AnswerFile::create(request.out_path));
  out.write(std::string(contact_heading) + "\n");
  CommandCounts counts{view.scans(), cases.size(), 0};
  const unsigned threads = threads_of(request.threads);
  std::vector<std::unique_ptr<Exposure>> exposures;
  for (unsigned thread = 0; thread < threads; ++thread)
    exposures.push_back(std::make_unique<Exposure>(view, request.rule));
  in_parallel_in_order(
      cases.size(), threads, cases_ahead,
      [&](unsigned thread, std::size_t at) {
        Answer answer;
        for (const Contact& contact : exposures[thread]->contacts_of(cases[at])) {
          write_row(answer.text, std::array{cases[at].person, contact.person, contact.encounters,
                                            contact.overlap_seconds, contact.first, contact.last});
          ++answer.rows;
        }
        return answer;
      },
      [&](const Answer& answer) {
        out.write(answer.text);
        counts.rows += answer.rows;
      });
  FL_TRYV(out.finish());
  return counts;
}

}  // namespace firstline::trace
