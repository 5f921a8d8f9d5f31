// What was typed, and the words of the index: pairs of neighbouring characters, the first letters of the spelling
// (three and five), three initials, the last four digits of the phone.

#include <algorithm>
#include <array>
#include <cstring>

#include <sodium.h>

#include "person/names.hpp"
#include "person/search.hpp"

namespace firstline::person {
namespace {

constexpr std::size_t characters_min = 2, letters_min = 3, digits_min = 4;
constexpr std::size_t typed_bytes_max = 200;
constexpr std::size_t long_spelling = 5;

bool is_digit(char32_t c) { return c >= U'0' && c <= U'9'; }

// Full-width forms, as Chinese keyboards make them, become plain ones.
char32_t plain(char32_t c) {
  if (c >= 0xFF01 && c <= 0xFF5E) c -= 0xFEE0;
  if (c >= U'A' && c <= U'Z') c += 0x20;
  return c;
}

// "3-2-502" from "3-2-502", or from digits with the words for building, unit and room between them.
std::string label_in(std::u32string_view text) {
  std::string label;
  for (const char32_t c : text) {
    if (is_digit(c)) label += static_cast<char>(c);
    else if (!label.empty() && label.back() != '-') label += '-';
  }
  while (label.ends_with('-')) label.pop_back();
  return label;
}

// SipHash-2-4, a keyed function made for short texts. Its key comes from the search subkey and the community: equal
// names of two communities cannot be joined by whoever has no key.
class Words {
 public:
  Words(const FieldKey& key, AreaId community) {
    const Digest digest = key.search_hash("word", format_id(community.value));
    std::memcpy(key_.data(), digest.data(), key_.size());
  }
  ~Words() { sodium_memzero(key_.data(), key_.size()); }

  // `kind` keeps a name apart from a spelling of the same letters.
  std::int64_t of(char kind, std::string_view text, std::string_view more = {}) {
    clear_.assign(1, kind).append(text).append(more);
    std::array<unsigned char, crypto_shorthash_BYTES> hash;
    crypto_shorthash(hash.data(), reinterpret_cast<const unsigned char*>(clear_.data()), clear_.size(), key_.data());
    std::int64_t value = 0;
    std::memcpy(&value, hash.data(), sizeof value);
    return value;
  }

 private:
  std::array<unsigned char, crypto_shorthash_KEYBYTES> key_;
  std::string clear_;
};
constexpr char pair_kind = 'n', initials_kind = 'i', letters_kind = 'l', phone_kind = 'p';

}  // namespace

Result<Wanted> wanted_of(std::string_view typed) {
  const auto too_short = [] { return fail(FaultCode::invalid, "search.too_short", {}, "/text"); };
  if (typed.size() > typed_bytes_max) return fail(FaultCode::invalid, "search.too_long", {}, "/text");
  std::u32string text;
  for (const char32_t c : characters_of(typed)) text += plain(c);
  const auto count = [&](auto which) {
    return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), which));
  };
  const auto letter = [](char32_t c) { return c >= U'a' && c <= U'z'; };
  const std::size_t chinese = count(is_chinese), letters = count(letter), digits = count(is_digit);
  const bool parted = text.find(U'-') != std::u32string::npos;
  if (digits > 0 && (chinese > 0 || parted)) return Wanted{WantedKind::place, label_in(text)};
  Wanted wanted;
  for (const char32_t c : text)
    if (is_chinese(c) || letter(c) || is_digit(c)) wanted.text += utf8_of({&c, 1});
  if (chinese > 0) {
    wanted.kind = WantedKind::name;
    if (chinese < characters_min) return too_short();
  } else if (letters > 0) {
    wanted.kind = WantedKind::spelling;
    if (letters < letters_min || digits > 0) return too_short();
  } else {
    wanted.kind = WantedKind::phone;
    if (digits < digits_min) return too_short();
  }
  return wanted;
}

std::vector<std::int64_t> words_of(const FieldKey& key, AreaId community, std::string_view name,
                                   const std::optional<std::string>& phone) {
  Words word(key, community);
  std::vector<std::int64_t> words;
  const SpokenName spelled = spoken(name);
  for (std::size_t i = 0; i + 1 < spelled.characters.size(); ++i)
    words.push_back(word.of(pair_kind, spelled.characters[i], spelled.characters[i + 1]));
  const std::string letters = spelled.letters(), initials = spelled.initials();
  if (initials.size() >= letters_min) words.push_back(word.of(initials_kind, initials.substr(0, letters_min)));
  for (const std::size_t length : {letters_min, long_spelling})
    if (letters.size() >= length) words.push_back(word.of(letters_kind, letters.substr(0, length)));
  std::string digits;
  for (const char c : phone.value_or(""))
    if (is_digit(static_cast<char32_t>(c))) digits += c;
  if (digits.size() >= digits_min) words.push_back(word.of(phone_kind, digits.substr(digits.size() - digits_min)));
  return words;
}

std::vector<std::int64_t> words_for(const FieldKey& key, AreaId community, const Wanted& wanted) {
  Words word(key, community);
  const std::string& text = wanted.text;
  if (wanted.kind == WantedKind::phone) return {word.of(phone_kind, text.substr(text.size() - digits_min))};
  if (wanted.kind == WantedKind::name) {
    // The last pair: given names are rarer than surnames.
    const SpokenName spelled = spoken(text);
    const std::size_t last = spelled.characters.size() - 1;
    return {word.of(pair_kind, spelled.characters[last - 1], spelled.characters[last])};
  }
  std::string letters = text;
  std::replace(letters.begin(), letters.end(), 'v', 'u');
  const std::size_t length = letters.size() >= long_spelling ? long_spelling : letters_min;
  std::vector<std::int64_t> words{word.of(initials_kind, letters.substr(0, letters_min)),
                                  word.of(letters_kind, letters.substr(0, length))};
  // "liyfei": a whole surname of two letters, then initials.
  if (length != letters_min) words.push_back(word.of(letters_kind, letters.substr(0, letters_min)));
  return words;
}

}  // namespace firstline::person
