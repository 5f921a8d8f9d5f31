#include "person/field_key.hpp"

#include <filesystem>
#include <fstream>

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

namespace firstline::person {
namespace {

namespace fs = std::filesystem;

struct Folder {
  fs::path path = fs::temp_directory_path() / ("fl_field_key_" + std::to_string(::getpid()));
  Folder() { fs::remove_all(path); }
  ~Folder() { fs::remove_all(path); }
};

FieldKey some_key(int first = 7) {
  std::array<std::byte, 32> secret{};
  secret[0] = static_cast<std::byte>(first);
  return FieldKey(secret);
}

constexpr Field name{"person", "name"};

TEST(FieldKey, opens_what_it_sealed_and_hides_it) {
  SeededRandom random(1);
  const FieldKey key = some_key();
  for (const std::string clear : {"", "张三", "11010519491231002X"}) {
    const Bytes sealed = key.seal(random, name, 42, clear);
    EXPECT_EQ(key.open(name, 42, sealed).value(), clear);
    const std::string_view shown(reinterpret_cast<const char*>(sealed.data()), sealed.size());
    EXPECT_TRUE(clear.empty() || shown.find(clear) == std::string_view::npos);
  }
  EXPECT_NE(key.seal(random, name, 42, "张三"), key.seal(random, name, 42, "张三"));
}

TEST(FieldKey, refuses_another_row_column_table_and_key) {
  SeededRandom random(1);
  const FieldKey key = some_key();
  const Bytes sealed = key.seal(random, name, 42, "张三");
  const auto reason = [&](const FieldKey& with, Field field, std::int64_t row) {
    const auto opened = with.open(field, row, sealed);
    return opened ? std::string("opened") : opened.error().reason;
  };
  const std::string refused = "field.sealed_elsewhere_or_changed";
  EXPECT_EQ(reason(key, name, 42), "opened");
  EXPECT_EQ(reason(key, name, 43), refused);
  EXPECT_EQ(reason(key, {"person", "phone"}, 42), refused);
  EXPECT_EQ(reason(key, {"account", "name"}, 42), refused);
  EXPECT_EQ(reason(some_key(8), name, 42), refused);
}

TEST(FieldKey, notices_every_changed_bit_and_every_cut) {
  SeededRandom random(1);
  const FieldKey key = some_key();
  const Bytes sealed = key.seal(random, name, 42, "张三");
  for (std::size_t bit = 0; bit < sealed.size() * 8; ++bit) {
    Bytes changed = sealed;
    changed[bit / 8] ^= static_cast<std::byte>(1 << (bit % 8));
    ASSERT_FALSE(key.open(name, 42, changed)) << bit;
  }
  for (std::size_t size = 0; size < sealed.size(); ++size) {
    ASSERT_FALSE(key.open(name, 42, std::span(sealed).first(size))) << size;
  }
}

TEST(FieldKey, uses_have_keys_of_their_own) {
  const FieldKey key = some_key();
  EXPECT_EQ(key.mac(KeyUse::csrf, "a"), key.mac(KeyUse::csrf, "a"));
  EXPECT_NE(key.mac(KeyUse::csrf, "a"), key.mac(KeyUse::token_hash, "a"));
  EXPECT_NE(key.mac(KeyUse::csrf, "a"), some_key(8).mac(KeyUse::csrf, "a"));
  EXPECT_NE(key.search_hash("phone", "1"), key.search_hash("id_number", "1"));
}

TEST(FieldKey, file_is_made_once_and_for_its_owner_only) {
  Folder folder;
  const std::string file = folder.path / "keys" / "field.key";
  const auto first = FieldKey::load_or_create(file, system_random());
  ASSERT_TRUE(first);
  struct stat info {};
  ASSERT_EQ(::stat(file.c_str(), &info), 0);
  EXPECT_EQ(info.st_mode & 0777, 0600u);
  const auto second = FieldKey::load_or_create(file, system_random());
  ASSERT_TRUE(second);
  EXPECT_EQ(first->mac(KeyUse::csrf, "a"), second->mac(KeyUse::csrf, "a"));

  ::chmod(file.c_str(), 0640);
  EXPECT_EQ(FieldKey::load_or_create(file, system_random()).error().reason, "field_key.open_to_others");
  ::chmod(file.c_str(), 0600);
  for (const std::size_t size : {0u, 31u, 33u}) {
    std::ofstream(file, std::ios::trunc) << std::string(size, 'x');
    EXPECT_EQ(FieldKey::load_or_create(file, system_random()).error().reason, "field_key.wrong_size") << size;
  }
}

TEST(Base32, there_and_back) {
  SeededRandom random(3);
  for (std::size_t size = 0; size < 60; ++size) {
    Bytes bytes(size);
    random.fill(bytes);
    const std::string text = base32(bytes);
    ASSERT_EQ(parse_base32(text), bytes) << text;
  }
  EXPECT_FALSE(parse_base32("U"));   // Not in the alphabet.
  EXPECT_FALSE(parse_base32("0"));   // A character that no byte explains.
  EXPECT_FALSE(parse_base32("01"));  // Stray bits at the end.
  EXPECT_TRUE(parse_base32("zw"));
}

}  // namespace
}  // namespace firstline::person
