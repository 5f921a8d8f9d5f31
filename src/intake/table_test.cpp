// Bytes to rows: what offices really send, and what would eat the machine.

#include "intake/table.hpp"

#include <fstream>

#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <zip.h>

namespace firstline::intake {
namespace {

using Cells = std::vector<std::string>;

std::string reason(const Result<std::vector<Row>>& result) { return result ? "" : result.error().reason; }

// A ZIP with these parts.
std::string zipped(const std::vector<std::pair<std::string, std::string>>& parts) {
  const std::string file = testing::TempDir() + "intake.zip";
  zip_t* archive = zip_open(file.c_str(), ZIP_CREATE | ZIP_TRUNCATE, nullptr);
  for (const auto& [name, text] : parts)
    zip_file_add(archive, name.c_str(), zip_source_buffer(archive, text.data(), text.size(), 0), ZIP_FL_OVERWRITE);
  zip_close(archive);
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

std::string book_of(const std::string& sheet) {
  return zipped(
      {{"xl/workbook.xml", R"(<workbook xmlns:r="r"><sheets><sheet name="a" r:id="rId1"/></sheets></workbook>)"},
       {"xl/_rels/workbook.xml.rels",
        R"(<Relationships><Relationship Id="rId1" Target="worksheets/sheet1.xml"/></Relationships>)"},
       {"xl/worksheets/sheet1.xml", "<worksheet><sheetData>" + sheet + "</sheetData></worksheet>"}});
}

TEST(Csv, ReadsQuotesSeparatorsAndLineEnds) {
  const auto rows = read_csv("a,\"b \"\"x\"\"\",\"c\r\nd\"\r\n\r\n 1 ,,3\n").value();
  ASSERT_EQ(rows.size(), 2u);
  EXPECT_EQ(rows[0].cells, (Cells{"a", "b \"x\"", "c\r\nd"}));
  EXPECT_EQ(rows[1].cells, (Cells{"1", "", "3"}));
  EXPECT_EQ(rows[1].line, 4) << "as an editor counts: a cell went over two lines, one line was empty";
  EXPECT_EQ(read_csv("a;b\n1;2").value()[1].cells, (Cells{"1", "2"}));
  EXPECT_EQ(read_csv("a\tb\n1\t2").value()[1].cells, (Cells{"1", "2"}));
}

TEST(Csv, ReadsTheEncodingsThatOfficesUse) {
  EXPECT_EQ(read_csv("\xef\xbb\xbf姓名,a").value()[0].cells[0], "姓名");
  EXPECT_EQ(read_csv("\xd0\xd5\xc3\xfb,a").value()[0].cells[0], "姓名") << "GB18030";
  EXPECT_EQ(read_csv(std::string_view("\xff\xfe\xd3\x59\x0d\x54,\0a\0", 10)).value()[0].cells[0], "姓名") << "UTF-16";
}

TEST(Csv, RefusesWhatIsNoList) {
  EXPECT_EQ(reason(read_csv("a,\"b\nc")), "table.unclosed_quote");
  EXPECT_EQ(reason(read_csv(" ,\n\n")), "table.empty");
  EXPECT_EQ(reason(read_csv(std::string("a\0b", 3))), "table.not_text");
  EXPECT_EQ(reason(read_csv(std::string(cell_bytes_max + 1, 'x'))), "table.cell_too_long");
  EXPECT_EQ(reason(read_csv(std::string(columns_max + 1, ','))), "table.too_many_columns");
  std::string many;
  for (int i = 0; i <= rows_max; ++i) many += "x\n";
  EXPECT_EQ(reason(read_csv(many)), "table.too_many_rows");
  EXPECT_EQ(reason(read_table(std::string(file_bytes_max + 1, 'x'))), "table.too_large");
  std::string wide;
  for (std::size_t i = 0; i <= cells_max / 50; ++i) wide += "x" + std::string(49, ',') + "\n";
  EXPECT_EQ(reason(read_csv(wide)), "table.too_large") << "too many cells";
  EXPECT_EQ(reason(read_table("\xd0\xcf\x11\xe0 old")), "table.old_excel");
}

TEST(Csv, KeepsFormulasFromBeingOnesAndReadsThemAgain) {
  EXPECT_EQ(csv_line({"=1+1", "-1层", "'x"}), "'=1+1,'-1层,'x\r\n");
  EXPECT_EQ(read_csv("a,b,c\n'=1+1,'-1层,'x").value()[1].cells, (Cells{"=1+1", "-1层", "'x"}));
}

TEST(Csv, WhatIsWrittenIsReadAgain) {
  rc::check([](std::vector<std::string> cells) {
    for (std::string& cell : cells) {
      std::erase_if(cell,
                    [](char c) { return static_cast<unsigned char>(c) < ' ' || static_cast<unsigned char>(c) > '~'; });
      while (!cell.empty() && cell.back() == ' ') cell.pop_back();
      while (!cell.empty() && cell.front() == ' ') cell.erase(0, 1);
      if (cell.size() > 1 && cell[0] == '\'') cell.insert(0, "x");  // Read as what keeps a formula from being one.
    }
    cells.resize(std::min<std::size_t>(cells.size(), 20));
    cells.insert(cells.begin(), {"a", "b", "c"});  // The separator is told by the first line.
    RC_ASSERT(read_csv("h,h,h\n" + csv_line(cells)).value()[1].cells == cells);
  });
}

TEST(Xlsx, ReadsWhatWasWritten) {
  const std::vector<Cells> rows{{"姓名", "身份证号"}, {"张三", "000102194001011234"}, {"", ""}, {"李四", ""}};
  const auto read = read_table(write_xlsx(rows).value()).value();
  ASSERT_EQ(read.size(), 3u);
  EXPECT_EQ(read[1].cells, rows[1]);
  EXPECT_EQ(read[2].line, 4);
  EXPECT_EQ(read[2].cells[0], "李四");
}

TEST(Xlsx, ReadsCellsOfEveryKindWhereTheyStand) {
  const auto rows =
      read_table(book_of(R"(<row r="7"><c r="B7"><v>42</v></c><c r="D7" t="inlineStr"><is><t>x</t></is></c>)"
                         R"(<c r="E7" t="e"><v>#N/A</v></c><c t="str"><f>A1</f><v>y</v></c></row>)"))
          .value();
  ASSERT_EQ(rows.size(), 1u);
  EXPECT_EQ(rows[0].line, 7);
  EXPECT_EQ(rows[0].cells, (Cells{"", "42", "", "x", "", "y"}));
}

TEST(Xlsx, RefusesWhatWouldEatTheMachine) {
  std::string many;
  for (int i = 0; i <= rows_max; ++i) many += "<row/>";
  EXPECT_EQ(reason(read_table(book_of(many))), "table.too_many_rows") << "empty rows count too";
  EXPECT_EQ(reason(read_table(book_of("<row><c r=\"A1\"><v>" + std::string(300'000'000, '1') + "</v></c></row>"))),
            "table.unpacks_too_large");
  EXPECT_EQ(reason(read_table(book_of("<row><c r=\"ZZZ1\"><v>1</v></c></row>"))), "table.too_many_columns");
  EXPECT_EQ(reason(read_table(book_of("<row><c r=\"A1\"><v>" + std::string(3000, '1') + "</v></c></row>"))),
            "table.cell_too_long");
}

TEST(Xlsx, RefusesWhatSaysMuchInFewBytes) {
  // Ten million rows of nothing: 60 MB of text, some 60 kB as a file.
  std::string many;
  for (int i = 0; i < 10'000'000; ++i) many += "<row/>";
  const std::string sheet = book_of(many);
  EXPECT_LT(sheet.size(), 1u << 20);
  EXPECT_EQ(reason(read_table(sheet)), "table.too_many_rows");
  // Two hundred megabytes in one cell.
  EXPECT_EQ(reason(read_table(book_of("<row><c r=\"A1\"><v>" + std::string(200u << 20, '1') + "</v></c></row>"))),
            "table.cell_too_long");
  // One text that a million cells point at, and texts without an end.
  const auto with_shared = [](const std::string& shared, const std::string& rows) {
    return zipped(
        {{"xl/workbook.xml", R"(<workbook xmlns:r="r"><sheets><sheet name="a" r:id="rId1"/></sheets></workbook>)"},
         {"xl/_rels/workbook.xml.rels",
          R"(<Relationships><Relationship Id="rId1" Target="worksheets/sheet1.xml"/></Relationships>)"},
         {"xl/sharedStrings.xml", "<sst>" + shared + "</sst>"},
         {"xl/worksheets/sheet1.xml", "<worksheet><sheetData>" + rows + "</sheetData></worksheet>"}});
  };
  std::string pointing;
  for (int i = 0; i < 200'000; ++i) pointing += "<row><c t=\"s\"><v>0</v></c></row>";
  EXPECT_EQ(reason(read_table(with_shared("<si><t>" + std::string(1500, 'x') + "</t></si>", pointing))),
            "table.unpacks_too_large");
  std::string nothing;
  for (std::size_t i = 0; i <= cells_max; ++i) nothing += "<si/>";
  EXPECT_EQ(reason(read_table(with_shared(nothing, "<row/>"))), "table.too_large");
  // A hundred cells a row by the name of the last.
  std::string wide;
  for (std::size_t i = 0; i <= cells_max / 100; ++i) wide += "<row><c r=\"CV1\"><v>1</v></c></row>";
  EXPECT_EQ(reason(read_table(book_of(wide))), "table.too_large");
}

TEST(Xlsx, RefusesWhatIsNoBook) {
  EXPECT_EQ(reason(read_table("PK\x03\x04 and no more")), "table.not_xlsx");
  EXPECT_EQ(reason(read_table(zipped({{"word/document.xml", "<a/>"}}))), "table.not_xlsx");
  EXPECT_EQ(reason(read_table(book_of("<row>"))), "table.not_xlsx") << "XML that does not close";
}

}  // namespace
}  // namespace firstline::intake
