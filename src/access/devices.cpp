// Phones enrolled at gates: a code offered by somebody in charge, taken once by the phone, answered with a token.

#include <map>

#include "access/facts.hpp"
#include "access/qr.hpp"
#include "access/service.hpp"
#include "access/store.hpp"
#include "access/tokens.hpp"
#include "area/service.hpp"

namespace firstline::access {
namespace {

constexpr std::size_t name_bytes_max = 100, reason_bytes_max = 300;

Result<Enrolled> view_of(store::Session& session, const Door& door, const Enrolment& enrolment, DeviceId device,
                         const Uuid& command, std::string_view code) {
  FL_TRY(const auto gate, area::find_gate(session, enrolment.gate_id));
  FL_TRY(auto view, area::view(session, gate));
  return Enrolled{device, device_token(*door.key, command, code), enrolment.name, std::move(view), enrolment.kind};
}

std::string normal_code(std::string_view text) {
  std::string code(text.substr(0, 32));
  for (char& c : code) c = c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
  return code;
}

}  // namespace

Result<EnrolmentOffer> offer_enrolment(store::Session& session, const Door& door, const Uuid& command, GateId gate_id,
                                       std::string name, AccountId by, Instant now, http::DeviceKind kind) {
  if (name.empty() || name.size() > name_bytes_max) return fail(FaultCode::invalid, "device.bad_name", {}, "/name");
  FL_TRY(const auto gate, area::find_gate(session, gate_id));
  const std::string code = enrolment_code(*door.key, command, gate_id, by);
  const Digest hash = door.key->mac(person::KeyUse::enrolment_code, code);
  FL_TRY(auto enrolment, load_enrolment(session, hash));
  if (!enrolment) {
    enrolment = Enrolment{Bytes(hash.begin(), hash.end()),
                          gate.community_id,
                          gate_id,
                          std::move(name),
                          by,
                          now + door.settings.limits.enrolment_age,
                          {},
                          {},
                          kind};
    FL_TRYV(save(session, *enrolment));
    FL_TRYV(write_fact(
        session,
        {.kind = "device.enrolment_offered", .gate = gate_id, .community = gate.community_id, .actor = by, .at = now}));
  }
  const std::string url = door.settings.public_url + "/enrol/" + code;
  return EnrolmentOffer{code, url, qr_svg(url), enrolment->expires_at};
}

Result<Enrolled> enrol(store::Session& session, const Door& door, const Uuid& command, std::string_view given,
                       Instant now, std::string_view signed_in) {
  const std::string code = normal_code(given);
  const Digest hash = door.key->mac(person::KeyUse::enrolment_code, code);
  FL_TRY(const auto enrolment, load_enrolment(session, hash));
  const auto unknown = [] { return fail(FaultCode::not_found, "enrolment.unknown", {}, "/code"); };
  if (!enrolment || now >= enrolment->expires_at) return unknown();
  if (enrolment->used_by) {
    if (*enrolment->used_by != command) return unknown();
    return view_of(session, door, *enrolment, enrolment->device_id, command, code);
  }
  FL_TRY(const auto gate, area::find_gate(session, enrolment->gate_id));
  const Digest token = token_hash(*door.key, device_token(*door.key, command, code));
  const Device device{gate.community_id,
                      session.new_id<DeviceId>(now),
                      gate.id,
                      enrolment->name,
                      Bytes(token.begin(), token.end()),
                      now,
                      enrolment->offered_by,
                      now,
                      {},
                      {},
                      enrolment->kind};
  FL_TRY(const bool first, use_enrolment(session, hash, command, device.id));
  if (!first) return unknown();
  FL_TRYV(save(session, device, gate.path));
  if (!signed_in.empty()) {
    FL_TRYV(put_session_on(session, token_hash(*door.key, signed_in), device.id));
  }
  FL_TRYV(write_fact(session, {.kind = "device.enrolled",
                               .device = device.id,
                               .gate = gate.id,
                               .community = gate.community_id,
                               .actor = enrolment->offered_by,
                               .at = now}));
  return view_of(session, door, *enrolment, device.id, command, code);
}

Result<void> revoke_device(store::Session& session, const Door& door, DeviceId id, std::string_view reason,
                           const http::Actor& actor, Instant now, Random& random) {
  if (reason.empty() || reason.size() > reason_bytes_max)
    return fail(FaultCode::invalid, "device.reason_missing", {}, "/reason");
  FL_TRY(const auto community, load_community_of_device(session, id));
  if (!community) return fail(FaultCode::not_found, "device.unknown");
  FL_TRY(const auto device, load_device(session, *community, id));
  if (!device) return fail(FaultCode::not_found, "device.unknown");
  if (device->revoked_at) return {};
  FL_TRYV(revoke(session, *device, door.key->seal(random, {"device", "revoke_note"}, id.value, reason), now));
  return write_fact(session, {.kind = "device.revoked",
                              .device = id,
                              .gate = device->gate_id,
                              .community = *community,
                              .actor = actor.account,
                              .at = now});
}

Result<std::vector<DeviceView>> devices_of(store::Session& session, AreaId community) {
  FL_TRY(const auto devices, load_devices(session, community));
  FL_TRY(const auto gates, area::gates_of(session, community));
  std::map<GateId, std::string> names;
  for (const area::Gate& gate : gates) names[gate.id] = gate.name;
  std::vector<DeviceView> views;
  for (const Device& device : devices) {
    views.push_back({device.id, device.name, device.gate_id, names[device.gate_id], device.enrolled_at,
                     device.last_seen_at, device.revoked_at, device.kind});
  }
  return views;
}

}  // namespace firstline::access
