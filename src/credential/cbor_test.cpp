#include "credential/cbor.hpp"

#include <cmath>

#include <gtest/gtest.h>

#include "credential/payload_json.hpp"
#include "credential/text_codes.hpp"

namespace firstline::credential {
namespace {

std::string read_as_json(const std::string& hex, CborRules rules = CborRules::lenient) {
  const auto octets = from_hex(hex);
  EXPECT_TRUE(octets) << hex;
  Cbor document;
  const auto read = document.read(*octets, rules);
  if (!read) return read.error().reason;
  std::string out;
  append_json(out, document.root());
  return out;
}

struct Row {
  const char* hex;
  const char* lenient;        // JSON or the fault.
  const char* deterministic;  // Null: the same.
};
constexpr const char* refused = "cbor.not_deterministic";

// Forms of RFC 8949, appendix A, and what each limit refuses.
const Row rows[] = {
    {"00", "0", nullptr},
    {"17", "23", nullptr},
    {"1818", "24", nullptr},
    {"1817", "23", refused},
    {"1900ff", "255", refused},
    {"190100", "256", nullptr},
    {"1a000f4240", "1000000", nullptr},
    {"1b000000e8d4a51000", "1000000000000", nullptr},
    {"1bffffffffffffffff", "18446744073709551615", nullptr},
    {"3bffffffffffffffff", "-18446744073709551616", nullptr},
    {"20", "-1", nullptr},
    {"3903e7", "-1000", nullptr},
    {"f90000", "0", refused},
    {"f98000", "0", refused},
    {"f93c00", "1", refused},
    {"f93e00", "1.5", refused},
    {"f90001", "5.960464477539063e-08", refused},
    {"f97bff", "65504", refused},
    {"f97c00", "null", refused},
    {"f97e00", "null", refused},
    {"fa47c35000", "100000", refused},
    {"fb3ff199999999999a", "1.1", refused},
    {"fbc010666666666666", "-4.1", refused},
    {"f4", "false", nullptr},
    {"f5", "true", nullptr},
    {"f6", "null", nullptr},
    {"f7", "null", refused},
    {"f0", "cbor.malformed", nullptr},
    {"f818", "cbor.malformed", nullptr},
    {"f8ff", "cbor.malformed", nullptr},
    {"c074323031332d30332d32315432303a30343a30305a", "\"2013-03-21T20:04:00Z\"", nullptr},
    {"c11a514b67b0", "\"2013-03-21T20:04:00Z\"", nullptr},
    {"c1fb41d452d9ec200000", "\"2013-03-21T20:04:00Z\"", refused},
    {"d903ec6a323031332d30332d3231", "\"2013-03-21\"", nullptr},
    {"d8641945e9", "\"2019-01-01\"", nullptr},
    {"d74401020304", "\"01020304\"", nullptr},
    {"d82076687474703a2f2f7777772e6578616d706c652e636f6d", "\"http://www.example.com\"", nullptr},
    {"40", "\"\"", nullptr},
    {"6161", "\"a\"", nullptr},
    {"62225c", "\"\\\"\\\\\"", nullptr},
    {"62c3bc", "\"\u00fc\"", nullptr},
    {"6375cc88", "\"\u00fc\"", nullptr},  // u and its two dots apart: NFC joins them.
    {"64f0908591", "\"\U00010151\"", nullptr},
    {"80", "[]", nullptr},
    {"83010203", "[1,2,3]", nullptr},
    {"8301820203820405", "[1,[2,3],[4,5]]", nullptr},
    {"a0", "{}", nullptr},
    {"a201020304", "{\"1\":2,\"3\":4}", nullptr},
    {"a203040102", "{\"3\":4,\"1\":2}", refused},
    {"a26161016162820203", "{\"a\":1,\"b\":[2,3]}", nullptr},
    {"5f42010243030405ff", "\"0102030405\"", refused},
    {"7f657374726561646d696e67ff", "\"streaming\"", refused},
    {"7fff", "\"\"", refused},
    {"9fff", "[]", refused},
    {"9f018202039f0405ffff", "[1,[2,3],[4,5]]", refused},
    {"bf61610161629f0203ffff", "{\"a\":1,\"b\":[2,3]}", refused},
    {"bf6346756ef563416d7421ff", "{\"Fun\":true,\"Amt\":-2}", refused},
    // Endings.
    {"", "cbor.truncated", nullptr},
    {"18", "cbor.truncated", nullptr},
    {"1b00000000", "cbor.truncated", nullptr},
    {"4301", "cbor.truncated", nullptr},
    {"6261", "cbor.truncated", nullptr},
    {"8201", "cbor.truncated", nullptr},
    {"a101", "cbor.truncated", nullptr},
    {"c1", "cbor.truncated", nullptr},
    {"9f01", "cbor.truncated", refused},
    {"5f4101", "cbor.truncated", refused},
    {"9affffffff", "cbor.truncated", nullptr},  // A length that promises more than is there.
    {"bbffffffffffffffff", "cbor.truncated", nullptr},
    {"5bffffffffffffffff", "cbor.truncated", nullptr},
    {"0000", "cbor.trailing", nullptr},
    {"a000", "cbor.trailing", nullptr},
    // Forms that are reserved, and end marks where nothing is open.
    {"1c", "cbor.malformed", nullptr},
    {"1f", "cbor.malformed", nullptr},
    {"3f", "cbor.malformed", nullptr},
    {"df00", "cbor.malformed", nullptr},
    {"ff", "cbor.malformed", nullptr},
    {"81ff", "cbor.malformed", nullptr},
    {"a1ff", "cbor.truncated", nullptr},
    {"a101ff", "cbor.malformed", nullptr},
    {"bf01ff", "cbor.malformed", refused},
    {"c1ff", "cbor.malformed", nullptr},
    {"5f01ff", "cbor.malformed", refused},
    {"5f6161ff", "cbor.malformed", refused},
    {"5f5f4101ffff", "cbor.malformed", refused},
    // Text.
    {"61ff", "cbor.not_utf8", nullptr},
    {"62c0af", "cbor.not_utf8", nullptr},
    {"63e08080", "cbor.not_utf8", nullptr},
    {"63eda080", "cbor.not_utf8", nullptr},
    {"64f4908080", "cbor.not_utf8", nullptr},
    {"61c3", "cbor.not_utf8", nullptr},
    {"7f61c361bcff", "cbor.not_utf8", refused},  // A character cut between two pieces.
    // Keys.
    {"a201010102", "cbor.duplicate_key", nullptr},
    {"a20101180102", "cbor.duplicate_key", refused},  // The same number, written longer.
    {"a26161016161f6", "cbor.duplicate_key", nullptr},
    {"a2616101bf", "cbor.key_kind", refused},
    {"bf0101f600f602f60100ff", "cbor.key_kind", refused},
    {"a1f501", "cbor.key_kind", nullptr},
    {"a18001", "cbor.key_kind", nullptr},
    {"a1c10101", "cbor.key_kind", nullptr},
    {"a1f93c0001", "cbor.key_kind", refused},
    {"a2410101610101", "{\"01\":1,\"\\u0001\":1}", nullptr},
};

TEST(Cbor, reads_what_it_may_and_refuses_the_rest) {
  int asked = 0;
  for (const Row& row : rows) {
    EXPECT_EQ(read_as_json(row.hex), row.lenient) << row.hex;
    const std::string strict = read_as_json(row.hex, CborRules::deterministic);
    EXPECT_EQ(strict, row.deterministic ? row.deterministic : row.lenient) << row.hex << " deterministic";
    asked += 2;
  }
  std::printf("%d forms of CBOR\n", asked);
}

TEST(Cbor, a_hundred_keys_are_compared_too) {
  for (const bool twice : {false, true}) {
    CborWriter out;
    out.map(100);
    for (int i = 0; i < 100; ++i) out.integer(twice && i == 99 ? 950 : 1000 - i).integer(i);
    Cbor document;
    const auto read = document.read(out.bytes(), CborRules::lenient);
    EXPECT_EQ(read ? "read" : read.error().reason, twice ? "cbor.duplicate_key" : "read");
  }
}

TEST(Cbor, sixteen_levels_and_no_more) {
  for (const char* opening : {"81", "9f", "c1", "a100"}) {
    std::string once = *from_hex(opening), inside;
    for (int i = 0; i < cbor_depth_max; ++i) inside += once;
    const bool ended = std::string_view(opening) == "9f";
    const std::string ends(ended ? cbor_depth_max : 0, '\xff');
    Cbor document;
    EXPECT_TRUE(document.read(inside + std::string(1, '\0') + ends, CborRules::lenient)) << opening;
    EXPECT_EQ(document.read(inside + once + std::string(1, '\0') + ends, CborRules::lenient).error().reason,
              "cbor.too_deep");
    std::string deep;
    for (int i = 0; i < 10'000; ++i) deep += once;
    EXPECT_EQ(document.read(deep, CborRules::lenient).error().reason, "cbor.too_deep") << opening;
  }
  EXPECT_EQ(read_as_json(std::string(32, '8').replace(0, 32, "81818181818181818181818181818181") + "80"),
            "cbor.too_deep");
}

TEST(Cbor, sixty_four_kibibytes_and_no_more) {
  Cbor document;
  const std::string text(cbor_bytes_max - 3, 'x');
  EXPECT_TRUE(document.read(CborWriter().octets(text).take(), CborRules::deterministic));
  EXPECT_EQ(document.read(CborWriter().octets(text + "x").take(), CborRules::deterministic).error().reason,
            "cbor.too_large");
  // The most items that so many octets can hold.
  EXPECT_TRUE(document.read("\x9f" + std::string(cbor_bytes_max - 2, '\x80') + "\xff", CborRules::lenient));
}

TEST(Cbor, what_is_written_is_deterministic) {
  const std::string out = CborWriter()
                              .sorted_map({{CborWriter().text("b").take(), CborWriter().integer(-1).take()},
                                           {CborWriter().integer(10).take(), CborWriter().octets("\x01").take()},
                                           {CborWriter().integer(-1).take(), CborWriter().boolean(true).take()},
                                           {CborWriter().text("aa").take(), CborWriter().array(0).take()}})
                              .take();
  EXPECT_EQ(to_hex(out), "a40a410120f561622062616180");
  EXPECT_EQ(read_as_json(to_hex(out), CborRules::deterministic), R"({"10":"01","-1":true,"b":-1,"aa":[]})");
  for (const std::int64_t value :
       {INT64_MIN, std::int64_t{-4294967297}, std::int64_t{-256}, std::int64_t{23}, INT64_MAX}) {
    Cbor document;
    const std::string written = CborWriter().integer(value).take();
    ASSERT_TRUE(document.read(written, CborRules::deterministic));
    EXPECT_EQ(document.root().integer(), value);
  }
}

}  // namespace
}  // namespace firstline::credential
