#pragma once

// A resident's account, made at the desk from the person's record and handed over as a password or a code to scan.
//
// Faults: account.person_has_one (conflict), person.moved_out (conflict: no home to sign in to),
// access.not_yours_to_give (forbidden), those of open_account.

#include "access/desk.hpp"
#include "person/service.hpp"

namespace firstline::access {

struct PersonAccounts {
  std::vector<AccountView> items;  // Also those that are closed, the latest first.
  bool may_open = false;           // By whoever asks, now.
};
BOOST_DESCRIBE_STRUCT(PersonAccounts, (), (items, may_open))
Result<PersonAccounts> accounts_of(store::Session& session, const http::Actor& actor, person::PersonRef person,
                                   Instant now);

// Task. The login follows from the room ("r3-2-502", then "r3-2-502b", ...). The same command gives the same answer.
Result<OneTimeLogin> open_resident_account(const Door& door, const http::Actor& actor, person::PersonRef person,
                                           const Uuid& command, Instant now, Random& random);

// communities/{community}/people/{person}/accounts.
void add_resident_routes(http::RouteTable& table, const Door& door);

}  // namespace firstline::access
