#pragma once

// The facts that this module writes, by ids and role names only: no login, no address, no display name.

#include <string_view>

#include "access/model.hpp"
#include "base/fault.hpp"
#include "person/field_key.hpp"
#include "person/model.hpp"
#include "store/session.hpp"

namespace firstline::access {

inline constexpr person::Field totp_field{"account", "totp"};

// For what runs outside the use case that admitted the asker.
void act_as(store::Session& session, std::optional<http::Role> role);

struct AccessFact {
  std::string_view kind;
  AccountId account{};  // Whose access changed.
  DeviceId device{};
  GateId gate{};
  AreaId community{};
  AccountId actor{};
  const http::Grant* grant = nullptr;
  Instant at{};
  AccountId other_account{};   // Who has the role now; of a confirmed reset, who had asked for it.
  person::PersonRef person{};  // The fact is about this resident, whose account it is.
};
Result<void> write_fact(store::Session& session, const AccessFact& fact);

}  // namespace firstline::access
