#include "laboratory/whom.hpp"

#include <algorithm>

#include "person/names.hpp"

namespace firstline::laboratory {
namespace {

// Without dots, blanks and case; in Latin letters in any order, because forms disagree which name comes first.
bool same_name(std::string_view a, std::string_view b) {
  auto first = person::spoken(a).characters, second = person::spoken(b).characters;
  if (first == second) return !first.empty();
  const auto latin = [](const std::vector<std::string>& words) {
    return std::all_of(words.begin(), words.end(),
                       [](const std::string& word) { return static_cast<unsigned char>(word.front()) < 0x80; });
  };
  if (first.empty() || !latin(first) || !latin(second)) return false;
  std::sort(first.begin(), first.end());
  std::sort(second.begin(), second.end());
  return first == second;
}

bool is_refusal(const Fault& fault) {
  return fault.code == FaultCode::invalid || fault.code == FaultCode::conflict || fault.code == FaultCode::not_found;
}

}  // namespace

Result<Found> whom(store::Session& session, const person::Directory& people, const Who& who, Date today) {
  if (who.name.empty()) return Found{{}, "name.missing"};
  std::vector<person::PersonRef> candidates;
  if (who.id_number) {
    const auto ref = people.by_id_number(session, *who.id_number, today);
    if (!ref)
      return is_refusal(ref.error()) ? Result<Found>(Found{{}, ref.error().reason}) : tl::unexpected(ref.error());
    candidates.push_back(*ref);
  } else if (who.phone) {
    const auto refs = people.by_phone(session, *who.phone);
    if (!refs)
      return is_refusal(refs.error()) ? Result<Found>(Found{{}, refs.error().reason}) : tl::unexpected(refs.error());
    candidates = *refs;
  } else {
    return Found{{}, "number.missing"};
  }
  Found found;
  for (const person::PersonRef& ref : candidates) {
    FL_TRY(const auto person, people.find(session, ref));
    if (!same_name(person.name, who.name)) continue;
    if (found.ref) return Found{{}, "person.ambiguous"};
    found.ref = person::PersonRef{person.community_id, person.id};
  }
  if (!found.ref) return Found{{}, who.id_number ? "person.other_name" : "person.unknown_phone"};
  return found;
}

}  // namespace firstline::laboratory
