#pragma once

// A person as the program may show it. The clear form is only for the person's own page, a reveal with a reason, and
// rules that need it inside the server; every other answer takes `masked`. Pure.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/id.hpp"
#include "base/time.hpp"

namespace firstline::person {

enum class AgeBand { child, adult, elder };

// What those who help must know without opening anything. Kept in clear, so it is short on purpose.
// 独居老人 没有手机 残疾人 孕产妇 定期就医（透析、化疗）
enum class Mark { lone_elder, no_phone, disabled, pregnant, regular_treatment };

struct MergeTag {};
using MergeId = Id<MergeTag>;

// Where a person's row lives. The whole answer to "whose ID number is this".
struct PersonRef {
  AreaId community_id;
  PersonId person_id;
  bool operator==(const PersonRef&) const = default;
};

// In clear. Never leaves the server but by `masked`, by `reveal` or to the household itself.
struct Person {
  AreaId community_id;
  PersonId id;
  AreaId household_id;
  std::string name;
  std::optional<std::string> id_number;
  std::optional<std::string> phone;
  std::optional<Date> born_on;
  std::optional<std::string> address_detail;  // What the household's node does not say.
  std::vector<Mark> marks;
  bool generated = false;
};

// A person with the place of the home, read together: what a gate asks for. No number, phone or address detail in it.
struct Resident {
  Person person;
  std::string household_label;  // "3-2-502"
  std::string household_path;
};

// What a gate's phone holds of somebody when the network is away. `id_tag` is a few bits of a keyed hash: enough to
// find somebody by a typed number together with the last four, too few to search for the number.
struct ResidentMasked {
  PersonId id;
  AreaId household_id;
  std::string household_label;
  std::string name_masked;
  std::optional<std::string> id_last4, id_tag;
  std::optional<Date> born_on;  // For the age band; it does not leave the server.
};

struct PersonMasked {
  PersonId person_id;
  std::string name_masked;
  AgeBand age_band = AgeBand::adult;
  std::vector<Mark> marks;
  bool generated = false;
};

// For display and for the verdict's three bands. Elders (老年人) from 60: Law on the Protection of the Rights and
// Interests of the Elderly, art. 2. Whoever has a pack that says otherwise hands in its limits.
struct AgeLimits {
  int child_below = 14;
  int elder_from = 60;
};
// Without a birth date: adult.
AgeBand age_band(std::optional<Date> born_on, Date today, const AgeLimits& limits = {});

// 张**: the first character; two stars whatever the length, which would tell.
std::string mask_name(std::string_view name);
// 138****1234; everything but the last two digits of anything that is no mobile number.
std::string mask_phone(std::string_view phone);
// Stars and the last four.
std::string mask_id_number(std::string_view id_number);
// The one way into every list, form and message.
PersonMasked masked(const Person& person, Date today, const AgeLimits& limits = {});

}  // namespace firstline::person
