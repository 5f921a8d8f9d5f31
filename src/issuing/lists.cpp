// The signed list of revoked codes: anew whenever something is revoked, and every hour so that its age says something.

#include <algorithm>

#include "area/service.hpp"
#include "credential/text_codes.hpp"
#include "issuing/parts.hpp"
#include "issuing/service.hpp"

namespace firstline::issuing {
namespace {

using store::Session;

constexpr std::chrono::hours signed_again_after{1};
constexpr std::chrono::days good_for{
    7};  // Past it a list says nothing; a gate gives up after a day (KnownRevocations).
constexpr std::chrono::hours forgotten_after{48};  // Of a code's end.

api::SignedFile file_of(const SignedListRow& list) {
  return {list.number, list.issued_at, list.not_after, credential::to_base64(text_of(list.octets)), {}};
}

}  // namespace

Result<void> sign_revocations(Session& session, const person::FieldKey& seal, AreaId community, Instant now,
                              Random& random) {
  FL_TRY(const auto signer, signer_of(session, seal, community, now, random));
  FL_TRY(const auto revoked, load_revoked(session, community, now));
  FL_TRY(const auto before, load_list(session, community, ListKind::revocations));
  credential::RevocationList list;
  list.number = before ? before->number + 1 : 1;
  list.issued_at = Instant(std::chrono::floor<std::chrono::seconds>(now));
  list.not_after = list.issued_at + good_for;
  list.issuer = signer.row.issuer;
  std::vector<std::string> ids;
  for (const auto& id : revoked) ids.push_back(text_of(id));
  std::sort(ids.begin(), ids.end());  // Engines may order octets as they like.
  for (const std::string& id : ids) list.code_ids += id;
  return put_list(session, {community.value, ListKind::revocations, list.number, list.issued_at, list.not_after,
                            bytes_of(credential::encode_revocations(list, text_of(signer.row.key_id), signer.key))});
}

Result<FileNumbers> file_numbers(Session& session, AreaId community) {
  FileNumbers numbers;
  FL_TRY(const auto of_all, load_list_numbers(session, {}));
  for (const ListNumberRow& row : of_all)
    if (row.kind == ListKind::trust) numbers.trust = row.number;
  FL_TRY(const auto own, load_list_numbers(session, community));
  for (const ListNumberRow& row : own)
    if (row.kind == ListKind::revocations) numbers.revocations = row.number;
  return numbers;
}

Result<std::string> sign_pack(Session& session, const Ground& ground, AreaId community,
                              credential::PackStatement statement, Instant now, Random& random) {
  const auto& seal = ground.people->key();
  FL_TRY(auto signer, known_signer(session, seal, community, now));
  if (!signer) {
    if (!session.writable()) return fail(FaultCode::not_found, "key.none");
    FL_TRY(signer, signer_of(session, seal, community, now, random));
    FL_TRYV(begin(session, ground, community, now, random));
  }
  statement.issuer = signer->row.issuer;
  return credential::encode_pack_statement(statement, text_of(signer->row.key_id), signer->key);
}

std::string revocations_path(AreaId community) {
  return "/api/v1/communities/" + format_id(community.value) + "/revocations";
}

Result<api::SignedFile> trust_file(Session& session) {
  FL_TRY(const auto list, load_list(session, {}, ListKind::trust));
  FL_TRY(const auto root, load_list(session, {}, ListKind::root));
  if (!list || !root) return fail(FaultCode::not_found, "trust.none");
  auto file = file_of(*list);
  file.root = credential::to_base64(text_of(root->octets));
  return file;
}

Result<api::SignedFile> revocation_file(Session& session, AreaId community) {
  FL_TRY(const auto list, load_list(session, community, ListKind::revocations));
  if (!list) return fail(FaultCode::not_found, "revocations.none");
  return file_of(*list);
}

Result<bool> begin(Session& session, const Ground& ground, AreaId community, Instant now, Random& random) {
  FL_TRY(const auto list, load_list(session, community, ListKind::revocations));
  if (list) return false;
  FL_TRYV(sign_revocations(session, ground.people->key(), community, now, random));
  return true;
}

Result<void> tend(store::Database& database, const person::Directory& people, Instant now, Random& random) {
  FL_TRY(const auto communities, database.read([](Session& session) { return area::communities_with_gates(session); }));
  for (const AreaId community : communities) {
    const auto tended = database.write([&](Session& session) -> Result<void> {
      FL_TRYV(tend_keys(session, people.key(), community, now, random));
      FL_TRYV(forget_codes(session, community, now - forgotten_after));
      FL_TRY(const auto list, load_list(session, community, ListKind::revocations));
      if (list && now - list->issued_at >= signed_again_after)
        FL_TRYV(sign_revocations(session, people.key(), community, now, random));
      return {};
    });
    FL_TRYV(tended);
  }
  return {};
}

}  // namespace firstline::issuing
