#pragma once

// Keys, codes and signed lists. SQL stands in store_sql.cpp only.

#include <span>
#include <vector>

#include "base/fault.hpp"
#include "issuing/model.hpp"
#include "store/session.hpp"

namespace firstline::issuing {

Result<void> add(store::Session& session, const IssuerKeyRow& key);
// Newest first.
Result<std::vector<IssuerKeyRow>> load_keys(store::Session& session, AreaId community);
// Of the whole city: what the root signs.
Result<std::vector<IssuerKeyRow>> load_all_keys(store::Session& session);
Result<std::optional<IssuerKeyRow>> load_key_called(store::Session& session, std::span<const std::byte> key_id);
// The state, and the secret as it is then.
Result<void> put_state(store::Session& session, const IssuerKeyRow& key);

Result<std::optional<IssuerKeyRow>> load_key(store::Session& session, AreaId community, IssuerKeyRef id);

Result<void> add(store::Session& session, const WithdrawalRow& withdrawal);
Result<std::optional<WithdrawalRow>> load_withdrawal(store::Session& session, AreaId community, WithdrawalId id);
// Those that nobody has ended, newest first; they may be too old.
Result<std::vector<WithdrawalRow>> load_open_withdrawals(store::Session& session, AreaId community);
// False if it was ended before.
Result<bool> put_ended(store::Session& session, const WithdrawalRow& withdrawal);

Result<void> add(store::Session& session, const CodeRow& code);
Result<std::optional<CodeRow>> load_code(store::Session& session, AreaId community, CodeRef id);
Result<std::optional<CodeRow>> load_code_called(store::Session& session, AreaId community,
                                                std::span<const std::byte> code_id);
// Newest first; at most 50.
Result<std::vector<CodeRow>> load_codes_of(store::Session& session, AreaId community, PersonId person);
// Badges and visitors' codes of people who are on no list.
Result<std::vector<CodeRow>> load_codes_of_nobody(store::Session& session, AreaId community);
// False if it was revoked before.
Result<bool> put_revoked(store::Session& session, const CodeRow& code);
// The ids of what is revoked and would still be valid.
Result<std::vector<store::Bytes>> load_revoked(store::Session& session, AreaId community, Instant now);
Result<void> forget_codes(store::Session& session, AreaId community, Instant expired_before);

struct PaperRow {
  PersonId person_id;
  Instant until{};
};
BOOST_DESCRIBE_STRUCT(PaperRow, (), (person_id, until))
// Of papers that were issued and not revoked at a moment: when the last one of each person ends.
Result<std::vector<PaperRow>> load_papers(store::Session& session, AreaId community, Instant moment);
Result<std::optional<PaperRow>> load_paper(store::Session& session, AreaId community, PersonId person, Instant moment);

struct ListNumberRow {
  ListKind kind = ListKind::trust;
  std::int64_t number = 0;
};
BOOST_DESCRIBE_STRUCT(ListNumberRow, (), (kind, number))
Result<std::vector<ListNumberRow>> load_list_numbers(store::Session& session, AreaId community);
Result<std::optional<SignedListRow>> load_list(store::Session& session, AreaId community, ListKind kind);
Result<void> put_list(store::Session& session, const SignedListRow& list);

}  // namespace firstline::issuing
