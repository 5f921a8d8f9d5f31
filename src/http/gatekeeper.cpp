#include "http/gatekeeper.hpp"

#include <optional>

#include <boost/describe/enum_to_string.hpp>

#include "store/acting.hpp"

namespace firstline::http {
namespace {

Result<Actor> who_asks(const Request& request, const Access& access, Call& call, Authenticator& authenticator) {
  if (request.session_token.empty() && request.device_token.empty()) return Actor{};
  auto actor = authenticator.authenticate(*call.session, request.session_token, request.device_token, call.now);
  if (actor || actor.error().code != FaultCode::unauthenticated) return actor;
  // A gate must keep working when the keeper's session has run out: the phone may still be enough by itself.
  if (access.device_too && !request.session_token.empty() && !request.device_token.empty())
    return authenticator.authenticate(*call.session, {}, request.device_token, call.now);
  // An old cookie must not keep anybody from signing in again.
  if (access.kind == Access::Kind::anyone) return Actor{};
  return actor;
}

// SameSite=Strict already keeps foreign pages out; the header is the second lock.
bool from_our_page(const Request& request, const Actor& actor, const Authenticator& authenticator) {
  if (request.route->spec.method == Method::get) return true;
  if (actor.account) return equal_secret(request.csrf, authenticator.csrf_token(request.session_token));
  if (actor.device) return request.bearer || !request.csrf.empty();
  return true;  // Nobody's authority can be misused.
}

bool may(const Access& access, const Actor& actor, const Place& place) {
  const bool phone = actor.device_kind == DeviceKind::phone;
  switch (access.kind) {
    case Access::Kind::anyone:
      return true;
    case Access::Kind::signed_in:
      return bool(actor.account);
    case Access::Kind::device:
      return actor.device_at(place) && (access.machine_too || phone);
    case Access::Kind::role:
      return actor.holds_any(access.roles, place) || (access.device_too && phone && actor.device_at(place));
  }
  return false;
}

// Of several roles over the place the least: nobody is said to have acted as more than was needed. Whoever is signed in
// and needs no role acts for themselves, as a resident if they are one.
std::string acting_role(const Access& access, const Actor& actor, const Place& place) {
  const bool by_role = access.kind == Access::Kind::role;
  const bool for_themselves = access.kind == Access::Kind::signed_in;
  std::optional<Role> least;
  for (const Grant& grant : actor.grants) {
    const bool opens = by_role ? access.roles.has(grant.role) && actor.holds(grant.role, place)
                               : for_themselves && grant.role == Role::resident;
    if (opens && (!least || grant.role < *least)) least = grant.role;
  }
  return least ? boost::describe::enum_to_string(*least, "") : "";
}

// An account whose password somebody else handed out is nobody but on the way to a password of its own. Its phone is
// still its gate's phone.
void hold_back(const RouteSpec& spec, Actor& actor) {
  if (!actor.must_change_password || spec.before_password_change) return;
  actor.account = {};
  actor.person = {};
  actor.grants.clear();
}

}  // namespace

Result<void> admit(const Request& request, Call& call, Authenticator& authenticator) {
  const Access& access = request.route->spec.access;
  FL_TRY(call.actor, who_asks(request, access, call, authenticator));
  const bool nobody = !call.actor.account && !call.actor.device;
  if (nobody && access.kind != Access::Kind::anyone) return fail(FaultCode::unauthenticated, "session.none");
  if (access.kind == Access::Kind::signed_in && !call.actor.account)
    return fail(FaultCode::unauthenticated, "session.none");
  if (!from_our_page(request, call.actor, authenticator)) return fail(FaultCode::forbidden, "request.forged");
  hold_back(request.route->spec, call.actor);
  if (call.actor.must_change_password && !call.actor.account && access.kind != Access::Kind::anyone &&
      !(access.device_too && call.actor.device))
    return fail(FaultCode::forbidden, "session.password_must_change");
  if (access.place) {
    FL_TRY(call.place, access.place(call));
  }
  if (!may(access, call.actor, call.place)) return fail(FaultCode::forbidden, "access.denied");
  call.acting = acting_role(access, call.actor, call.place);
  store::act_as(*call.session, call.acting);
  return {};
}

}  // namespace firstline::http
