#include "access/desk.hpp"
#include "access/login_limiter.hpp"
#include "access/resident.hpp"
#include "access/service.hpp"
#include "access/store.hpp"
#include "area/service.hpp"

namespace firstline::access {
namespace {

using http::Access;
using http::Call;
using http::CommandId;
using http::Method;
using http::Role;

struct OfferCommand {
  Uuid id;
  std::string name;
  std::optional<http::DeviceKind> kind;  // None: a keeper's phone.
};
BOOST_DESCRIBE_STRUCT(OfferCommand, (), (id, name, kind))
struct EnrolCommand {
  Uuid id;
  std::string code;
};
BOOST_DESCRIBE_STRUCT(EnrolCommand, (), (id, code))
struct RevokeCommand {
  Uuid id;
  std::string reason;
};
BOOST_DESCRIBE_STRUCT(RevokeCommand, (), (id, reason))

struct OwnDevice {
  DeviceId device_id;
  std::string name;
  area::GateView gate;
  Instant enrolled_at{};
  http::DeviceKind kind = http::DeviceKind::phone;
};
BOOST_DESCRIBE_STRUCT(OwnDevice, (), (device_id, name, gate, enrolled_at, kind))
struct Devices {
  std::vector<DeviceView> items;
};
BOOST_DESCRIBE_STRUCT(Devices, (), (items))

constexpr http::RoleSet in_charge{Role::secretary, Role::grid_worker};
constexpr std::chrono::hours device_cookie_age{400 * 24};  // Browsers keep none longer.

Result<http::Place> place_of_device(const Call& call) {
  FL_TRY(const auto id, call.id_parameter<DeviceId>("device"));
  FL_TRY(const auto community, load_community_of_device(*call.session, id));
  if (!community) return fail(FaultCode::not_found, "device.unknown");
  FL_TRY(const auto device, load_device(*call.session, *community, id));
  if (!device) return fail(FaultCode::not_found, "device.unknown");
  FL_TRY(const auto gate, area::find_gate(*call.session, device->gate_id));
  return area::place_of(gate);
}

// A device asks about itself: its place is its gate's.
Result<http::Place> own_place(const Call& call) { return http::Place{{}, call.actor.device_path, {}}; }

Result<OwnDevice> own_device(Call& call) {
  FL_TRY(const auto gate, area::find_gate(*call.session, call.actor.gate));
  FL_TRY(const auto device, load_device(*call.session, gate.community_id, call.actor.device));
  if (!device) return fail(FaultCode::not_found, "device.unknown");
  FL_TRY(auto view, area::view(*call.session, gate));
  return OwnDevice{device->id, device->name, std::move(view), device->enrolled_at, device->kind};
}

Result<SessionView> post_session(Call& call, const SignIn& given, const Door& door, LoginLimiter& limiter) {
  FL_TRY(auto signed_in, sign_in(door, limiter, given, call.peer_address, call.now, *call.random, call.actor.device));
  call.set_cookie("fl_session", signed_in.token,
                  std::chrono::duration_cast<std::chrono::seconds>(signed_in.view.expires_at - call.now));
  return std::move(signed_in.view);
}

// Guessing codes is slowed down like guessing passwords, by address.
Result<Enrolled> post_device(Call& call, const EnrolCommand& command, const Door& door, LoginLimiter& limiter) {
  if (limiter.wait(call.peer_address, "/enrol", call.now) > Millis(0))
    return fail(FaultCode::busy, "session.too_many_attempts");
  auto enrolled = enrol(*call.session, door, command.id, command.code, call.now, call.session_token);
  if (!enrolled) {
    if (enrolled.error().code == FaultCode::not_found) limiter.failed(call.peer_address, "/enrol", call.now);
    return enrolled;
  }
  call.set_cookie("fl_device", enrolled->token, device_cookie_age);
  return enrolled;
}

struct GridWorker {
  AreaId grid_id;
  std::vector<std::string> display_names;
};
BOOST_DESCRIBE_STRUCT(GridWorker, (), (grid_id, display_names))
struct GridWorkers {
  std::vector<GridWorker> items;
};
BOOST_DESCRIBE_STRUCT(GridWorkers, (), (items))

Result<GridWorkers> grid_workers(Call& call) {
  FL_TRY(const auto tops, area::children(*call.session, call.place.community, call.place.community));
  GridWorkers workers;
  for (const area::Area& top : tops) {
    if (top.kind != area::AreaKind::grid) continue;
    FL_TRY(auto names, load_holders(*call.session, top.id, Role::grid_worker));
    workers.items.push_back({top.id, std::move(names)});
  }
  return workers;
}

void add_session_routes(http::RouteTable& table, const Door& door, const std::shared_ptr<LoginLimiter>& limiter) {
  table.task<SignIn, SessionView>(
      {Method::post, "/api/v1/session", "sign_in", Access::anyone(),
       "Signs in with login, password and, for deciding roles, a one-time code; sets the cookie."},
      [&door, limiter](Call& call, const SignIn& given) { return post_session(call, given, door, *limiter); });
  http::RouteSpec who{Method::get, "/api/v1/session", "get_session", Access::anyone(),
                      "Who is signed in, in which roles."};
  who.before_password_change = true;
  table.query<SessionView>(std::move(who), [&door](Call& call) {
    return current_session(*call.session, door, call.session_token, call.now);
  });
  http::RouteSpec end{Method::post, "/api/v1/session/end", "end_session", Access::signed_in(), "Signs out."};
  end.before_password_change = true;
  table.command<CommandId, http::Empty>(std::move(end), [&door](Call& call, const CommandId&) -> Result<http::Empty> {
    FL_TRYV(sign_out(*call.session, door, call.session_token, call.now));
    call.clear_cookie("fl_session");
    return http::Empty{};
  });
}

void add_device_routes(http::RouteTable& table, const Door& door, const std::shared_ptr<LoginLimiter>& limiter) {
  table.query<OwnDevice>({Method::get, "/api/v1/device", "get_device", Access::any_device(own_place),
                          "The enrolled phone that asks, and its gate."},
                         own_device);
  // Codes and tokens are made again from the command's id instead of being kept in the store of answers.
  http::RouteSpec offer{Method::post, "/api/v1/gates/{gate}/enrolments", "offer_enrolment",
                        Access::role(in_charge, area::at_gate("gate")),
                        "A code by which one phone, reader or turnstile becomes a device of this gate."};
  offer.own_idempotency = true;
  table.command<OfferCommand, EnrolmentOffer>(
      std::move(offer), [&door](Call& call, const OfferCommand& command) -> Result<EnrolmentOffer> {
        FL_TRY(const auto gate, call.id_parameter<GateId>("gate"));
        return offer_enrolment(*call.session, door, command.id, gate, command.name, call.actor.account, call.now,
                               command.kind.value_or(http::DeviceKind::phone));
      });
  http::RouteSpec take{Method::post, "/api/v1/devices", "enrol_device", Access::anyone(),
                       "Takes an enrolment code; answers with the device's token."};
  take.own_idempotency = true;
  table.command<EnrolCommand, Enrolled>(std::move(take), [&door, limiter](Call& call, const EnrolCommand& command) {
    return post_device(call, command, door, *limiter);
  });
  table.query<Devices>(
      {Method::get, "/api/v1/communities/{community}/devices", "list_devices",
       Access::role(in_charge, area::at_community("community")), "The phones enrolled at the community's gates."},
      [](Call& call) -> Result<Devices> {
        FL_TRY(auto devices, devices_of(*call.session, call.place.community));
        return Devices{std::move(devices)};
      });
  table.command<RevokeCommand, http::Empty>(
      {Method::post, "/api/v1/devices/{device}/revoke", "revoke_device",
       Access::role({Role::secretary}, place_of_device), "Shuts a phone out at once."},
      [&door](Call& call, const RevokeCommand& command) -> Result<http::Empty> {
        FL_TRY(const auto id, call.id_parameter<DeviceId>("device"));
        FL_TRYV(revoke_device(*call.session, door, id, command.reason, call.actor, call.now, *call.random));
        return http::Empty{};
      });
}

}  // namespace

void add_routes(http::RouteTable& table, const Door& door) {
  table.query<GridWorkers>(
      {Method::get, "/api/v1/communities/{community}/grid-workers", "grid_workers",
       Access::role({Role::grid_worker, Role::secretary, Role::health_officer, Role::commander, Role::auditor},
                    area::at_community("community")),
       "Who looks after which grid, by the names of their accounts."},
      grid_workers);
  const auto limiter = std::make_shared<LoginLimiter>();
  add_session_routes(table, door, limiter);
  add_device_routes(table, door, limiter);
  add_desk_routes(table, door, limiter);
  add_resident_routes(table, door);
}

}  // namespace firstline::access
