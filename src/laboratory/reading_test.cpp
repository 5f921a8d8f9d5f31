#include "laboratory/reading.hpp"

#include <sstream>

#include <gtest/gtest.h>

#include "laboratory/columns.hpp"
#include "laboratory/table_stream.hpp"

namespace firstline::laboratory {
namespace {

using health::NatState;
using health::TestKind;

struct Got {
  std::vector<ResultRow> results;
  std::vector<VaccinationRow> vaccinations;
  std::vector<Rejection> rejections;
  int nothing = 0;
  std::string fault;
};

Got read(const std::string& text, Kind kind = Kind::results) {
  Got got;
  const auto done = read_file([&] { return std::make_unique<std::istringstream>(text); }, kind,
                              [&](AnyRow row) -> Result<void> {
                                if (auto* result = std::get_if<ResultRow>(&row)) got.results.push_back(*result);
                                else if (auto* dose = std::get_if<VaccinationRow>(&row))
                                  got.vaccinations.push_back(*dose);
                                else if (auto* rejection = std::get_if<Rejection>(&row))
                                  got.rejections.push_back(*rejection);
                                else ++got.nothing;
                                return {};
                              });
  if (!done) got.fault = done.error().reason;
  return got;
}

Instant at(const char* text) { return parse_instant(text).value(); }

const std::string patient =
    R"({"resourceType":"Patient","id":"p1","identifier":[{"value":"MRN 7"},{"value":"11010519491231002X"}],)"
    R"("name":[{"family":"张","given":["三"]}],"telecom":[{"system":"phone","value":"13812345678"}]})";
const std::string specimen = R"({"resourceType":"Specimen","id":"s1","accessionIdentifier":{"value":"T7"},)"
                             R"("collection":{"collectedDateTime":"2022-03-15T08:00:00+08:00"}})";
// An observation with one thing in it said otherwise.
std::string observation(const std::string& from = {}, const std::string& to = {}) {
  std::string text =
      R"({"resourceType":"Observation","id":"o1","meta":{"versionId":"3"},"status":"final",)"
      R"("code":{"coding":[{"system":"http://loinc.org","code":"94500-6"}]},"subject":{"reference":"Patient/p1"},)"
      R"("specimen":{"reference":"Specimen/s1"},"effectiveDateTime":"2022-03-15T07:00:00Z",)"
      R"("issued":"2022-03-15T20:00:00+08:00",)"
      R"("valueCodeableConcept":{"coding":[{"system":"http://snomed.info/sct","code":"260415000"}]}})";
  if (!from.empty()) text.replace(text.find(from), from.size(), to);
  return text;
}

TEST(FhirFile, ABundleNamesItsPeopleBehindTheResults) {
  const std::string bundle =
      R"({"resourceType":"Bundle","type":"collection","entry":[{"fullUrl":"urn:uuid:9","resource":)" + observation() +
      R"(},{"resource":)" + patient + R"(},{"resource":)" + specimen + R"(}],"total":3})";
  const auto got = read(bundle);
  EXPECT_EQ(got.fault, "");
  ASSERT_EQ(got.results.size(), 1u);
  EXPECT_EQ(got.nothing, 2);
  const ResultRow& row = got.results[0];
  EXPECT_EQ(row.who.name, "张三");
  EXPECT_EQ(row.who.id_number, "11010519491231002X");
  EXPECT_EQ(row.who.phone, "13812345678");
  EXPECT_EQ(row.external_id, "o1");
  EXPECT_EQ(row.version, 3);
  EXPECT_EQ(row.kind, TestKind::nucleic_acid);
  EXPECT_EQ(row.state, NatState::negative);
  EXPECT_EQ(row.sampled_at, at("2022-03-15T08:00:00+08:00")) << "the sample knows better than the observation";
  EXPECT_EQ(row.reported_at, at("2022-03-15T20:00:00+08:00"));
  EXPECT_EQ(row.tube, "T7");
}

TEST(FhirFile, NdjsonAndOneResourceReadTheSame) {
  const auto lines =
      read(patient + "\n\n" + specimen + "\r\n" + observation() + "\n" + observation("\"o1\"", "\"o2\""));
  ASSERT_EQ(lines.results.size(), 2u);
  EXPECT_EQ(lines.results[0].line, 4);
  EXPECT_EQ(lines.results[1].line, 5);
  const auto alone = read(
      observation(R"("reference":"Patient/p1")", R"("identifier":{"value":"11010519491231002X"},"display":"张三")"));
  ASSERT_EQ(alone.results.size(), 1u);
  EXPECT_EQ(alone.results[0].who.name, "张三");
  EXPECT_EQ(alone.results[0].sampled_at, at("2022-03-15T07:00:00Z")) << "no such specimen: the observation's own time";
}

TEST(FhirFile, ReferencesOfEveryForm) {
  const auto refer = [](const std::string& reference, const std::string& full_url) {
    const std::string bundle = R"({"resourceType":"Bundle","entry":[{"fullUrl":")" + full_url + R"(","resource":)" +
                               patient + R"(},{"resource":)" + observation("Patient/p1", reference) + "}]}";
    const auto got = read(bundle);
    return got.results.size() == 1 ? got.results[0].who.name : got.rejections.at(0).code;
  };
  EXPECT_EQ(refer("urn:uuid:5", "urn:uuid:5"), "张三");
  EXPECT_EQ(refer("resource:0", "resource:0"), "张三");
  EXPECT_EQ(refer("https://lab/fhir/Patient/p1", "https://lab/fhir/Patient/p1"), "张三");
  EXPECT_EQ(refer("Patient/p1/_history/2", "urn:uuid:5"), "张三");
  EXPECT_EQ(refer("Patient/p2", "urn:uuid:5"), "fhir.no_patient");
  EXPECT_EQ(refer("#p1", "urn:uuid:5"), "fhir.no_patient");
  const auto inside =
      read(observation(R"("reference":"Patient/p1"})", R"("reference":"#p1"},"contained":[)" + patient + "]"));
  ASSERT_EQ(inside.results.size(), 1u);
}

TEST(FhirFile, WhatIsRefusedAndWhy) {
  const struct {
    const char *from, *to, *code;
  } rows[] = {
      {"\"final\"", "\"preliminary\"", "fhir.not_final"},
      {"\"final\"", "\"entered-in-error\"", "fhir.not_final"},
      {"94500-6", "718-7", "kind.unknown"},
      {"260415000", "1", "state.unknown"},
      {"\"id\":\"o1\",", "", "external_id.missing"},
      {"\"3\"", "\"W3\"", "version.not_a_number"},
      {"2022-03-15T20:00:00+08:00", "yesterday", "moment.unreadable"},
      {"Specimen/s1\"},\"effectiveDateTime\":\"2022-03-15T07:00:00Z", "x\"},\"effectiveDateTime\":\"2022-03-15",
       "moment.unreadable"},
  };
  int count = 0;
  for (const auto& row : rows) {
    const auto got = read(patient + "\n" + specimen + "\n" + observation(row.from, row.to));
    ASSERT_EQ(got.rejections.size(), 1u) << row.from;
    EXPECT_EQ(got.rejections[0].code, row.code);
    EXPECT_EQ(got.rejections[0].line, 3);
    EXPECT_EQ(rejection_words(row.code).code, row.code);
    ++count;
  }
  const std::pair<const char*, TestKind> kinds[] = {{"94558-4", TestKind::antigen},
                                                    {"LP6464-4", TestKind::nucleic_acid}};
  for (const auto& [code, kind] : kinds)
    EXPECT_EQ(read(patient + observation("94500-6", code)).results.at(0).kind, kind);
  const std::pair<const char*, NatState> states[] = {
      {"260373001", NatState::positive}, {"10828004", NatState::positive}, {"419984006", NatState::invalid}};
  for (const auto& [code, state] : states)
    EXPECT_EQ(read(patient + observation("260415000", code)).results.at(0).state, state);
  std::printf("fhir: %d refusals\n", count);
}

TEST(FhirFile, Vaccinations) {
  const std::string text =
      R"({"resourceType":"Immunization","id":"i1","status":"completed","vaccineCode":{"coding":[{"code":"510","display":"BIBP"}]},)"
      R"("patient":{"reference":"Patient/p1"},"occurrenceDateTime":"2021-06-01","protocolApplied":[{"doseNumberPositiveInt":2}],"lotNumber":"L1"})";
  const auto got = read(patient + "\n" + text, Kind::vaccinations);
  ASSERT_EQ(got.vaccinations.size(), 1u);
  EXPECT_EQ(got.vaccinations[0].dose, 2);
  EXPECT_EQ(got.vaccinations[0].product, "BIBP");
  EXPECT_EQ(got.vaccinations[0].lot, "L1");
  EXPECT_EQ(got.vaccinations[0].given_on, parse_date("2021-06-01"));
  EXPECT_EQ(read(patient + "\n" + text).nothing, 2) << "asked for results";
}

TEST(Pieces, WhatIsNoResourceIsRefused) {
  EXPECT_EQ(read("[1]").fault, "fhir.not_json");
  EXPECT_EQ(read("{\"a\":1").fault, "fhir.not_json");
  EXPECT_EQ(read("{\"entry\":[1]}").fault, "fhir.not_json");
  EXPECT_EQ(read("{\"entry\":[{\"a\":}]}").fault, "fhir.not_json");
  EXPECT_EQ(read("{} x").fault, "fhir.not_json");
  EXPECT_EQ(read("").fault, "table.empty");
  EXPECT_EQ(read("{\"a\":\"" + std::string(resource_bytes_max, 'x') + "\"}").fault, "fhir.resource_too_large");
  // "entry" as a value, inside a string, or deeper is not a Bundle's.
  EXPECT_EQ(read(R"({"a":"entry","b":["x"]})").nothing, 1);
  EXPECT_EQ(read(R"({"a":"\"entry\":[","b":{"entry":[1,{}]}})").nothing, 1);
  EXPECT_EQ(read(R"({"entry" : [ {} , {"entry":[{}]} ] , "x":[{}]}{})").nothing, 3);
}

const std::string headings = "样本编号,姓名,身份证号,采样时间,报告时间,检测结果,方法,管号,版本\n";

TEST(TableStream, RowsOfALaboratory) {
  const auto got = read("某某医学检验所\n\n" + headings +
                        "S1,张三,11010519491231002X,2022-03-15 08:00,2022/3/15 20:05:09,阴性,核酸,T1,2\n"
                        "S2,李四,,2022-03-15 08:00,,阴性,,,\n"
                        "S3,王五,1,2022-03-15,2022-03-15 09:00,阴性,,,\n"
                        "S4,王五,1,2022-03-15 08:00,2022-03-15 09:00,还好,,,\n"
                        ",王五,1,2022-03-15 08:00,2022-03-15 09:00,阳性,,,\n"
                        "S6,王五,1,2022-03-15 08:00,2022-03-15 09:00,阳性,闻一闻,,\n"
                        "S7,王五,1,2022-03-15 08:00,2022-03-15 09:00,混管异常,抗原,,v2\n");
  EXPECT_EQ(got.fault, "");
  ASSERT_EQ(got.results.size(), 2u);
  EXPECT_EQ(got.results[0].line, 4);
  EXPECT_EQ(got.results[0].version, 2);
  EXPECT_EQ(got.results[0].tube, "T1");
  EXPECT_EQ(got.results[0].sampled_at, at("2022-03-15T08:00:00+08:00"));
  EXPECT_EQ(got.results[0].reported_at, at("2022-03-15T20:05:09+08:00"));
  EXPECT_FALSE(got.results[1].reported_at);
  std::string codes;
  for (const auto& each : got.rejections) codes += std::to_string(each.line) + each.code + " ";
  EXPECT_EQ(codes, "6moment.unreadable 7state.unknown 8external_id.missing 9kind.unknown 10version.not_a_number ");
}

// Cut anywhere, the rows and their lines are those of the whole file.
TEST(TableStream, PiecesMakeTheSameRowsAsTheWhole) {
  for (const std::string& separator : {std::string(","), std::string(";"), std::string("\t")}) {
    std::string text = "\xef\xbb\xbf";
    const auto line = [&](const std::vector<std::string>& cells) {
      for (std::size_t i = 0; i < cells.size(); ++i) text += (i ? separator : "") + cells[i];
      text += "\r\n";
    };
    line({"样本编号", "姓名", "身份证号", "采样时间", "检测结果"});
    std::vector<int> lines;
    int at_line = 2;
    for (int i = 0; i < 2500; ++i) {
      lines.push_back(at_line);
      const bool folded = i % 7 == 0, blank = i % 11 == 0;
      line({"S" + std::to_string(i), folded ? "\"张,;\n\"\"三\"\"\"" : "张三", "1", "2022-03-15 08:00", "阴性"});
      at_line += folded ? 2 : 1;
      if (blank) text += "\r\n", ++at_line;
    }
    const auto got = read(text);
    ASSERT_EQ(got.results.size(), 2500u) << got.fault << separator;
    for (int i = 0; i < 2500; ++i) {
      const ResultRow& row = got.results[static_cast<std::size_t>(i)];
      ASSERT_EQ(row.external_id, "S" + std::to_string(i));
      ASSERT_EQ(row.line, lines[static_cast<std::size_t>(i)]) << i;
      ASSERT_EQ(row.who.name, i % 7 == 0 ? "张,;\n\"三\"" : "张三");
    }
  }
}

TEST(TableStream, WhatIsNoTable) {
  EXPECT_EQ(read("a,b\n1,2\n").fault, "table.no_headings");
  EXPECT_EQ(read("编号,姓名,身份证号\n").fault, "mapping.missing");
  EXPECT_EQ(read("编号,姓名,采样时间,结果\n").fault, "mapping.missing") << "no number to know anybody by";
  EXPECT_EQ(read(headings + "S1,\"" + std::string(table_row_bytes_max + 1, 'x')).fault, "table.row_too_long");
  EXPECT_EQ(read(headings + "S1,\"张三").fault, "table.unclosed_quote");
}

TEST(Columns, Moments) {
  const Instant noon = at("2022-03-15T14:30:00+08:00");
  for (const char* text : {"2022-03-15 14:30", "2022/3/15 14:30:00", "2022年3月15日 14:30", "2022年3月15日14:30",
                           "2022-03-15T06:30:00Z", "2022-03-15T14:30", "20220315 14:30", "44635.6041666667"})
    EXPECT_EQ(parse_moment(text), noon) << text;
  for (const char* text :
       {"", "2022-03-15", "14:30", "2022-03-15 24:00", "2022-02-30 10:00", "2022-03-15 1", "44635", "1.5"})
    EXPECT_FALSE(parse_moment(text)) << text;
}

TEST(Columns, Vaccinations) {
  const auto got = read(
      "记录编号,姓名,手机号,接种日期,剂次,疫苗名称,批号\nV1,张三,13812345678,2021/6/1,第2针,北京生物,L1\n"
      "V2,张三,13812345678,2021/6/1,加强,北京生物,\n",
      Kind::vaccinations);
  ASSERT_EQ(got.vaccinations.size(), 1u);
  EXPECT_EQ(got.vaccinations[0].dose, 2);
  EXPECT_EQ(got.vaccinations[0].who.phone, "13812345678");
  EXPECT_EQ(got.rejections.at(0).code, "health.bad_dose");
}

}  // namespace
}  // namespace firstline::laboratory
