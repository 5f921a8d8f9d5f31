// Renews the readings of generated people from the same plan, found again by their ID numbers.

#include "drill/generate.hpp"
#include "drill/plan.hpp"
#include "drill/store.hpp"
#include "health/service.hpp"
#include "person/service.hpp"

namespace firstline::drill {
namespace {

using namespace std::chrono_literals;
using store::Session;

constexpr Millis fresh_for = 6h;

Result<std::int64_t> renew(Session& session, const person::Directory& directory, const PlannedBuilding& building,
                           Instant now) {
  std::int64_t people = 0;
  for (const PlannedHome& home : building.homes) {
    for (const PlannedPerson& planned : home.people) {
      FL_TRY(const auto ref, directory.by_id_number(session, planned.id_number, civil_date(now)));
      if (planned.code) {
        FL_TRYV(health::record_code(session, ref.community_id, ref.person_id, *planned.code, {}, "generated", now));
      }
      for (const PlannedNat& test : planned.tests) {
        FL_TRYV(health::record_nat(session, ref.community_id, ref.person_id,
                                   {test.sampled_at, test.reported_at, test.state, "generated"}, now));
      }
      ++people;
    }
  }
  return people;
}

}  // namespace

Result<std::int64_t> refresh_readings(store::Database& database, const person::FieldKey& key, Instant now) {
  const person::Directory directory(key);
  FL_TRY(const auto communities, database.read([](Session& session) { return load_made(session); }));
  std::int64_t renewed = 0;
  for (const MadeCommunity& made : communities) {
    if (!made.finished || made.made_at == Instant{} || now - made.readings_at < fresh_for) continue;
    CommunityPlan plan(static_cast<int>(made.people), static_cast<int>(made.number),
                       static_cast<std::uint64_t>(made.seed), made.made_at, now);
    while (const auto building = plan.next_building()) {
      FL_TRY(const auto people,
             database.write([&](Session& session) { return renew(session, directory, *building, now); }));
      renewed += people;
    }
    const auto noted = database.write([&](Session& session) { return set_readings_at(session, made.number, now); });
    FL_TRYV(noted);
  }
  return renewed;
}

}  // namespace firstline::drill
