// What goes in comes out, of every kind, on every engine.

#include <cmath>
#include <limits>

#include "contract/engines.hpp"

namespace firstline::tests {
namespace {

// Writes it, reads it back in another transaction, and answers what came.
Sample round_trip(Database& database, const Sample& sample) {
  const auto added = database.write([&](Session& s) { return add(s, sample); });
  EXPECT_TRUE(added) << added.error().reason << " " << added.error().detail;
  const auto found = database.read([&](Session& s) { return find(s, sample.id); });
  EXPECT_TRUE(found && *found);
  return found && *found ? **found : Sample{};
}

TEST_P(Engines, IntegersComeBack) {
  std::int64_t id = 0;
  for (const std::int64_t value :
       {std::int64_t{0}, std::int64_t{-1}, std::int64_t{1} << 53, (std::int64_t{1} << 53) + 1,
        std::numeric_limits<std::int64_t>::max(), std::numeric_limits<std::int64_t>::min()}) {
    Sample sample;
    sample.id = ++id;
    sample.integer = value;
    EXPECT_EQ(round_trip(*database, sample).integer, value);
  }
}

TEST_P(Engines, RealsComeBackToTheLastBit) {
  std::int64_t id = 0;
  for (const double value : {0.0, 0.1, -1.0 / 3, 1e308, 5e-324, 36.7, std::numeric_limits<double>::max()}) {
    Sample sample;
    sample.id = ++id;
    sample.real = value;
    EXPECT_EQ(round_trip(*database, sample).real, value);
  }
}

TEST_P(Engines, TextsComeBack) {
  std::int64_t id = 0;
  for (const std::string& value : {std::string(), std::string("第一道防线 张掖路"), std::string("𠮷 \xF0\x9F\x98\xB7"),
                                   std::string("it's $1 \"?1\" \\x00 %s ;--"), std::string("  \t\r\n "),
                                   std::string(1'000'000, 'x'), std::string("null")}) {
    Sample sample;
    sample.id = ++id;
    sample.text = value;
    EXPECT_EQ(round_trip(*database, sample).text, value);
  }
}

TEST_P(Engines, BytesComeBack) {
  store::Bytes every;
  for (int value = 0; value < 256; ++value) every.push_back(static_cast<std::byte>(value));
  std::int64_t id = 0;
  for (const store::Bytes& value : {store::Bytes{}, store::Bytes(1), every, store::Bytes(100'000, std::byte{0xff})}) {
    Sample sample;
    sample.id = ++id;
    sample.bytes = value;
    EXPECT_EQ(round_trip(*database, sample).bytes, value);
  }
}

TEST_P(Engines, NullIsNotEmpty) {
  Sample nothing;
  nothing.id = 1;
  const Sample back = round_trip(*database, nothing);
  EXPECT_FALSE(back.integer || back.real || back.text || back.bytes || back.person);
  Sample empty;
  empty.id = 2;
  empty.text = "";
  empty.bytes = store::Bytes{};
  EXPECT_TRUE(round_trip(*database, empty).text.has_value());
  EXPECT_TRUE(
      round_trip(*database, Sample{here, 3, {}, {}, {}, store::Bytes{}, false, {}, {}, {}, {}, {}}).bytes.has_value());
}

TEST_P(Engines, OtherKindsComeBack) {
  Sample sample;
  sample.id = 1;
  sample.flag = true;
  sample.at = noon + Millis(7);
  sample.day = Date(std::chrono::days(-36500));
  SeededRandom random(1);
  sample.uuid = make_uuid_v7(noon, random);
  sample.colour = Colour::red;
  sample.person = PersonId{std::numeric_limits<std::int64_t>::max()};
  const Sample back = round_trip(*database, sample);
  EXPECT_TRUE(back.flag);
  EXPECT_EQ(back.at, sample.at);
  EXPECT_EQ(back.day, sample.day);
  EXPECT_EQ(back.uuid, sample.uuid);
  EXPECT_EQ(back.colour, Colour::red);
  EXPECT_EQ(back.person, sample.person);
}

// PostgreSQL cannot keep it, and a text cut short would be another text.
TEST_P(Engines, ATextWithZeroByteIsRefused) {
  Sample sample;
  sample.id = 1;
  sample.text = std::string("a\0b", 3);
  const auto refused = database->write([&](Session& s) { return add(s, sample); });
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, FaultCode::invalid);
  EXPECT_EQ(refused.error().reason, "store.zero_in_text");
  EXPECT_EQ(rows(), 0);
}

}  // namespace
}  // namespace firstline::tests
