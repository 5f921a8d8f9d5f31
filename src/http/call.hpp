#pragma once

// What a handler may depend on: the open transaction, who asks, when, and the request's parameters.

#include <any>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.hpp"
#include "base/fault.hpp"
#include "http/actor.hpp"
#include "store/session.hpp"

namespace firstline::http {

class Call {
 public:
  store::Session* session = nullptr;  // Read-only for queries, writable for commands; null for tasks.
  Actor actor;
  std::string acting;  // The role in which the asker was admitted; a task says it to each session of its own.
  Place place;         // What the route's access rule resolved; empty for anyone and signed_in.
  std::any met;  // What it found on the way there, so that the handler need not look again; its module knows the type.
  Instant now{};
  std::optional<Instant> written_at;  // Where something is written down later than it happened, which is `now` then.
  Instant recorded_at() const { return written_at.value_or(now); }
  Random* random = nullptr;
  std::string peer_address;
  std::string session_token, device_token;  // As sent; empty if absent.

  // {name} in the path.
  std::string_view parameter(std::string_view name) const;
  template <class AnyId>
  Result<AnyId> id_parameter(std::string_view name) const {
    const auto value = parse_id(parameter(name));
    if (!value) return fail(FaultCode::not_found, "route.bad_id", {}, std::string(name));
    return AnyId{*value};
  }
  // ?name=; empty optional if absent.
  std::optional<std::string> query(std::string_view name) const;

  void set_cookie(std::string name, std::string value,
                  std::chrono::seconds age);  // HttpOnly; SameSite=Strict; Secure under TLS.
  void clear_cookie(std::string name);
  // Names the answer's version. True if the asker holds it already: then 304 goes out, whatever the handler returns.
  bool asker_holds(std::string tag);
  // Runs after the commit, on a store thread; must not block. For waking followers. Not called on roll-back.
  void after_commit(std::function<void()> action) { after_commit_.push_back(std::move(action)); }

  std::map<std::string, std::string, std::less<>> parameters, queries;
  std::vector<std::string> cookies;
  std::string if_none_match, etag;
  bool unchanged = false;
  std::vector<std::function<void()>> after_commit_;
};

// Turns tokens into an Actor, inside the use case's own transaction, so that a revoked device is refused at once.
class Authenticator {
 public:
  virtual ~Authenticator() = default;
  // Never a fault for missing tokens (the Actor is empty); `unauthenticated` for a wrong, expired or revoked one.
  virtual Result<Actor> authenticate(store::Session& session, std::string_view session_token,
                                     std::string_view device_token, Instant now) = 0;
  // The CSRF token that belongs to a session token.
  virtual std::string csrf_token(std::string_view session_token) const = 0;
  // A keyed hash of a command's body, to tell a second sending from another command. Keyed, because the body may be a
  // telephone number and an id: a plain hash could be tried through.
  virtual std::string digest(std::string_view body) const = 0;
};

}  // namespace firstline::http
