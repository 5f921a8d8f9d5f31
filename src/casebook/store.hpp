#pragma once

// What is kept of cases: the case, its history, who infected whom. SQL stands in store_sql.cpp.

#include "casebook/model.hpp"
#include "store/session.hpp"

namespace firstline::casebook {

// False: the number was taken meanwhile.
Result<bool> add(store::Session& session, const Case& made);
Result<std::optional<Case>> load(store::Session& session, AreaId community, CaseId id);
Result<std::int64_t> last_number(store::Session& session, AreaId community);
// Of one record, newest first.
Result<std::vector<Case>> load_of(store::Session& session, AreaId community, PersonId record);
Result<std::optional<Case>> load_listed(store::Session& session, AreaId community, std::string_view source,
                                        std::string_view external_id);
// Newest first, below a number.
Result<std::vector<Case>> load_page(store::Session& session, AreaId community, std::int64_t below_number, int limit);
// Status and moments; False if somebody changed the case meanwhile: `made.changes` is what it was when it was read.
Result<bool> save(store::Session& session, const Case& made);

Result<void> add(store::Session& session, const Entry& entry);
Result<std::vector<Entry>> load_entries(store::Session& session, AreaId community, CaseId id);
Result<std::optional<Entry>> load_entry(store::Session& session, AreaId community, CaseId case_id, EntryId id);
// Entries that wait for a second person, in the whole community.
Result<std::vector<Entry>> load_waiting(store::Session& session, AreaId community);
// False: it was decided already.
Result<bool> decide(store::Session& session, const Entry& entry);

Result<void> add(store::Session& session, const Link& link);
Result<std::optional<Link>> load_link(store::Session& session, AreaId community, LinkId id);
// That were not withdrawn.
Result<std::vector<Link>> load_links(store::Session& session, AreaId community);
// False: it was withdrawn already.
Result<bool> withdraw(store::Session& session, const Link& link);

}  // namespace firstline::casebook
