#include <gtest/gtest.h>

#include "person/service.hpp"

namespace firstline::person {
namespace {

using namespace std::chrono_literals;

const Instant step_start = from_millis(1'647'327'600'000);  // A whole number of steps.
const PersonRef someone{{0x1122334455667788}, {0x0102030405060708}};

FieldKey some_key(int first = 7) {
  std::array<std::byte, 32> secret{};
  secret[0] = static_cast<std::byte>(first);
  return FieldKey(secret);
}

std::string reading(const FieldKey& key, const std::string& token, Instant now) {
  const auto read = read_personal_code(key, token, now);
  if (!read) return read.error().reason;
  return *read == someone ? "read" : "somebody else";
}

TEST(PersonalCode, lives_for_its_step_and_the_next) {
  const FieldKey key = some_key();
  const PersonalCode code = personal_code(key, someone, step_start + 29'999ms);
  EXPECT_EQ(code.expires_at, step_start + 30s);
  const std::pair<Millis, const char*> rows[] = {
      {-30'001ms, "code.expired"}, {-30'000ms, "read"},   {0ms, "read"},
      {29'999ms, "read"},          {30'000ms, "read"},    {59'999ms, "read"},
      {60'000ms, "code.expired"},  {24h, "code.expired"},
  };
  for (const auto& [after, expected] : rows)
    EXPECT_EQ(reading(key, code.token, step_start + after), expected) << after.count();
}

TEST(PersonalCode, rotates_and_says_nothing) {
  const FieldKey key = some_key();
  const std::string first = personal_code(key, someone, step_start).token;
  EXPECT_EQ(first, personal_code(key, someone, step_start + 29'999ms).token);
  const std::string second = personal_code(key, someone, step_start + 30s).token;
  int same = 0;
  for (std::size_t i = 4; i < first.size(); ++i) same += first[i] == second[i];
  EXPECT_LT(same, 12) << first << " " << second;  // 58 characters of 32 kinds: about two by chance.
  EXPECT_LE(first.size(), 62u);
}

TEST(PersonalCode, a_forged_one_is_unknown) {
  const FieldKey key = some_key();
  const std::string token = personal_code(key, someone, step_start).token;
  for (std::size_t i = 0; i < token.size(); ++i) {
    std::string forged = token;
    forged[i] = forged[i] == '7' ? '8' : '7';
    ASSERT_EQ(reading(key, forged, step_start), "person.unknown_code") << i;
  }
  EXPECT_EQ(reading(some_key(8), token, step_start), "person.unknown_code");
  for (const std::string& text : {std::string(), std::string("FL0:"), std::string("FL1:") + token.substr(4),
                                  token + "0", std::string(5000, 'A')}) {
    EXPECT_EQ(reading(key, text, step_start), "person.unknown_code");
  }
}

}  // namespace
}  // namespace firstline::person
