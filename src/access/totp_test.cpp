#include "access/totp.hpp"

#include <gtest/gtest.h>

namespace firstline::access {
namespace {

std::span<const std::byte> bytes(std::string_view text) { return std::as_bytes(std::span(text)); }
constexpr std::string_view rfc_secret = "12345678901234567890";

// RFC 6238 appendix B, the rows of SHA1, eight digits.
TEST(Totp, vectors_of_rfc_6238) {
  const std::pair<std::int64_t, const char*> rows[] = {
      {59, "94287082"},         {1111111109, "07081804"}, {1111111111, "14050471"},
      {1234567890, "89005924"}, {2000000000, "69279037"}, {20000000000, "65353130"},
  };
  for (const auto& [seconds, digits] : rows) {
    EXPECT_EQ(totp_digits(bytes(rfc_secret), totp_step(from_millis(seconds * 1000)), 8), digits) << seconds;
  }
}

TEST(Totp, accepts_neighbours_once) {
  const Instant now = from_millis(1'647'327'615'000);
  const std::int64_t step = totp_step(now);
  for (std::int64_t offset = -3; offset <= 3; ++offset) {
    const auto accepted = totp_accept(bytes(rfc_secret), totp_digits(bytes(rfc_secret), step + offset), now, 0);
    EXPECT_EQ(accepted.has_value(), offset >= -1 && offset <= 1) << offset;
    EXPECT_EQ(accepted.value_or(step + offset), step + offset);
  }
  const std::string digits = totp_digits(bytes(rfc_secret), step);
  EXPECT_FALSE(totp_accept(bytes(rfc_secret), digits, now, step));
  EXPECT_TRUE(totp_accept(bytes(rfc_secret), digits, now, step - 1));
  EXPECT_FALSE(totp_accept(bytes(rfc_secret), totp_digits(bytes(rfc_secret), step - 1), now, step));
  for (const char* bad : {"", "12345", "1234567", "abcdef"})
    EXPECT_FALSE(totp_accept(bytes(rfc_secret), bad, now, 0)) << bad;
}

// RFC 4648 section 10, without padding.
TEST(Totp, base32_vectors_of_rfc_4648) {
  const std::pair<const char*, const char*> rows[] = {{"", ""},
                                                      {"f", "MY"},
                                                      {"fo", "MZXQ"},
                                                      {"foo", "MZXW6"},
                                                      {"foob", "MZXW6YQ"},
                                                      {"fooba", "MZXW6YTB"},
                                                      {"foobar", "MZXW6YTBOI"}};
  for (const auto& [clear, text] : rows) EXPECT_EQ(totp_base32(bytes(clear)), text);
}

}  // namespace
}  // namespace firstline::access
