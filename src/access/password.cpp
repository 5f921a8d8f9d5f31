#include "access/password.hpp"

#include <array>
#include <charconv>
#include <semaphore>
#include <vector>

#include <sodium.h>

#include "base/check.hpp"
#include "person/field_key.hpp"

namespace firstline::access {
namespace {

constexpr std::string_view scheme = "argon2id";
constexpr unsigned long long passes = crypto_pwhash_OPSLIMIT_INTERACTIVE;
constexpr std::size_t memory_bytes = crypto_pwhash_MEMLIMIT_INTERACTIVE;
constexpr std::size_t hash_bytes = 32;
constexpr int at_a_time_max = 2;

using Salt = std::array<std::byte, crypto_pwhash_SALTBYTES>;
using Hash = std::array<std::byte, hash_bytes>;

bool derive(std::string_view password, const Salt& salt, unsigned long long ops, std::size_t memory, Hash& hash) {
  static std::counting_semaphore<at_a_time_max> places(at_a_time_max);
  const char* text = password.empty() ? "" : password.data();  // An empty view may point nowhere.
  places.acquire();
  const int answer =
      crypto_pwhash(reinterpret_cast<unsigned char*>(hash.data()), hash.size(), text, password.size(),
                    reinterpret_cast<const unsigned char*>(salt.data()), ops, memory, crypto_pwhash_ALG_ARGON2ID13);
  places.release();
  return answer == 0;
}

std::string written(const Salt& salt, const Hash& hash) {
  return std::string(scheme) + "$" + std::to_string(passes) + "$" + std::to_string(memory_bytes) + "$" +
         person::base32(salt) + "$" + person::base32(hash);
}

std::vector<std::string_view> split(std::string_view text) {
  std::vector<std::string_view> parts;
  for (;;) {
    const auto end = text.find('$');
    parts.push_back(text.substr(0, end));
    if (end == std::string_view::npos) return parts;
    text.remove_prefix(end + 1);
  }
}

template <class Number>
bool read_number(std::string_view text, Number& number) {
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  return error == std::errc() && end == text.data() + text.size();
}

}  // namespace

Result<std::string> hash_password(std::string_view password, Random& random) {
  Salt salt;
  random.fill(salt);
  Hash hash;
  if (!derive(password, salt, passes, memory_bytes, hash)) return fail(FaultCode::unavailable, "password.no_memory");
  return written(salt, hash);
}

bool verify_password(std::string_view password, std::string_view text) {
  if (password.size() > password_length_max) password = {};  // As much work as for any other; never right.
  const auto parts = split(text);
  unsigned long long ops = 0;
  std::size_t memory = 0;
  if (parts.size() != 5 || parts[0] != scheme || !read_number(parts[1], ops) || !read_number(parts[2], memory))
    return false;
  const auto salt_bytes = person::parse_base32(parts[3]), stored = person::parse_base32(parts[4]);
  Salt salt;
  if (!salt_bytes || salt_bytes->size() != salt.size() || !stored) return false;
  std::copy(salt_bytes->begin(), salt_bytes->end(), salt.begin());
  Hash hash;
  return derive(password, salt, ops, memory, hash) && !password.empty() &&
         person::equal_in_constant_time(hash, *stored);
}

const std::string& nobodys_hash() {
  static const std::string text = written(Salt{}, Hash{});
  return text;
}

}  // namespace firstline::access
