// Signed codes over HTTP: a resident's phone, the desk, and the two files for everybody. No rule, no SQL.

#include "area/service.hpp"
#include "issuing/key_routes.hpp"
#include "issuing/service.hpp"

namespace firstline::issuing {
namespace {

using http::Access;
using http::Call;
using http::Method;
using http::Role;

constexpr http::RoleSet office{Role::secretary, Role::grid_worker};

// A list of one number never changes: whoever holds it is told so.
Result<api::SignedFile> known_by_number(Call& call, Result<api::SignedFile> file) {
  if (file) call.asker_holds(std::to_string(file->number));
  return file;
}

// ?number= is not read: it makes another address of each number, so that no cache answers with the list before.
void add_files(http::RouteTable& table) {
  table.query<api::SignedFile>(
      {Method::get,
       trust_path,
       "trust_list",
       Access::anyone(),
       "Which keys of communities are trusted: signed by a root that is kept offline; the octets are what counts.",
       {"number"}},
      [](Call& call) { return known_by_number(call, trust_file(*call.session)); });
  table.query<api::SignedFile>(
      {Method::get,
       "/api/v1/communities/{community}/revocations",
       "revocations",
       Access::anyone(),
       "Which codes of a community are revoked: signed, numbered, sorted; a day old at most to be believed.",
       {"number"}},
      [](Call& call) -> Result<api::SignedFile> {
        FL_TRY(const auto community, call.id_parameter<AreaId>("community"));
        return known_by_number(call, revocation_file(*call.session, community));
      });
}

void add_phone_routes(http::RouteTable& table, const Ground& ground) {
  table.command<api::AskCode, api::PhoneCode>(
      {Method::post,
       "/api/v1/my/phone-codes",
       "ask_phone_code",
       Access::signed_in(),
       "A signed code for the key of the phone that asks: mine, or that of somebody of my household without a phone.",
       {},
       true},
      [&ground](Call& call, const api::AskCode& command) { return issue_for_phone(call, ground, command); });
  table.command<api::RevokeCode, api::CodesEnded>(
      {Method::post, "/api/v1/my/phone-codes/end", "end_my_codes", Access::signed_in(),
       "My phone is gone: all of my codes stop, printed ones too."},
      [&ground](Call& call, const api::RevokeCode& command) -> Result<api::CodesEnded> {
        if (!call.actor.person) return fail(FaultCode::not_found, "person.none_of_this_account");
        FL_TRY(const int ended,
               revoke_all_of(call, ground, call.actor.person_community, call.actor.person, command.reason));
        return api::CodesEnded{ended};
      });
}

void add_gate_routes(http::RouteTable& table, const Ground& ground) {
  table.command<api::ShowCertificate, api::Evidence>(
      {Method::post, "/api/v1/gates/{gate}/certificates", "take_certificate",
       Access::role({Role::keeper, Role::volunteer, Role::secretary}, area::at_gate("gate")),
       "A health certificate of another issuer as evidence for somebody at the gate, where the rules take such."},
      [&ground](Call& call, const api::ShowCertificate& command) {
        return take_certificate(call, ground, area::gate_met(call), command);
      });
}

void add_desk_routes(http::RouteTable& table, const Ground& ground) {
  const auto here = area::at_community("community");
  table.command<api::IssueCode, api::PrintedCode>(
      {Method::post,
       "/api/v1/communities/{community}/codes",
       "issue_code",
       Access::role(office, here),
       "Paper for a resident of 60 and above, under 18 or disabled; a volunteer's badge; a visitor's code.",
       {},
       true},
      [&ground](Call& call, const api::IssueCode& command) {
        return issue_at_desk(call, ground, call.place.community, command);
      });
  table.query<api::CodeList>(
      {Method::get,
       "/api/v1/communities/{community}/codes",
       "codes_of_person",
       Access::role(office, here),
       "The codes of one person, newest first; without one, the badges and visitors' codes that name nobody.",
       {"person"}},
      [](Call& call) -> Result<api::CodeList> {
        const auto asked = call.query("person");
        const auto person = asked ? parse_id(*asked) : std::optional<std::int64_t>(0);
        if (!person) return fail(FaultCode::invalid, "query.bad_id", {}, "person");
        return codes_of(*call.session, call.place.community, PersonId{*person});
      });
  table.command<api::RevokeCode, api::CodeView>(
      {Method::post, "/api/v1/communities/{community}/codes/{code}/revoke", "revoke_code", Access::role(office, here),
       "A code stops at once; gates that are offline learn it with their next list."},
      [&ground](Call& call, const api::RevokeCode& command) -> Result<api::CodeView> {
        FL_TRY(const auto code, call.id_parameter<CodeRef>("code"));
        return revoke(call, ground, call.place.community, code, command.reason);
      });
}

}  // namespace

void add_routes(http::RouteTable& table, const Ground& ground) {
  add_files(table);
  add_phone_routes(table, ground);
  add_gate_routes(table, ground);
  add_desk_routes(table, ground);
  add_key_routes(table, ground);
}

}  // namespace firstline::issuing
