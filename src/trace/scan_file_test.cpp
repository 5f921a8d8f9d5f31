#include "trace/scan_file.hpp"

#include <array>

#include <gtest/gtest.h>

#include "base/clock.hpp"

namespace firstline::trace {
namespace {

std::string heading(std::string_view rows) { return std::string(scan_heading) + "\n" + std::string(rows); }

std::vector<Scan> read(const std::string& text) {
  const auto blocks = read_scans(text, "scans.csv", 2);
  EXPECT_TRUE(blocks) << text;
  std::vector<Scan> scans;
  if (blocks)
    for (const auto& block : *blocks) scans.insert(scans.end(), block.begin(), block.end());
  return scans;
}

TEST(ScanFile, reads) {
  const std::vector<Scan> wanted{{1, 2, 3, 4}, {-5, -6, -7, -7}};
  EXPECT_EQ(read("person,place,enter,leave\n1,2,3,4\n-5,-6,-7,-7\n"), wanted);
  EXPECT_EQ(read("person,place,enter,leave\n1,2,3,4\n-5,-6,-7,-7"), wanted) << "no line end at the end";
  EXPECT_EQ(read("person,place,enter,leave\r\n1,2,3,4\r\n-5,-6,-7,-7\r\n"), wanted) << "lines end with CRLF";
  EXPECT_EQ(read("\xEF\xBB\xBFperson,place,enter,leave\n1,2,3,4\n-5,-6,-7,-7\n"), wanted) << "byte order mark";
  EXPECT_EQ(read("1,2,3,4\n-5,-6,-7,-7\n"), wanted) << "no heading";
  EXPECT_EQ(read("person,place,enter,leave\n"), std::vector<Scan>{});
  EXPECT_EQ(read("person,place,enter,leave"), std::vector<Scan>{});
  EXPECT_EQ(read("-9223372036854775808,9223372036854775807,000000000000000000012,13\n"),
            (std::vector<Scan>{{INT64_MIN, INT64_MAX, 12, 13}}));
}

struct Refusal {
  std::string text;
  const char* reason;
  const char* where;
};

TEST(ScanFile, refuses_with_line_and_reason) {
  const Refusal refusals[] = {
      {"", "trace.heading", "scans.csv:1"},
      {"\n", "trace.heading", "scans.csv:1"},
      {"place,person,enter,leave\n1,2,3,4\n", "trace.heading", "scans.csv:1"},
      {"person,place,enter,leave,note\n", "trace.heading", "scans.csv:1"},
      {heading("1,2,3,4\n1,2,3\n"), "trace.columns", "scans.csv:3"},
      {heading("1,2,3,4,5\n"), "trace.columns", "scans.csv:2"},
      {heading("1,2,3,4,\n"), "trace.columns", "scans.csv:2"},
      {heading("1,2,3,4\n\n1,2,3,4\n"), "trace.not_a_whole_number", "scans.csv:3"},
      {heading("1,2,3,\n"), "trace.not_a_whole_number", "scans.csv:2"},
      {heading("1,2,,4\n"), "trace.not_a_whole_number", "scans.csv:2"},
      {heading("1,2,3,4 \n"), "trace.not_a_whole_number", "scans.csv:2"},
      {heading("1, 2,3,4\n"), "trace.not_a_whole_number", "scans.csv:2"},
      {heading("1,+2,3,4\n"), "trace.not_a_whole_number", "scans.csv:2"},
      {heading("1,--2,3,4\n"), "trace.not_a_whole_number", "scans.csv:2"},
      {heading("1,2,-,4\n"), "trace.not_a_whole_number", "scans.csv:2"},
      {heading("1,2,3.5,4\n"), "trace.not_a_whole_number", "scans.csv:2"},
      {heading("1,2,3e2,400\n"), "trace.not_a_whole_number", "scans.csv:2"},
      {heading("1,\"2\",3,4\n"), "trace.not_a_whole_number", "scans.csv:2"},
      {heading("1,2,3,4\r"), "trace.not_a_whole_number", "scans.csv:2"},
      {heading(std::string("1,2,3,4\0\n", 9)), "trace.not_a_whole_number", "scans.csv:2"},
      {heading("9223372036854775808,2,3,4\n"), "trace.not_a_whole_number", "scans.csv:2"},
      {heading("1,2,99999999999999999999,4\n"), "trace.not_a_whole_number", "scans.csv:2"},
      {heading("1,2,4,3\n"), "trace.leave_before_enter", "scans.csv:2"},
      {heading("1,2,3,1000000000001\n"), "trace.time_out_of_range", "scans.csv:2"},
      {heading("1,2,-1000000000001,4\n"), "trace.time_out_of_range", "scans.csv:2"},
      {heading("1,2,3,4\nx\n1,2,3\n"), "trace.not_a_whole_number", "scans.csv:3"},
  };
  for (const Refusal& refusal : refusals) {
    const auto scans = read_scans(refusal.text, "scans.csv", 1);
    ASSERT_FALSE(scans) << refusal.text;
    EXPECT_EQ(scans.error().reason, refusal.reason) << refusal.text;
    EXPECT_EQ(scans.error().where, refusal.where) << refusal.text;
  }
}

TEST(ScanFile, cases_are_as_strict) {
  const auto cases = read_cases("person,from,until\n7,-10,10\n7,5,5\n", "cases.csv");
  ASSERT_TRUE(cases);
  EXPECT_EQ(*cases, (std::vector<Case>{{7, -10, 10}, {7, 5, 5}}));
  EXPECT_EQ(read_cases("person,from,until\n7,10,9\n", "cases.csv").error().reason, "trace.until_before_from");
  EXPECT_EQ(read_cases("person,from,until\n7,10,9,8\n", "cases.csv").error().reason, "trace.columns");
  EXPECT_EQ(read_cases("person,until,from\n7,10,9\n", "cases.csv").error().reason, "trace.heading");
}

// A file of several pieces, read by two threads: nothing is lost at the seams, and the line of a fault is right.
TEST(ScanFile, pieces_meet_at_lines) {
  SeededRandom random(3);
  std::string text(scan_heading);
  text += '\n';
  std::vector<Scan> wanted;
  while (text.size() < 18'000'000) {
    const auto enter = static_cast<std::int64_t>(random.below(1u << random.below(31)));
    wanted.push_back({static_cast<std::int64_t>(random.next() >> random.below(60)),
                      static_cast<std::int64_t>(random.below(1000)), enter, enter + 5});
    write_row(text, std::array{wanted.back().person, wanted.back().place, wanted.back().enter, wanted.back().leave});
  }
  const auto blocks = read_scans(text, "scans.csv", 2);
  ASSERT_TRUE(blocks);
  EXPECT_GE(blocks->size(), 4u);
  EXPECT_EQ(read(text), wanted);
  const auto line = wanted.size() + 2;
  text += "1,2,3\n";
  EXPECT_EQ(read_scans(text, "scans.csv", 2).error().where, "scans.csv:" + std::to_string(line));
}

TEST(ScanFile, says_which_file_cannot_be_read) {
  const auto scans = read_scan_file("/nowhere/scans.csv", 1);
  ASSERT_FALSE(scans);
  EXPECT_EQ(scans.error().reason, "trace.file_unreadable");
}

}  // namespace
}  // namespace firstline::trace
