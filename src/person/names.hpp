#pragma once

// How a name is looked for: its characters without dots and blanks, and how each is read (pinyin). A surname that is
// read in its own way (Shan, Zeng, Xie) is, when it stands first. Pure, but for readings that are asked of ICU and
// kept.

#include <string>
#include <string_view>
#include <vector>

namespace firstline::person {

struct SpokenName {
  std::vector<std::string> characters;  // Each one character; a word in Latin letters counts as one, in lower case.
  std::vector<std::string> syllables;   // One for each of them: "zhang", "san". Letters a to z only; u for u with dots.
  std::string letters() const;          // "zhangsan"
  std::string initials() const;         // "zs"
};
SpokenName spoken(std::string_view name);

// Whether a typed spelling begins this name: "zhangsan", "zhangs", "zs", "zhsan" do for Zhang San. Lower case, at least
// one letter; v is taken for u.
bool begins(const SpokenName& name, std::string_view typed);

// Characters of Chinese (the common block and the first extension).
bool is_chinese(char32_t character);
// Broken UTF-8 ends the text.
std::u32string characters_of(std::string_view text);
std::string utf8_of(std::u32string_view text);

}  // namespace firstline::person
