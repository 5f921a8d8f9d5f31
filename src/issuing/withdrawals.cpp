// A key withdrawn by two persons: one asks, another confirms within a day. Whoever could do it alone could void the
// codes of a whole community by mistake or in anger.

#include "access/service.hpp"
#include "credential/text_codes.hpp"
#include "issuing/parts.hpp"
#include "issuing/service.hpp"
#include "json/json.hpp"

namespace firstline::issuing {
namespace {

using store::Session;

constexpr std::size_t reason_octets_max = 300;

struct AskBody {
  WithdrawalId withdrawal;
};
BOOST_DESCRIBE_STRUCT(AskBody, (), (withdrawal))

Cause cause_of(const http::Call& call) { return {call.actor.account, call.actor.device}; }

Result<void> note(http::Call& call, const WithdrawalRow& row, std::string kind) {
  return note_fact(*call.session, cause_of(call), row.community_id, std::move(kind),
                   "issuer_key:" + format_id(row.issuer_key.value), json::write(AskBody{row.id}), call.now);
}

Result<IssuerKeyRow> key_met(Session& session, AreaId community, IssuerKeyRef id) {
  FL_TRY(auto key, load_key(session, community, id));
  if (!key) return fail(FaultCode::not_found, "key.unknown");
  return std::move(*key);
}

Result<WithdrawalRow> open_one(http::Call& call, AreaId community, WithdrawalId id) {
  FL_TRY(auto row, load_withdrawal(*call.session, community, id));
  if (!row) return fail(FaultCode::not_found, "key.no_withdrawal");
  if (!is_open(*row, call.now)) return fail(FaultCode::conflict, "key.withdrawal_ended");
  return std::move(*row);
}

Result<void> end(http::Call& call, WithdrawalRow& row, bool confirmed) {
  row.ended_at = call.now;
  row.ended_by = call.actor.account;
  row.confirmed = confirmed;
  FL_TRY(const bool first, put_ended(*call.session, row));
  if (!first) return fail(FaultCode::conflict, "key.withdrawal_ended");
  return {};
}

}  // namespace

Result<api::KeyList> keys_of(http::Call& call, AreaId community) {
  FL_TRY(const auto keys, load_keys(*call.session, community));
  FL_TRY(const auto open, load_open_withdrawals(*call.session, community));
  api::KeyList list;
  for (const IssuerKeyRow& key : keys) {
    auto& view = list.items.emplace_back();
    view = {key.id, credential::to_hex(text_of(key.key_id)), key.quarter, key.state, key.valid_from, key.valid_until,
            {}};
    for (const WithdrawalRow& row : open) {
      if (row.issuer_key != key.id || !is_open(row, call.now)) continue;
      FL_TRY(auto name, access::display_name(*call.session, row.asked_by));
      view.withdrawal = api::WithdrawalView{row.id,
                                            row.reason,
                                            std::move(name),
                                            row.asked_at,
                                            row.asked_at + withdrawal_waits,
                                            row.asked_by != call.actor.account};
    }
  }
  return list;
}

Result<WithdrawalId> ask_withdrawal(http::Call& call, AreaId community, IssuerKeyRef id, std::string reason) {
  if (reason.find_first_not_of(" \t\r\n") == std::string::npos || reason.size() > reason_octets_max)
    return fail(FaultCode::invalid, "key.reason_missing", {}, "/reason");
  FL_TRY(const auto key, key_met(*call.session, community, id));
  if (key.state == KeyState::withdrawn) return fail(FaultCode::conflict, "key.withdrawn");
  FL_TRY(const auto open, load_open_withdrawals(*call.session, community));
  for (const WithdrawalRow& row : open)
    if (row.issuer_key == id && is_open(row, call.now)) return fail(FaultCode::conflict, "key.withdrawal_asked");
  WithdrawalRow row;
  row.community_id = community;
  row.id = call.session->new_id<WithdrawalId>(call.now);
  row.issuer_key = id;
  row.reason = std::move(reason);
  row.asked_by = call.actor.account;
  row.asked_at = call.now;
  FL_TRYV(add(*call.session, row));
  FL_TRYV(note(call, row, "issuing.key_withdrawal_asked"));
  return row.id;
}

Result<void> confirm_withdrawal(http::Call& call, const Ground& ground, AreaId community, WithdrawalId id) {
  FL_TRY(auto row, open_one(call, community, id));
  if (row.asked_by == call.actor.account) return fail(FaultCode::forbidden, "key.by_the_same");
  FL_TRY(auto key, key_met(*call.session, community, row.issuer_key));
  if (key.state == KeyState::withdrawn) return fail(FaultCode::conflict, "key.withdrawn");
  FL_TRYV(end(call, row, true));
  FL_TRYV(end_key(*call.session, cause_of(call), std::move(key), call.now));
  // By a key that still counts: gates believe no list of the withdrawn one.
  return sign_revocations(*call.session, ground.people->key(), community, call.now, *call.random);
}

Result<void> take_withdrawal_back(http::Call& call, AreaId community, WithdrawalId id) {
  FL_TRY(auto row, open_one(call, community, id));
  FL_TRYV(end(call, row, false));
  return note(call, row, "issuing.key_withdrawal_taken_back");
}

}  // namespace firstline::issuing
