#pragma once

// Between the files of the service. Inside the module only.

#include "casebook/service.hpp"
#include "casebook/store.hpp"

namespace firstline::casebook {

inline constexpr http::RoleSet may_see{http::Role::secretary, http::Role::health_officer, http::Role::commander};
inline constexpr http::RoleSet may_lead{http::Role::health_officer};
inline constexpr http::RoleSet may_decide{http::Role::health_officer, http::Role::commander};

inline constexpr person::Field reason_field{"case_entry", "reason"}, listed_field{"outbreak_case", "listed"};

By by_of(const http::Call& call);
// The case that a request names. Fault case.unknown.
Result<Case> met(http::Call& call, CaseId id);
Result<void> check_reason(const std::string& reason);

// Gives id and number, keeps it with the first line of its history and the fact, and tells the others.
Result<Case> begin(store::Session& session, const Parts& parts, Case made, std::string_view reason, const By& by);
// A line of a case's history that counts at once, or waits for a second person. `reason` may be empty.
Result<Entry> note(store::Session& session, const Parts& parts, const Case& about, Entry entry, std::string_view reason,
                   const By& by);
// Keeps it and tells the others. Fault case.changed_meanwhile.
Result<void> change(store::Session& session, const Parts& parts, const Case& changed, const By& by);
Result<void> write_fact(store::Session& session, const Case& about, std::string kind, std::string body, const By& by);

// The fact of what the second person said.
Result<void> note_decision(store::Session& session, const Case& about, const Entry& entry, const By& by);

// Whether a link may stand beside those that are there. Faults case.link_self, case.linked_already, case.link_ring,
// case.bad_place, case.bad_moment.
Result<void> check_link(const std::vector<Link>& links, const Link& made, Instant now);
// Gives it its id, and a line in the history of both cases.
Result<Link> keep_link(store::Session& session, const Parts& parts, Link made, std::string_view reason, const By& by);
Result<std::vector<api::LinkedCase>> links_of(store::Session& session, const Case& about);

Result<api::CaseView> view_of(store::Session& session, const Parts& parts, const Case& shown, Instant now);

}  // namespace firstline::casebook
