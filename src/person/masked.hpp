#pragma once

// Everybody behind a gate as its phone may hold them, again and again: what is sealed as it was last time is not opened
// a second time.

#include <string>
#include <unordered_map>
#include <vector>

#include "person/service.hpp"

namespace firstline::person {

// What was made last time, by person, and of which sealed fields. Holds nothing in clear but birth dates.
class MaskedBefore {
 public:
  // In the order of their homes; by one statement. Whoever is not there any more is forgotten.
  Result<std::vector<ResidentMasked>> below(store::Session& session, const Directory& people, AreaId community,
                                            std::string_view path, const Digest& tag_key);

 private:
  struct One {
    std::string sealed;
    ResidentMasked made;
  };
  std::unordered_map<std::int64_t, One> people_;
};

}  // namespace firstline::person
