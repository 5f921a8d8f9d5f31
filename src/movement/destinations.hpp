#pragma once

// Places of the official tree as somebody types them: characters, pinyin, first letters, or the code itself. For the
// forms of trips and visits. Pure, but for readings that are asked of ICU; knows no table of ours.

#include <string>
#include <string_view>
#include <vector>

#include <boost/describe.hpp>

#include "base/id.hpp"

namespace firstline::movement {

struct Destination {
  std::string code;  // 2, 4, 6, 9 or 12 digits.
  std::string name;
  std::string inside;  // The names above it, outermost first, with blanks between; empty for a province.
};
BOOST_DESCRIBE_STRUCT(Destination, (), (code, name, inside))

class Gazetteer {
 public:
  // Tables "code,name" with a heading; codes of 12 digits lose their zeros. The upper comes before the lower; of two
  // lines about one code the first counts.
  explicit Gazetteer(std::initializer_list<std::string_view> tables);

  // The best first, at most `limit`. Of equals the wider place comes first, then those near `home` (a division code).
  std::vector<Destination> find(std::string_view typed, std::string_view home, std::size_t limit) const;

 private:
  struct Entry {
    Destination place;
    std::u32string name, whole;  // whole: with everything above it, without blanks.
    std::string letters, initials, letters_from_city, initials_from_city;
  };
  static int rank(const Entry& entry, std::u32string_view characters, std::string_view letters);

  std::vector<Entry> entries_;
};

// The country, and of the district that this program carries also streets and communities.
const Gazetteer& gazetteer();

}  // namespace firstline::movement
