#pragma once

// Makes communities that never existed, the same from the same seed: places, people, gates, readings, demo accounts.
// Everything it makes is marked generated; ID numbers begin with "00", which no division has, phones with 129, which no
// operator has, and community codes with 9, which no list has.

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "base/clock.hpp"
#include "base/fault.hpp"
#include "base/id.hpp"
#include "person/field_key.hpp"
#include "store/database.hpp"

namespace firstline::drill {

struct GenerateOptions {
  int people = 10'000;  // In all.
  int communities = 1;  // 1..99; the people are spread over them.
  std::uint64_t seed = 1;
  Instant now{};  // Readings and tests are dated before it.
  // Called now and then from the calling thread.
  std::function<void(std::int64_t people_done, std::int64_t people_all)> progress;
};

struct Generated {
  std::vector<AreaId> communities;
  std::int64_t people = 0, households = 0;
  bool was_there = false;  // The same seed and numbers had been made before: nothing was done.
};

// Many transactions of some thousand people each. Stopped half-way, a second call begins anew with the next code.
Result<Generated> generate_communities(store::Database& database, const person::FieldKey& key,
                                       const GenerateOptions& options);

// Gives everybody new readings and tests as of `now`, where the last ones are older than six hours: a demo that was
// made last week would otherwise refuse everybody at the gate. Answers for how many people.
Result<std::int64_t> refresh_readings(store::Database& database, const person::FieldKey& key, Instant now);

struct DemoLogin {
  std::string role, login, password, totp_secret_base32, place;
};
// One account a role over the first generated community. A second call does nothing and lists the same logins. They
// sign in only under --demo (access::Settings::allow_generated).
Result<std::vector<DemoLogin>> ensure_demo_accounts(store::Database& database, const person::FieldKey& key,
                                                    Instant now);

}  // namespace firstline::drill
