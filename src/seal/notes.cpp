#include "seal/notes.hpp"

#include <algorithm>

#include "area/service.hpp"
#include "base/base64.hpp"
#include "json/json.hpp"

namespace firstline::seal {
namespace {

using http::Call;
using store::Session;

constexpr std::size_t ref_bytes_max = 40, text_bytes_max = 2000, photo_bytes_max = 400'000;
constexpr person::Field objection_field{"seal_objection", "text"};

tl::unexpected<Fault> invalid(std::string_view reason, std::string where) {
  return fail(FaultCode::invalid, reason, {}, std::move(where));
}

// A number such as "2022-017": letters, digits and hyphens, so that no name gets in.
bool is_ref(const std::string& ref) {
  return !ref.empty() && ref.size() <= ref_bytes_max && std::all_of(ref.begin(), ref.end(), [](unsigned char c) {
    return std::isalnum(c) != 0 || c == '-' || c == '.';
  });
}

bool is_about_case(HappeningKind kind) {
  return kind == HappeningKind::case_found || kind == HappeningKind::case_removed;
}
bool is_about_contact(HappeningKind kind) {
  return kind == HappeningKind::contact_found || kind == HappeningKind::contact_transferred ||
         kind == HappeningKind::contact_negative;
}

struct HappeningBody {
  HappeningKind kind = HappeningKind::case_found;
  std::string ref;
  Instant at{};
};
BOOST_DESCRIBE_STRUCT(HappeningBody, (), (kind, ref, at))
struct CheckBody {
  ExitKind kind = ExitKind::fire_exit;
  bool open = true;
};
BOOST_DESCRIBE_STRUCT(CheckBody, (), (kind, open))

// A removal or a result is about a case or contact that is known.
Result<void> check_known(Session& session, const SealOrder& order, const api::RecordHappening& command) {
  const auto first = is_about_case(command.kind) ? HappeningKind::case_found : HappeningKind::contact_found;
  FL_TRY(const auto known, load_happenings(session, order.community_id, order.id));
  const bool there = std::any_of(known.begin(), known.end(), [&](const Happening& each) {
    return !each.struck_at && each.kind == first && each.ref == command.ref;
  });
  if (there == (command.kind == first)) return invalid("seal.bad_ref", "/ref");
  return {};
}

std::string_view chars_of(const store::Bytes& bytes) {
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}
bool is_jpeg(const store::Bytes& bytes) {
  return bytes.size() > 3 && bytes[0] == std::byte{0xff} && bytes[1] == std::byte{0xd8} && bytes[2] == std::byte{0xff};
}

Result<api::ObjectionView> view_of(Call& call, const Desk& desk, const Objection& objection) {
  api::ObjectionView view;
  view.objection_id = objection.id;
  view.order_id = objection.order_id;
  FL_TRY(const auto order, order_met(*call.session, objection.community_id, objection.order_id));
  view.code = order.code;
  FL_TRY(const auto home, area::find(*call.session, objection.community_id, objection.household_id));
  view.household_label = home.label;
  FL_TRY(view.text, desk.people->key().open(objection_field, objection.id.value, objection.text));
  view.at = objection.at;
  view.due_at = objection.due_at;
  view.overdue = !objection.answered_at && call.now >= objection.due_at;
  view.answered_for = objection.answered_for;
  view.answer = objection.answer;
  view.answered_at = objection.answered_at;
  return view;
}

}  // namespace

Result<HappeningId> keep_happening(Session& session, const SealOrder& order, Happening happening, const By& by) {
  happening.community_id = order.community_id;
  happening.id = session.new_id<HappeningId>(by.now);
  happening.order_id = order.id;
  happening.recorded_by = by.account;
  happening.recorded_at = by.now;
  FL_TRY(happening.fact_id, note(session, order, by, "seal.recorded", "seal_order:" + format_id(order.id.value),
                                 json::write(HappeningBody{happening.kind, happening.ref, happening.at}), "evidence"));
  FL_TRYV(save(session, happening));
  return happening.id;
}

Result<bool> strike_happening(Session& session, const SealOrder& order, HappeningId id, const By& by) {
  FL_TRY(const bool first, strike(session, order.community_id, id, by.account, by.now));
  if (first)
    FL_TRYV(note(session, order, by, "seal.struck", "seal_happening:" + format_id(id.value), "{}", "evidence"));
  return first;
}

Result<api::HappeningRecorded> record_happening(Call& call, const SealOrder& order,
                                                const api::RecordHappening& command) {
  Session& session = *call.session;
  constexpr std::chrono::days behind_max{60};
  if (command.at > call.now || command.at < call.now - behind_max) return invalid("seal.bad_time", "/at");
  if (command.reported_at && (*command.reported_at < command.at || *command.reported_at > call.now))
    return invalid("seal.bad_time", "/reported_at");
  if (is_about_case(command.kind) || is_about_contact(command.kind)) {
    if (!is_ref(command.ref)) return invalid("seal.bad_ref", "/ref");
    FL_TRYV(check_known(session, order, command));
  } else if (!command.ref.empty() && !is_ref(command.ref)) {
    return invalid("seal.bad_ref", "/ref");
  }
  Happening happening;
  if (command.area_id) {
    FL_TRYV(place_met(session, order.community_id, *command.area_id));
    happening.area_id = *command.area_id;
  }
  if (command.kind == HappeningKind::person_away) {
    if (!command.person_id) return invalid("json.missing_field", "/person_id");
    FL_TRYV(person::home_of(session, {order.community_id, *command.person_id}));
    happening.person_id = *command.person_id;
  }
  happening.kind = command.kind;
  happening.ref = command.ref;
  happening.at = command.at;
  happening.reported_at = command.reported_at;
  happening.outside_unit = command.outside_unit;
  happening.kept_at_home = command.kept_at_home;
  happening.new_contacts = command.new_contacts;
  FL_TRY(const auto id, keep_happening(session, order, std::move(happening), by_of(call)));
  return api::HappeningRecorded{id};
}

Result<void> strike_happening(Call& call, const SealOrder& order, HappeningId id) {
  FL_TRY(const bool first, strike_happening(*call.session, order, id, by_of(call)));
  if (!first) return fail(FaultCode::not_found, "seal.happening_unknown");
  return {};
}

Result<void> record_check(Call& call, const SealOrder& order, const api::RecordCheck& command) {
  ExitCheck check;
  const auto photo = from_base64(command.photo_base64);
  if (photo)
    std::transform(photo->begin(), photo->end(), std::back_inserter(check.photo), [](char c) { return std::byte(c); });
  if (!is_jpeg(check.photo) || check.photo.size() > photo_bytes_max) return invalid("seal.bad_photo", "/photo_base64");
  if (command.note.size() > text_bytes_max) return invalid("seal.reason_missing", "/note");
  FL_TRYV(place_met(*call.session, order.community_id, command.area_id));
  check.community_id = order.community_id;
  check.id = call.session->new_id<ExitCheckId>(call.now);
  check.order_id = order.id;
  check.area_id = command.area_id;
  check.kind = command.kind;
  check.open = command.open;
  check.note = command.note;
  check.checked_by = call.actor.account;
  check.checked_at = call.now;
  FL_TRYV(save(*call.session, check));
  FL_TRYV(note(call, order, "seal.exit_checked", "seal_exit_check:" + format_id(check.id.value),
               json::write(CheckBody{check.kind, check.open}), "exits"));
  return {};
}

Result<api::SealCheckPhoto> check_photo(Call& call, ExitCheckId id) {
  FL_TRY(const auto check, load_check(*call.session, call.place.community, id));
  if (!check) return fail(FaultCode::not_found, "seal.check_unknown");
  return api::SealCheckPhoto{to_base64(chars_of(check->photo))};
}

Result<void> object(Call& call, const Desk& desk, const api::ObjectToSeal& command) {
  Session& session = *call.session;
  if (!call.actor.person) return fail(FaultCode::not_found, "person.none_of_this_account");
  if (command.text.find_first_not_of(" \t\r\n") == std::string::npos || command.text.size() > text_bytes_max)
    return invalid("seal.reason_missing", "/text");
  FL_TRY(const auto me, desk.people->resident(session, {call.actor.person_community, call.actor.person}));
  FL_TRY(const auto owner, find_code(session, command.code));
  if (!owner || owner->community_id != me.person.community_id) return fail(FaultCode::not_found, "seal.unknown");
  FL_TRY(const auto order, order_met(session, owner->community_id, owner->order_id));
  FL_TRY(const auto spans, load_spans_of(session, order.community_id, order.id));
  const bool inside = std::any_of(spans.begin(), spans.end(), [&](const SpanRow& span) {
    return http::path_covers(path_of(span), me.household_path);
  });
  if (!inside) return fail(FaultCode::not_found, "seal.unknown");
  FL_TRY(const auto community, area::find_community(session, order.community_id));
  FL_TRY(const auto rules, desk.rules->at(policy::division_code(community.path), call.now));
  Objection objection;
  objection.community_id = order.community_id;
  objection.id = session.new_id<ObjectionId>(call.now);
  objection.order_id = order.id;
  objection.household_id = me.person.household_id;
  objection.account_id = call.actor.account;
  objection.text = desk.people->key().seal(*call.random, objection_field, objection.id.value, command.text);
  objection.at = call.now;
  // Where no pack says how long an answer may take, it is due at once.
  objection.due_at = call.now + std::chrono::hours(rules->seal.objection_hours.value_or(0));
  FL_TRYV(save(session, objection));
  FL_TRYV(note(call, order, "seal.objected", "seal_objection:" + format_id(objection.id.value), "{}", "objection"));
  return {};
}

Result<api::Objections> objections(Call& call, const Desk& desk) {
  FL_TRY(const auto rows, load_objections(*call.session, call.place.community));
  api::Objections listed;
  for (const Objection& each : rows) {
    FL_TRY(auto view, view_of(call, desk, each));
    listed.items.push_back(std::move(view));
  }
  return listed;
}

Result<api::Objections> my_objections(Call& call, const Desk& desk) {
  if (!call.actor.person) return fail(FaultCode::not_found, "person.none_of_this_account");
  FL_TRY(const auto rows, load_objections(*call.session, call.actor.person_community));
  api::Objections listed;
  for (const Objection& each : rows) {
    if (each.account_id != call.actor.account) continue;
    FL_TRY(auto view, view_of(call, desk, each));
    listed.items.push_back(std::move(view));
  }
  return listed;
}

Result<void> answer_objection(Call& call, ObjectionId id, const api::AnswerObjection& command) {
  FL_TRY(auto objection, load_objection(*call.session, call.place.community, id));
  if (!objection) return fail(FaultCode::not_found, "seal.objection_unknown");
  if (command.answered_for.empty() || command.answered_for.size() > text_bytes_max)
    return invalid("seal.issuer_missing", "/answered_for");
  if (command.answer.find_first_not_of(" \t\r\n") == std::string::npos || command.answer.size() > text_bytes_max)
    return invalid("seal.reason_missing", "/answer");
  objection->answered_for = command.answered_for;
  objection->answer = command.answer;
  objection->answered_by = call.actor.account;
  objection->answered_at = call.now;
  FL_TRY(const bool first, answer(*call.session, *objection));
  if (!first) return fail(FaultCode::conflict, "seal.act_decided");
  FL_TRY(const auto order, order_met(*call.session, objection->community_id, objection->order_id));
  FL_TRYV(note(call, order, "seal.objection_answered", "seal_objection:" + format_id(id.value), "{}", "objection"));
  return {};
}

}  // namespace firstline::seal
