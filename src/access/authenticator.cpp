#include <mutex>
#include <unordered_map>

#include "access/service.hpp"
#include "access/store.hpp"
#include "access/tokens.hpp"

namespace firstline::access {

// Which sessions and devices have had their "seen" written lately by this node, so that it is written once a step.
struct Authenticator::Seen {
  static constexpr std::size_t entries_max = 20'000;

  std::mutex mutex;
  std::unordered_map<std::string, Instant> written;

  bool due(const Digest& token_hash, Instant now, Millis step) {
    const std::string key(reinterpret_cast<const char*>(token_hash.data()), token_hash.size());
    const std::lock_guard lock(mutex);
    if (written.size() >= entries_max)
      std::erase_if(written, [&](const auto& item) { return now - item.second >= step; });
    if (written.size() >= entries_max) return false;
    auto& last = written[key];
    if (now - last < step) return false;
    last = now;
    return true;
  }
};

Authenticator::Authenticator(store::Database& database, const person::FieldKey& key, Limits limits)
    : database_(&database), key_(&key), limits_(limits), seen_(std::make_unique<Seen>()) {}
Authenticator::~Authenticator() = default;

std::string Authenticator::digest(std::string_view body) const {
  const Digest hash = key_->search_hash("command", body);
  return {reinterpret_cast<const char*>(hash.data()), hash.size()};
}

std::string Authenticator::csrf_token(std::string_view session_token) const {
  return person::base32(key_->mac(person::KeyUse::csrf, session_token));
}

// The lookups are by keyed hashes, so how long they take says nothing about any token. A device whose keeper's session
// has run out goes on as a device: an emergency exit must not wait for a sign-in.
Result<http::Actor> Authenticator::authenticate(store::Session& session, std::string_view session_token,
                                                std::string_view device_token, Instant now) {
  http::Actor actor;
  std::string_view trouble;
  if (!session_token.empty()) {
    const Digest hash = token_hash(*key_, session_token);
    FL_TRY(const auto login, load_session(session, hash));
    if (login && is_live(*login, now)) {
      FL_TRY(actor.grants, unpack_grants(login->grants));
      actor.account = login->account_id;
      actor.person = login->person_id;
      actor.person_community = login->person_community_id;
      actor.must_change_password = login->must_change;
      if (now - login->seen_at >= limits_.seen_step && seen_->due(hash, now, limits_.seen_step)) {
        database_->submit_write([hash, now](store::Session& write) { return touch_session(write, hash, now); },
                                [](const Result<void>&) {});
      }
    } else {
      trouble = "session.expired";
    }
  }
  if (!device_token.empty()) {
    const Digest hash = token_hash(*key_, device_token);
    FL_TRY(auto device, load_device_key(session, hash));
    if (device) {
      actor.device = device->device_id;
      actor.gate = device->gate_id;
      actor.device_path = device->path;
      actor.device_kind = device->kind;
      if (now - device->seen_at >= limits_.seen_step && seen_->due(hash, now, limits_.seen_step)) {
        database_->submit_write(
            [device = std::move(*device), now](store::Session& write) { return touch_device(write, device, now); },
            [](const Result<void>&) {});
      }
    } else {
      trouble = "device.revoked";
    }
  }
  if (!trouble.empty() && !actor.account && !actor.device) return fail(FaultCode::unauthenticated, trouble);
  return actor;
}

}  // namespace firstline::access
