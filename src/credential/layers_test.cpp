#include <gtest/gtest.h>

#include "credential/base45.hpp"
#include "credential/clock_text.hpp"
#include "credential/inflate.hpp"
#include "credential/text_codes.hpp"

namespace firstline::credential {
namespace {

TEST(Base45, the_examples_of_its_document) {
  EXPECT_EQ(to_base45("AB"), "BB8");
  EXPECT_EQ(to_base45("Hello!!"), "%69 VD92EX0");
  EXPECT_EQ(to_base45("base-45"), "UJCLQE7W581");
  EXPECT_EQ(from_base45("QED8WEX0").value(), "ietf!");
}

TEST(Base45, goes_there_and_back) {
  std::string octets;
  for (int i = 0; i < 600; ++i) {
    EXPECT_EQ(from_base45(to_base45(octets)).value(), octets);
    octets += static_cast<char>(i * 37);
  }
}

TEST(Base45, is_strict) {
  const std::pair<std::string, const char*> rows[] = {
      {"A", "base45.length"},
      {"BB8A", "base45.length"},
      {"GGW", "base45.value"},  // 65536
      {":::", "base45.value"},
      {"U5", "read"},
      {"V5", "base45.value"},  // 255, 256
      {"::", "base45.value"},
      {"bb8", "base45.character"},
      {"BB=", "base45.character"},
      {"B=", "base45.character"},
      {"BB\n", "base45.character"},
      {std::string("BB\0", 3), "base45.character"},
      {"BB\xc3", "base45.character"},
      {"FGW", "read"},
      {"", "read"},  // 65535
  };
  for (const auto& [text, expected] : rows) {
    const auto read = from_base45(text);
    EXPECT_EQ(read ? "read" : read.error().reason, expected) << text;
  }
}

TEST(Inflate, whole_streams_within_the_limit_only) {
  const std::string text(3000, 'a');
  const std::string packed = deflate(text);
  EXPECT_EQ(inflate(packed).value(), text);
  EXPECT_EQ(inflate(deflate("")).value(), "");
  const auto reason = [](const std::string& bytes, std::size_t max = inflated_bytes_max) {
    const auto read = inflate(bytes, max);
    return read ? "read" : read.error().reason;
  };
  EXPECT_EQ(reason(packed + "x"), "zlib.trailing");
  for (std::size_t i = 0; i < packed.size(); ++i) EXPECT_EQ(reason(packed.substr(0, i)), "zlib.truncated") << i;
  EXPECT_EQ(reason("\x99\x86 no stream"), "zlib.not_zlib");
  EXPECT_EQ(reason("\xd2\x84\x43"), "zlib.not_zlib");  // COSE that nobody packed.
  std::string changed = packed;
  changed.back() ^= 1;  // Its checksum.
  EXPECT_EQ(reason(changed), "zlib.corrupt");
  const std::string limit(inflated_bytes_max, 'b');
  EXPECT_EQ(reason(deflate(limit)), "read");
  EXPECT_EQ(reason(deflate(limit + "b")), "zlib.too_large");
  EXPECT_EQ(reason(deflate(std::string(100 << 20, '\0')).substr(0, 60'000)), "zlib.too_large");
  EXPECT_EQ(reason(packed, 2999), "zlib.too_large");
  EXPECT_EQ(reason(packed, 3000), "read");
  EXPECT_EQ(inflate(packed).value(), text);  // A refusal leaves nothing behind.
}

TEST(TextCodes, there_and_back) {
  for (const char* text : {"", "f", "fo", "foo", "foob", "\xff\xfe\xfd"}) {
    EXPECT_EQ(from_base64(to_base64(text)), text);
    EXPECT_EQ(from_base64(to_base64url(text)), text);
    EXPECT_EQ(from_hex(to_hex(text)), text);
  }
  EXPECT_EQ(to_base64("fo"), "Zm8=");
  EXPECT_EQ(from_base64("Zm\n9v "), "foo");
  EXPECT_FALSE(from_base64("Z"));
  EXPECT_FALSE(from_base64("Zm8=Zm8="));
  EXPECT_FALSE(from_base64("Zm8!"));
  EXPECT_FALSE(from_hex("0"));
  EXPECT_FALSE(from_hex("0g"));
}

TEST(ClockText, every_way_that_test_sets_write_a_time) {
  const std::int64_t at = 1'621'592'767'000;  // 2021-05-21T10:26:07Z
  const std::pair<const char*, std::int64_t> good[] = {
      {"2021-05-21T10:26:07Z", at},
      {"2021-05-21T12:26:07+02:00", at},
      {"2021-05-21T12:26:07+0200", at},
      {"2021-05-21T12:26:07+02", at},
      {"2021-05-21T06:56:07-03:30", at},
      {"2021-05-21T10:26:07", at},  // No zone: UTC.
      {"2021-05-21 10:26:07", at},
      {"2021-05-21T10:26:07.390079Z", at + 390},
      {"2021-05-21T10:26:07.3905190Z", at + 390},
      {"2021-05-21T10:26:07,5Z", at + 500},
      {"2021-05-21T10:26Z", at - 7000},
      {"2021-05-21", at - 7000 - 26 * 60'000 - 10 * 3'600'000},
      {"2021-05-21t10:26:07z", at},
  };
  for (const auto& [text, expected] : good) {
    const auto read = parse_clock(text);
    ASSERT_TRUE(read) << text;
    EXPECT_EQ(to_millis(*read), expected) << text;
  }
  for (const char* text :
       {"", "now", "2021-13-01", "2021-02-30T00:00:00Z", "2021-05-21T24:00:00Z", "2021-05-21T10:26:07.Z",
        "2021-05-21T10:26:07Zx", "2021-05-21T10:26:07+25:00", "1621592767", "2021-05-21T"})
    EXPECT_FALSE(parse_clock(text)) << text;
}

}  // namespace
}  // namespace firstline::credential
