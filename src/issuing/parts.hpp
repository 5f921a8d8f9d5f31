#pragma once

// What the files of this module share.

#include <string>
#include <string_view>

#include "area/model.hpp"
#include "credential/fl.hpp"
#include "http/call.hpp"
#include "issuing/store.hpp"
#include "person/field_key.hpp"

namespace firstline::issuing {

inline std::string text_of(std::span<const std::byte> bytes) {
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}
inline store::Bytes bytes_of(std::string_view text) {
  const auto bytes = std::as_bytes(std::span(text));
  return {bytes.begin(), bytes.end()};
}

// Where an event happened and who caused it; both may be empty for the program itself.
struct Cause {
  AccountId account;
  DeviceId device;
};
Result<void> note_fact(store::Session& session, Cause cause, AreaId community, std::string kind, std::string subject,
                       std::string body, Instant now);

// A community's key, opened.
struct Signer {
  IssuerKeyRow row;
  credential::PrivateKey key;
};
// The key of now, if there is one.
Result<std::optional<Signer>> known_signer(store::Session& session, const person::FieldKey& seal, AreaId community,
                                           Instant now);
// The key of now; made where there is none.
Result<Signer> signer_of(store::Session& session, const person::FieldKey& seal, AreaId community, Instant now,
                         Random& random);
Result<void> tend_keys(store::Session& session, const person::FieldKey& seal, AreaId community, Instant now,
                       Random& random);
// Wipes the secret; `cause` and what it was for stand in the fact.
Result<void> end_key(store::Session& session, Cause cause, IssuerKeyRow row, Instant now);
credential::IssuerKey as_known(const IssuerKeyRow& row, credential::PublicKey key);

// Signs the list of revoked codes anew, one number on.
Result<void> sign_revocations(store::Session& session, const person::FieldKey& seal, AreaId community, Instant now,
                              Random& random);

}  // namespace firstline::issuing
