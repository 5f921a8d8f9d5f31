#include "person/names.hpp"

#include <algorithm>
#include <atomic>
#include <deque>
#include <memory>
#include <mutex>

#include <unicode/translit.h>
#include <unicode/unistr.h>

#include "base/check.hpp"

namespace firstline::person {
namespace {

struct Reading {
  std::u32string_view surname;
  std::string_view syllables;
};

// Surnames whose usual reading is not the character's. Sources: Xiandai Hanyu Cidian (现代汉语词典), entries "姓".
constexpr Reading surnames[] = {
    {U"单", "shan"}, {U"曾", "zeng"}, {U"解", "xie"},  {U"仇", "qiu"},      {U"查", "zha"},     {U"区", "ou"},
    {U"朴", "piao"}, {U"盖", "ge"},   {U"翟", "zhai"}, {U"薄", "bo"},       {U"缪", "miao"},    {U"种", "chong"},
    {U"乐", "yue"},  {U"覃", "qin"},  {U"冼", "xian"}, {U"隗", "wei"},      {U"召", "shao"},    {U"折", "she"},
    {U"员", "yun"},  {U"秘", "bi"},   {U"繁", "po"},   {U"尉迟", "yu chi"}, {U"万俟", "mo qi"}, {U"长孙", "zhang sun"},
};

constexpr char32_t first_han = 0x3400, last_han = 0x9FFF;

// Readings of characters, asked of ICU once each: some 15 microseconds, then a look-up without a lock.
class Readings {
 public:
  Readings() : of_(last_han - first_han + 1) {
    UErrorCode error = U_ZERO_ERROR;
    latin_.reset(icu::Transliterator::createInstance("Han-Latin; NFD; [:Nonspacing Mark:] Remove; Lower",
                                                     UTRANS_FORWARD, error));
    FL_CHECK(U_SUCCESS(error) && latin_);
  }
  const std::string& of(char32_t c) {
    auto& slot = of_[c - first_han];
    const std::string* known = slot.load(std::memory_order_acquire);
    return known ? *known : ask(c, slot);
  }

 private:
  const std::string& ask(char32_t c, std::atomic<const std::string*>& slot) {
    const std::lock_guard lock(mutex_);
    if (const std::string* known = slot.load(std::memory_order_acquire)) return *known;
    icu::UnicodeString text(static_cast<UChar32>(c));
    latin_->transliterate(text);
    std::string spelled;
    for (int i = 0; i < text.length(); ++i)
      if (text[i] >= u'a' && text[i] <= u'z') spelled += static_cast<char>(text[i]);
    made_.push_back(std::move(spelled));
    slot.store(&made_.back(), std::memory_order_release);
    return made_.back();
  }

  std::mutex mutex_;
  std::unique_ptr<icu::Transliterator> latin_;
  std::deque<std::string> made_;  // Never moves what it holds.
  std::vector<std::atomic<const std::string*>> of_;
};

Readings& readings() {
  static Readings all;
  return all;
}

bool is_letter(char32_t c) { return (c >= U'a' && c <= U'z') || (c >= U'A' && c <= U'Z'); }
char lower(char32_t c) { return static_cast<char>(c | 0x20); }

// Puts the surname's own readings in place of those of its characters.
void read_surname(std::u32string_view name, std::vector<std::string>& syllables) {
  for (const Reading& special : surnames) {
    if (!name.starts_with(special.surname)) continue;
    std::string_view rest = special.syllables;
    for (std::size_t i = 0; i < special.surname.size() && i < syllables.size(); ++i) {
      const auto blank = rest.find(' ');
      syllables[i] = rest.substr(0, blank);
      rest.remove_prefix(blank == std::string_view::npos ? rest.size() : blank + 1);
    }
    return;
  }
}

bool begins_at(const std::vector<std::string>& syllables, std::size_t at, std::string_view typed) {
  if (typed.empty()) return true;
  if (at == syllables.size()) return false;
  const std::string& syllable = syllables[at];
  const auto ends = std::mismatch(typed.begin(), typed.end(), syllable.begin(), syllable.end());
  for (auto length = ends.first - typed.begin(); length > 0; --length)
    if (begins_at(syllables, at + 1, typed.substr(static_cast<std::size_t>(length)))) return true;
  return false;
}

}  // namespace

std::string SpokenName::letters() const {
  std::string text;
  for (const auto& syllable : syllables) text += syllable;
  return text;
}

std::string SpokenName::initials() const {
  std::string text;
  for (const auto& syllable : syllables)
    if (!syllable.empty()) text += syllable.front();
  return text;
}

SpokenName spoken(std::string_view name) {
  SpokenName out;
  const std::u32string characters = characters_of(name);
  bool in_word = false;
  for (const char32_t c : characters) {
    if (is_chinese(c)) {
      out.characters.push_back(utf8_of({&c, 1}));
      out.syllables.push_back(readings().of(c));
      in_word = false;
    } else if (is_letter(c)) {
      if (!in_word) {
        out.characters.emplace_back();
        out.syllables.emplace_back();
      }
      out.characters.back() += lower(c);
      out.syllables.back() += lower(c) == 'v' ? 'u' : lower(c);
      in_word = true;
    } else {
      in_word = false;
    }
  }
  read_surname(characters, out.syllables);
  return out;
}

bool begins(const SpokenName& name, std::string_view typed) {
  std::string letters(typed);
  std::replace(letters.begin(), letters.end(), 'v', 'u');
  return begins_at(name.syllables, 0, letters);
}

bool is_chinese(char32_t character) { return character >= first_han && character <= last_han; }

std::u32string characters_of(std::string_view text) {
  std::u32string out;
  for (std::size_t i = 0; i < text.size();) {
    const auto lead = static_cast<unsigned char>(text[i]);
    const std::size_t length = lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
    if ((lead >= 0x80 && lead < 0xC2) || lead > 0xF4 || i + length > text.size()) break;
    char32_t c = length == 1 ? lead : lead & (0x7Fu >> length);
    for (std::size_t k = 1; k < length; ++k) c = (c << 6) | (static_cast<unsigned char>(text[i + k]) & 0x3F);
    out += c;
    i += length;
  }
  return out;
}

std::string utf8_of(std::u32string_view text) {
  std::string out;
  for (const char32_t c : text) {
    if (c < 0x80) out += static_cast<char>(c);
    else if (c < 0x800) out.append({static_cast<char>(0xC0 | (c >> 6)), static_cast<char>(0x80 | (c & 0x3F))});
    else if (c < 0x10000)
      out.append({static_cast<char>(0xE0 | (c >> 12)), static_cast<char>(0x80 | ((c >> 6) & 0x3F)),
                  static_cast<char>(0x80 | (c & 0x3F))});
    else
      out.append({static_cast<char>(0xF0 | (c >> 18)), static_cast<char>(0x80 | ((c >> 12) & 0x3F)),
                  static_cast<char>(0x80 | ((c >> 6) & 0x3F)), static_cast<char>(0x80 | (c & 0x3F))});
  }
  return out;
}

}  // namespace firstline::person
