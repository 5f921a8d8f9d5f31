#include "json/json.hpp"

#include <limits>

#include <gtest/gtest.h>
#include <rapidcheck.h>

namespace firstline::json {
namespace {

enum class Colour { green, yellow, red };
BOOST_DESCRIBE_ENUM(Colour, green, yellow, red)

struct Reading {
  Colour colour;
  int degree;
  bool operator==(const Reading&) const = default;
};
BOOST_DESCRIBE_STRUCT(Reading, (), (colour, degree))

struct Everything {
  Uuid id;
  GateId gate;
  Instant at;
  Date day;
  std::string name;
  bool worn;
  double share;
  std::uint8_t floor;
  std::int64_t steps;
  Reading reading;
  std::vector<Reading> readings;
  std::optional<std::string> note;
  std::optional<PersonId> person;
  std::map<std::string, int> counts;
  bool operator==(const Everything&) const = default;
};
BOOST_DESCRIBE_STRUCT(Everything, (),
                      (id, gate, at, day, name, worn, share, floor, steps, reading, readings, note, person, counts))

struct Small {
  int number;
  std::optional<std::string> text;
};
BOOST_DESCRIBE_STRUCT(Small, (), (number, text))

struct Sparse {
  int number = 3;
  Colour colour = Colour::red;
  std::optional<std::string> text;
  bool operator==(const Sparse&) const = default;
};
constexpr bool absent_means_default(const Sparse*) { return true; }
BOOST_DESCRIBE_STRUCT(Sparse, (), (number, colour, text))

struct Tree {
  std::string name;
  std::vector<Tree> below;
};
BOOST_DESCRIBE_STRUCT(Tree, (), (name, below))

template <class T>
struct List {
  std::vector<T> items;
  BOOST_DESCRIBE_CLASS(List, (), (items), (), ())
};

struct Holder {
  boost::json::value anything;
};
BOOST_DESCRIBE_STRUCT(Holder, (), (anything))

TEST(JsonWrite, FieldsStandInOrderAndAbsentOnesAreLeftOut) {
  EXPECT_EQ(write(Small{7, {}}), R"({"number":7})");
  EXPECT_EQ(write(Small{-7, "a\"b\\\n\x01"}), R"({"number":-7,"text":"a\"b\\\n\u0001"})");
  EXPECT_EQ(write(GateId{9007199254740993}), R"("9007199254740993")");
  EXPECT_EQ(write(GateId{}), "null");
  EXPECT_EQ(write(from_millis(1647327600123)), R"("2022-03-15T15:00:00.123+08:00")");
  EXPECT_EQ(write(Colour::yellow), R"("yellow")");
  EXPECT_EQ(write(std::vector<int>{1, 2}), "[1,2]");
  EXPECT_EQ(write(std::vector<bool>{true, false}), "[true,false]");
}

TEST(JsonWrite, ASparseStructLeavesOutWhatIsAtItsDefault) {
  EXPECT_EQ(write(Sparse{}), "{}");
  EXPECT_EQ(write(Sparse{7, Colour::red, {}}), R"({"number":7})");
  EXPECT_EQ(read<Sparse>("{}").value(), Sparse{});
  EXPECT_EQ(read<Sparse>(R"({"number":7,"colour":"red"})").value(), (Sparse{7, Colour::red, {}}))
      << "the long form is read too";
  EXPECT_EQ(read<Sparse>(R"({"other":1})").error().reason, "json.unknown_field");
}

TEST(JsonWrite, TextIsAlwaysValidUtf8) {
  EXPECT_EQ(write(std::string("第一道防线 😷")), "\"第一道防线 😷\"");
  EXPECT_EQ(write(std::string("a\xff\xc0\xaf z")), "\"a\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd z\"");
  EXPECT_EQ(write(std::string("\xed\xa0\x80")), "\"\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd\"");  // A lone surrogate.
  EXPECT_EQ(write(std::string("\xe4\xbd")), "\"\xef\xbf\xbd\xef\xbf\xbd\"");                  // Cut short.
}

TEST(JsonWrite, EveryStringOfBytesCanBeReadAgain) {
  EXPECT_TRUE(rc::check([](const std::string& bytes) {
    const auto again = detail::parse_own(write(bytes));
    RC_ASSERT(again.is_string());
  }));
}

struct Refusal {
  const char* text;
  const char* reason;
  const char* where;
};

TEST(JsonRead, RefusesWhatTheStructDoesNotSay) {
  const Refusal refusals[] = {
      {"", "json.syntax", ""},
      {"{", "json.syntax", ""},
      {"{} x", "json.syntax", ""},
      {R"({"number":1,})", "json.syntax", ""},
      {R"({"number":1}/**/)", "json.syntax", ""},
      {R"({"number":NaN})", "json.syntax", ""},
      {R"({"number":1,"text":"\ud800"})", "json.syntax", ""},
      {R"({"number":1,"text":"\udc00x"})", "json.syntax", ""},
      {"{\"number\":1,\"text\":\"\xff\"}", "json.syntax", ""},
      {"{\"number\":1,\"text\":\"\xc0\xaf\"}", "json.syntax", ""},
      {"{\"number\":1,\"text\":\"\n\"}", "json.syntax", ""},
      {R"({"number":1,"number":1})", "json.duplicate_field", ""},
      {R"({"number":1,"n\u0075mber":2})", "json.duplicate_field", ""},
      {"[]", "json.wrong_type", ""},
      {"null", "json.wrong_type", ""},
      {"{}", "json.missing_field", "/number"},
      {R"({"number":null})", "json.wrong_type", "/number"},
      {R"({"number":"1"})", "json.wrong_type", "/number"},
      {R"({"number":true})", "json.wrong_type", "/number"},
      {R"({"number":1.5})", "json.wrong_type", "/number"},
      {R"({"number":2147483648})", "json.out_of_range", "/number"},
      {R"({"number":18446744073709551615})", "json.out_of_range", "/number"},
      {R"({"number":1e30})", "json.out_of_range", "/number"},
      {R"({"number":1,"text":5})", "json.wrong_type", "/text"},
      {R"({"number":1,"text":"a\u0000"})", "json.out_of_range", "/text"},
      {R"({"number":1,"te~x/t":""})", "json.unknown_field", "/te~0x~1t"},
  };
  for (const auto& row : refusals) {
    const auto got = read<Small>(row.text);
    ASSERT_FALSE(got) << row.text;
    EXPECT_EQ(got.error().code, FaultCode::invalid) << row.text;
    EXPECT_EQ(got.error().reason, row.reason) << row.text;
    EXPECT_EQ(got.error().where, row.where) << row.text;
  }
  EXPECT_TRUE(read<Small>(R"( {"number":1,"text":null} )"));
}

TEST(JsonRead, RefusesWrongFormsOfValues) {
  const auto reason = [](const auto& got) {
    return got ? std::string("taken") : got.error().reason + got.error().where;
  };
  EXPECT_EQ(reason(read<GateId>("12")), "json.wrong_type");
  EXPECT_EQ(reason(read<GateId>(R"("0")")), "json.wrong_type");
  EXPECT_EQ(reason(read<GateId>(R"("012")")), "json.wrong_type");
  EXPECT_EQ(reason(read<GateId>(R"("9223372036854775808")")), "json.wrong_type");
  EXPECT_EQ(reason(read<GateId>("null")), "json.wrong_type");
  EXPECT_EQ(reason(read<Uuid>(R"("0190")")), "json.wrong_type");
  EXPECT_EQ(reason(read<Date>(R"("2022-02-30")")), "json.wrong_type");
  EXPECT_EQ(reason(read<Instant>(R"("2022-03-15T15:00:00")")), "json.wrong_type");
  EXPECT_EQ(reason(read<Colour>(R"("blue")")), "json.unknown_value");
  EXPECT_EQ(reason(read<std::uint8_t>("256")), "json.out_of_range");
  EXPECT_EQ(reason(read<std::uint8_t>("-1")), "json.out_of_range");
  EXPECT_EQ(reason(read<double>("1e999")), "json.out_of_range");
  EXPECT_EQ(reason(read<std::vector<Reading>>(R"([{"colour":"red","degree":1},{"colour":"red","degree":"x"}])")),
            "json.wrong_type/1/degree");
}

TEST(JsonRead, DepthIsLimited) {
  const auto nested = [](int depth) { return std::string(depth, '[') + std::string(depth, ']'); };
  EXPECT_TRUE(read<boost::json::value>(nested(32)));
  ASSERT_FALSE(read<boost::json::value>(nested(33)));
  EXPECT_EQ(read<boost::json::value>(nested(33)).error().reason, "json.syntax");
  EXPECT_FALSE(read<boost::json::value>(nested(100000)));
}

TEST(JsonRead, AnythingOutlivesTheTextItCameFrom) {
  auto got = read<Holder>(R"({"anything":{"a":[1,"two",null]}})");
  ASSERT_TRUE(got);
  EXPECT_EQ(write(*got), R"({"anything":{"a":[1,"two",null]}})");
}

TEST(JsonRead, WhatWasWrittenIsReadBack) {
  EXPECT_TRUE(rc::check([](std::array<std::uint8_t, 16> id, std::int64_t at, bool worn, double share,
                           std::uint8_t floor, std::int64_t steps, int degree, std::vector<int> degrees, bool noted,
                           std::map<std::string, int> counts) {
    Everything all{};
    std::transform(id.begin(), id.end(), all.id.bytes.begin(), [](std::uint8_t b) { return std::byte{b}; });
    all.gate = GateId{(at & std::numeric_limits<std::int64_t>::max()) | 1};
    all.at = from_millis(at % 250'000'000'000'000);
    if (to_millis(all.at) < -62'000'000'000'000) all.at = from_millis(0);
    all.day = civil_date(all.at);
    all.name = "张\"\\\x7f" + std::to_string(degree);
    all.worn = worn;
    all.share = share;
    all.floor = floor;
    all.steps = steps;
    all.reading = {Colour::red, degree};
    for (const int d : degrees) all.readings.push_back({d % 2 ? Colour::green : Colour::yellow, d});
    if (noted) all.note = "", all.person = PersonId{1};
    for (const auto& [name, count] : counts) {
      std::string plain;  // Names must be text, not any bytes.
      for (const char c : name) plain += static_cast<char>('a' + (c & 0x0f));
      all.counts[plain] = count;
    }
    const auto again = read<Everything>(write(all));
    RC_ASSERT(again.has_value());
    RC_ASSERT(*again == all);
    RC_ASSERT(*from_value<Everything>(to_value(all)) == all);
  }));
}

TEST(JsonSchema, SaysFieldsFormatsAndWhatIsRequired) {
  Schemas schemas;
  const auto reference = schema_of<List<Everything>>(schemas);
  EXPECT_EQ(detail::parse_own(write(reference)),
            detail::parse_own(R"({"$ref":"#/components/schemas/List_Everything"})"));
  ASSERT_EQ(schemas.size(), 3u);
  const auto& whole = schemas.at("Everything").as_object();
  EXPECT_EQ(whole.at("required").as_array().size(), 12u);
  EXPECT_EQ(whole.at("additionalProperties"), false);
  const auto& fields = whole.at("properties").as_object();
  const auto text = [&](const char* name) { return write(boost::json::value(fields.at(name))); };
  EXPECT_EQ(text("id"), R"({"type":"string","format":"uuid"})");
  EXPECT_EQ(text("gate"), R"({"type":"string","pattern":"^[1-9][0-9]{0,18}$"})");
  EXPECT_EQ(text("at"), R"({"type":"string","format":"date-time"})");
  EXPECT_EQ(text("day"), R"({"type":"string","format":"date"})");
  EXPECT_EQ(text("floor"), R"({"type":"integer","minimum":0,"maximum":255})");
  EXPECT_EQ(text("reading"), R"({"$ref":"#/components/schemas/Reading"})");
  EXPECT_EQ(text("readings"), R"({"type":"array","items":{"$ref":"#/components/schemas/Reading"}})");
  EXPECT_EQ(write(boost::json::value(schemas.at("Reading").as_object().at("properties").as_object().at("colour"))),
            R"({"type":"string","enum":["green","yellow","red"]})");
}

TEST(JsonSchema, AStructThatHoldsItselfEnds) {
  Schemas schemas;
  schema_of<Tree>(schemas);
  schema_of<Tree>(schemas);
  EXPECT_EQ(schemas.size(), 1u);
}

TEST(JsonSchema, NamesLoseTheirNamespaces) {
  EXPECT_EQ(detail::plain_name("firstline::gate::List<firstline::gate::Passage>"), "List_Passage");
  EXPECT_EQ(detail::plain_name("firstline::{anonymous}::Small"), "Small");
}

}  // namespace
}  // namespace firstline::json
