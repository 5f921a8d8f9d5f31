#include "paper/sheet.hpp"

#include <thread>

#include <gtest/gtest.h>

// What fontconfig and cairo 1.16 keep until the end is theirs, not ours.
extern "C" const char* __lsan_default_suppressions() { return "leak:libcairo\nleak:libfontconfig\nleak:libpango"; }

namespace firstline::paper {
namespace {

Sheet sheet(std::size_t rows) {
  Sheet made;
  made.title = "通知书";
  made.foot = "demo";
  made.made_at = from_millis(1'647'327'600'000);
  made.blocks.push_back({Style::title, "通知书", {}});
  for (std::size_t i = 0; i < rows; ++i) made.blocks.push_back({Style::row, "项目 item", "内容 value"});
  return made;
}
// The root of the page tree stands in clear: "/Count 3".
std::size_t pages_of(const std::string& pdf) {
  const std::size_t at = pdf.find("/Count ");
  return at == pdf.npos ? 0 : std::stoul(pdf.substr(at + 7));
}

TEST(Sheet, IsAPdfOfAsManyPagesAsItNeeds) {
  const auto one = pdf_of(sheet(3));
  ASSERT_TRUE(one) << one.error().detail;
  EXPECT_TRUE(one->starts_with("%PDF-"));
  EXPECT_NE(one->find("%%EOF"), one->npos);
  EXPECT_EQ(pages_of(*one), 1u);
  EXPECT_EQ(pages_of(pdf_of(sheet(80)).value()), 3u);
  EXPECT_EQ(pages_of(pdf_of(Sheet{}).value()), 1u);
}

TEST(Sheet, IsTheSameFileForTheSameContent) { EXPECT_EQ(pdf_of(sheet(5)).value(), pdf_of(sheet(5)).value()); }

TEST(Sheet, MayBeDrawnByManyThreads) {
  const std::string wanted = pdf_of(sheet(5)).value();
  std::vector<std::thread> threads;
  std::vector<std::string> made(3);
  for (auto& each : made) threads.emplace_back([&each] { each = pdf_of(sheet(5)).value(); });
  for (auto& thread : threads) thread.join();
  for (const auto& each : made) EXPECT_EQ(each, wanted);
}

}  // namespace
}  // namespace firstline::paper
